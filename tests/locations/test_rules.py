"""Vietnamese order and the forms of a name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.locations.rules import full_name, own_name, short_name, sort_key
from vungxanh.locations.values import units_2021

# Dictionary order: letters first, then tones ngang, huyền, hỏi, ngã, sắc, nặng.
ORDERED = [
    "An",
    "Ản",
    "An Lão",
    "An Nhơn",
    "Ăn",
    "Ân",
    "Ba",
    "Bà",
    "Bả",
    "Bã",
    "Bá",
    "Bạ",
    "Ba Bể",
    "Bắc Giang",
    "Bình Định",
    "Chí Linh",
    "Cư",
    "Da",
    "Đà",
    "Đắk Lắk",
    "Đồng Nai",
    "E",
    "Ê",
    "Hoài Ân",
    "Hoài Nhơn",
    "O",
    "Ô",
    "Ơ",
    "Phù Cát",
    "Phù Mỹ",
    "Phú Yên",
    "Quận 2",
    "Quận 10",
    "U",
    "Ư",
    "Y",
]
NAMES = st.sampled_from([unit.bare_name for unit in units_2021()])


def test_names_sort_as_in_a_vietnamese_dictionary() -> None:
    keys = [sort_key(name) for name in ORDERED]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(ORDERED)


@pytest.mark.parametrize(
    ("one", "other"), [("Hoà Bình", "Hòa Bình"), ("Thuỷ", "THỦY"), ("Bình  Định", "bình định")]
)
def test_spelling_that_means_the_same_sorts_the_same(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other) == sort_key(unicodedata.normalize("NFD", one))


@given(NAMES, NAMES)
def test_keys_are_plain_ascii_and_order_by_the_first_word(one: str, other: str) -> None:
    assert sort_key(one).isascii()
    assert sort_key(f"{one} {other}") >= sort_key(one)


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert " " in sort_key(text)


@pytest.mark.parametrize(
    ("type_word", "bare", "short"),
    [
        ("thành phố", "Quy Nhơn", "TP. Quy Nhơn"),
        ("huyện", "Vĩnh Thạnh", "H. Vĩnh Thạnh"),
        ("thị xã", "An Nhơn", "TX. An Nhơn"),
        ("quận", "1", "Q. 1"),
        ("phường", "Đống Đa", "P. Đống Đa"),
        ("xã", "Nhơn Lý", "X. Nhơn Lý"),
        ("thị trấn", "Phù Mỹ", "TT. Phù Mỹ"),
        ("tỉnh", "Bình Định", "Bình Định"),
        ("", "Việt Nam", "Việt Nam"),
    ],
)
def test_dense_tables_shorten_the_type_word(type_word: str, bare: str, short: str) -> None:
    assert short_name(type_word, bare) == short
    assert own_name(full_name(type_word, bare), type_word) == bare
