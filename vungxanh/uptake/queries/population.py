"""Reading populations: all of a unit beside each other, and lists that were brought."""

from collections.abc import Iterable
from uuid import UUID

from vungxanh.core.viewer import Viewer
from vungxanh.uptake.models import PopulationFigure, PopulationTable
from vungxanh.uptake.values.population import KINDS, Population


def populations_of(unit_ids: Iterable[str]) -> tuple[Population, ...]:
    """All populations that stand, newest year first, sources beside each other; one query."""
    found = (
        PopulationFigure.objects.filter(unit_id__in=list(unit_ids), table__state="recorded")
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


def table(viewer: Viewer, table_id: UUID) -> PopulationTable | None:
    """A list as its bringer sees it; None where there is none."""
    found = PopulationTable.objects.filter(id=table_id).first()
    is_theirs = found is not None and found.created_by == viewer.id
    return found if is_theirs or "system" in viewer.roles else None
