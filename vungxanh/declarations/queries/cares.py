"""Who is to be called, by whom and until when; nothing of the persons but their numbers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from vungxanh.accounts.queries import Place, authorised, readable
from vungxanh.accounts.values import own_units
from vungxanh.core import clock
from vungxanh.core.enveloped import opened
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import Care, CareCall
from vungxanh.declarations.values.care import (
    SEE,
    WAITING,
    Clock,
    clock_of,
    is_held,
    may_undo,
)
from vungxanh.declarations.values.states import CareResult, CareState
from vungxanh.locations.values import Level, registry
from vungxanh.people.queries.reaching import Reached

MOST = 50


@dataclass(frozen=True, slots=True)
class CareLine:
    """One care as lists show it: nothing of the person but their number."""

    id: UUID
    person_id: int
    declaration_id: UUID
    unit: str
    unit_name: str
    opened_at: datetime
    due_at: datetime
    state: CareState
    clock: Clock
    n_joined: int
    n_calls: int
    claimed_by: str
    is_held: bool
    again_at: datetime | None
    follow_on: date | None
    result: CareResult | None
    handled_at: datetime | None
    raised_to: str
    raised_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether its time is over, or was over before the unit above got its own."""
        return self.raised_at is not None or self.clock is Clock.OVER


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call, with its note where it was opened."""

    id: UUID
    at: datetime
    by: str
    result: CareResult
    note: str = field(repr=False)
    again_at: datetime | None
    follow_on: date | None
    undone_at: datetime | None
    may_undo: bool


@dataclass(frozen=True, slots=True)
class OwnCare:
    """What the person hears of their own care: who has it, until when, what came of the call."""

    state: CareState
    due_at: datetime
    called_at: datetime | None
    again_at: datetime | None
    follow_on: date | None
    result: CareResult | None
    raised_to: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: to be called, late ones first; to be called again today, as planned."""

    to_call: tuple[CareLine, ...]
    to_follow: tuple[CareLine, ...]
    n_more: int


def waiting(viewer: Viewer, *, at: datetime, is_whole_area: bool = False) -> Waiting:
    """Those whose turn it is at the viewer's unit, or all of the area; three queries at most."""
    viewer.require(SEE)
    rows = _rows().filter(readable(viewer, ref="cares"))
    if is_whole_area:
        rows = rows | _rows().filter(_unplaced(viewer))
    else:
        rows = rows.filter(_own(viewer)) | _rows().filter(_unplaced(viewer))
    late_first = F("escalated_at").asc(nulls_last=True)
    open_ones = rows.filter(state__in=sorted(WAITING)).order_by(late_first, "due_at", "id")
    found = list(open_ones[: MOST + 1])
    n_more = open_ones.count() - MOST if len(found) > MOST else 0
    today = at.astimezone(clock.TZ).date()
    again = rows.filter(state=CareState.HANDLED, follow_on__lte=today)
    return Waiting(
        to_call=tuple(_line(one, at) for one in found[:MOST]),
        to_follow=tuple(_line(one, at) for one in again.order_by("follow_on", "id")[:MOST]),
        n_more=n_more,
    )


def handled(viewer: Viewer, *, at: datetime, page: object = 1) -> Page[CareLine]:
    """What was called, the newest first; two queries."""
    viewer.require(SEE)
    rows = _rows().filter(readable(viewer, ref="cares"))
    rows = rows.exclude(state__in=sorted(WAITING)).order_by("-handled_at", "-id")
    found: Page[Care] = numbered(rows, page)
    lines = tuple(_line(one, at) for one in found)
    return Page(lines, found.number, found.n_pages, found.n_rows)


def care(care_id: UUID, *, viewer: Viewer, at: datetime) -> CareLine:
    """One of the viewer's area; MissingError for any other."""
    return _line(allowed(_rows().filter(pk=care_id).first(), viewer=viewer), at)


def care_of_duty(duty_id: UUID, *, viewer: Viewer) -> UUID:
    """The care that a duty is about; MissingError where the viewer may not see it."""
    wanted = str(duty_id)
    rows = _rows().filter(Q(duty=wanted) | Q(raised_duties__contains=[wanted]))
    return allowed(rows.first(), viewer=viewer).pk


