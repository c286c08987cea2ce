"""Listeners for the parts of a workbook: its list of sheets, styles, strings and one sheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vungxanh.documents.grids.archive import Listener
from vungxanh.documents.grids.cells import place_of
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import Reason, at_cell, too_large
from vungxanh.refusals import Words

_ADDRESS: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ALPHABET: Final = 26
_SMALL_PART: Final = 100_000


def address(name: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a spreadsheet name.

    >>> address("C4"), address("AB10"), address("4C")
    ((4, 3), (10, 28), None)
    """
    match = _ADDRESS.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match.group(1).upper():
        column = column * _ALPHABET + ord(letter) - ord("A") + 1
    return int(match.group(2)), column


class Elements(Listener):
    """Keeps every element of a small part as (parent, tag, attributes)."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: list[tuple[str, str, Mapping[str, str]]] = []
        self._open: list[str] = []

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self.found) >= _SMALL_PART:
            raise too_large(Words("Tệp .xlsx", "The .xlsx file"), _SMALL_PART, _ELEMENTS)
        self.found.append((self._open[-1] if self._open else "", tag, attributes))
        self._open.append(tag)

    def closed(self, tag: str) -> None:
        self._open.pop()


_ELEMENTS: Final = Words("phần tử XML", "XML elements")


class Written(Listener):
    """Collects characters between `begin` and `take`, no more than a cell may hold."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._pieces: list[str] | None = None
        self._room = 0

    def begin(self) -> None:
        """Start collecting."""
        self._pieces, self._room = [], self.limits.cell_characters + 1

    def take(self) -> str:
        """What was collected; stops collecting."""
        written = "".join(self._pieces or ())
        self._pieces = None
        return written

    def text(self, piece: str) -> None:
        if self._pieces is not None and self._room > 0:
            self._pieces.append(piece[: self._room])
            self._room -= len(piece)


class Strings(Written):
    """The shared strings of a workbook, in order; reading aids (rPh) are left out."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.strings: list[str] = []
        self._item: list[str] = []
        self._is_aid = False

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self._item = []
        elif tag == "rPh":
            self._is_aid = True
        elif tag == "t" and not self._is_aid:
            self.begin()

    def closed(self, tag: str) -> None:
        if tag == "t" and not self._is_aid:
            self._item.append(self.take())
        elif tag == "rPh":
            self._is_aid = False
        elif tag == "si":
            self.strings.append("".join(self._item))


@dataclass(slots=True)
class Raw:
    """A cell as the part has it: type letter, style number, characters, whether it computes."""

    row: int
    column: int
    kind: str
    style: int
    written: str = ""
    has_formula: bool = False


class SheetCells(Written):
    """The written cells of one sheet and its merged areas."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.cells: dict[tuple[int, int], Raw] = {}
        self.merged: list[str] = []
        self._row = 0
        self._column = 0
        self._cell: Raw | None = None
        self._is_aid = False

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            self._open_row(attributes)
        elif tag == "c":
            self._open_cell(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "rPh":
            self._is_aid = True
        elif self._cell is not None:
            self._open_inside(self._cell, tag)

    def closed(self, tag: str) -> None:
        if tag == "rPh":
            self._is_aid = False
        elif self._cell is None:
            return
        elif tag in ("v", "t") and not self._is_aid:
            self._cell.written += self.take()
        elif tag == "c":
            self._keep(self._cell)
            self._cell = None

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = 0

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        found = address(attributes.get("r", ""))
        row, column = found or (self._row, self._column + 1)
        self._row, self._column = row, column
        style = attributes.get("s", "")
        number = int(style) if style.isdecimal() else 0
        self._cell = Raw(row, column, attributes.get("t", "n"), number)

    def _open_inside(self, cell: Raw, tag: str) -> None:
        if tag == "f":
            cell.has_formula = True
        elif tag in ("v", "t") and not self._is_aid:
            self.begin()

    def _merge(self, area: str) -> None:
        if len(self.merged) >= self.limits.rows:
            raise too_large(_SHEET, self.limits.rows, Words("vùng gộp ô", "merged areas"))
        self.merged.append(area)

    def _keep(self, cell: Raw) -> None:
        if not cell.written and not cell.has_formula:
            return
        if cell.row > self.limits.rows:
            raise too_large(_SHEET, self.limits.rows, Words("dòng", "rows"))
        if cell.column > self.limits.columns:
            raise too_large(_SHEET, self.limits.columns, Words("cột", "columns"))
        if cell.row < 1 or cell.column < 1:
            raise at_cell(Reason.BAD_ADDRESS, place_of(1, 1), _BAD_ADDRESS)
        self.cells[cell.row, cell.column] = cell


_SHEET: Final = Words("Trang tính", "The sheet")
_BAD_ADDRESS: Final = Words(
    "tệp ghi sai địa chỉ ô; mở bằng Excel rồi lưu lại.",
    "the file has a cell without a right address; open it in Excel and save it again.",
)
