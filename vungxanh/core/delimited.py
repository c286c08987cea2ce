"""CSV files by column: their head, Arrow batches, and lines for whoever looks for a fault.

UTF-8 with or without byte order mark, the first line the columns' names, separated by "," ";" or
tabs. Nothing is refused here: errors are those of Python and Arrow, for a room to say in its words.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
from pyarrow import csv as arrow_csv

_BLOCK: Final = 16 * 2**20  # bytes that are read at a time
_LONGEST_HEAD: Final = 2**16


class Layout(NamedTuple):
    """How a file is written; `names` is empty where there is not even a head."""

    path: Path
    separator: str
    names: list[str]


def layout(path: Path) -> Layout:
    """What the first line says. Raises UnicodeDecodeError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        line = file.readline(_LONGEST_HEAD)
    separator = next((mark for mark in ",;\t" if mark in line), ",")
    names = next(csv.reader([line], delimiter=separator)) if line.strip() else []
    return Layout(path, separator, names)


def batches(
    of: Layout, types: Mapping[str, pa.DataType], *, nulls: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """The columns of `types`, some megabytes of the file at a time. Raises pa.ArrowInvalid."""
    reader = arrow_csv.open_csv(
        of.path,
        read_options=arrow_csv.ReadOptions(block_size=_BLOCK),
        parse_options=arrow_csv.ParseOptions(delimiter=of.separator),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(types), column_types=dict(types), null_values=list(nulls)
        ),
    )
    with reader:
        yield from reader


def lines(of: Layout) -> Iterator[list[str]]:
    """The cells of each line below the head, empty lines left out.

    Raises UnicodeDecodeError, csv.Error.
    """
    with of.path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=of.separator)
        next(rows)
        yield from filter(None, rows)
