"""A workbook becomes a grid with typed values; bombs and broken files are refused first."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tests.factories.workbooks import container, raw_workbook, saved, workbook
from vungxanh.documents.grids import Grid, Limits, read_grid
from vungxanh.refusals import RefusalError

DTD = '<!DOCTYPE x [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


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


def test_formulas_give_their_stored_value() -> None:
    grid = read(raw_workbook('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'))
    assert grid.rows[0][0].value == 2


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


def test_every_cell_agrees_with_an_independent_reader() -> None:
    rows = [["Xã A", 1, 2.5, None], ["Xã B", -3, 0.1 + 0.2, "chú thích"]]
    content = workbook(rows)
    ours = [[cell.value for cell in row] for row in read(content).rows]
    peer = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    theirs = [[cell.value for cell in row] for row in peer.iter_rows()]
    as_decimals = [[Decimal(repr(v)) if isinstance(v, float) else v for v in r] for r in theirs]
    assert ours == as_decimals


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = raw_workbook("", **{"xl/bomb.xml": "0" * 2_000_000})
    assert len(bomb) < 10_000
    assert code_of(bomb, Limits(unpacked_bytes=1_000_000)) == "grids.too_large"


def test_a_part_that_claims_less_than_it_holds_is_refused() -> None:
    content = bytearray(raw_workbook("<row/>" * 1_000))
    size = len(f'<worksheet xmlns="x"><sheetData>{"<row/>" * 1_000}').to_bytes(4, "little")
    part = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    true_size = part.file_size.to_bytes(4, "little")
    assert content.count(true_size) >= 1
    assert code_of(bytes(content.replace(true_size, size))) == "grids.damaged"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_entities_and_dtds_are_refused_in_every_part(part: str) -> None:
    bomb = raw_workbook('<row><c t="s"><v>0</v></c></row>', **{part: f"{DTD}<sst>&b;</sst>"})
    assert code_of(bomb) == "grids.dangerous_xml"


def test_an_endless_tag_is_refused() -> None:
    bomb = raw_workbook("<row " + "a" * 2_000_000 + '="1"/>')
    assert code_of(bomb) == "grids.dangerous_xml"


@pytest.mark.parametrize(
    ("sheet", "limits"),
    [
        ('<row r="60000"><c r="A60000"><v>1</v></c></row>', Limits()),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', Limits()),
        ("<row/>" * 200, Limits(xml_elements=100)),
        ('<row r="300"><c r="Z300"><v>1</v></c></row>', Limits(cells=5_000)),
    ],
)
def test_sheets_beyond_the_limits_are_refused(sheet: str, limits: Limits) -> None:
    assert code_of(raw_workbook(sheet), limits) == "grids.too_large"


def test_styled_but_empty_cells_far_away_are_no_content() -> None:
    grid = read(raw_workbook('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'))
    assert grid.n_columns == 1


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
