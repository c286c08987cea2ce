"""Tables without signs between cells: by their columns or by their stream, whichever says more."""

from collections.abc import Sequence

from vungxanh.engines.letters.tables.aligned import read_aligned
from vungxanh.engines.letters.tables.broken import read_broken
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.types import RawTable, apart


def read_set(lines: Sequence[Line]) -> list[RawTable]:
    """Of two readings of the same lines the one with heads over columns, or the fuller."""
    readings = [*read_aligned(lines), *read_broken(lines)]
    return apart(sorted(readings, key=lambda raw: (not raw.is_sure, -raw.fulness)))
