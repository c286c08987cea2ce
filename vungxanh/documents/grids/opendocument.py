"""A spreadsheet of OpenDocument (.ods): the same door and the same limits as for XLSX.

Source: OpenDocument 1.3 Part 3, 9.1 tables, 19.385 office:value-type, 19.675-19.681 repetition and
spans. One part is heard, in the parser that refuses DTDs and entities; programs and pictures in the
container are never unpacked. Values are those that the writing program stored.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from openpyxl.utils.datetime import from_ISO8601

from vungxanh.documents.grids.archive import Archive, Listener
from vungxanh.documents.grids.cells import place_of
from vungxanh.documents.grids.formats import NumberFormat
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.merging import Area
from vungxanh.documents.grids.refusals import GridError, Reason, at_cell, refused, too_large
from vungxanh.documents.grids.sheets import NOT_COMPUTED
from vungxanh.documents.grids.typed import Value, Written
from vungxanh.documents.grids.workbook import other_sheets
from vungxanh.refusals import RefusalError, Words

_CONTENT: Final = "content.xml"
_SEALED: Final = "encrypted-package"
_MANIFEST: Final = "META-INF/manifest.xml"
_MOST_DIGITS: Final = 9
_ERROR: Final = "e"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_PLAIN: Final = NumberFormat()
_PERCENT: Final = NumberFormat(percent=True)
_BLANKS: Final = frozenset({"s", "tab", "line-break"})
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_BOOK: Final = Words("Bảng tính", "The workbook")
_SHEETS: Final = Words("trang tính", "sheets")
_SHEET: Final = Words("Trang tính", "The sheet")
Kept = TypeVar("Kept")
Made = Callable[[Written], Kept]


def is_opendocument(archive: Archive) -> bool:
    """Whether a container is a document of OpenDocument; which kind, its content says."""
    return archive.has(_CONTENT) or archive.has(_SEALED)


@dataclass(slots=True)
class Sheet(Generic[Kept]):
    """A sheet: runs of equal rows with what was made of their cells, and its merged areas.

    A run is its first row, how many there are, and its columns, the same for rows of one shape,
    beside what stands in them. `rows` lets go of each run that it gives.
    """

    title: str = ""
    is_hidden: bool = False
    is_filled: bool = False
    runs: deque[tuple[int, int, tuple[int, ...], tuple[Kept, ...]]] = field(default_factory=deque)
    merged: list[Area] = field(default_factory=list)
    fault: RefusalError | None = None
    warnings: tuple[Words, ...] = ()

    @property
    def n_rows(self) -> int:
        """How many rows say something."""
        return sum(n for _, n, _, _ in self.runs)

    def rows(self) -> Iterator[tuple[int, list[tuple[int, Kept]]]]:
        """Each row that says something, with its number; they are gone through once."""
        while self.runs:
            first, n, columns, kept = self.runs.popleft()
            for row in range(first, first + n):
                yield row, list(zip(columns, kept, strict=True))


def sheet_of(archive: Archive, make: Made[Kept], limits: Limits) -> Sheet[Kept]:
    """The first visible sheet that holds anything; other filled sheets are named in a warning."""
    if archive.has(_SEALED):
        raise refused(Reason.LOCKED)
    heard = _Sheets(limits, make)
    try:
        archive.hear_one(_CONTENT, heard)
    except GridError:
        if b"encryption-data" in archive.beginning(_MANIFEST):
            raise refused(Reason.LOCKED) from None
        raise
    if not heard.is_spreadsheet:
        raise refused(Reason.NOT_A_TABLE)
    filled = [one for one in heard.sheets if one.is_filled and not one.is_hidden]
    if not filled:
        raise refused(Reason.EMPTY)
    chosen, *others = filled
    if chosen.fault:
        raise chosen.fault
    chosen.warnings = other_sheets(chosen.title, [other.title for other in others])
    return chosen


class _Sheets(Listener, Generic[Kept]):
    """Hears every sheet; cells are kept of the first visible one that holds something."""

    def __init__(self, limits: Limits, make: Made[Kept]) -> None:
        super().__init__(limits, n_allowed=limits.xml_elements)
        self.sheets: list[Sheet[Kept]] = []
        self.is_spreadsheet = False
        self._make = make
        self._chosen: Sheet[Kept] | None = None
        self._hidden: set[str] = set()
        self._style = ""
        self._row, self._column, self._width = 1, 1, 0
        self._n_rows = 1
        self._columns: list[int] = []
        self._kept: list[Kept] = []
        self._shapes: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._cell: Mapping[str, str] = {}
        self._pieces: list[str] = []
        self._in_text = self._in_note = False

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _CELLS:
            self._cell, self._pieces = attributes, []
        elif tag == "p":
            self._in_text = True
            self._pieces.append(" ")
        elif tag in _BLANKS:
            self._pieces.append(" ")
        elif tag == "table-row":
            self._n_rows, self._column = _number(attributes, "rows-repeated"), 1
            self._columns, self._kept = [], []
        elif tag == "annotation":
            self._in_note = True
        else:
            self._aside(tag, attributes)

    def _aside(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == "table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden.add(self._style)
        elif tag == "spreadsheet":
            self.is_spreadsheet = True
        elif tag == "table":
            if len(self.sheets) >= self.limits.sheets:
                raise too_large(_BOOK, self.limits.sheets, _SHEETS)
            is_hidden = attributes.get(f"{_TABLE}style-name") in self._hidden
            self.sheets.append(Sheet(attributes.get(f"{_TABLE}name", ""), is_hidden))
            self._row, self._width = 1, 0

    def text(self, piece: str) -> None:
        if self._in_text and not self._in_note:
            self._pieces.append(piece)

    def closed(self, tag: str) -> None:
        if tag in _CELLS:
            self._close_cell()
        elif tag == "p":
            self._in_text = False
        elif tag == "annotation":
            self._in_note = False
        elif tag == "table-row":
            self._close_row()

    def _close_cell(self) -> None:
        n = _number(self._cell, "columns-repeated")
        column, self._column = self._column, self._column + n
        kind = self._cell.get(f"{_OFFICE}value-type", "")
        text = "".join(self._pieces).strip()
        is_written = bool(text or kind not in ("", "string") or f"{_TABLE}formula" in self._cell)
        if not (is_written and self.sheets):
            return
        sheet = self.sheets[-1]
        sheet.is_filled = True
        if self._chosen is None and not sheet.is_hidden:
            self._chosen = sheet
        if sheet is not self._chosen or sheet.fault:
            return
        try:
            self._keep(sheet, (kind, text), range(column, column + n))
        except RefusalError as refusal:
            sheet.fault = refusal

    def _keep(self, sheet: Sheet[Kept], content: tuple[str, str], columns: range) -> None:
        kind, text = content
        self._check_reach(columns[-1])
        row, first = self._row, columns[0]
        if f"{_TABLE}formula" in self._cell and not (kind or text):
            raise at_cell(Reason.FORMULA_WITHOUT_VALUE, place_of(row, first), NOT_COMPUTED)
        value, is_percent = self._value(kind, text)
        sort = _ERROR if self._cell.get(f"{_CALC}value-type") == "error" else "n"
        form = _PERCENT if is_percent else _PLAIN
        for column in columns:
            self._columns.append(column)
            self._kept.append(self._make(Written(row, column, value, sort, form)))
        right = first + _number(self._cell, "columns-spanned") - 1
        bottom = row + _number(self._cell, "rows-spanned") - 1
        if (right, bottom) != (first, row):
            sheet.merged.append(Area(row, first, bottom, right))

    def _value(self, kind: str, text: str) -> tuple[Value, bool]:
        """What a cell holds, and whether it is shown as percent."""
        stored = self._cell.get(f"{_OFFICE}value", "")
        try:
            match kind:
                case "float" | "currency" | "percentage":
                    number = int(stored) if stored.lstrip("-").isdigit() else float(stored)
                    return number, kind == "percentage"
                case "date":
                    return from_ISO8601(self._cell[f"{_OFFICE}date-value"]), False
                case "boolean":
                    return self._cell[f"{_OFFICE}boolean-value"] == "true", False
        except Exception:  # the library raises whatever a malformed value makes it raise
            raise refused(Reason.DAMAGED) from None
        return text, False

    def _check_reach(self, column: int) -> None:
        limits, row = self.limits, self._row + self._n_rows - 1
        self._width = max(self._width, column)
        if row > limits.rows:
            raise too_large(_SHEET, limits.rows, Words("dòng", "rows"))
        if column > limits.columns:
            raise too_large(_SHEET, limits.columns, Words("cột", "columns"))
        if row * self._width > limits.cells:
            raise too_large(_SHEET, limits.cells, Words("ô", "cells"))

    def _close_row(self) -> None:
        if self._kept and self._chosen:
            shape = tuple(self._columns)
            shape = self._shapes.setdefault(shape, shape)
            self._chosen.runs.append((self._row, self._n_rows, shape, tuple(self._kept)))
            self._kept = []
        self._row += self._n_rows


def _number(attributes: Mapping[str, str], what: str) -> int:
    """How often a cell or a row is repeated, or how far it reaches."""
    written = attributes.get(f"{_TABLE}number-{what}", "1")
    if not (written.isascii() and written.isdigit() and 0 < len(written) <= _MOST_DIGITS):
        raise refused(Reason.DAMAGED)
    return max(int(written), 1)
