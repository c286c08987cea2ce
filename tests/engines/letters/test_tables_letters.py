"""The tables of the real letters, and no tables where a letter has none."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.engines.letters.generator import generate
from vungxanh.directives.values import known_places
from vungxanh.engines.checks import check_table
from vungxanh.engines.letters.tables import TableFound, find_tables
from vungxanh.engines.letters.types import LetterTable

LETTERS = Path(__file__).parents[2] / "data" / "letters"
TABLES = {path.name[:3]: path for path in sorted(LETTERS.glob("00*.txt"))}


def text_of(number: str) -> str:
    return TABLES[number].read_text("utf-8")


def expected_of(number: str) -> dict[str, object]:
    path = next(LETTERS.glob(f"{number}*.expected.json"))
    (table,) = json.loads(path.read_text("utf-8"))["tables"]
    return dict(table)


@pytest.fixture(scope="module")
def annex() -> TableFound:
    (found,) = find_tables(text_of("000"), places=known_places("vn-2021"), province="52")
    return found


@pytest.fixture(scope="module")
def form() -> LetterTable:
    (found,) = find_tables(text_of("001"))
    return found.letter


def test_every_cell_of_the_broken_annex_comes_out(annex: TableFound) -> None:
    expected = expected_of("000")
    rows = [
        [float(cell) if isinstance(cell, Decimal) else cell for cell in row]
        for row in annex.letter.rows
    ]
    assert rows == expected["rows"]
    assert annex.letter.title == expected["title"]
    assert annex.letter.as_of == expected["as_of"]
    assert not annex.letter.total_row_present


def test_the_broken_heads_of_the_annex_are_whole(annex: TableFound) -> None:
    assert annex.letter.columns == (
        "STT",
        "Địa phương",
        "gso_2021",
        "Số Bluezoner có số điện thoại",
        "Dân số",
        "Tỷ lệ % Bluezoner có số điện thoại/ dân số",
        "Tổng số smart phone",
        "Tỷ lệ % Bluezoner có số điện thoại/ số smartphone",
    )
    assert annex.letter.elements == (
        "stt",
        "locality",
        "gso_2021",
        "bluezone_with_phone",
        "population",
        "share_of_population",
        "smartphones",
        "share_of_smartphones",
    )


def test_shares_of_the_whole_come_from_sums(annex: TableFound) -> None:
    assert annex.letter.computed_totals == {
        "bluezone_with_phone": 202_379,
        "population": 1_487_817,
        "share_of_population": Decimal("13.60"),
        "smartphones": 967_412,
        "share_of_smartphones": Decimal("20.92"),
    }


def test_the_annex_goes_through_the_checks(annex: TableFound) -> None:
    assert annex.table is not None
    assert annex.table.as_of == date(2021, 5, 26)
    assert len(annex.table.rows) == 11
    found = check_table(annex.table)
    assert not [finding for finding in found if finding.severity == "error"]
    (outlier,) = [finding for finding in found if finding.code == "base.outlier"]
    assert annex.spans_at(outlier.where)


def test_a_finding_is_led_back_to_its_words(annex: TableFound) -> None:
    letter = text_of("000")
    words = [letter[start:end] for start, end in annex.spans_at("dòng 2, cột B")]
    assert [" ".join(word.split()) for word in words] == ["Thành phố Quy Nhơn"]
    words = [letter[start:end] for start, end in annex.spans_at("dòng 12, cột F")]
    assert words == ["44,593"]
    assert len(annex.spans_at("dòng 12")) == 7
    assert annex.spans_at("đoạn mở đầu") == annex.spans_at("dòng 99, cột A") == ()


@pytest.mark.parametrize("province", ["52", None])
def test_codes_are_found_with_and_without_the_province(province: str | None) -> None:
    (found,) = find_tables(text_of("000"), places=known_places("vn-2021"), province=province)
    assert found.letter.rows[0][2] == "540"


def test_without_places_no_code_is_told() -> None:
    (found,) = find_tables(text_of("000"))
    assert "gso_2021" not in found.letter.columns


def test_the_blank_form_is_read(form: LetterTable) -> None:
    expected = expected_of("001")
    assert list(form.columns) == expected["columns"]
    assert list(form.rows) == expected["rows"]
    assert form.title == expected["title"]
    assert form.as_of is None
    assert form.is_blank_form
    assert form.filled_by == "doanh nghiệp"
    assert not form.computed_totals


@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_a_letter_without_tables_has_none(number: str) -> None:
    assert find_tables(text_of(number)) == ()


def test_only_the_given_stretch_is_read() -> None:
    letter = text_of("000")
    annex_at = letter.index("PHỤ LỤC")
    assert find_tables(letter, end=annex_at) == ()
    (found,) = find_tables(letter, start=annex_at)
    assert letter[slice(*found.letter.span)].startswith("PHỤ LỤC")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_a_generated_letter_has_its_tables_and_no_others(seed: int) -> None:
    sample = generate(seed)
    found = find_tables(unicodedata.normalize("NFC", sample.text))
    expected = sample.expected.get("tables") or []
    assert isinstance(expected, list)
    assert [list(one.letter.columns) for one in found] == [one["columns"] for one in expected]
    assert [one.letter.as_of for one in found] == [one["as_of"] for one in expected]
    assert [_numbered(one) for one in found] == [one["rows"] for one in expected]


def _numbered(found: TableFound) -> list[list[object]]:
    """The rows that bear a number, as the generator tells them: without the sum."""
    return [
        [float(cell) if isinstance(cell, Decimal) else cell for cell in row]
        for row in found.letter.rows
        if row[0] is not None
    ]


def test_total_without_a_rank_ends_a_broken_table() -> None:
    letter = (LETTERS / "family" / "mau-8-huyen.txt").read_text(encoding="utf-8")
    (found,) = find_tables(letter, start=letter.index("PHỤ LỤC"))
    assert found.letter.rows[0] == (1, "Thị trấn Bình Liêu", 1936, 4812, Decimal("40.23"), 1)
    assert found.letter.rows[-1] == (None, "Tổng cộng", 7073, 20002, Decimal("35.36"), None)
