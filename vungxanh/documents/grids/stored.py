"""What a stored cell means: shared strings, numbers, days by their format, truths and errors.

Source: ECMA-376 Part 1 (2016), 18.18.11 ST_CellType, 18.17.4 dates; the list of sheets and the
formats are read by openpyxl.
"""

from datetime import time, timedelta
from functools import lru_cache
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.datetime import from_excel, from_ISO8601, to_excel
from openpyxl.workbook import Workbook

from vungxanh.documents.grids.formats import NumberFormat, number_format
from vungxanh.documents.grids.sheets import Stored
from vungxanh.documents.grids.typed import Value, Written

_NUMBER: Final = "n"
_ERROR: Final = "e"


class Meanings:
    """The values of one workbook's cells. Whatever a malformed cell raises, the caller refuses."""

    def __init__(self, book: Workbook, strings: list[str]) -> None:
        self._book = book
        self._strings = strings
        self._form = lru_cache(maxsize=None)(self._found_form)

    def written(self, cell: Stored) -> Written:
        """The cell with its value and the way it is shown."""
        value, kind = self._value(cell)
        return Written(cell.row, cell.column, value, kind, self._form(cell.style))

    def _value(self, cell: Stored) -> tuple[Value, str]:
        match cell.kind:
            case "n":
                return self._number(cell)
            case "s":
                return self._strings[int(cell.text)], cell.kind
            case "b":
                return bool(int(cell.text)), cell.kind
            case "d":
                return from_ISO8601(cell.text), cell.kind
            case _:
                return cell.text, cell.kind

    def _number(self, cell: Stored) -> tuple[Value, str]:
        text = cell.text
        number = float(text) if "." in text or "e" in text.lower() else int(text)
        if cell.style not in self._book._date_formats:
            return number, _NUMBER
        is_duration = cell.style in self._book._timedelta_formats
        try:
            read = from_excel(number, self._book.epoch, timedelta=is_duration)
        except (OverflowError, ValueError):
            return "#VALUE!", _ERROR
        # A time of day or a duration is the number it is stored as: days.
        return (to_excel(read) if isinstance(read, time | timedelta) else read), _NUMBER

    def _found_form(self, style: int) -> NumberFormat:
        number = self._book._cell_styles[style].numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return number_format(BUILTIN_FORMATS.get(number, "General"))
        return number_format(self._book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
