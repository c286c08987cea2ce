"""What was found at a place, of what it was reminded, and what may follow."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.accounts.queries import Place as AreaPlace
from vungxanh.accounts.queries import authorised, readable
from vungxanh.checkins.models import (
    Inspection,
    Photo,
    Point,
    Premises,
    Reminder,
    SuspensionProposal,
)
from vungxanh.checkins.queries.desk import MANAGE
from vungxanh.checkins.rules.inspections import Standing, Step, next_step
from vungxanh.checkins.values.inspections import (
    INSPECT,
    RESULTS,
    InspectionLine,
    OpenQuestion,
    Place,
    PlaceFacts,
    ProposalLine,
    ProposalState,
    ReminderLine,
    Result,
)
from vungxanh.checkins.values.kinds import KINDS, Kind
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.locations.queries import within
from vungxanh.locations.values import Level, registry

OPEN_ROUND = Q(met_at=None, lapsed_at=None)
IN_FORCE = Q(state=ProposalState.PROPOSED) | Q(state=ProposalState.ACCEPTED, ended_at=None)


def place_row(place: Place, *, viewer: Viewer, acting: bool = False) -> Point | Premises:
    """The point or premises, if they lie in the viewer's area; MissingError for any other."""
    if place.point_id is not None:
        points = Point.objects.select_related("unit").filter(pk=place.point_id)
        return authorised(
            points.first(), viewer=viewer, needs=INSPECT, unit=_unit_of, acting=acting
        )
    rows = Premises.objects.select_related("unit").filter(pk=place.premises_id or 0)
    return authorised(rows.first(), viewer=viewer, needs=INSPECT, unit=_unit_of, acting=acting)


def place_of_code(code: str) -> Place:
    """The point of a code. Raises MissingError."""
    found = Point.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise MissingError
    return Place(point_id=found)


def facts_of(row: Point | Premises) -> PlaceFacts:
    """What is shown of the place on every page."""
    point = row if isinstance(row, Point) else None
    return PlaceFacts(
        place=Place(point_id=row.pk) if point else Place(premises_id=row.pk),
        name=row.name,
        address=row.address,
        unit=registry().unit(row.unit_id).name,
        kind=KINDS[Kind(row.kind)].words,
        code=point.code if point else "",
        state=str(point.state) if point else "",
    )


def standing_of(place: Place) -> Standing:
    """What was done in the round that is open; two queries."""
    days = open_reminders(place).order_by("number").values_list("due_on", flat=True)
    states = set(proposals_in_force(place).values_list("state", flat=True))
    return Standing(
        tuple(days),
        is_proposed=ProposalState.PROPOSED in states,
        is_suspended=ProposalState.ACCEPTED in states,
    )


def step_of(place: Place, *, today: date) -> Step:
    """What may follow today."""
    return next_step(standing_of(place), today=today)


def open_reminders(place: Place) -> "QuerySet[Reminder]":
    """Reminders of the open round."""
    return Reminder.objects.filter(OPEN_ROUND, _at(place))


def proposals_in_force(place: Place) -> "QuerySet[SuspensionProposal]":
    """The proposal that waits, or that was accepted and holds, if there is one."""
    return SuspensionProposal.objects.filter(IN_FORCE, _at(place))


def reasons_of_round(place: Place) -> frozenset[str]:
    """What the reminders of the open round asked for, or those before a suspension; two queries."""
    days = proposals_in_force(place).values_list("decided_at", flat=True)
    decided = [day for day in days if day is not None]
    rows = Reminder.objects.filter(OPEN_ROUND | Q(lapsed_at__in=decided), _at(place))
    return frozenset(rows.values_list("reason", flat=True))


def inspections_of(place: Place) -> tuple[InspectionLine, ...]:
    """The newest inspections of a place with their photos; two queries."""
    rows = list(Inspection.objects.filter(_at(place)).order_by("-at", "-id")[:20])
    photos: dict[UUID, list[UUID]] = {row.pk: [] for row in rows}
    taken = Photo.objects.filter(inspection__in=list(photos)).order_by("at", "id")
    for photo_id, inspection_id in taken.values_list("pk", "inspection_id"):
        photos[inspection_id].append(photo_id)
    return tuple(_inspection(row, tuple(photos[row.pk])) for row in rows)


def question_of(place: Place) -> OpenQuestion | None:
    """What the owner of a place is asked since its newest inspection; two queries."""
    row = Inspection.objects.filter(_at(place)).order_by("-at", "-id").first()
    if row is None:
        return None
    due = open_reminders(place).order_by("-number").values_list("due_on", flat=True).first()
    return OpenQuestion(
        found=RESULTS[Result(row.result)],
        at=row.at,
        is_fine=row.result == Result.FINE,
        is_answered=row.answered_at is not None,
        mend_by=due,
    )


def reminders_of(place: Place) -> tuple[ReminderLine, ...]:
    """The newest reminders of a place; one query."""
    rows = Reminder.objects.filter(_at(place)).order_by("-at", "-id")[:20]
    return tuple(reminder_line(row) for row in rows)


