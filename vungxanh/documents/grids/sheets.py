"""What one sheet stores: its cells as they are written, how far they reach, its merged areas.

Heard once, in the parser that refuses what no table needs. A sheet may give rows out of order,
formulas that were never computed, cells under names of another standard: each of these is a fault.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from vungxanh.documents.grids.archive import Listener, too_much
from vungxanh.documents.grids.cells import place_of
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.merging import Area
from vungxanh.documents.grids.refusals import GridError, Reason, at_cell, refused, too_large
from vungxanh.refusals import Words

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TEXT: Final = "str"  # how ECMA-376 marks a formula whose value is text
_INLINE: Final = "inlineStr"
_SHEET: Final = Words("Trang tính", "The sheet")
_YES: Final = ("1", "true")


class Stored(NamedTuple):
    """A cell as a sheet stores it: place from 1, type and style as ECMA-376 letters them."""

    row: int
    column: int
    kind: str
    style: int
    text: str


class Strings(Listener):
    """The strings that sheets share, each with its runs joined and its readings left out."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, n_allowed=limits.cells)
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._holds_text = False
        self._is_reading = False

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "t":
            self._holds_text = not self._is_reading
        elif tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._is_reading = True

    def text(self, piece: str) -> None:
        if self._holds_text:
            self._pieces.append(piece)

    def closed(self, tag: str) -> None:
        if tag == "t":
            self._holds_text = False
        elif tag == "rPh":
            self._is_reading = False
        elif tag == "si":
            self.found.append("".join(self._pieces).replace("x005F_", ""))


class Outline(Listener):
    """The cells of a sheet, how far they reach, merged areas, what is hidden, its first fault.

    A fault is kept, not raised: it matters only if this sheet is the one that is read.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, n_allowed=limits.xml_elements)
        self.height = 0
        self.width = 0
        self.cells: list[Stored] = []
        self.merged: list[str] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.fault: GridError | None = None
        self._n_aside = 0
        self._in_row = False
        self._is_hidden = False
        self._row = 0
        self._column = 0
        self._kind = "n"
        self._style = 0
        self._pieces: list[str] = []
        self._holder = ""
        self._is_ours = True
        self._is_reading = False
        self._is_uncomputed = False

    @property
    def holds_something(self) -> bool:
        """Whether any cell is written, or would be if it had been computed."""
        return bool(self.height or self.fault)

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._open_cell(attributes)
        elif tag in ("v", "t"):
            self._holder = "" if self._is_reading else tag
        elif tag == "f":
            self._is_uncomputed = self._kind != _TEXT  # "" is a value, a missing number is not
        elif tag == "row":
            self._open_row(attributes)
        elif tag == "rPh":
            self._is_reading = True
        elif not self._in_row:
            self._aside(tag, attributes)

    def text(self, piece: str) -> None:
        if self._holder:
            self._is_ours = self._is_ours and (self._holder == "t") == (self._kind == _INLINE)
            self._pieces.append(piece)

    def closed(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._holder = ""
        elif tag == "c" and self.fault is None:
            self._close_cell()
        elif tag == "row":
            self._in_row = False
        elif tag == "rPh":
            self._is_reading = False

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r")
        row = int(number) if number else self._row + 1
        if row <= self._row:
            self._misplaced()
        self._in_row = True
        self._is_hidden = attributes.get("hidden") in _YES
        self._row, self._column = row, 0

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self._pieces, self._is_uncomputed = [], False
        self._is_ours = self.namespace == _MAIN
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        name = attributes.get("r")
        row, column = _place(name) if name else (self._row, self._column + 1)
        if row != self._row or column <= self._column:
            self._misplaced()
        self._column = column

    def areas(self) -> Iterator[Area]:
        """The merged areas that are written as the standard says."""
        for name in self.merged:
            try:
                left, top, right, bottom = range_boundaries(name)
            except (TypeError, ValueError):
                continue
            if left and top and right and bottom:
                yield Area(top, left, bottom, right)

    def _misplaced(self) -> None:
        self.fault = self.fault or refused(Reason.BAD_ADDRESS)

    def _close_cell(self) -> None:
        if not (self._pieces or self._is_uncomputed):
            return
        self.height, self.width = self._row, max(self.width, self._column)
        self.fault = self._too_far() or self._not_understood()
        if self._is_hidden:
            self.hidden_rows.add(self._row)
        text = "".join(self._pieces)
        self.keep(Stored(self._row, self._column, self._kind, self._style, text))

    def keep(self, cell: Stored) -> None:
        """A cell that is written."""
        self.cells.append(cell)

    def _too_far(self) -> GridError | None:
        limits = self.limits
        if self._row > limits.rows:
            return too_large(_SHEET, limits.rows, Words("dòng", "rows"))
        if self._column > limits.columns:
            return too_large(_SHEET, limits.columns, Words("cột", "columns"))
        if self.height * self.width > limits.cells:
            return too_large(_SHEET, limits.cells, Words("ô", "cells"))
        return None

    def _not_understood(self) -> GridError | None:
        """A cell that is written, but not as the standard says, would be lost."""
        if not self._pieces:
            place = place_of(self._row, self._column)
            return at_cell(Reason.FORMULA_WITHOUT_VALUE, place, NOT_COMPUTED)
        return None if self._is_ours else refused(Reason.DAMAGED)

    def _aside(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._n_aside += 1
        if self._n_aside > self.limits.small_part_elements:
            raise too_much(self.limits)
        if tag == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in _YES:
            self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))


def _place(name: str) -> tuple[int, int]:
    """Row and column of "C4"."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]), column_index_from_string(letters)


NOT_COMPUTED: Final = Words(
    vi="ô có công thức chưa được tính; mở tệp bằng Excel, lưu lại rồi tải lên.",
    en="the cell has a formula that was never computed; open the file in Excel and save it again.",
)
