"""Reading populations: all of a unit beside each other, and lists that were brought."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.uptake.models import PopulationFigure, PopulationTable
from vungxanh.uptake.queries.weighing import Pieces, Weights, weigh
from vungxanh.uptake.values.population import KINDS, Population


def populations_of(unit_ids: Iterable[str]) -> tuple[Population, ...]:
    """All populations that stand, newest year first, sources beside each other; one query."""
    return _populations(unit_ids, Q(table__state="recorded"))


def weights_of(pieces: Pieces, *, known_at: datetime) -> Weights:
    """The people of the parts of divided units as they were known; at most one query."""
    ids = {unit for choices in pieces.values() for units in choices for unit in units}
    if not ids:
        return Weights()
    stood = Q(table__recorded_at__lte=known_at) & (
        Q(table__withdrawn_at__isnull=True) | Q(table__withdrawn_at__gt=known_at)
    )
    return weigh(pieces, _populations(ids, stood))


def _populations(unit_ids: Iterable[str], stood: Q) -> tuple[Population, ...]:
    found = (
        PopulationFigure.objects.filter(stood, unit_id__in=list(unit_ids))
        .select_related("source", "used_in")
        .order_by("-year", "unit_id", "kind", "source__title", "id")
    )
    return tuple(
        Population(
            id=row.id,
            unit_id=row.unit_id,
            year=row.year,
            on=row.on,
            kind=KINDS[row.kind],
            value=row.value,
            source=row.source.title,
            is_used=row.used_in is not None and row.used_in.state == "recorded",
        )
        for row in found
    )


def table(viewer: Viewer, table_id: UUID) -> PopulationTable:
    """A list as its bringer sees it; to all others there is none (MissingError)."""
    return theirs(PopulationTable.objects.filter(id=table_id).first(), viewer)


def theirs(found: PopulationTable | None, viewer: Viewer) -> PopulationTable:
    """The list that was found, if the viewer brought it; no query."""
    if found is None or not ("system" in viewer.roles or found.created_by == viewer.id):
        raise MissingError
    return found
