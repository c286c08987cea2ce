"""What every rule looks at, and the few words all of them need."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from vungxanh.documents.grids import place_of
from vungxanh.engines.checks.dates import moment_of
from vungxanh.engines.checks.rules.counted import known_count
from vungxanh.engines.checks.rules.judged import Judged, judged
from vungxanh.engines.checks.types import AsOf, Claim, Figure, KnownUnit, Row, Table


@dataclass(frozen=True)
class Case:
    """A table with all that is known beside it.

    `known` are the units that exist (None: nobody said), `expected` those that should report.
    """

    table: Table
    claims: tuple[Claim, ...] = ()
    history: tuple[Figure, ...] = ()
    known: Mapping[str, KnownUnit] | None = None
    expected: tuple[KnownUnit, ...] = field(default=())

    @cached_property
    def as_of(self) -> AsOf | None:
        """The moment of the table: its title's, its lines' common one, else a claim's."""
        lines = {row.as_of for row in self.table.rows}
        common = next(iter(lines)) if len(lines) == 1 else None
        claimed = (claim.as_of for claim in self.claims if claim.as_of)
        return self.table.as_of or common or next(claimed, None)

    @cached_property
    def judged(self) -> Sequence[Judged]:
        """Every printed share of the units whose numerator is counted."""
        return judged(self.table.rows)

    @cached_property
    def earlier(self) -> Mapping[tuple[str, str], Sequence[Figure]]:
        """The history of each unit and element, the newest first."""
        found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in sorted(self.history, key=lambda f: moment_of(f.as_of), reverse=True):
            found[figure.unit, figure.element].append(figure)
        return found

    def lines(self) -> Iterator[Row]:
        """Units, then totals."""
        yield from self.table.rows
        yield from self.table.totals

    def where(self, row: Row, element: str | None = None) -> str:
        """The place of a line's count, in the words of the file."""
        column = self.table.column_of(element) if element else None
        return place_of(row.number, column.position).vi if column else f"dòng {row.number}"


def name_of(row: Row) -> str:
    """What to call a line in a sentence."""
    return row.name or row.key or f"dòng {row.number}"


def summed(table: Table, element: str) -> int | None:
    """The sum of all units; None if the element is unknown for one of them."""
    counts = [known_count(row, element) for row in table.rows]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None
