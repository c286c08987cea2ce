"""Whatever the bytes, reading gives a grid or a refusal, never anything else."""

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.factories.workbooks import raw_workbook, workbook
from vungxanh.documents.grids import Grid, Limits, grid_of_text, read_grid
from vungxanh.engines.checks import check_table, recognise
from vungxanh.refusals import RefusalError

pytestmark = pytest.mark.slow

LIMITS = Limits(rows=200, columns=50, cells=2_000, xml_elements=20_000)
WORDS = st.sampled_from(
    ["Địa phương", "unit", "name", "Dân số", "smartphones", "Tỷ lệ %/dân số", "STT", "Xếp hạng",
     "vn-2021:540", "Quy Nhơn", "Toàn tỉnh", "75.878", "1,234", "26.14", "-5", "ngày 26/5", "(1)",
     "26/5/2021", "", "x", "1e9", "٣", "1.2.3", "100%", "Ghi chú: …"]
)  # fmt: skip
TABLES = st.lists(st.lists(WORDS, max_size=7), max_size=9)


def outcome(content: bytes) -> Grid | RefusalError:
    try:
        return read_grid(content, name="f", limits=LIMITS)
    except RefusalError as refusal:
        return refusal


@cache
def valid_workbook() -> bytes:
    return workbook([["Địa phương", "Dân số", "Tỷ lệ"], ["Quy Nhơn", 290229, 0.5]], [["x"]])


@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xff\xfe\x00\xd8")
@example(b'"')
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    assert isinstance(outcome(content), Grid | RefusalError)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_mutated_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    content = bytearray(valid_workbook())
    for place, byte in changes:
        content[place % len(content)] = byte
    assert isinstance(outcome(bytes(content)), Grid | RefusalError)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_a_cut_workbook_is_read_or_refused(length: int) -> None:
    assert isinstance(outcome(valid_workbook()[:length]), Grid | RefusalError)


XML = st.text(alphabet=st.sampled_from(list("<>/=\"' &;![]-rctvs019AZ#e")), max_size=60)
CELLS = st.lists(
    st.builds(
        '<c{} t="{}" s="{}"><v>{}</v></c>'.format,
        st.one_of(
            st.just(""),
            st.sampled_from(["A1", "B1", "B2", "", "ZZZ9", "A0", "1A", "B99999999"]).map(
                ' r="{}"'.format
            ),
        ),
        st.sampled_from(["n", "s", "str", "b", "e", "d", "inlineStr", "?"]),
        st.sampled_from(["0", "1", "-1", "99", "x"]),
        st.sampled_from(["1", "1e999", "nan", "-0", "2021-05-26", "TRUE", "", "9" * 400]),
    ),
    max_size=6,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(XML, CELLS))
def test_arbitrary_sheet_xml_is_read_or_refused(sheet: str) -> None:
    assert isinstance(outcome(raw_workbook(f"<row>{sheet}</row>")), Grid | RefusalError)


def checked(text: str) -> list[str]:
    try:
        return [f.message.vi for f in check_table(recognise(grid_of_text(text, limits=LIMITS)))]
    except RefusalError as refusal:
        return [refusal.words.vi]


@settings(deadline=None)
@given(TABLES)
def test_any_table_of_likely_words_is_checked_or_refused(rows: list[list[str]]) -> None:
    said = checked("\n".join("\t".join(row) for row in rows))
    assert all(sentence for sentence in said)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_pasted_text_is_checked_or_refused(text: str) -> None:
    said = checked(text)
    assert all(sentence for sentence in said)
