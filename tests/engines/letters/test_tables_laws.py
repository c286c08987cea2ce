"""A table written out in any of the supported shapes is read back cell for cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from vungxanh.engines.letters.tables import find_tables

TITLE = "PHỤ LỤC\nThống kê kết quả cài đặt ngày 26/5/2021"
BODY = """Thực hiện chỉ đạo của cấp trên, đề nghị các đơn vị, địa phương triển khai thực hiện.

1. Các đơn vị tiếp tục tuyên truyền, hướng dẫn người dân cài đặt ứng dụng;
2. Báo cáo kết quả trước 16h00 ngày 28/8/2021./.
"""
HEADS = {
    "Số Bluezoner có số điện thoại": "count",
    "Dân số": "count",
    "Tỷ lệ % Bluezoner/dân số": "share",
    "Tổng số smartphone": "count",
    "Tỷ lệ % Bluezoner/số smartphone": "share",
}
COUNTED = ("bluezone_with_phone", "population", "smartphones")
TYPES = ("Huyện", "Thị xã", "Thành phố", "Quận", "Xã", "Phường", "Thị trấn")
SYLLABLES = ("An", "Bình", "Hòa", "Tân", "Phú", "Vĩnh", "Đông", "Sơn", "Thạnh", "Mỹ", "Lộc", "Yên")

TOTALS = ("Tổng cộng", "Toàn tỉnh", "Cộng")

Cell = int | Decimal | str | None
Lines = list[str]


@dataclass(frozen=True)
class Sheet:
    """A table to be written out: heads, kinds, rows of names and figures, how numbers look."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None
    group: str
    percent: str
    missing: str

    def printed(self, value: Cell) -> str:
        """A cell as an office prints it."""
        if value is None:
            return self.missing
        if isinstance(value, Decimal):
            point = "." if self.group == "," else ","
            return f"{value}".replace(".", point) + self.percent
        return f"{value:,}".replace(",", self.group) if isinstance(value, int) else value

    @property
    def lines(self) -> list[list[str]]:
        """Every row of the body as printed cells, numbered, the total last."""
        rows = [[str(i), *map(self.printed, row)] for i, row in enumerate(self.rows, start=1)]
        return [*rows, ["", *map(self.printed, self.total)]] if self.total else rows

    @property
    def cells(self) -> list[tuple[Cell, ...]]:
        """What a reader should find."""
        rows: list[tuple[Cell, ...]] = [(i, *row) for i, row in enumerate(self.rows, start=1)]
        return [*rows, (None, *self.total)] if self.total else rows

    @property
    def columns(self) -> tuple[str, ...]:
        """All heads as printed."""
        return ("STT", "Địa phương", *self.heads)


def parted(sign: str) -> Callable[[Sheet], str]:
    """Cells parted by a sign."""
    return lambda sheet: "\n".join(sign.join(row) for row in [[*sheet.columns], *sheet.lines])


