"""The public page of a point, and what is known here of a code that somebody scanned."""

from datetime import datetime, time
from typing import Final

from vungxanh.checkins.models import Entrance, Point, PointCode
from vungxanh.checkins.values.door import DoorPoint, Told
from vungxanh.checkins.values.kinds import KINDS, Kind, State
from vungxanh.checkins.values.verdicts import Checked, Known, Verdict, checked
from vungxanh.core.clock import TZ
from vungxanh.locations.values import registry
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.protocol.places import short_codes
from vungxanh.protocol.places.refusals import PlaceCodeError

REPLACED: Final = "replaced"  # what `actions.codes` writes where new codes end the former at once
_UNSHOWN: Final = ("words", "contact_name", "contact_phone")
_LONGEST: Final = 600  # an address of ours is far shorter; what is longer is none


def code_typed(typed: str) -> str | None:
    """The nine characters of what somebody typed; None where they cannot be a code."""
    try:
        return short_codes.written(short_codes.read(typed))
    except PlaceCodeError:
        return None


def door_point(code: str) -> DoorPoint | None:
    """The point that a code leads to: its own, or the one it was merged into; one query."""
    rows = Point.objects.filter(code=code).select_related("merged_into")
    found = rows.defer(*_UNSHOWN, *(f"merged_into__{one}" for one in _UNSHOWN)).first()
    if found is None:
        return None
    row = found.merged_into or found
    known = registry()
    unit = known.unit(row.unit_id)
    above = known.above(unit)
    return DoorPoint(
        id=row.pk,
        code=found.code,
        shown=short_codes.shown(found.code),
        kind=KINDS[Kind(row.kind)].words,
        name=row.name,
        address=row.address,
        commune=unit.name,
        province=above[-1].name if above else "",
        state=State(row.state),
        is_invented=row.is_invented,
        stay_minutes=row.usual_stay_minutes,
        former_name=found.name if found is not row else "",
        kept=short_codes.shown(row.code) if found is not row else "",
    )


def entrances_of(point: DoorPoint) -> tuple[tuple[int, str], ...]:
    """The open entrances beside the point as a whole: number and name."""
    rows = Entrance.objects.filter(point_id=point.id, closed_at=None, number__gt=0)
    return tuple(rows.order_by("number").values_list("number", "label"))


def told(text: str, *, site: str, at: datetime, point: DoorPoint | None = None) -> Told:
    """What a scanned or pasted text is, by its signature first and then by this register.

    Without `point` any point of this installation is right.
    """
    known = Known(public_keys(), site=site)
    code = short_codes.read(point.code) if point else None
    seconds = int(at.timestamp())
    found = checked(text if len(text) <= _LONGEST else "", known, at=seconds, code=code)
    if found.verdict not in {Verdict.GENUINE, Verdict.EARLY}:
        return Told(found.verdict)
    return _by_the_register(found, at)


def point_of(text: str, *, site: str) -> DoorPoint | None:
    """The point that a signed text names; None for any other text."""
    found = checked(text, Known(public_keys(), site=site), at=0)
    is_signed = found.place is not None and found.place.verified is True
    return door_point(found.place.short_code) if found.place and is_signed else None


def _by_the_register(found: Checked, at: datetime) -> Told:
    """Whether the signed code was ended or revoked since, and which door it hangs at."""
    place = found.place
    row = PointCode.objects.filter(pk=place.issue).first() if place else None
    if place is None or row is None:
        return Told(Verdict.REVOKED)
    label = Entrance.objects.filter(point_id=row.point_id, number=row.entrance)
    entrance = label.values_list("label", flat=True).first() or ""
    verdict, since = _as_it_stands(row, at)
    if verdict is Verdict.GENUINE and found.verdict is Verdict.EARLY:
        verdict, since = Verdict.EARLY, datetime.combine(place.valid_from, time(), TZ)
    return Told(verdict, entrance, since, row.entrance)


def _as_it_stands(row: PointCode, at: datetime) -> tuple[Verdict, datetime | None]:
    """Whether a code holds, ended or was revoked, and since or until when."""
    if row.revoked_at is not None:
        is_replaced = row.revoked_reason == REPLACED
        return Verdict.ENDED if is_replaced else Verdict.REVOKED, row.revoked_at
    if row.ends_at is not None and row.ends_at <= at:
        return Verdict.ENDED, row.ends_at
    return Verdict.GENUINE, row.ends_at
