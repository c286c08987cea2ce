"""Addresses of a point as anybody's camera opens it, of its tamper reports and inspections."""

from vungxanh.checkins.values.inspections import INSPECT
from vungxanh.checkins.views import (
    door,
    guide,
    inspections,
    passing,
    proposals,
    reports,
    reports_staff,
)
from vungxanh.core.access import OPEN, SELF, page

_AT = "diem/kiem-tra/<str:code>/"
_PREMISES = "diem/kiem-tra/co-so/<int:premises_id>/"

public_urls = [
    page("huong-dan-vao/", guide.guide, name="checkins-guide", needs=OPEN),
    page("c/", door.type_code, name="checkins-door_type", needs=OPEN),
    page("c/<str:code>", door.point, name="checkins-door", needs=OPEN),
    page("c/<str:code>/", door.point, name="checkins-door_slash", needs=OPEN),
    page("c/<str:code>/vao/", passing.come, name="checkins-door_come", needs=OPEN),
    page("c/<str:code>/bien-nhan/", passing.receipt, name="checkins-door_receipt", needs=SELF),
    page("c/<str:code>/ra/", passing.leave, name="checkins-door_leave", needs=SELF),
    page("c/<str:code>/xoa/", passing.remove, name="checkins-door_remove", needs=SELF),
    page("c/<str:code>/kiem-tra/", door.check, name="checkins-door_check", needs=OPEN),
    page("c/<str:code>/bao/", reports.report, name="checkins-report", needs=OPEN),
    page("c/<str:code>/bao/xong/", reports.done, name="checkins-report_done", needs=OPEN),
    page(
        "toi/diem/<str:code>/kiem-tra/",
        proposals.own,
        name="checkins-me_inspections",
        needs=SELF,
    ),
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
    page("diem/kiem-tra/", inspections.home, name="checkins-inspections", needs=INSPECT),
    page(_PREMISES, inspections.inspect, name="checkins-inspect_premises", needs=INSPECT),
    page(f"{_PREMISES}nhac/", inspections.remind, name="checkins-remind_premises", needs=INSPECT),
    page(
        f"{_PREMISES}de-nghi/",
        inspections.propose,
        name="checkins-propose_premises",
        needs=INSPECT,
    ),
    page(
        "diem/de-nghi/<uuid:proposal_id>/",
        proposals.proposal,
        name="checkins-proposal",
        needs=INSPECT,
    ),
    page("diem/nhac/<uuid:reminder_id>/", inspections.note, name="checkins-note", needs=INSPECT),
    page(_AT, inspections.inspect, name="checkins-inspect", needs=INSPECT),
    page(f"{_AT}nhac/", inspections.remind, name="checkins-remind", needs=INSPECT),
    page(f"{_AT}de-nghi/", inspections.propose, name="checkins-propose", needs=INSPECT),
]
