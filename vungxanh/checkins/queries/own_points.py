"""A citizen's own points: their list, one of them with its codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode, Reminder
from vungxanh.checkins.rules import states
from vungxanh.checkins.values.kinds import KINDS, LIVING, STATE_WORDS, EntranceKind, Kind, State
from vungxanh.checkins.values.refusals import NoSuchPointError
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import registry
from vungxanh.people.queries.holders import holder_id
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError, Words


@dataclass(frozen=True, slots=True)
class PointLine:
    """One own point in a list; `mend_by` is the day until which a reminder asks for something."""

    id: int
    code: str
    name: str
    kind: Words
    state: State
    place: str
    n_doors: int
    mend_by: date | None = None
    is_invented: bool = False

    @property
    def shown_code(self) -> str:
        """The code as people read it."""
        return short_codes.shown(self.code)

    @property
    def state_words(self) -> Words:
        """The state in words."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class DoorCode:
    """An entrance with the code that hangs there, and former ones that still hold until a day."""

    number: int
    label: str
    kind: EntranceKind
    code: PointCode | None
    former: tuple[PointCode, ...] = ()


def lines_of(owner_id: int) -> tuple[PointLine, ...]:
    """The points of an owner, living ones first, then the newest; one query."""
    return point_lines(Point.objects.filter(owner=owner_id))


def point_lines(points: "QuerySet[Point]") -> tuple[PointLine, ...]:
    """Points as their people list them: what is to be mended first, closed last; one query."""
    doors = Count("entrances", filter=Q(entrances__closed_at=None, entrances__number__gt=0))
    asked = Reminder.objects.filter(point=OuterRef("pk"), met_at=None, lapsed_at=None)
    day = Subquery(asked.order_by("-number").values("due_on")[:1])
    rows = points.defer("contact_name", "contact_phone", "words")
    found = rows.annotate(n_doors=doors, mend_by=day)
    lines = (
        PointLine(
            id=row.pk,
            code=row.code,
            name=row.name,
            kind=KINDS[Kind(row.kind)].words,
            state=State(row.state),
            place=place_of(row),
            n_doors=row.n_doors,
            mend_by=row.mend_by,
            is_invented=row.is_invented,
        )
        for row in found
    )
    return tuple(sorted(lines, key=_order))


def n_owned(owner_id: int) -> int:
    """How many points somebody owns, closed ones too; one query."""
    return Point.objects.filter(owner=owner_id).count()


def own_point(by: Viewer, code: str) -> Point:
    """One's own point by its code, however it was typed; any other is not there. Two queries."""
    owner, written = holder_id(by), read_code(code)
    row = Point.objects.filter(owner=owner, code=written).first() if owner else None
    if row is None:
        raise NoSuchPointError
    return row


def read_code(code: str) -> str:
    """A code as it is stored, however it was typed; one that is none is no point's."""
    try:
        return short_codes.written(short_codes.read(code))
    except RefusalError:
        raise NoSuchPointError from None


def door_codes(point: Point, at: datetime) -> tuple[DoorCode, ...]:
    """The open entrances of a point with their good codes, the whole first; two queries."""
    good = PointCode.objects.filter(point=point, revoked_at=None).order_by("-id")
    found: dict[int, list[PointCode]] = {}
    for code in good.filter(Q(ends_at=None) | Q(ends_at__gt=at)):
        found.setdefault(code.entrance, []).append(code)
    rows = Entrance.objects.filter(point=point, closed_at=None).order_by("number")
    return tuple(_door(row, found.get(row.number, [])) for row in rows)


def whole_code(point: Point, at: datetime) -> PointCode | None:
    """The newest good code of a point as a whole; one query."""
    good = PointCode.objects.filter(point=point, entrance=0, revoked_at=None)
    return good.filter(Q(ends_at=None) | Q(ends_at__gt=at)).order_by("-id").first()


def may_undo(point: Point, by: Viewer, at: datetime) -> bool:
    """Whether the viewer's own last decision on a point may still be taken back; one query."""
    last = PointChange.objects.filter(point=point).order_by("-at", "-id").first()
    is_theirs = last is not None and last.by == by.id and last.action in states.DECISIONS
    return last is not None and is_theirs and at - last.at <= states.UNDO_WITHIN


def place_of(point: Point) -> str:
    """The commune and what lies above it but the country, as people say it; no query."""
    unit = registry().unit(point.unit_id)
    return ", ".join([unit.name, *(one.name for one in registry().above(unit))])


def _order(line: PointLine) -> tuple[bool, bool, int]:
    return line.state is State.CLOSED, line.state in LIVING and line.mend_by is None, -line.id


def _door(row: Entrance, codes: Sequence[PointCode]) -> DoorCode:
    hanging = next((one for one in codes if one.ends_at is None), None)
    former = tuple(one for one in codes if one is not hanging)
    return DoorCode(row.number, row.label, EntranceKind(row.kind), hanging, former)
