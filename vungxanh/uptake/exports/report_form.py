"""A report form for a reporter and a day: on paper as the letter prints it, and to fill in.

Always in Vietnamese, since it goes to a Vietnamese office. The sheet is the paper's: only what is
to be filled in is open on it, counts take whole numbers alone, a share follows from its count where
the base is known, and a hidden column holds the units' ids, so that it is read back exactly.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from vungxanh.documents import docx, pdf, xlsx
from vungxanh.documents.containers import with_fixed_times
from vungxanh.documents.content import (
    Align,
    Annex,
    AsOf,
    AttachedTo,
    Column,
    Letterhead,
    Serial,
    Signature,
    SigningLine,
    Table,
    Text,
)
from vungxanh.documents.formats import Format
from vungxanh.documents.made import MadeFile
from vungxanh.documents.word import FACE
from vungxanh.engines.names import fold
from vungxanh.uptake.queries.reporting.forms import FilledForm
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn, titled
from vungxanh.uptake.values import ELEMENTS

FORMATS: Final = (Format.XLSX, Format.PDF, Format.DOCX)
CODE_HEAD: Final = "Mã đơn vị"
SAMPLE: Final = "MẪU BÁO CÁO"
SIGNED: Final = "Đại diện đơn vị báo cáo"
HOW_TO_SIGN: Final = "(Ký, ghi rõ họ tên, đóng dấu)"
LARGEST_COUNT: Final = 999_999_999
"""Nine times what the country counts of people: what is above it is a slip of the hand."""
_DOTS: Final = "………………"
_WIDEST_PORTRAIT: Final = 6
_BARE_ROWS: Final = 3
_ATTACHED: Final = re.compile(
    r"(?P<kind>.+?) số\s*(?P<number>\d{1,6})?\s*/\s*(?P<symbol>\S+)\s+ngày\s*(?P<day>\d{1,2})?"
    r"\s*/\s*(?P<month>\d{1,2})?\s*/\s*(?P<year>\d{4})\s+của\s+(?P<issuer>.+)"
)
_FORMULA: Final = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)><f>')
_ALIGNED: Final = {
    ColumnRole.ORDER: Align.CENTER,
    ColumnRole.NAME: Align.LEFT,
    ColumnRole.AS_OF: Align.CENTER,
    ColumnRole.NOTE: Align.LEFT,
}
_WIDTHS_MM: Final = {
    ColumnRole.ORDER: 12,
    ColumnRole.SHARE: 18,
    ColumnRole.AS_OF: 27,
    ColumnRole.NOTE: 28,
}
"""Room for handwriting where the heads are short."""
_FILLED_IN: Final = frozenset(
    {ColumnRole.COUNT, ColumnRole.SHARE, ColumnRole.AS_OF, ColumnRole.NOTE}
)


def form_file(filled: FilledForm, form: Format) -> MadeFile:
    """The form as a file: `xlsx` to fill in, `pdf` and `docx` for paper."""
    writers: dict[Format, Callable[[FilledForm], bytes]] = {
        Format.XLSX: _sheet,
        Format.PDF: lambda one: pdf.write(form_annex(one)),
        Format.DOCX: lambda one: docx.write(form_annex(one)),
    }
    return MadeFile(writers[form](filled), form.media_type, f"{file_stem(filled)}.{form}")


def form_annex(filled: FilledForm) -> Annex:
    """The form as the letter prints it, with the reporter's units."""
    form = filled.form
    attached = _attached(form.attached_to)
    loose = [] if attached or not form.attached_to else [f"(Kèm theo {form.attached_to})"]
    return Annex(
        letterhead=Letterhead(agency=_agency(form.heading, filled.holder)),
        label=form.number,
        title=(SAMPLE, titled(form.title, filled.area or f"tỉnh {_DOTS}"), *loose),
        attached_to=attached,
        as_of=AsOf(filled.day) if filled.day else None,
        tables=(_table(filled),),
        notes=tuple(_notes(filled)),
        signature=Signature((SigningLine(SIGNED),)),
        landscape=len(filled.columns) > _WIDEST_PORTRAIT,
        running=_running(filled),
    )


