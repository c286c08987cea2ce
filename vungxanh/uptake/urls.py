"""Addresses of the room and what each needs."""

from vungxanh.core.access import OPEN, page
from vungxanh.uptake import api as uptake_api
from vungxanh.uptake.views import population, reports, submissions, targets, unit

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

api_urls = [("/uptake", uptake_api.router)]
