"""No text makes the reader of tables raise or wait."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vungxanh.engines.letters.tables import find_tables

N = 1_000_000
PIECES = (
    *("STT", "Địa phương", "Dân số", "Tỷ lệ", "Tổng cộng", "Huyện", "A", "I", "II", "PHỤ LỤC"),
    *("1", "2", "3", "(1)", "=", "75,878", "26.14", "%", "-", "…", "……", "TÊN ĐƠN VỊ", "**"),
    *("|", "\\|", "\t", " ", "  ", "\n", "\n\n", "+---+", "|---|", "<br>", "{", "}"),
    *("ngày", "26/5/2021", "31/2/2021", "ngày 26/5", "17h00", "\xa0", "\u202f"),
    *("ơ\u0301", "١", "²", "½", "٣٤", "Ⅳ", "\r", "\f", "\x00"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(letter=texts)
def test_any_text_is_read_without_complaint(letter: str) -> None:
    for found in find_tables(letter):
        start, end = found.letter.span
        assert 0 <= start <= end <= len(letter)
        widths = {len(row) for row in (*found.letter.rows, found.letter.elements)}
        assert widths == {len(found.letter.columns)}
        assert all(0 <= a < b <= len(letter) for spans in found.cells.values() for a, b in spans)


LONG = {
    "digits": "1" * N,
    "numbers": "1 " * (N // 2),
    "numbers on lines": "1\n" * (N // 2),
    "numbers in columns": "12  " * (N // 4),
    "wide rows": ("1  " * 70 + "\n") * (N // 211),
    "pipes": "|" * N,
    "pipes on lines": "|\n" * (N // 2),
    "pipes around numbers": "|1|2|\n" * (N // 6),
    "tabs": "\t" * N,
    "tabs on lines": "\t\n" * (N // 2),
    "rows of tabs": ("1\t" * 99 + "\n") * (N // 199),
    "blanks": " " * N,
    "lines": "\n" * N,
    "dots": "TÊN" + "…" * N,
    "stars": "*" * N,
    "heads": "STT Tên Số Tỷ lệ\n" * (N // 18),
    "tables": "PHỤ LỤC\nSTT  A  B\n1  a  5\n" * (N // 25),
    "rows": "".join(f"{i} ab 5 6\n" for i in range(1, N // 12)),
    "rows in columns": "".join(f"{i}    ab    5    6\n" for i in range(1, N // 18)),
    "rows again and again": "1 a 5 6\n2 b 5 6\n" * (N // 16),
    "a long head": "STT " + "Tỷ lệ " * (N // 6) + "\n1 a 5\n2 b 5\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("letter", LONG.values(), ids=LONG)
def test_a_million_characters_are_read_in_seconds(letter: str) -> None:
    began = time.process_time()
    find_tables(letter)
    assert time.process_time() - began < 15  # a few seconds, on a machine that does other things