def proposals_of(place: Place) -> tuple[ProposalLine, ...]:
    """The newest proposals to suspend a place; one query."""
    rows = SuspensionProposal.objects.filter(_at(place)).select_related("point", "premises")
    return tuple(_proposal(row) for row in rows.order_by("-at", "-id")[:10])


def due(viewer: Viewer, *, page: object = 1) -> Page[tuple[ReminderLine, PlaceFacts]]:
    """The last open reminder of each place of the area, the earliest due first; two queries."""
    rows = Reminder.objects.filter(OPEN_ROUND, _in_area(viewer, "reminders"))
    of_point = Q(point__isnull=False, point=OuterRef("point"))
    of_premises = Q(premises__isnull=False, premises=OuterRef("premises"))
    open_ones = Reminder.objects.filter(OPEN_ROUND, of_point | of_premises)
    rows = rows.filter(~Exists(open_ones.filter(number__gt=OuterRef("number"))))
    rows = rows.select_related("point", "premises").order_by("due_on", "at", "id")
    found: Page[Reminder] = numbered(rows, page)
    lines = tuple((reminder_line(row), facts_of(_place_of(row))) for row in found)
    return Page(lines, found.number, found.n_pages, found.n_rows)


def waiting_proposals(viewer: Viewer) -> tuple[ProposalLine, ...]:
    """Proposals of the area that wait for their decision, the oldest first; one query."""
    rows = SuspensionProposal.objects.filter(_in_area(viewer, "proposals"))
    rows = rows.filter(state=ProposalState.PROPOSED).select_related("point", "premises")
    return tuple(_proposal(row) for row in rows.order_by("at", "id")[:100])


def found_proposal(
    proposal_id: UUID, *, viewer: Viewer, acting: bool = False
) -> SuspensionProposal:
    """The row of a proposal of the viewer's area."""
    rows = SuspensionProposal.objects.select_related("point__unit", "premises__unit")
    return authorised(
        rows.filter(pk=proposal_id).first(),
        viewer=viewer,
        needs=INSPECT,
        unit=lambda row: _place_of(row).unit,
        acting=acting,
    )


def may_decide(row: SuspensionProposal, place: Point | Premises, *, by: Viewer) -> bool:
    """Whether somebody decides on a proposal: not who made it, nor who holds communes alone."""
    above = [one for one in by.units if registry().unit(one).level is not Level.COMMUNE]
    is_higher = row.by != by.id and within(frozenset(above), place.unit_id)
    return by.may(MANAGE) and is_higher


def proposal_line(row: SuspensionProposal) -> ProposalLine:
    """A proposal as it is shown."""
    return _proposal(row)


def found_reminder(reminder_id: UUID, *, viewer: Viewer) -> tuple[ReminderLine, PlaceFacts]:
    """One reminder with its place, to print."""
    rows = Reminder.objects.select_related("point__unit", "premises__unit")
    row = authorised(
        rows.filter(pk=reminder_id).first(),
        viewer=viewer,
        needs=INSPECT,
        unit=lambda row: _place_of(row).unit,
    )
    return reminder_line(row), facts_of(_place_of(row))


def place_in(row: Inspection | Reminder | SuspensionProposal) -> Place:
    """Of which place a row is."""
    return Place(row.point_id, row.premises_id)


def reminder_line(row: Reminder) -> ReminderLine:
    """A reminder as it is shown."""
    return ReminderLine(
        id=row.pk,
        number=row.number,
        reason=RESULTS[Result(row.reason)],
        note=row.note,
        due_on=row.due_on,
        at=row.at,
        met_at=row.met_at,
        lapsed_at=row.lapsed_at,
    )


def _inspection(row: Inspection, photos: tuple[UUID, ...]) -> InspectionLine:
    return InspectionLine(
        id=row.pk,
        result=RESULTS[Result(row.result)],
        is_fine=row.result == Result.FINE,
        note=row.note,
        at=row.at,
        answer=row.answer,
        answered_at=row.answered_at,
        photos=photos,
    )


def _proposal(row: SuspensionProposal) -> ProposalLine:
    facts = facts_of(_place_of(row))
    return ProposalLine(
        id=row.pk,
        facts=facts,
        reason=row.reason,
        at=row.at,
        state=ProposalState(row.state),
        decided_at=row.decided_at,
        decided_reason=row.decided_reason,
        ended_at=row.ended_at,
    )


def _place_of(row: Inspection | Reminder | SuspensionProposal) -> Point | Premises:
    found = row.point or row.premises
    if found is None:
        raise MissingError
    return found


def _unit_of(row: Point | Premises) -> AreaPlace:
    """The unit that a place lies in."""
    unit: AreaPlace = row.unit
    return unit


def _at(place: Place) -> Q:
    return Q(point=place.point_id) if place.point_id else Q(premises=place.premises_id)


def _in_area(viewer: Viewer, ref: str) -> Q:
    viewer.require(INSPECT)
    return readable(viewer, ref=ref, unit="point__unit") | readable(
        viewer, ref=ref, unit="premises__unit"
    )
