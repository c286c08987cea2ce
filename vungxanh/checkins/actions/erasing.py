"""Taking somebody out of control points: the points stay, without owner and contact."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.door_devices import end_devices_of
from vungxanh.checkins.actions.holding import point_ref
from vungxanh.checkins.models import (
    DoorDevice,
    Inspection,
    Point,
    PointChange,
    PointDraft,
    PointKeeper,
    PointOffer,
)
from vungxanh.checkins.queries.held import (
    DOERS,
    contact_digests,
    keeper_digests,
    offer_digests,
)
from vungxanh.checkins.queries.purging import FORGOTTEN
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core.clock import TZ
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties.actions import owe
from vungxanh.duties.values import (
    BY_HAND,
    Holder,
    HolderKind,
    NewDuty,
    Pace,
    Schedule,
    SourceKind,
)

DAYS_TO_FIND: Final = timedelta(days=7)
_ANSWER_GONE: Final = "(Câu trả lời đã xóa cùng người trả lời)"
_SOURCE: Final = "Chủ điểm kiểm soát không còn trong hệ thống"


def erase(*, subject: Subject, at: datetime) -> dict[str, int]:
    """Take their name, number and acts out, inside the caller's transaction; rows by table.

    What they wrote in answers and reasons goes too. Officers of the commune owe a new owner for
    each point that lives. Devices that they enrolled keep no door any more. Audit event:
    `checkins.point_ownerless`.
    """
    gone: Counter[str] = Counter()
    keeping = PointKeeper.objects.filter(phone_index__in=keeper_digests(subject))
    theirs = Q(keeper__in=keeping) | Q(by__in=subject.device_refs)
    end_devices_of(bonds=DoorDevice.objects.filter(theirs), by=SYSTEM, at=at)
    gone[PointChange._meta.db_table] += _without_words(subject)
    for model, column in DOERS:
        done = model._default_manager.filter(**{f"{column}__in": subject.device_refs})
        gone[model._meta.db_table] += done.update(**{column: FORGOTTEN})
    named = Point.objects.filter(contact_phone_index__in=contact_digests(subject))
    gone[Point._meta.db_table] += named.update(
        contact_name="", contact_phone="", contact_phone_index=None
    )
    gone[PointKeeper._meta.db_table] += keeping.delete()[0]
    offered = PointOffer.objects.filter(phone_index__in=offer_digests(subject))
    gone[PointOffer._meta.db_table] += offered.delete()[0]
    if subject.id is not None:
        gone[Point._meta.db_table] += _without_owner(subject.id, at)
        drafts = PointDraft.objects.filter(owner=subject.id)
        gone[PointDraft._meta.db_table] += drafts.delete()[0]
    return dict(sorted(gone.items()))


def _without_owner(owner_id: int, at: datetime) -> int:
    rows = list(Point.objects.select_for_update().filter(owner=owner_id).order_by("id"))
    owned = Point.objects.filter(pk__in=[row.pk for row in rows])
    n = owned.update(owner=None, contact_name="", contact_phone="", contact_phone_index=None)
    for row in rows:
        record(event="checkins.point_ownerless", by=SYSTEM, at=at, subject=point_ref(row))
        duty = None
        if row.state in LIVING:
            due = at.astimezone(TZ).date() + DAYS_TO_FIND
            duty = owe(duty=_new_owner(row, due), by=SYSTEM, at=at)
        after = {"duty": str(duty)} if duty else {}
        PointChange.objects.create(point=row, action="ownerless", after=after, at=at, by=SYSTEM.id)
    answers = Inspection.objects.filter(point__in=rows).exclude(answer="")
    return n + answers.update(answer=_ANSWER_GONE)


def _without_words(subject: Subject) -> int:
    """Reasons that they gave in their own words."""
    said = PointChange.objects.filter(by__in=subject.device_refs).exclude(reason="")
    return said.update(reason="")


def _new_owner(row: Point, until: date) -> NewDuty:
    return NewDuty(
        title=f"Tìm chủ mới cho điểm {row.name} ({row.code})"[:300],
        holder=Holder(HolderKind.UNIT, row.unit_id, "commune_officer"),
        owed_to=row.unit_id,
        schedule=Schedule(until, time(17, 0)),
        source_kind=SourceKind.RULE,
        source=_SOURCE,
        kind=BY_HAND,
        key=f"checkins.new_owner:{row.pk}:{until.isoformat()}",
        pace=Pace.DAYS,
    )
