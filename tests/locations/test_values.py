"""Ids of units: what is one, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.locations.values import (
    BadUnitIdError,
    Level,
    level_of,
    parse_unit_id,
    split_unit_id,
    unit_id,
)


@pytest.mark.parametrize(
    ("text", "tree", "code", "level"),
    [
        ("vn-2021:vn", "vn-2021", "vn", Level.COUNTRY),
        ("vn-2021:52", "vn-2021", "52", Level.PROVINCE),
        (" vn-2021:540 ", "vn-2021", "540", Level.DISTRICT),
        ("vn-2025:00004", "vn-2025", "00004", Level.COMMUNE),
    ],
)
def test_an_id_is_a_tree_and_a_code(text: str, tree: str, code: str, level: Level) -> None:
    assert (split_unit_id(text), level_of(text)) == ((tree, code), level)
    assert unit_id(tree, code) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "52",
        "vn-2021:",
        "vn-2021:5",
        "vn-2021:5200",
        "vn-21:52",
        "VN-2021:52",
        "vn-2021:５２",
        "vn-2021:52\n:x",
        "vn-2021:52;--",
        "vn-2021: 52",
        "vn-2021:vn-2021:52",
    ],
)
def test_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadUnitIdError) as caught:
        parse_unit_id(text)
    assert caught.value.code == "locations.bad_unit_id"
    assert "vn-2021:52" in caught.value.words.vi


@given(st.text(min_size=25))
def test_a_refusal_quotes_no_more_than_the_beginning_of_a_text(text: str) -> None:
    with pytest.raises(BadUnitIdError) as caught:
        parse_unit_id(text)
    assert len(caught.value.words.en) < 120
