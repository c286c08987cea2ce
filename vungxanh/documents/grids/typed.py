"""A cell as the library read it becomes a cell of a grid: exact numbers, days, clean words."""

import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Final, NamedTuple

from vungxanh.documents.grids.cells import Cell, place_of
from vungxanh.documents.grids.formats import NumberFormat
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import GridError, Reason, at_cell
from vungxanh.documents.grids.text import check_length
from vungxanh.refusals import Words

_LARGEST_INTEGER: Final = 10**15
_HALF_A_MINUTE: Final = timedelta(seconds=30)
_ERROR: Final = "e"
_ERROR_CHARACTERS: Final = 20
_NOT_AVAILABLE: Final = "#N/A"  # a formula's way to say that there is no figure


# What the library makes of a cell; days and moments come without offset.
Value = str | bool | float | date | None


class Written(NamedTuple):
    """What the library says of one cell; row and column from 1, `kind` as ECMA-376 letters it."""

    row: int
    column: int
    value: Value
    kind: str
    form: NumberFormat


def cell_of(written: Written, limits: Limits) -> Cell:
    """The cell of a grid; raises at an Excel error and at a cell too long for a table.

    "#N/A" is no error but the words of a formula that found nothing.
    """
    row, column, value, kind, form = written
    if value is None:
        return Cell(row, column)
    if kind == _ERROR and value != _NOT_AVAILABLE:
        raise _excel_error(written)
    if isinstance(value, bool):
        return Cell(row, column, "TRUE" if value else "FALSE", value)
    if isinstance(value, date):
        day = _to_the_minute(value)
        return Cell(row, column, _shown_day(day), day)
    if isinstance(value, int) and abs(value) < _LARGEST_INTEGER and not form.percent:
        return Cell(row, column, str(value), value, decimals=form.decimals)
    if isinstance(value, int | float) and (number := _exact(value)) is not None:
        shown, exact = _shown_number(number, form), _integer_if_whole(number, form)
        return Cell(row, column, shown, exact, percent=form.percent, decimals=form.decimals)
    check_length(str(value), row, column, limits=limits)
    text = _clean(str(value))
    return Cell(row, column, text, text or None)


def _clean(written: str) -> str:
    return unicodedata.normalize("NFC", " ".join(written.split()))


def _to_the_minute(value: date) -> date:
    """A moment rounded to the minute; at midnight only its day."""
    if not isinstance(value, datetime):
        return value
    moment = (value + _HALF_A_MINUTE).replace(second=0, microsecond=0)
    return moment if (moment.hour or moment.minute) else moment.date()


def _shown_day(value: date) -> str:
    return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"


def _exact(value: float) -> Decimal | None:
    """The shortest decimal that is the same binary number: 26.140000000000001 is 26.14."""
    try:
        number = float(value)
    except OverflowError:
        return None
    return Decimal(repr(number)) if isfinite(number) else None


def _integer_if_whole(number: Decimal, form: NumberFormat) -> int | Decimal:
    whole = number == number.to_integral_value() and abs(number) < _LARGEST_INTEGER
    return int(number) if whole and not form.percent else number


def _shown_number(number: Decimal, form: NumberFormat) -> str:
    scaled = number * 100 if form.percent else number
    return f"{scaled.normalize():f}" + ("%" if form.percent else "")


def _excel_error(written: Written) -> GridError:
    error = _clean(str(written.value))[:_ERROR_CHARACTERS]
    return at_cell(
        Reason.CELL_ERROR,
        place_of(written.row, written.column),
        Words(
            vi=f"ô báo lỗi {error}; sửa công thức trong Excel, lưu lại rồi tải lên.",
            en=f"the cell shows the error {error}; mend the formula in Excel and save it again.",
        ),
    )