def calls(care_id: UUID, *, of: Reached | None, viewer: Viewer, at: datetime) -> list[CallLine]:
    """The calls of a care, the newest first, notes opened with the person's key; one query."""
    rows = CareCall.objects.filter(care_id=care_id).order_by("-at", "-id")
    last = next((one.pk for one in rows if one.undone_at is None), None)
    return [
        CallLine(
            id=one.pk,
            at=one.at,
            by=one.by,
            result=CareResult(one.result),
            note=opened(of.envelope, one, "note") if of else "",
            again_at=one.again_at,
            follow_on=one.follow_on,
            undone_at=one.undone_at,
            may_undo=one.pk == last and one.by == viewer.id and may_undo(called_at=one.at, at=at),
        )
        for one in rows
    ]


def allowed(row: Care | None, *, viewer: Viewer, acting: bool = False, needs: str = SEE) -> Care:
    """A care that the viewer may see, or act on; one of nowhere known is the province's."""
    if row is not None and row.unit is None:
        if viewer.may(needs) and is_province(viewer):
            return row
        raise MissingError
    return authorised(row, viewer=viewer, needs=needs, unit=_unit, acting=acting, kind="care")


def own_care(declaration_id: UUID, person_id: int) -> OwnCare | None:
    """What the health station does about a declaration, for who made it; one query.

    Whoever calls has found that the declaration is theirs.
    """
    rows = _rows().filter(person_id=person_id)
    own = Q(declaration_id=declaration_id) | Q(latest_id=declaration_id)
    row = rows.filter(own | Q(state__in=sorted(WAITING))).order_by("-opened_at").first()
    if row is None:
        return None
    return OwnCare(
        state=CareState(row.state),
        due_at=row.due_at,
        called_at=row.called_at,
        again_at=row.again_at,
        follow_on=row.follow_on,
        result=CareResult(row.result) if row.result else None,
        raised_to=row.escalated_to.name if row.escalated_to else "",
    )


def is_province(viewer: Viewer) -> bool:
    """Whether somebody works for a province, or above; no query."""
    if "system" in viewer.roles:
        return True
    known = (registry().unit(one).level for one in viewer.units)
    return any(level in {Level.PROVINCE, Level.COUNTRY} for level in known)


def n_waiting(viewer: Viewer) -> int:
    """How many wait for a call at the viewer's unit; one query."""
    if not viewer.may(SEE):
        return 0
    rows = Care.objects.filter(_own(viewer) | _unplaced(viewer), state__in=sorted(WAITING))
    return rows.count()


def _rows() -> "QuerySet[Care]":
    return Care.objects.select_related("unit", "escalated_to")


def _own(viewer: Viewer) -> Q:
    """Whose turn it is: the own communes', and what was carried up to the own unit."""
    held = sorted(own_units(viewer.units))
    return Q(unit_id__in=held) | Q(escalated_to_id__in=held)


def _unplaced(viewer: Viewer) -> Q:
    return Q(unit__isnull=True) if is_province(viewer) else Q(pk__in=[])


def _unit(row: Care) -> Place:
    if row.unit is None:
        raise MissingError
    return row.unit


def _line(row: Care, at: datetime) -> CareLine:
    return CareLine(
        id=row.pk,
        person_id=row.person_id,
        declaration_id=row.latest_id,
        unit=row.unit_id or "",
        unit_name=row.unit.name if row.unit else "",
        opened_at=row.opened_at,
        due_at=row.due_at,
        state=CareState(row.state),
        clock=clock_of(opened_at=row.escalated_at or row.opened_at, due_at=row.due_at, at=at),
        n_joined=row.n_joined,
        n_calls=row.n_calls,
        claimed_by=row.claimed_by,
        is_held=row.state == CareState.CALLING and is_held(row.claimed_at, at),
        again_at=row.again_at,
        follow_on=row.follow_on,
        result=CareResult(row.result) if row.result else None,
        handled_at=row.handled_at,
        raised_to=row.escalated_to.name if row.escalated_to else "",
        raised_at=row.escalated_at,
    )
