"""Of tables of figures: which day's table they are, whose reports are not in a unit's figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from vungxanh.uptake.models import Submission


@dataclass(frozen=True, slots=True)
class OfTable:
    """The day's table that a table of figures belongs to, and who is missing in a unit's figure."""

    day_table: UUID | None
    lacking: tuple[str, ...]


def of_tables(submissions: Iterable[str], unit_id: str) -> Mapping[str, OfTable]:
    """By id, the tables that day tables were made of, or that lack reports; one query."""
    rows = Submission.objects.filter(id__in=list(submissions))
    told = rows.values_list("id", "day_table__id", "lacking")
    return {
        str(key): OfTable(table, tuple((lacking or {}).get(unit_id, ())))
        for key, table, lacking in told
        if table or lacking
    }
