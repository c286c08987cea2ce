"""Contested outcomes: of an officer's area, of a person, and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from vungxanh.accounts.queries import Place, authorised, readable
from vungxanh.core.enveloped import opened
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import Contest, Declaration
from vungxanh.declarations.queries.cares import is_province
from vungxanh.declarations.values.care import CORRECT
from vungxanh.declarations.values.states import ColourNumber, ContestState
from vungxanh.people.queries.reaching import Reached, own_persons, reached
from vungxanh.people.values.standing import Colour

FIGURE_DAYS = 30


@dataclass(frozen=True, slots=True)
class ContestLine:
    """One contest; `words` and `reason` are empty until they are opened for somebody."""

    id: UUID
    declaration_id: UUID
    person_id: int
    unit: str
    asked_at: datetime
    state: ContestState
    decided_at: datetime | None
    decided_by: str
    colour: Colour | None
    words: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OwnDeclaration:
    """When it was made and which colour it gave, for who made it."""

    at: datetime
    colour: Colour


@dataclass(frozen=True, slots=True)
class ContestFigures:
    """How many waited, were kept and corrected, of those asked in the last days."""

    n_days: int
    n_asked: int
    n_open: int
    n_kept: int
    n_corrected: int


def contests(viewer: Viewer, *, is_open: bool = True, page: object = 1) -> Page[ContestLine]:
    """Of the viewer's area, those that wait the longest first; two queries."""
    viewer.require(CORRECT)
    rows = _readable(viewer)
    waits = Q(state=ContestState.OPEN)
    order = ("asked_at", "id") if is_open else ("-decided_at", "-id")
    rows = (rows.filter(waits) if is_open else rows.exclude(waits)).order_by(*order)
    found: Page[Contest] = numbered(rows, page)
    return Page(tuple(map(_line, found)), found.number, found.n_pages, found.n_rows)


def contest(contest_id: UUID, *, viewer: Viewer) -> ContestLine:
    """One of the viewer's area, unopened; MissingError for any other."""
    return _line(_found(contest_id, viewer))


def contest_opened(contest_id: UUID, *, viewer: Viewer, of: Reached) -> ContestLine:
    """One with its words, for the viewer that `accounts.actions.look` returned."""
    return _line(_found(contest_id, viewer), of)


def colour_of(contest_id: UUID, *, viewer: Viewer) -> tuple[Colour | None, datetime | None]:
    """The colour that the declaration got and when it was made; none once it is purged."""
    row = _found(contest_id, viewer)
    made = Declaration.objects.filter(pk=row.declaration_id).only("colour", "at").first()
    return (ColourNumber(made.colour).colour, made.at) if made else (None, None)


def own_contests(by: Viewer) -> Mapping[UUID, ContestLine]:
    """The newest contest of each own declaration, with words and answers, for the own phone."""
    persons = own_persons(by)
    if not persons:
        return {}
    opens = reached(persons, viewer=by)
    rows = Contest.objects.filter(person_id__in=persons).order_by("asked_at", "id")
    return {row.declaration_id: _line(row, opens.get(row.person_id)) for row in rows}


def own_declaration(declaration_id: UUID, *, by: Viewer) -> OwnDeclaration:
    """One of the own phone's persons; MissingError for any other."""
    rows = Declaration.objects.filter(pk=declaration_id, person_id__in=own_persons(by))
    row = rows.only("at", "colour").first()
    if row is None:
        raise MissingError
    return OwnDeclaration(row.at, ColourNumber(row.colour).colour)


def figures(viewer: Viewer, *, at: datetime) -> ContestFigures:
    """What was asked in the last days in the viewer's area, by what came of it; one query."""
    viewer.require(CORRECT)
    rows = _readable(viewer).filter(asked_at__gt=at - timedelta(days=FIGURE_DAYS)).order_by()
    found = dict(rows.values_list("state").annotate(n=Count("pk")))
    n_open, n_kept, n_corrected = (found.get(str(one), 0) for one in ContestState)
    return ContestFigures(FIGURE_DAYS, sum(found.values()), n_open, n_kept, n_corrected)


def contest_of_duty(duty_id: UUID, *, viewer: Viewer) -> UUID:
    """The contest that a duty is about; MissingError where the viewer may not see it."""
    row = Contest.objects.select_related("unit").filter(duty=str(duty_id)).first()
    return allowed(row, viewer=viewer).pk


def allowed(
    row: Contest | None, *, viewer: Viewer, needs: str = CORRECT, acting: bool = False
) -> Contest:
    """A contest that the viewer may see, or decide; one of nowhere known is the province's."""
    if row is not None and row.unit is None:
        if viewer.may(needs) and is_province(viewer):
            return row
        raise MissingError
    return authorised(row, viewer=viewer, needs=needs, unit=_unit, acting=acting, kind="contest")


def _found(contest_id: UUID, viewer: Viewer) -> Contest:
    row = Contest.objects.select_related("unit").filter(pk=contest_id).first()
    return allowed(row, viewer=viewer)


def _readable(viewer: Viewer) -> "QuerySet[Contest]":
    rows = Contest.objects.select_related("unit").filter(readable(viewer, ref="contests"))
    if is_province(viewer):
        return rows | Contest.objects.select_related("unit").filter(unit__isnull=True)
    return rows


def _unit(row: Contest) -> Place:
    if row.unit is None:
        raise MissingError
    return row.unit


def _line(row: Contest, of: Reached | None = None) -> ContestLine:
    return ContestLine(
        id=row.pk,
        declaration_id=row.declaration_id,
        person_id=row.person_id,
        unit=row.unit_id or "",
        asked_at=row.asked_at,
        state=ContestState(row.state),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        colour=Colour(row.colour) if row.colour else None,
        words=opened(of.envelope, row, "words") if of else "",
        reason=opened(of.envelope, row, "reason") if of else "",
    )
