"""A control point of Quy Nhơn with hostile words, what was reported and found there."""

from datetime import timedelta
from uuid import UUID

from tests.factories.people import Colleague
from tests.factories.photos import a_photo
from tests.factories.points import a_point
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.actions.reminding import Reminding, remind_place
from vungxanh.checkins.actions.reports import report_poster
from vungxanh.checkins.models import Point, Premises, PremisesList, SuspensionProposal, TamperReport
from vungxanh.checkins.values.inspections import Place, Result, Tamper, TamperSaid
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC, SYSTEM

WARD = "vn-2025:21583"


def things(owner: Colleague) -> list[Thing]:
    """A point, a report with a photo, a reminder, a proposal, premises without a point."""
    point = a_point(PAYLOAD[:120], at=clock.now())
    return [
        Thing("/c/", "code", point.code, is_secret=False),
        Thing("/api/v1/points/", "code", point.code, is_secret=False),
        Thing("/api/v1/points/", "number", str(_list()), is_secret=False),
        *_at_the_door(owner, point),
        Thing("/diem/kiem-tra/", "premises_id", str(_premises())),
    ]


def _at_the_door(owner: Colleague, point: Point) -> list[Thing]:
    said = TamperSaid(Tamper.OTHER, PAYLOAD[:500], photos=(a_photo(),))
    report = report_poster(point_id=point.pk, said=said, by=PUBLIC, at=clock.now())
    photo = TamperReport.objects.get(pk=report).photos.get()
    reminding = Reminding(Result.OTHER, clock.today() + timedelta(days=3), PAYLOAD[:500])
    place = Place(point_id=point.pk)
    reminder = remind_place(place=place, said=reminding, by=owner.viewer, at=clock.now())
    return [
        Thing("/diem/bao-ma/", "report_id", str(report)),
        Thing("/diem/anh/", "photo_id", str(photo.pk)),
        Thing("/diem/nhac/", "reminder_id", str(reminder.pk)),
        Thing("/diem/de-nghi/", "proposal_id", str(_proposal(point))),
        Thing("/diem/kiem-tra/", "code", point.code),
    ]


def _list() -> int:
    """A list of revoked codes, which anyone fetches."""
    made = list_revoked(by=SYSTEM, at=clock.now())
    return made.pk if made else 0


def _proposal(point: Point) -> UUID:
    made = SuspensionProposal.objects.create(
        point=point, reason=PAYLOAD[:300], at=clock.now(), by="staff:x"
    )
    return made.pk


def _premises() -> int:
    brought = PremisesList.objects.create(
        title=PAYLOAD[:200],
        source=PAYLOAD[:300],
        basis=PAYLOAD[:300],
        as_of=clock.today(),
        at=clock.now(),
        by="staff:x",
        state="accepted",
    )
    row = Premises.objects.create(
        list=brought, name=PAYLOAD[:200], same_key="x", kind="market", unit_id=WARD
    )
    return row.pk
