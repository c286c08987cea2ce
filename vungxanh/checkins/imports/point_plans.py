"""What the preview of a table of points shows: counts, frequent faults, the first rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from vungxanh.checkins.imports.columns import WrittenTable
from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.checkins.values.point_rows import Doubted, PointRow

MOST_SHOWN: Final = 10
SAMPLE: Final = 10
MOST_SORTS: Final = 10
_MOST_COUNTED: Final = 2_000
"""Sentences that quote a cell can be many; beyond this number they are counted as one."""


@dataclass(slots=True)
class Preview:
    """Filled row by row; of any table it holds only so much."""

    n_new: int = 0
    n_suspected: int = 0
    n_faulty: int = 0
    _sorts: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    _faulty: list[Any] = field(default_factory=list)
    _suspected: list[Any] = field(default_factory=list)
    _sample: list[Any] = field(default_factory=list)

    @property
    def n_rows(self) -> int:
        """All rows that say something."""
        return self.n_new + self.n_suspected + self.n_faulty

    def add(self, one: Doubted) -> None:
        """Count a row, and keep it where it is among the first of its sort."""
        row = one.row
        if row.entry is None:
            self._add_faulty(row)
        elif one.is_doubted:
            self.n_suspected += 1
            if len(self._suspected) < MOST_SHOWN:
                self._suspected.append([row.number, row.name, one.code, one.number])
        else:
            self.n_new += 1
            if len(self._sample) < SAMPLE:
                entry = row.entry
                n_doors = len(entry.entrances)
                self._sample.append([row.number, row.name, str(entry.kind), entry.unit, n_doors])

    def plan(self, written: WrittenTable) -> dict[str, Any]:
        """What the page shows, as it is kept."""
        frequent = sorted(self._sorts.items(), key=lambda one: -one[1][0])[:MOST_SORTS]
        return {
            "columns": [[one.letters, one.head, one.field] for one in written.columns],
            "warnings": [[one.vi, one.en] for one in written.warnings],
            "sorts": [[*sort, *counted] for sort, counted in frequent],
            "faulty": self._faulty,
            "suspected": self._suspected,
            "sample": self._sample,
        }

    def _add_faulty(self, row: PointRow) -> None:
        self.n_faulty += 1
        if len(self._faulty) < MOST_SHOWN:
            self._faulty.append([row.number, row.name, _faults(row.faults)])
        for fault in row.faults:
            sort = (fault.field, fault.words.vi, fault.words.en)
            if sort in self._sorts:
                self._sorts[sort][0] += 1
            elif len(self._sorts) < _MOST_COUNTED:
                self._sorts[sort] = [1, row.number]


def _faults(faults: Iterable[Fault]) -> list[list[str]]:
    return [[one.field, one.words.vi, one.words.en] for one in faults]
