"""Addresses of the room and what each needs."""

from vungxanh.core.access import OPEN, page
from vungxanh.uptake.views import submissions, targets, unit

app_name = "uptake"

public_urls = [
    page("", unit.home, name="home", needs=OPEN),
    page("dia-ban/<str:unit_id>/", unit.unit, name="unit", needs=OPEN),
    page("dia-ban/<str:unit_id>/so-sanh/", unit.compare, name="compare", needs=OPEN),
    page("dia-ban/<str:unit_id>/nguon/<str:element>/", unit.lineage, name="lineage", needs=OPEN),
    page("dia-ban/<str:unit_id>/bang.<str:name>", unit.export, name="export", needs=OPEN),
    page("dia-ban/<str:unit_id>/bang/", submissions.submissions, name="submissions", needs=OPEN),
    page("dia-ban/<str:unit_id>/sai-lech/", submissions.findings, name="findings", needs=OPEN),
    page("so-lieu/<uuid:submission_id>/", submissions.submission, name="submission", needs=OPEN),
]

console_urls = [
    page("so-lieu/nop/", submissions.bring, name="bring", needs="uptake.import"),
    page(
        "so-lieu/<uuid:submission_id>/goc/",
        submissions.original,
        name="original",
        needs="uptake.view",
    ),
    page(
        "so-lieu/<uuid:submission_id>/ghi/",
        submissions.record,
        name="record",
        needs="uptake.import",
    ),
    page(
        "so-lieu/<uuid:submission_id>/bo/",
        submissions.discard,
        name="discard",
        needs="uptake.import",
    ),
    page(
        "so-lieu/<uuid:submission_id>/cong-bo/",
        submissions.publish,
        name="publish",
        needs="uptake.publish",
    ),
    page(
        "so-lieu/<uuid:submission_id>/rut/",
        submissions.withdraw,
        name="withdraw",
        needs="uptake.import",
    ),
    page("sai-lech/<int:finding_id>/", submissions.decide, name="decide", needs="uptake.import"),
    page("dia-ban/<str:unit_id>/chi-tieu/", targets.targets, name="targets", needs="uptake.view"),
    page(
        "dia-ban/<str:unit_id>/chi-tieu/<uuid:target_id>/ket-thuc/",
        targets.end,
        name="end_target",
        needs="uptake.targets",
    ),
]