def file_stem(filled: FilledForm) -> str:
    """What the file is called: form, reporter and day, in plain letters."""
    named = " ".join((filled.form.number or "bieu mau", filled.holder))
    day = filled.day.isoformat() if filled.day else ""
    return "-".join([*re.findall(r"[a-z0-9]+", fold(named))[:12], *filter(None, [day])])


def _agency(heading: str, holder: str) -> str:
    named = holder or _DOTS
    return f"{heading}: {named}" if heading else named


def _attached(text: str) -> AttachedTo | None:
    """The letter that the form belongs to, where it is written as letters are cited.

    >>> _attached("Công văn số /STTTT-TTBCXB ngày /8/2020 của Sở").serial.year
    2020
    """
    found = _ATTACHED.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    part = found.groupdict()
    number = int(part["number"]) if part["number"] else None
    dated = _day(part["year"], part["month"], part["day"])
    serial = Serial(part["symbol"], number=number, dated=dated, year=int(part["year"]))
    return AttachedTo(part["kind"], serial, part["issuer"])


def _day(year: str, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year), int(month or ""), int(day or ""))
    except ValueError:
        return None


def _table(filled: FilledForm) -> Table:
    names = [unit.name for unit in filled.units] or [""] * _BARE_ROWS
    rows = []
    for place, name in enumerate(names, 1):
        known = {ColumnRole.ORDER: str(place), ColumnRole.NAME: name}
        rows.append(tuple(Text(known.get(one.role, "")) for one in filled.columns))
    widths = _WIDTHS_MM if len(filled.columns) <= _WIDEST_PORTRAIT else {}
    columns = tuple(
        Column(one.head.vi, _ALIGNED.get(one.role, Align.RIGHT), width_mm=widths.get(one.role, 0))
        for one in filled.columns
    )
    return Table(columns=columns, rows=tuple(rows), numbered=False)


def _notes(filled: FilledForm) -> Iterator[str]:
    yield "Ô để trống là chưa có số. Nếu số là không, ghi 0."
    if filled.base_sources:
        bases = dict.fromkeys(element for element, _ in filled.bases)
        named = ", ".join(ELEMENTS[one].label.vi.lower() for one in bases)
        sources = "; ".join(filled.base_sources)
        yield f"Tỷ lệ (%) tính trên {named} của từng địa bàn. Nguồn: {sources}."


def _running(filled: FilledForm) -> str:
    day = f"{filled.day:%d/%m/%Y}" if filled.day else ""
    return " · ".join(filter(None, (filled.form.number, filled.holder, day)))


