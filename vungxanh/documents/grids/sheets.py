"""The outline of a sheet: what a stream of typed rows does not tell.

A reader of rows cannot say how far a sheet is written before it has read it, skips rows that stand
out of order, gives a formula that was never computed as a blank, and does not tell merged areas.
"""

from collections.abc import Mapping
from typing import Final

from openpyxl.utils.cell import coordinate_to_tuple

from vungxanh.documents.grids.archive import Listener, too_much
from vungxanh.documents.grids.cells import place_of
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import GridError, Reason, at_cell, refused, too_large
from vungxanh.refusals import Words

_TEXT: Final = "str"  # how ECMA-376 marks a formula whose value is text
_SHEET: Final = Words("Trang tính", "The sheet")


class Outline(Listener):
    """How far and how much a sheet is written, its merged areas, the first fault of its cells.

    A fault is kept, not raised: it matters only if this sheet is the one that is read.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, n_allowed=limits.xml_elements)
        self.height = 0
        self.width = 0
        self.n_written = 0
        self.merged: list[str] = []
        self.fault: GridError | None = None
        self._n_aside = 0
        self._in_row = False
        self._row = 0
        self._column = 0
        self._kind: str | None = None
        self._holds_text = False
        self._is_uncomputed = False
        self._is_written = False

    @property
    def holds_something(self) -> bool:
        """Whether any cell is written, or would be if it had been computed."""
        return bool(self.height or self.fault)

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._open_cell(attributes.get("r"), attributes.get("t"))
        elif tag in ("v", "t"):
            self._holds_text = True
        elif tag == "f":
            self._is_uncomputed = self._kind != _TEXT  # "" is a value, a missing number is not
        elif tag == "row":
            self._open_row(attributes.get("r"))
        elif not self._in_row:
            self._aside(tag, attributes)

    def text(self, piece: str) -> None:
        self._is_written = self._is_written or self._holds_text

    def closed(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._holds_text = False
        elif tag == "c" and self.fault is None:
            self._close_cell()
        elif tag == "row":
            self._in_row = False

    def _open_row(self, number: str | None) -> None:
        row = int(number) if number else self._row + 1
        if row <= self._row:
            self._misplaced()
        self._in_row = True
        self._row, self._column = row, 0

    def _open_cell(self, name: str | None, kind: str | None) -> None:
        self._is_written = self._is_uncomputed = False
        self._kind = kind
        row, column = coordinate_to_tuple(name) if name else (self._row, self._column + 1)
        if row != self._row or column <= self._column:
            self._misplaced()
        self._column = column

    def _misplaced(self) -> None:
        self.fault = self.fault or refused(Reason.BAD_ADDRESS)

    def _close_cell(self) -> None:
        if not (self._is_written or self._is_uncomputed):
            return
        self.n_written += 1
        self.height, self.width = self._row, max(self.width, self._column)
        if self._row > self.limits.rows:
            self.fault = too_large(_SHEET, self.limits.rows, Words("dòng", "rows"))
        elif self._column > self.limits.columns:
            self.fault = too_large(_SHEET, self.limits.columns, Words("cột", "columns"))
        elif self.height * self.width > self.limits.cells:
            self.fault = too_large(_SHEET, self.limits.cells, Words("ô", "cells"))
        elif not self._is_written:
            place = place_of(self._row, self._column)
            self.fault = at_cell(Reason.FORMULA_WITHOUT_VALUE, place, _NOT_COMPUTED)

    def _aside(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._n_aside += 1
        if self._n_aside > self.limits.small_part_elements:
            raise too_much(self.limits)
        if tag == "mergeCell":
            self.merged.append(attributes.get("ref", ""))


_NOT_COMPUTED: Final = Words(
    vi="ô có công thức chưa được tính; mở tệp bằng Excel, lưu lại rồi tải lên.",
    en="the cell has a formula that was never computed; open the file in Excel and save it again.",
)
