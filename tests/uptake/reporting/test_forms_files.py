"""The form as a file: what is filled into the sheet is read back, unit by unit."""

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import reporting as made
from tests.factories.figures import recorded
from tests.factories.people import AN_NHON, QUY_NHON
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents.formats import Format
from vungxanh.documents.grids import read_grid
from vungxanh.engines.checks import recognise
from vungxanh.refusals import Words
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.exports.report_form import form_annex, form_file
from vungxanh.uptake.imports.figure_reports import Brought, bring_report
from vungxanh.uptake.models import Reporter
from vungxanh.uptake.queries.reporting import forms
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import NewForm

N_DISTRICTS = 11


@pytest.fixture
def viettel(places: None) -> Reporter:
    """An operator that reports on all districts of the province."""
    return made.reporter(made.form_1(), made.operator("Viettel (mẫu)"))


def sheet_of(reporter: Reporter) -> openpyxl.Workbook:
    """The sheet that the reporter takes home."""
    content = form_file(forms.filled(reporter, made.DAY), Format.XLSX).content
    return openpyxl.load_workbook(io.BytesIO(content))


def lines_of(book: openpyxl.Workbook) -> dict[str, tuple[openpyxl.cell.Cell, ...]]:
    """The lines of units by the id that stands out of sight."""
    page = book.active
    assert isinstance(page, Worksheet)
    rows = list(page.iter_rows())
    return {str(row[-1].value): row for row in rows if str(row[-1].value).startswith("vn-2021:")}


def test_a_filled_sheet_is_read_with_every_unit(viettel: Reporter) -> None:
    book = sheet_of(viettel)
    typed = {unit: place * 10 for place, unit in enumerate(lines_of(book))}
    for unit, line in lines_of(book).items():
        line[2].value = typed[unit]
    file = io.BytesIO()
    book.save(file)
    table = recognise(read_grid(file.getvalue(), name="bieu-mau.xlsx"))
    assert {row.unit: row.counts["installs"] for row in table.rows} == typed
    assert len(typed) == N_DISTRICTS


def test_a_sheet_of_any_form_is_brought_without_a_fault(places: None) -> None:
    """Heads that nobody would guess, a zero, a unit left out, a share from a known base."""
    recorded([(QUY_NHON, "smartphones", 200, made.DAY)], at=made.BEFORE, source="Điều tra thử")
    heads = ("TT", "Nơi", "Lượng máy dùng được", "Phần trăm", "Lúc", "Khác")
    columns = tuple(
        replace(column, head=Words(head, head))
        for column, head in zip(made.COLUMNS, heads, strict=True)
    )
    new = NewForm(title="Máy trên địa bàn …", heading="", level="district", columns=columns)
    form = reporting.make_form(form=new, by=SYSTEM, at=made.BEFORE)
    one = made.reporter(form, made.operator("Nhà mạng"), covers=(QUY_NHON, AN_NHON))
    book = sheet_of(one)
    lines_of(book)[QUY_NHON][2].value = 0
    lines_of(book)[QUY_NHON][3].value = 0.0  # what the formula gives, which openpyxl leaves out
    lines_of(book)[AN_NHON][2].value = 1234
    file = io.BytesIO()
    book.save(file)
    brought = Brought(
        reporter=one.id,
        day=made.DAY,
        channel=Channel.UPLOAD,
        content=file.getvalue(),
        name="bieu-mau.xlsx",
    )
    draft = bring_report(brought=brought, by=SYSTEM, at=made.NOON)
    assert [one for one in draft.findings if one["severity"] != "info"] == []
    told = [[QUY_NHON, "installs", 0], [AN_NHON, "installs", 1234]]
    assert sorted(draft.content["figures"]) == told


def test_only_what_is_to_be_filled_in_is_open(viettel: Reporter) -> None:
    recorded([(QUY_NHON, "smartphones", 200, made.DAY)], at=made.BEFORE, source="Điều tra thử")
    book = sheet_of(viettel)
    line = lines_of(book)[QUY_NHON]
    page = book.active
    assert isinstance(page, Worksheet)
    assert page.protection.sheet
    assert [cell.protection.locked for cell in line[:6]] == [True, True, False, True, False, False]
    assert line[3].value == f'=IF(ISNUMBER(C{line[0].row}),ROUND(C{line[0].row}/200*100,2),"")'
    assert lines_of(book)[AN_NHON][3].protection.locked is False
    assert page.column_dimensions["G"].hidden
    assert "G" not in str(page.print_area)
    assert {one.type for one in page.data_validations.dataValidation} == {"whole", None}


def test_a_sheet_that_nobody_computed_is_read(viettel: Reporter) -> None:
    recorded([(QUY_NHON, "smartphones", 200, made.DAY)], at=made.BEFORE, source="Điều tra thử")
    content = form_file(forms.filled(viettel, made.DAY), Format.XLSX).content
    table = recognise(read_grid(content, name="bieu-mau.xlsx"))
    assert len(table.rows) == N_DISTRICTS
    assert not any(row.counts or row.shares for row in table.rows)


def test_the_sheet_names_only_the_units_that_are_covered(places: None) -> None:
    one = made.reporter(made.form_1(), made.operator("Nhà mạng"), covers=(AN_NHON,))
    assert list(lines_of(sheet_of(one))) == [AN_NHON]


def test_the_paper_is_the_letter_s(viettel: Reporter) -> None:
    annex = form_annex(forms.filled(viettel, made.DAY))
    assert annex.letterhead is not None
    assert annex.letterhead.agency == "TÊN DOANH NGHIỆP: Viettel (mẫu)"
    assert annex.label == "Biểu mẫu số 1"
    assert [column.head for column in annex.tables[0].columns][-2:] == [
        "Thời điểm báo cáo",
        "Ghi chú",
    ]
    name = form_file(forms.filled(viettel, made.DAY), Format.DOCX).name
    assert name == "bieu-mau-so-1-viettel-mau-2020-08-28.docx"


@pytest.mark.parametrize(
    ("written", "is_cited"),
    [
        ("Công văn số 12/STTTT-BC ngày 28/8/2020 của Sở Thông tin và Truyền thông", True),
        ("Công văn số /STTTT-BC ngày /8/2020 của Sở", True),
        ("Thông báo kết luận cuộc họp sáng nay", False),
    ],
    ids=["whole", "blank", "loose"],
)
def test_the_letter_is_cited_as_it_is_written(
    viettel: Reporter, written: str, is_cited: bool
) -> None:
    viettel.form.attached_to = written
    annex = form_annex(forms.filled(viettel, made.DAY))
    assert (annex.attached_to is not None) is is_cited
    assert (f"(Kèm theo {written})" in annex.title) is not is_cited
