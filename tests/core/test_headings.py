"""Columns of a table that is brought."""

import pytest

from vungxanh.core.headings import MOST_ROWS_ABOVE, Headings, heading_of, letters_of

HEADINGS: Headings = {"name": ("ten", "ten diem"), "kind": ("loai",)}
HEAD = ["STT", "Tên điểm (đầy đủ)", "TÊN", "Loại"]


def test_titles_may_stand_above_the_heading() -> None:
    found = heading_of([["Danh sách"], ["Tên"], HEAD, ["1", "Chợ", "", "Chợ"]], HEADINGS)
    assert found is not None
    place, columns = found
    assert place == 2
    assert letters_of(columns) == {"name": "B", "kind": "D"}
    assert [one.head for one in columns] == HEAD


@pytest.mark.parametrize("n_above", [MOST_ROWS_ABOVE, MOST_ROWS_ABOVE + 5])
def test_a_heading_is_not_sought_further_down(n_above: int) -> None:
    assert heading_of([*([["Danh sách"]] * n_above), HEAD], HEADINGS) is None
