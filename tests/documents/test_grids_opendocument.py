"""Spreadsheets of OpenDocument pass the door of XLSX: the same values, the same refusals."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.factories.opendocument import cell, ods, raw_ods, row, table, words
from tests.factories.workbooks import saved, workbook
from vungxanh.documents.grids import LIMITS, Limits, read_grid, read_lines
from vungxanh.refusals import RefusalError

DTD = '<!DOCTYPE x [<!ENTITY a "0123456789">]>'
SMALL = Limits(rows=50, columns=10, cells=200, unpacked_bytes=200_000)


def texts(content: bytes, limits: Limits = LIMITS) -> list[tuple[int, list[str]]]:
    return [(line.number, line.texts) for line in read_lines(content, name="a", limits=limits).rows]


def codes_of(content: bytes, limits: Limits = LIMITS) -> tuple[str, str]:
    """What both doors say of a file."""
    with pytest.raises(RefusalError) as of_lines:
        texts(content, limits)
    with pytest.raises(RefusalError) as of_grid:
        read_grid(content, name="a", limits=limits)
    return of_lines.value.code, of_grid.value.code


def test_words_numbers_days_and_truths_keep_their_types() -> None:
    cells = (
        words("Chợ  Đầm"),
        cell("<text:p>75.878</text:p>", 'office:value-type="float" office:value="75878"'),
        cell("<text:p>26 %</text:p>", 'office:value-type="percentage" office:value="0.2614"'),
        cell("<text:p>x</text:p>", 'office:value-type="date" office:date-value="2021-05-26"'),
        cell("<text:p>ĐÚNG</text:p>", 'office:value-type="boolean" office:boolean-value="true"'),
    )
    content = raw_ods(table(row(*cells)))
    assert texts(content) == [(1, ["Chợ Đầm", "75878", "26.14%", "26/05/2021", "TRUE"])]
    grid = read_grid(content, name="a.ods")
    values = [one.value for one in grid.rows[0]]
    assert values == ["Chợ Đầm", 75878, Decimal("0.2614"), date(2021, 5, 26), True]
    assert grid.kind == "ods"


def test_repeated_cells_and_rows_are_all_there_and_blank_ones_cost_nothing() -> None:
    twice = cell("<text:p>A</text:p>", 'table:number-columns-repeated="2"')
    blank = cell("", 'table:number-columns-repeated="16384"')
    content = raw_ods(table(row(twice, blank, repeated=2) + row(blank, repeated=1_048_576)))
    assert texts(content) == [(1, ["A", "A"]), (2, ["A", "A"])]
    assert [[one.name for one in line] for line in read_grid(content, name="a").rows] == [
        ["A1", "B1"],
        ["A2", "B2"],
    ]


def test_merged_cells_and_paragraphs_and_notes() -> None:
    head = cell(
        "<office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>Gia</text:p>"
        "<text:p>Lai<text:s/>Bắc</text:p>",
        'table:number-rows-spanned="2"',
    )
    content = raw_ods(table(row(head, words("1")) + row(cell(), words("2"))))
    assert texts(content) == [(1, ["Gia Lai Bắc", "1"]), (2, ["Gia Lai Bắc", "2"])]
    assert read_grid(content, name="a").rows[1][0].merged


def test_the_first_visible_sheet_is_read_and_others_are_named() -> None:
    hidden = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    tables = "".join(
        table(row(words(text)), name, style)
        for text, name, style in (("0", "Kín", "ta1"), ("1", "Một", ""), ("2", "Hai", ""))
    )
    found = read_lines(raw_ods(tables, styles=hidden), name="a")
    assert [line.texts for line in found.rows] == [["1"]]
    assert "“Một”" in found.warnings[0].vi
    assert "“Hai”" in found.warnings[0].vi
    assert "Kín" not in found.warnings[0].vi


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        (table(row(words("A"), repeated=1_000_000)), "grids.too_large"),
        (
            table(row(cell("<text:p>A</text:p>", 'table:number-columns-repeated="16000"'))),
            "grids.too_large",
        ),
        (table(row(words("A"), repeated=40) * 2), "grids.too_large"),
        (table(row(cell("", 'table:formula="of:=1+1"'))), "grids.formula_without_value"),
        (
            table(row(cell("", 'office:value-type="float" office:value="nhiều"'))),
            "grids.damaged",
        ),
        (table(row(cell("", 'table:number-columns-repeated="-5"'))), "grids.damaged"),
        (table(row(cell())), "grids.empty"),
        ("<table:table><table:table-row>", "grids.damaged"),
    ],
)
def test_what_no_table_needs_is_refused_at_both_doors(tables: str, code: str) -> None:
    assert codes_of(raw_ods(tables), SMALL) == (code, code)


def test_entities_bombs_and_locked_files_are_refused() -> None:
    unsafe = raw_ods(table(row(words("A"))), before=DTD)
    assert codes_of(unsafe) == ("grids.dangerous_xml",) * 2
    bomb = raw_ods(table(row(words("A" * 300_000))))
    assert codes_of(bomb, SMALL) == ("grids.too_large",) * 2
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    locked = raw_ods("", parts={"content.xml": b"\x00\x99", "META-INF/manifest.xml": manifest})
    assert codes_of(locked) == ("grids.locked",) * 2
    assert codes_of(raw_ods("", parts={"encrypted-package": b"x"})) == ("grids.locked",) * 2


def test_a_letter_of_opendocument_is_no_table() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("content.xml", "<office><text><p>Kính gửi</p></text></office>")
    assert codes_of(out.getvalue()) == ("grids.not_a_table",) * 2


def test_a_cut_file_is_refused() -> None:
    content = ods([["Tên", "Loại"]])
    assert codes_of(content[: len(content) // 2]) == ("grids.damaged",) * 2


def test_lines_of_a_workbook_say_what_its_grid_says() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Tỉnh", "Xã", "Số", "Tỷ lệ", "Ngày"])
    sheet.append(["Gia Lai", "A", 912345678, 0.25, date(2026, 3, 2)])
    sheet.append([None, "B", 26.14, 1, None])
    sheet["D2"].number_format = "0%"
    sheet.merge_cells("A2:A3")
    content = saved(book)
    grid = read_grid(content, name="a.xlsx")
    shown = [[one.text for one in line] for line in grid.rows]
    said = [line + [""] * (5 - len(line)) for _, line in texts(content)]
    assert said == shown
    assert said[2][0] == "Gia Lai"


def test_other_filled_sheets_of_a_workbook_are_named_without_being_kept() -> None:
    content = workbook([], [["Tên"], ["A"]], [["Khác"]])
    found = read_lines(content, name="a.xlsx")
    assert [line.texts for line in found.rows] == [["Tên"], ["A"]]
    assert "Trang 3" in found.warnings[0].vi


def test_an_error_in_a_cell_of_a_workbook_names_its_place() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Tên"])
    book.worksheets[0]["B7"] = "#REF!"
    book.worksheets[0]["B7"].data_type = "e"
    with pytest.raises(RefusalError, match="cell_error") as caught:
        texts(saved(book))
    assert "Dòng 7, cột B" in caught.value.words.vi


def test_merged_areas_without_end_are_refused() -> None:
    spans = 'table:number-columns-spanned="9" table:number-rows-spanned="20"'
    cells = cell("<text:p>A</text:p>", spans)
    content = raw_ods(table(row(cells)))
    assert texts(content, SMALL)[0][1] == ["A"] * 9
    with pytest.raises(RefusalError, match="too_large"):
        texts(raw_ods(table(row(cells) + row(cells) + row(cells))), SMALL)
