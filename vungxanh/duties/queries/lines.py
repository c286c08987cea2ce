"""Rows as lines, and the conditions for whose they are."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from vungxanh.accounts.queries import lies_in
from vungxanh.accounts.queries.acting import acts_for
from vungxanh.accounts.values import area_of
from vungxanh.core.viewer import Viewer
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import HolderKind, SourceKind, State, Step, is_overdue
from vungxanh.duties.values import Holder, WorkLine


def occurrences() -> "QuerySet[Occurrence]":
    """All, with what a line shows."""
    return Occurrence.objects.select_related(
        "duty__unit", "duty__organisation", "duty__owed_to", "raised_to"
    )


def owed_by(viewer: Viewer, duty: str = "duty__") -> Q:
    """What the viewer's own units or organisations owe, in a role that the viewer has."""
    held = acts_for(viewer)
    own = Q(**{f"{duty}unit_id__in": sorted(held.units)}) | Q(
        **{f"{duty}organisation_id__in": sorted(held.organisations)}
    )
    fits = Q(**{f"{duty}role": ""}) | Q(**{f"{duty}role__in": sorted(viewer.roles)})
    return own & fits


def owed_to(viewer: Viewer, duty: str = "duty__") -> Q:
    """What is owed to units of the viewer's area."""
    return lies_in(area_of(viewer.units), f"{duty}owed_to")


def visible(viewer: Viewer, duty: str = "duty__") -> Q:
    """What the viewer may see: owed by it, to it, or by a unit of its area."""
    if "system" in viewer.roles:
        return Q()
    below = lies_in(area_of(viewer.units), f"{duty}unit")
    return owed_by(viewer, duty) | owed_to(viewer, duty) | below


def visible_time(viewer: Viewer) -> Q:
    """Which occurrences the viewer may see: of what it may see, and what was raised to it."""
    if "system" in viewer.roles:
        return Q()
    return visible(viewer) | lies_in(area_of(viewer.units), "raised_to")


def lines(rows: Iterable[Occurrence], at: datetime) -> tuple[WorkLine, ...]:
    """Loaded rows as lines; no query."""
    return tuple(line(row, at) for row in rows)


def line(row: Occurrence, at: datetime) -> WorkLine:
    """A loaded row as a line; no query."""
    duty, state = row.duty, State(row.state)
    return WorkLine(
        id=row.id,
        duty_id=duty.id,
        kind=duty.kind,
        title=duty.title,
        holder_name=holder_name(duty),
        holder=holder(duty),
        owed_to=duty.owed_to_id,
        owed_to_name=duty.owed_to.name,
        source_kind=SourceKind(duty.source_kind),
        source=duty.source,
        day=row.day,
        due_at=row.due_at,
        state=state,
        is_overdue=is_overdue(state, due_at=row.due_at, at=at),
        was_late=row.was_late,
        met_at=row.met_at,
        evidence=row.evidence,
        n_met=row.n_met,
        reason=row.reason,
        step=Step(row.step),
        proposed_at=row.proposed_at,
        answered_at=row.answered_at,
        raised_to_name=row.raised_to.name if row.raised_to else "",
    )


def holder(duty: Duty) -> Holder:
    """Who owes it."""
    held = duty.unit_id or str(duty.organisation_id)
    kind = HolderKind.UNIT if duty.unit_id else HolderKind.ORGANISATION
    return Holder(kind, held, duty.role)


def holder_name(duty: Duty) -> str:
    """The name of who owes it; no query where the holder is loaded."""
    named = duty.unit or duty.organisation
    return named.name if named is not None else ""
