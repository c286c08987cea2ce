"""Addresses of the room and what each needs."""

from vungxanh.core.access import OPEN, page
from vungxanh.uptake import api as uptake_api
from vungxanh.uptake.values.reporting import APPROVE, FORMS, REPORT
from vungxanh.uptake.views import (
    campaigns,
    day_tables,
    figure_bringing,
    figure_reports,
    own_counts,
    population,
    report_api,
    report_forms,
    report_of_duty,
    reporters,
    reporting_status,
    reports,
    submissions,
    targets,
    unit,
)

public_urls = [
    page("", unit.home, name="uptake-home", needs=OPEN),
    page("dia-ban/", unit.home, name="uptake-areas", needs=OPEN),
    page("dia-ban/<str:unit_id>/", unit.unit, name="uptake-unit", needs=OPEN),
    page("dia-ban/<str:unit_id>/so-sanh/", unit.compare, name="uptake-compare", needs=OPEN),
    page(
        "dia-ban/<str:unit_id>/nguon/<str:element>/",
        unit.lineage,
        name="uptake-lineage",
        needs=OPEN,
    ),
    page("dia-ban/<str:unit_id>/bang.<str:name>", unit.export, name="uptake-export", needs=OPEN),
    page(
        "dia-ban/<str:unit_id>/bang/",
        submissions.submissions,
        name="uptake-submissions",
        needs=OPEN,
    ),
    page(
        "dia-ban/<str:unit_id>/sai-lech/", submissions.findings, name="uptake-findings", needs=OPEN
    ),
    page(
        "so-lieu/<uuid:submission_id>/",
        submissions.submission,
        name="uptake-submission",
        needs=OPEN,
    ),
]

console_urls = [
    page("so-lieu/nop/", submissions.bring, name="uptake-bring", needs="uptake.import"),
    page(
        "so-lieu/<uuid:submission_id>/goc/",
        submissions.original,
        name="uptake-original",
        needs="uptake.view",
    ),
    page(
        "so-lieu/<uuid:submission_id>/ghi/",
        submissions.record,
        name="uptake-record",
        needs="uptake.import",
    ),
    page(
        "so-lieu/<uuid:submission_id>/bo/",
        submissions.discard,
        name="uptake-discard",
        needs="uptake.import",
    ),
    page(
        "so-lieu/<uuid:submission_id>/cong-bo/",
        submissions.publish,
        name="uptake-publish",
        needs="uptake.publish",
    ),
    page(
        "so-lieu/<uuid:submission_id>/rut/",
        submissions.withdraw,
        name="uptake-withdraw",
        needs="uptake.import",
    ),
    page(
        "sai-lech/<int:finding_id>/",
        submissions.decide,
        name="uptake-decide",
        needs="uptake.import",
    ),
    page(
        "dia-ban/<str:unit_id>/chi-tieu/",
        targets.targets,
        name="uptake-targets",
        needs="uptake.view",
    ),
    page(
        "dia-ban/<str:unit_id>/chi-tieu/<uuid:target_id>/ket-thuc/",
        targets.end,
        name="uptake-end_target",
        needs="uptake.targets",
    ),
]

console_urls += [
    page(
        "dia-ban/<str:unit_id>/phu-luc/",
        reports.compose,
        name="uptake-compose_report",
        needs="reports.issue",
    ),
    page(
        "dia-ban/<str:unit_id>/phu-luc/nhap.pdf",
        reports.draft_pdf,
        name="uptake-draft_pdf",
        needs="reports.issue",
    ),
]

public_urls += [
    page(
        "dia-ban/<str:unit_id>/dan-so/",
        population.populations,
        name="uptake-populations",
        needs=OPEN,
    ),
]
console_urls += [
    page(
        "so-lieu/dan-so/nop/",
        population.bring,
        name="uptake-population_bring",
        needs="uptake.import",
    ),
    page(
        "so-lieu/dan-so/<uuid:table_id>/",
        population.table,
        name="uptake-population_table",
        needs="uptake.import",
    ),
    page(
        "so-lieu/dan-so/<uuid:table_id>/<slug:verb>/",
        population.act,
        name="uptake-population_act",
        needs="uptake.import",
    ),
    page(
        "dia-ban/<str:unit_id>/dan-so/<int:figure_id>/dung/",
        population.use,
        name="uptake-population_use",
        needs="uptake.publish",
    ),
]

public_urls += [
    page(
        "dia-ban/<str:unit_id>/dang-dem/",
        unit.live_counts,
        name="uptake-live_counts",
        needs=OPEN,
    ),
]
console_urls += [
    page(
        "dia-ban/<str:unit_id>/tu-dem/",
        own_counts.own_counts,
        name="uptake-own_counts",
        needs="uptake.approve",
    ),
]

