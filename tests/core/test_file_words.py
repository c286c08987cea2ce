"""Faults of files in words: each names its place, in both languages."""

from pathlib import Path

import pytest

from vungxanh.core import file_words
from vungxanh.core.file_words import Place


@pytest.mark.parametrize(
    ("name", "vi", "en"),
    [
        (
            "a.csv",
            "Tệp a.csv, dòng dữ liệu 2 (dòng 3 của tệp)",
            "a.csv, row 2 (line 3 of the file)",
        ),
        ("a.parquet", "Tệp a.parquet, dòng dữ liệu 2", "a.parquet, row 2"),
    ],
)
def test_a_row_has_a_line_of_its_own_only_in_a_csv(name: str, vi: str, en: str) -> None:
    words = Place(Path("thư mục") / name, 2).before(": hỏng.", ": broken.")
    assert (words.vi, words.en) == (f"{vi}: hỏng.", f"{en}: broken.")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_empty_lines_of_a_csv_are_no_rows_but_lines(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(ending.join(["at,id", "1,2", "", "", "3,x", ""]).encode())
    assert Place(path, 2).words.en == "a.csv, row 2 (line 5 of the file)"


def test_columns_that_lack_are_named_beside_the_first_that_are_there() -> None:
    names = [f"c{n}" for n in range(20)]
    words = file_words.missing_columns(Path("a.csv"), ["t_in", "t_out"], names)
    assert "thiếu cột t_in, t_out (đang có: c0, " in words.vi
    assert "c11)" in words.en
    assert "c12" not in words.en