def piped(sheet: Sheet) -> str:
    """A table of Markdown."""
    rows = [[*sheet.columns], ["---"] * len(sheet.columns), *sheet.lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _set(rows: Sequence[Sequence[str]]) -> Lines:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "   ".join(
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def aligned(sheet: Sheet) -> str:
    """Columns set with blanks."""
    return "\n".join(_set([[*sheet.columns], *sheet.lines]))


def _halves(name: str) -> tuple[str, str]:
    words = [name] if name in TOTALS else name.split()
    return " ".join(words[:-1]), words[-1]


def aligned_wrapped(sheet: Sheet) -> str:
    """Columns set with blanks, names and heads broken to a second line."""
    rows: list[list[str]] = []
    for row in [[*sheet.columns], *sheet.lines]:
        start, rest = _halves(row[1])
        rows += [
            [row[0], start or rest, *row[2:]],
            ["", rest if start else "", *[""] * len(row[2:])],
        ]
    return "\n".join(_set(rows))


def run_on(sheet: Sheet) -> str:
    """One line a row, one blank between cells."""
    heads = "\n".join(sheet.columns)
    return "\n".join([heads, *(" ".join(filter(None, row)) for row in sheet.lines)])


def cell_a_line(sheet: Sheet) -> str:
    """Each cell in a line of its own."""
    return "\n".join(cell for row in [[*sheet.columns], *sheet.lines] for cell in row if cell)


def _spread(row: Sequence[str]) -> Lines:
    start, rest = _halves(row[1])
    tail = "     ".join([rest, *row[2:-2]])
    return [f"     {row[0]}  ", f"{start} ", f"{tail}  ", "          ", "  ".join(row[-2:])]


def broken(sheet: Sheet) -> str:
    """Number, name and figures over lines as a PDF leaves them, a blank line between all."""
    heads = [
        f" {word}" if i == 0 else word for h in sheet.columns for i, word in enumerate(h.split())
    ]
    ends = [" " for _ in heads]
    lines = [h + e for h, e in zip(heads, ends, strict=True)]
    return "\n\n".join([*lines, *(line for row in sheet.lines for line in _spread(row))])


def name_after(sheet: Sheet) -> str:
    """The rest of a name under its figures."""
    lines = list(sheet.columns)
    for row in sheet.lines:
        start, rest = _halves(row[1])
        lines += [" ".join(filter(None, [row[0], start or rest, *row[2:]])), rest if start else ""]
    return "\n".join(lines)


def name_around(sheet: Sheet) -> str:
    """The name begins above the line of its figures and ends under it."""
    lines = list(sheet.columns)
    for row in sheet.lines:
        start, rest = _halves(row[1])
        own, under = ("", rest) if start else (rest, "")
        lines += [start, " ".join(filter(None, [row[0], own, *row[2:]])), under]
    return "\n".join(lines)


SIGNED = {"tabs": parted("\t"), "pipes": piped, "bare pipes": parted(" | ")}
SET = {"aligned": aligned, "aligned, wrapped": aligned_wrapped}
STREAMS = {
    "run on": run_on,
    "a cell a line": cell_a_line,
    "broken": broken,
    "name after": name_after,
    "name around": name_around,
}

names = st.builds(
    lambda kind, words: f"{kind} {' '.join(words)}",
    st.sampled_from(TYPES),
    st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=3),
)
counts = st.integers(0, 9_999_999)
shares = st.decimals(0, 100, places=2)


@st.composite
def sheets(draw: st.DrawFn, gaps: bool = False) -> Sheet:
    heads = draw(st.lists(st.sampled_from(list(HEADS)), min_size=2, max_size=5, unique=True))
    kinds = [shares if HEADS[head] == "share" else counts for head in heads]
    cells = [st.none() | kind if gaps else kind for kind in kinds]
    rows = draw(st.lists(st.tuples(names, *cells), min_size=2, max_size=12))
    total = draw(st.none() | st.tuples(st.sampled_from(TOTALS), *kinds))
    return Sheet(
        tuple(heads),
        tuple(rows),
        total,
        draw(st.sampled_from(".,")),
        draw(st.sampled_from(["", "%", " %"])),
        draw(st.sampled_from(["-", "–", "…"])),
    )


def _assert_read_back(sheet: Sheet, written: str) -> None:
    letter = f"{BODY}\n{TITLE}\n\n{written}\n\nGhi chú: số liệu của các địa phương.\n"
    (found,) = find_tables(letter)
    table = found.letter
    assert table.columns == sheet.columns
    assert [tuple(row) for row in table.rows] == sheet.cells
    assert table.title == "Thống kê kết quả cài đặt"
    assert table.as_of == "2021-05-26"
    assert table.total_row_present == (sheet.total is not None)
    assert table.is_blank_form == (
        not any(cell is not None for row in sheet.cells for cell in row[2:])
    )


WRITERS = {**SIGNED, **SET, **STREAMS}
SHAPES = pytest.mark.parametrize("shape", WRITERS)
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@SHAPES
@PATIENT
@given(sheet=sheets())
def test_a_full_table_is_read_back(shape: str, sheet: Sheet) -> None:
    _assert_read_back(sheet, WRITERS[shape](sheet))


@pytest.mark.slow
@SHAPES
@PATIENT
@given(sheet=sheets(gaps=True))
def test_a_table_with_dashes_is_read_back(shape: str, sheet: Sheet) -> None:
    _assert_read_back(sheet, WRITERS[shape](sheet))


@pytest.mark.slow
@pytest.mark.parametrize("shape", [*SIGNED, *SET])
@PATIENT
@given(sheet=sheets(gaps=True))
def test_blank_cells_stay_in_their_columns_where_the_layout_tells(shape: str, sheet: Sheet) -> None:
    blank = replace(sheet, missing="")
    assume(
        all(any(row[i] is not None for row in sheet.rows) for i in range(1, len(sheet.heads) + 1))
    )
    _assert_read_back(blank, WRITERS[shape](blank))


@pytest.mark.slow
@SHAPES
@PATIENT
@given(sheet=sheets())
def test_each_cell_is_led_back_to_its_own_words(shape: str, sheet: Sheet) -> None:
    letter = f"{BODY}\n{TITLE}\n\n{WRITERS[shape](sheet)}\n"
    (found,) = find_tables(letter)
    told = {
        at: " ".join(" ".join(letter[start:end] for start, end in spans).split())
        for at, spans in found.cells.items()
    }
    assert told == {
        (cell.row, cell.column): cell.text for row in found.grid.rows for cell in row if cell.text
    }


@pytest.mark.slow
@SHAPES
@PATIENT
@given(sheet=sheets())
def test_sums_are_those_of_the_rows(shape: str, sheet: Sheet) -> None:
    (found,) = find_tables(f"{TITLE}\n\n{WRITERS[shape](sheet)}\n")
    counts = {
        element: sum(cell for row in sheet.rows if isinstance(cell := row[i], int))
        for i, element in enumerate(found.letter.elements[1:])
        if element in COUNTED
    }
    told = {name: n for name, n in found.letter.computed_totals.items() if name in COUNTED}
    assert told == counts