public_urls += [
    page(
        "dia-ban/<str:unit_id>/tang-giam/", campaigns.movements, name="uptake-movements", needs=OPEN
    ),
]
CAMPAIGN = "dia-ban/<str:unit_id>/chien-dich/<uuid:campaign_id>/"
console_urls += [
    page(
        "dia-ban/<str:unit_id>/chi-tieu/<uuid:target_id>/mo-lai/",
        targets.reopen,
        name="uptake-reopen_target",
        needs="uptake.targets",
    ),
    page(CAMPAIGN, campaigns.campaign, name="uptake-campaign", needs="uptake.view"),
    page(f"{CAMPAIGN}ket-thuc/", campaigns.end, name="uptake-end_campaign", needs="uptake.targets"),
    page(
        f"{CAMPAIGN}mo-lai/",
        campaigns.reopen,
        name="uptake-reopen_campaign",
        needs="uptake.targets",
    ),
]

console_urls += [
    page(
        "so-lieu/bao-cao/tinh-hinh/",
        reporting_status.status,
        name="uptake-report_status",
        needs="uptake.view",
    ),
    page(
        "so-lieu/bao-cao/tinh-hinh.<str:name>",
        reporting_status.status_file,
        name="uptake-report_status_file",
        needs="uptake.view",
    ),
]

console_urls += [
    page("so-lieu/bao-cao/", figure_reports.my_reports, name="uptake-my_reports", needs=REPORT),
    page(
        "so-lieu/bao-cao/<uuid:reporter_id>/nop/",
        figure_bringing.bring,
        name="uptake-bring_report",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:reporter_id>/dien-thoai/",
        figure_bringing.by_telephone,
        name="uptake-report_by_telephone",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:reporter_id>/cac-lan/",
        figure_reports.history,
        name="uptake-report_history",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:reporter_id>/cot-da-nho/",
        figure_bringing.remembered,
        name="uptake-remembered_columns",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:report_id>/",
        figure_reports.report,
        name="uptake-report",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:report_id>/cot/",
        figure_bringing.columns,
        name="uptake-report_columns",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:report_id>/gui/",
        figure_reports.accept,
        name="uptake-accept_report",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:report_id>/bo/",
        figure_reports.drop,
        name="uptake-drop_report",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:report_id>/tra-lai/",
        figure_reports.send_back,
        name="uptake-send_back_report",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/viec/<uuid:occurrence_id>/",
        report_of_duty.report_of_duty,
        name="uptake-report_of_duty",
        needs=REPORT,
    ),
    page(
        "so-lieu/bao-cao/<uuid:report_id>/goc/",
        figure_reports.original,
        name="uptake-report_original",
        needs=REPORT,
    ),
]

public_urls += [
    page("so-lieu/bang-ngay/", day_tables.day_tables, name="uptake-day_tables", needs=OPEN),
    page(
        "so-lieu/bang-ngay/<uuid:table_id>/",
        day_tables.day_table,
        name="uptake-day_table",
        needs=OPEN,
    ),
    page(
        "so-lieu/bang-ngay/<uuid:table_id>/bang.pdf",
        day_tables.document,
        name="uptake-day_table_pdf",
        needs=OPEN,
    ),
]
console_urls += [
    page(
        "so-lieu/bang-ngay/lap/",
        day_tables.make,
        name="uptake-make_day_table",
        needs="uptake.import",
    ),
    page(
        "so-lieu/bang-ngay/<uuid:table_id>/duyet/",
        day_tables.approve,
        name="uptake-approve_day_table",
        needs=APPROVE,
    ),
    page(
        "so-lieu/bang-ngay/<uuid:table_id>/bo-duyet/",
        day_tables.take_back,
        name="uptake-take_back_day_table",
        needs=APPROVE,
    ),
    page(
        "so-lieu/bang-ngay/<uuid:table_id>/cong-bo/",
        day_tables.publish,
        name="uptake-publish_day_table",
        needs="uptake.publish",
    ),
    page(
        "so-lieu/bang-ngay/<uuid:table_id>/dinh-chinh/",
        day_tables.correct,
        name="uptake-correct_day_table",
        needs="uptake.import",
    ),
]

console_urls += [
    page("so-lieu/bieu-mau/", report_forms.listed, name="uptake-report_forms", needs=REPORT),
    page("so-lieu/bieu-mau/lap/", report_forms.make, name="uptake-report_form_make", needs=FORMS),
    page(
        "so-lieu/bieu-mau/<uuid:form_id>/",
        report_forms.one,
        name="uptake-report_form",
        needs=REPORT,
    ),
    page(
        "so-lieu/bieu-mau/<uuid:form_id>/ban-moi/",
        report_forms.renew,
        name="uptake-report_form_renew",
        needs=FORMS,
    ),
    page(
        "so-lieu/bieu-mau/<uuid:form_id>/ngung/",
        report_forms.end,
        name="uptake-report_form_end",
        needs=FORMS,
    ),
    page(
        "so-lieu/bieu-mau/<uuid:form_id>/dau-moi/",
        reporters.add,
        name="uptake-reporter_add",
        needs=FORMS,
    ),
    page(
        "so-lieu/bieu-mau/dau-moi/<uuid:reporter_id>/ngung/",
        reporters.end,
        name="uptake-reporter_end",
        needs=FORMS,
    ),
    page(
        "so-lieu/bieu-mau/dau-moi/<uuid:reporter_id>/tep/",
        report_forms.file,
        name="uptake-report_form_file",
        needs=REPORT,
    ),
]

api_urls = [("/uptake/reports", report_api.router), ("/uptake", uptake_api.router)]