def _sheet(filled: FilledForm) -> bytes:
    """The paper's sheet, closed but for what is to be filled in."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(form_annex(filled))))
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError
    first = _first_row(page, filled.columns)
    last = first + max(len(filled.units), 1) - 1
    for place, column in enumerate(filled.columns, 1):
        if column.role in _FILLED_IN:
            _open_column(page, filled, place, first=first)
            _check_column(page, column.role, get_column_letter(place), rows=(first, last))
    _sign(page, len(filled.columns))
    _hide_codes(page, filled, first=first)
    _close(page, len(filled.columns))
    file = io.BytesIO()
    book.save(file)
    return with_fixed_times(_with_results(file.getvalue()))


def _with_results(container: bytes) -> bytes:
    """The same with the result of every formula, which is no words until a count is filled in.

    Programs that do not compute would else leave cells whose result nobody can read.
    """
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(container)) as given,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for entry in given.infolist():
            part = given.read(entry)
            is_sheet = entry.filename.startswith("xl/worksheets/")
            kept.writestr(entry, _FORMULA.sub(rb'\1 t="str"><f>', part) if is_sheet else part)
    return packed.getvalue()


def _first_row(page: Worksheet, columns: Sequence[FormColumn]) -> int:
    """The row under the heads."""
    heads = [one.head.vi for one in columns]
    rows = page.iter_rows(values_only=True)
    return next(n for n, row in enumerate(rows, 1) if list(row[: len(heads)]) == heads) + 1


def _open_column(page: Worksheet, filled: FilledForm, place: int, *, first: int) -> None:
    """Let a column be filled in; a share whose base is known fills itself."""
    column = filled.columns[place - 1]
    for offset, unit in enumerate(filled.units):
        cell = page.cell(first + offset, place)
        base = filled.bases.get((column.base, unit.id))
        counted = _place_of(filled.columns, column.numerator)
        cell.value = None
        cell.protection = Protection(locked=False)
        if column.role is ColumnRole.COUNT:
            cell.number_format = "#,##0"
        if column.role is ColumnRole.SHARE:
            cell.number_format = "0.00"
            if base and counted:
                _follow(cell, f"{get_column_letter(counted)}{cell.row}", base)


def _place_of(columns: Sequence[FormColumn], element: str) -> int:
    """The column, from 1, that counts an element; 0 where none does."""
    counts = (n for n, one in enumerate(columns, 1) if element and one.element == element)
    return next(counts, 0)


def _follow(cell: SheetCell, counted: str, base: int) -> None:
    cell.value = f'=IF(ISNUMBER({counted}),ROUND({counted}/{base}*100,2),"")'
    cell.protection = Protection(locked=True)


def _check_column(page: Worksheet, role: ColumnRole, letter: str, *, rows: tuple[int, int]) -> None:
    """What a column takes, said before and when something else is typed."""
    check = _check(role)
    if check is None:
        return
    check.errorTitle, check.promptTitle = "Chưa đúng", "Cách ghi"
    check.showErrorMessage = check.showInputMessage = True
    page.add_data_validation(check)
    check.add(f"{letter}{rows[0]}:{letter}{rows[1]}")


def _check(role: ColumnRole) -> DataValidation | None:
    if role is ColumnRole.COUNT:
        return DataValidation(
            type="whole",
            operator="between",
            formula1="0",
            formula2=str(LARGEST_COUNT),
            allow_blank=True,
            error="Ghi số nguyên từ 0, không có chữ. Chưa có số thì để trống.",
            prompt="Số nguyên. Không có máy nào thì ghi 0; chưa có số thì để trống.",
        )
    if role is ColumnRole.AS_OF:
        return DataValidation(
            allow_blank=True, prompt="Giờ và ngày mà số nói đến, ví dụ 15:00 28/8/2020."
        )
    return None


def _sign(page: Worksheet, last_column: int) -> None:
    """The place to sign, under the right half of the table."""
    first = max(last_column // 2, 1)
    for offset, (text, is_bold) in enumerate(((SIGNED.upper(), True), (HOW_TO_SIGN, False))):
        row = page.max_row + (2 if not offset else 1)
        page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last_column)
        cell = page.cell(row, first, text)
        cell.font = Font(name=FACE, size=12, bold=is_bold, italic=not is_bold)
        cell.alignment = Alignment(horizontal="center", vertical="center")


def _hide_codes(page: Worksheet, filled: FilledForm, *, first: int) -> None:
    """The units' ids beside the table: out of sight, off the paper, read back first of all."""
    place = len(filled.columns) + 1
    for offset, text in enumerate((CODE_HEAD, *(unit.id for unit in filled.units))):
        page.cell(first - 1 + offset, place, text)
    page.column_dimensions[get_column_letter(place)].hidden = True


def _close(page: Worksheet, last_column: int) -> None:
    """Keep heads, names and codes as they are."""
    page.print_area = f"A1:{get_column_letter(last_column)}{page.max_row + 4}"
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
