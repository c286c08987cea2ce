"""A workbook becomes a grid with typed values; bombs and broken files are refused first."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from tests.factories.workbooks import (
    SHEET_PART,
    container,
    raw_workbook,
    saved,
    workbook,
    worksheet,
)
from vungxanh.documents.grids import Grid, Limits, read_grid
from vungxanh.refusals import RefusalError

DTD = '<!DOCTYPE x [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
TWO = '<row r="2"><c r="B2"><v>2</v></c></row>'


def read(content: bytes, limits: Limits | None = None) -> Grid:
    return read_grid(content, name="a.xlsx", limits=limits or Limits())


def code_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(RefusalError) as caught:
        read(content, limits)
    return caught.value.code


def test_values_keep_their_types_and_what_the_sheet_shows() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Quy Nhơn", 75878, 0.2614, 26.14, date(2021, 5, 26), True])
    sheet["C1"].number_format = "0.00%"
    sheet["D1"].number_format = "#,##0.00"
    name, number, percent, decimal, day, truth = read(saved(book)).rows[0]
    assert (name.value, number.value, truth.value) == ("Quy Nhơn", 75878, True)
    assert (percent.value, percent.percent, percent.decimals) == (Decimal("0.2614"), True, 2)
    assert (percent.text, decimal.value, decimal.decimals) == ("26.14%", Decimal("26.14"), 2)
    assert (day.value, day.text) == (date(2021, 5, 26), "26/05/2021")


def test_binary_noise_of_excel_is_not_part_of_a_number() -> None:
    grid = read(raw_workbook('<row r="1"><c r="A1"><v>26.140000000000001</v></c></row>'))
    assert grid.rows[0][0].value == Decimal("26.14")


def test_a_moment_keeps_its_time() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append([datetime.fromisoformat("2021-08-03T17:00")])
    cell = read(saved(book)).rows[0][0]
    assert cell.text == "03/08/2021 17:00"


def test_a_workbook_of_the_1904_system_has_the_same_days() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.worksheets[0].append([date(2021, 5, 26)])
    assert read(saved(book)).rows[0][0].value == date(2021, 5, 26)


def test_merged_heads_are_copied_and_marked() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Bluezone"
    sheet.merge_cells("A1:C1")
    sheet["A2"], sheet["B2"], sheet["C2"] = 1, 2, 3
    first = read(saved(book)).rows[0]
    assert [(cell.text, cell.merged) for cell in first] == [
        ("Bluezone", False),
        ("Bluezone", True),
        ("Bluezone", True),
    ]


def test_positions_are_those_of_the_sheet_although_it_begins_lower() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["C4"] = "x"
    grid = read(saved(book))
    assert grid.rows[3][2].place.vi == "dòng 4, cột C"
    assert (len(grid.rows), grid.n_columns) == (4, 3)


def test_the_first_sheet_with_content_is_read_and_the_others_are_named() -> None:
    grid = read(workbook([], [["số liệu", 1]], [["phụ", 2]]))
    assert grid.sheet == "Trang 2"
    assert "“Trang 3”" in grid.warnings[0].vi
    assert "“Trang 3”" in grid.warnings[0].en


def test_hidden_sheets_are_not_read() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["ẩn"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("hiện").append(["thấy"])
    assert read(saved(book)).rows[0][0].text == "thấy"


def test_faults_of_a_hidden_sheet_do_not_matter() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("hiện").append(["thấy"])
    assert read(saved(book)).rows[0][0].text == "thấy"


def test_formulas_give_their_stored_value() -> None:
    grid = read(raw_workbook('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'))
    assert grid.rows[0][0].value == 2


def test_a_formula_whose_value_is_empty_text_is_a_blank_cell() -> None:
    empty = '<c r="B1" t="str"><f>IF(A1=1,"","x")</f><v></v></c>'
    grid = read(
        raw_workbook(f'<row r="1"><c r="A1"><v>1</v></c>{empty}<c r="C1"><v>3</v></c></row>')
    )
    assert [cell.value for cell in grid.rows[0]] == [1, None, 3]


def test_a_formula_never_computed_is_refused_with_its_place() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = "=1+1"
    with pytest.raises(RefusalError) as caught:
        read(saved(book))
    assert caught.value.code == "grids.formula_without_value"
    assert caught.value.where == "dòng 2, cột B"


def test_an_error_cell_is_refused_with_its_place_and_its_error() -> None:
    broken = raw_workbook('<row r="3"><c r="D3" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>')
    with pytest.raises(RefusalError) as caught:
        read(broken)
    assert caught.value.code == "grids.cell_error"
    assert caught.value.where == "dòng 3, cột D"
    assert "#DIV/0!" in caught.value.words.vi


def test_a_formula_that_found_nothing_says_so_in_words() -> None:
    cell = '<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>'
    assert read(raw_workbook(f'<row r="1">{cell}</row>')).rows[0][0].value == "#N/A"


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    columns = '<cols><col min="2" max="3" hidden="1"/></cols>'
    rows = (
        '<row r="1"><c r="B1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    )
    sheet = worksheet(f"{columns}<sheetData>{rows}</sheetData>")
    grid = read(raw_workbook("", **{SHEET_PART: sheet}))
    assert [grid.rows[0][1].value, grid.rows[1][0].value] == [1, 2]
    assert ["(2)" in grid.warnings[0].vi, "(B)" in grid.warnings[1].vi] == [True, True]


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_a_workbook_with_macros_is_refused_with_what_to_do(part: str) -> None:
    with pytest.raises(RefusalError) as caught:
        read(raw_workbook(ONE, **{part: "<x/>"}))
    assert caught.value.code == "grids.macros"
    assert ".xlsx" in caught.value.words.vi


def test_runs_of_a_string_are_joined_and_readings_of_it_left_out() -> None:
    strings = "<si><r><t>Quy </t></r><r><t>Nhơn</t></r><rPh><t>kana</t></rPh></si>"
    shared = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    grid = read(
        raw_workbook(shared, **{"xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>'})
    )
    assert grid.rows[0][0].text == "Quy Nhơn"


def test_every_cell_is_what_another_program_wrote() -> None:
    written = [["Xã A", 1, 2.5, None], ["Xã B", -3, 0.2614, "chú thích"]]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(written):
            sheet.write_row(row, 0, cells)
    assert [[cell.value for cell in row] for row in read(stream.getvalue()).rows] == [
        ["Xã A", 1, Decimal("2.5"), None],
        ["Xã B", -3, Decimal("0.2614"), "chú thích"],
    ]


def test_a_time_of_day_and_a_duration_are_the_numbers_they_are_stored_as() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append([time(12), timedelta(days=1, hours=12)])
    assert [cell.value for cell in read(saved(book)).rows[0]] == [Decimal("0.5"), Decimal("1.5")]


def test_what_stands_behind_the_cells_and_beside_the_sheet_is_not_read() -> None:
    behind = '<pageSetup orientation="askew"/><hyperlinks><hyperlink/></hyperlinks>'
    sheet = worksheet(f"<sheetData>{ONE}</sheetData>{behind}")
    day = "<coreProperties><created>26/05/2021</created></coreProperties>"
    grid = read(raw_workbook("", **{SHEET_PART: sheet, "docProps/core.xml": day}))
    assert grid.rows[0][0].value == 1


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = raw_workbook("", **{"xl/bomb.xml": "0" * 2_000_000})
    assert len(bomb) < 10_000
    assert code_of(bomb, Limits(unpacked_bytes=1_000_000)) == "grids.too_large"


def test_pictures_are_never_unpacked_and_do_not_count() -> None:
    grid = read(
        raw_workbook(ONE, **{"xl/media/image1.png": "0" * 2_000_000}),
        Limits(unpacked_bytes=1_000_000),
    )
    assert grid.rows[0][0].value == 1


def test_a_part_that_claims_less_than_it_holds_is_refused() -> None:
    content = bytearray(raw_workbook("<row/>" * 1_000))
    size = len(f'<worksheet xmlns="x"><sheetData>{"<row/>" * 1_000}').to_bytes(4, "little")
    part = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    true_size = part.file_size.to_bytes(4, "little")
    assert content.count(true_size) >= 1
    assert code_of(bytes(content.replace(true_size, size))) == "grids.damaged"


@pytest.mark.parametrize(
    "part",
    [
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
        *("xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"),
    ],
)
@pytest.mark.parametrize(
    "head", [DTD, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "file:///etc/hostname">']
)
def test_entities_and_dtds_are_refused_in_every_part(part: str, head: str) -> None:
    use = "&b;" if head == DTD else ""
    bomb = raw_workbook('<row><c t="s"><v>0</v></c></row>', **{part: f"{head}<sst>{use}</sst>"})
    assert code_of(bomb) == "grids.dangerous_xml"


def test_an_endless_tag_is_refused() -> None:
    bomb = raw_workbook("<row " + "a" * 2_000_000 + '="1"/>')
    assert code_of(bomb) == "grids.dangerous_xml"


@pytest.mark.parametrize(
    ("sheet", "limits"),
    [
        ('<row r="60000"><c r="A60000"><v>1</v></c></row>', Limits()),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', Limits()),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', Limits()),
        ("<row/>" * 200, Limits(xml_elements=100)),
        ('<row r="300"><c r="Z300"><v>1</v></c></row>', Limits(cells=5_000)),
    ],
)
def test_sheets_beyond_the_limits_are_refused(sheet: str, limits: Limits) -> None:
    assert code_of(raw_workbook(sheet), limits) == "grids.too_large"


def test_styled_but_empty_cells_far_away_are_no_content() -> None:
    grid = read(raw_workbook('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'))
    assert grid.n_columns == 1


@pytest.mark.parametrize("claimed", ["A1", "A1:XFD1048576"])
def test_a_sheet_is_as_large_as_what_is_written_whatever_it_claims(claimed: str) -> None:
    corner = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    sheet = worksheet(
        f'<dimension ref="{claimed}"/><sheetData>{ONE}{TWO}{corner}</sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    grid = read(raw_workbook("", **{SHEET_PART: sheet}))
    assert (len(grid.rows), grid.n_columns) == (2, 2)
    assert grid.rows[1][1].value == 2


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
    ],
)
def test_cells_out_of_order_are_refused_and_never_lost(sheet: str) -> None:
    assert code_of(raw_workbook(sheet)) == "grids.bad_address"


@pytest.mark.parametrize(
    "second",
    [
        '<row xmlns="urn:other" r="2"><c r="B2"><v>2</v></c></row>',
        '<row r="2"><c r="B2" t="inlineStr"><v>2</v></c></row>',
    ],
    ids=["of another standard", "in the wrong element"],
)
def test_what_is_written_but_cannot_be_understood_is_refused_and_never_lost(second: str) -> None:
    assert code_of(raw_workbook(ONE + second)) == "grids.damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not a zip at all", "grids.damaged"),
        (container({"word/document.xml": "<w/>"}), "grids.not_a_table"),
        (container({"xl/workbook.bin": b"\0"}), "grids.binary_workbook"),
        (container({"xl/workbook.xml": "<workbook>"}), "grids.damaged"),
        (raw_workbook('<row><c t="s"><v>7</v></c></row>'), "grids.damaged"),
        (raw_workbook(""), "grids.empty"),
        (raw_workbook("<row><c><v>1</v></row>"), "grids.damaged"),
        (raw_workbook(f'<row><c t="str"><v>{"x" * 3_000}</v></c></row>'), "grids.long_cell"),
        (workbook([["x"]])[:-30], "grids.damaged"),
    ],
)
def test_broken_containers_are_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_container_with_a_password_is_refused() -> None:
    content = bytearray(workbook([["x"]]))
    start = content.index(b"PK\x01\x02")
    while start >= 0:
        content[start + 8] |= 1
        start = content.find(b"PK\x01\x02", start + 1)
    assert code_of(bytes(content)) == "grids.locked"
