"""A grid to a table: head, units, totals, notes, the moment it speaks of, printed shares."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from vungxanh.documents.grids import Cell, Grid
from vungxanh.engines.checks.dates import as_of_cell, as_of_title
from vungxanh.engines.checks.figures import Figures, read_figures
from vungxanh.engines.checks.headrows import NO_MEANINGS, Head, find_head, other_heads
from vungxanh.engines.checks.heads import Meaning
from vungxanh.engines.checks.lines import LineKind, kind_of, title_of
from vungxanh.engines.checks.sentences import at_start, listed, say
from vungxanh.engines.checks.shares import printed_shares
from vungxanh.engines.checks.types import (
    CheckError,
    Column,
    Finding,
    Mark,
    PrintedShare,
    Row,
    Table,
)
from vungxanh.refusals import Words

Line = Sequence[Cell]

_UNIT_ID: Final = re.compile(r"vn-\d{4}:(vn|\d{2}|\d{3}|\d{5})")
_CODE: Final = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class _Body:
    """The figures of the body, column by column, before lines become rows."""

    head: Head
    counts: dict[int, dict[str, int]]
    shares: dict[int, list[PrintedShare]]
    ranks: dict[int, int]
    marks: tuple[Mark, ...]
    findings: tuple[Finding, ...]


def recognise(grid: Grid, *, heads: Mapping[str, Meaning] | None = None) -> Table:
    """The table in a grid, or `CheckError`: no head, no unit, a day without its year.

    `heads` say what columns mean, by the keys that `heads_of` gives; they go before the engine's
    own words. Numbers that cannot be read do not stop it: they are findings of the table.
    """
    told = heads or NO_MEANINGS
    head = find_head(grid, told)
    others = other_heads(grid, head, told)
    until = grid.rows[: _end(grid, head, others)]
    _check_width(until, head)
    lines = _sorted_lines(until, head)
    if not lines["unit"]:
        code = "checks.no_units"
        raise CheckError(code, _NO_UNITS)
    body = _body(head, sorted([*lines["unit"], *lines["total"]], key=lambda line: line[0].row))
    rows = [_row(line, body) for line in lines["unit"]]
    totals = [_row(line, body) for line in lines["total"]]
    rows, wholes = _wholes_apart(rows)
    title = _title(grid, head)
    return Table(
        columns=head.columns,
        rows=tuple(rows),
        totals=(*totals, *wholes),
        notes=tuple(_text(line) for line in lines["note"]),
        title=title,
        as_of=as_of_title(title),
        head_rows=head.rows,
        marks=body.marks,
        findings=(*body.findings, *_several(head, others)),
    )


def _end(grid: Grid, head: Head, others: Sequence[int]) -> int:
    """How many rows there are up to the title of the next table."""
    end = next((row - 1 for row in others if row > head.rows[-1]), None)
    if end is None:
        return len(grid.rows)
    while end > head.body and sum(bool(cell.text) for cell in grid.rows[end - 1]) <= 1:
        end -= 1
    return end


def _several(head: Head, others: Sequence[int]) -> Iterator[Finding]:
    if others:
        yield Finding(
            code="table.several",
            severity="warning",
            where=f"dòng {others[0]}",
            message=say(
                "Trang tính có nhiều bảng: chỉ đọc bảng có đầu ở dòng {own}, chưa đọc bảng ở dòng"
                " {others}. Đưa mỗi bảng vào một tệp.",
                "The sheet holds several tables: only the one with its head on row {own} is read,"
                " not that on row {others}. Put each table into a file of its own.",
                own=str(head.rows[0]),
                others=listed(str(row) for row in others),
            ),
            rule="several_tables",
        )


_NO_UNITS: Final = Words(
    "Dưới đầu bảng không có dòng địa bàn nào: kiểm tra lại bảng rồi tải lên.",
    "There is no line of an area under the head: check the table and send it again.",
)


def _check_width(rows: Sequence[Line], head: Head) -> None:
    """A figure beside the head is most often a decimal comma in a file that commas separate."""
    bare = {c.position for c in head.columns if not c.head and c.role == "other"}
    for cell in chain.from_iterable(rows[head.body :]) if bare - {1} else ():
        if cell.text and not cell.merged and cell.column in bare and cell.column > 1:
            code = "checks.cell_without_head"
            raise CheckError(code, _without_head(cell), where=cell.place.vi)


def _without_head(cell: Cell) -> Words:
    return say(
        "{place}: ô “{text}” nằm ngoài đầu bảng; ghi tên cột, hoặc nếu tệp CSV ngăn cột bằng dấu"
        " phẩy thì đặt số có dấu phẩy trong ngoặc kép.",
        "{place}: the cell “{text}” stands under no head; name the column, or, where commas"
        " separate the columns, put numbers with a comma in quotes.",
        place=at_start(cell.place),
        text=cell.text[:40],
    )


def _sorted_lines(rows: Sequence[Line], head: Head) -> dict[LineKind, list[Line]]:
    lines: dict[LineKind, list[Line]] = {"unit": [], "total": [], "note": [], "empty": []}
    for line in rows[head.body :]:
        lines[kind_of(line, head)].append(line)
    return lines


def _body(head: Head, lines: Sequence[Line]) -> _Body:
    read = {
        c.position: _read(c, lines) for c in head.columns if c.role in ("count", "share", "rank")
    }
    counts = _counts(head, read, lines)
    shares: dict[int, list[PrintedShare]] = defaultdict(list)
    for column in head.columns:
        if column.role == "share":
            for row, share in printed_shares(column, read[column.position], counts).items():
                shares[row].append(share)
    rank = head.first("rank")
    ranks = {r: int(n.value) for r, n in read[rank.position].values.items()} if rank else {}
    marks = tuple(chain.from_iterable(figures.marks for figures in read.values()))
    findings = tuple(chain.from_iterable(figures.findings for figures in read.values()))
    return _Body(head, counts, shares, ranks, marks, findings)


def _read(column: Column, lines: Sequence[Line]) -> Figures:
    cells = [line[column.position - 1] for line in lines]
    return read_figures(column, [cell for cell in cells if not cell.merged])


def _counts(
    head: Head, read: dict[int, Figures], lines: Sequence[Line]
) -> dict[int, dict[str, int]]:
    """By grid row; of two columns of one element the left one counts."""
    counts: dict[int, dict[str, int]] = {line[0].row: {} for line in lines}
    for column in head.columns:
        if column.role == "count" and column.element:
            for row, figure in read[column.position].values.items():
                counts[row].setdefault(column.element, int(figure.value))
    return counts


def _row(line: Line, body: _Body) -> Row:
    number = line[0].row
    unit, code = _identity(_texts(line, body.head, "unit"))
    names = _texts(line, body.head, "name")
    as_of = body.head.first("as_of")
    return Row(
        number=number,
        name=names[0] if names else title_of(line, body.head),
        unit=unit,
        code=code,
        rank=body.ranks.get(number),
        counts=body.counts[number],
        shares=tuple(body.shares.get(number, ())),
        as_of=as_of_cell(line[as_of.position - 1]) if as_of else None,
        note=" ".join(_texts(line, body.head, "note")),
    )


def _texts(line: Line, head: Head, role: str) -> list[str]:
    cells = [line[column.position - 1] for column in head.columns if column.role == role]
    return [cell.text for cell in cells if cell.text]


def _identity(written: Sequence[str]) -> tuple[str | None, str | None]:
    """`tree:code` and bare code of a line, from its columns of codes."""
    unit = next((text for text in written if _UNIT_ID.fullmatch(text)), None)
    rest = [text for text in written if text != unit]
    return unit, rest[0] if rest else None


def _wholes_apart(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """A single line whose code is of a higher level than all others is their whole."""
    lengths = [len(row.unit.partition(":")[2]) if row.unit else 0 for row in rows]
    top = min(lengths)
    if len(rows) < 3 or not top or lengths.count(top) != 1 or len(set(lengths)) != 2:
        return rows, []
    whole = rows[lengths.index(top)]
    return [row for row in rows if row is not whole], [whole]


def _title(grid: Grid, head: Head) -> str:
    return " ".join(filter(None, (_text(line) for line in grid.rows[: head.rows[0] - 1])))


def _text(line: Line) -> str:
    return " ".join(cell.text for cell in line if cell.text and not cell.merged)
