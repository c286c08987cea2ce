"""Addresses of a point as anybody's camera opens it, of its tamper reports and inspections."""

from vungxanh.checkins.values.inspections import INSPECT
from vungxanh.checkins.views import door, reports, reports_staff
from vungxanh.core.access import OPEN, page

public_urls = [
    page("c/", door.type_code, name="checkins-door_type", needs=OPEN),
    page("c/<str:code>", door.point, name="checkins-door", needs=OPEN),
    page("c/<str:code>/kiem-tra/", door.check, name="checkins-door_check", needs=OPEN),
    page("c/<str:code>/bao/", reports.report, name="checkins-report", needs=OPEN),
    page("c/<str:code>/bao/xong/", reports.done, name="checkins-report_done", needs=OPEN),
]
console_urls = [
    page("diem/bao-ma/", reports_staff.reports, name="checkins-reports", needs=INSPECT),
    page(
        "diem/bao-ma/<uuid:report_id>/",
        reports_staff.report,
        name="checkins-report_one",
        needs=INSPECT,
    ),
    page("diem/anh/<uuid:photo_id>/", reports_staff.photo, name="checkins-photo", needs=INSPECT),
    page("diem/thu-hoi/", reports_staff.revoked, name="checkins-revoked", needs=INSPECT),
]
