"""Numbers of sheets, the keys that are printed on them, days as they are typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.declarations.paper_scene import shipped
from vungxanh.declarations.rules.paper import (
    MOST_OF_A_VERSION,
    MOST_VERSIONS,
    Sheet,
    chosen,
    held_in_code,
    keys_of,
    number_of,
    numbers_of,
    read_number,
    shown_number,
    typed_day,
)

GENERAL = shipped("general-2")
SIGNS = GENERAL.questions["signs"]
sheets = st.builds(Sheet, st.integers(1, MOST_VERSIONS), st.integers(1, MOST_OF_A_VERSION))


@given(sheets)
def test_a_number_reads_back_as_it_is_printed_and_as_the_code_holds_it(sheet: Sheet) -> None:
    number = number_of(sheet)
    held = held_in_code(number, form="general@2")
    assert {read_number(text) for text in (number, shown_number(number), held)} == {sheet}


@given(sheets, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_no_number(sheet: Sheet, place: int, more: int) -> None:
    number = number_of(sheet)
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    assert read_number(wrong) is None


@given(sheets)
def test_the_end_of_a_number_is_enough_in_a_pile_of_its_version(sheet: Sheet) -> None:
    end = number_of(sheet)[3:].lstrip("0")
    assert read_number(end, usual=sheet.questionnaire) == sheet


@given(st.text(max_size=40))
def test_no_text_is_more_than_no_number(text: str) -> None:
    found = read_number(text, usual=2)
    assert found is None or isinstance(found, Sheet)


def test_the_key_beside_a_box_is_the_key_that_is_typed() -> None:
    keys = keys_of(SIGNS)
    assert keys["0"] == "none"
    assert list(keys)[:3] == ["1", "2", "3"]
    assert chosen(SIGNS, "12") == ("fever", "cough")
    assert chosen(SIGNS, "0") == ("none",)


@pytest.mark.parametrize("typed", ["9x", "", "-", "12!"])
def test_a_key_that_stands_for_nothing_is_no_answer(typed: str) -> None:
    assert chosen(SIGNS, typed) is None


def test_one_of_several_is_chosen_by_one_key_alone() -> None:
    gender = GENERAL.questions["gender"]
    assert chosen(gender, "1") == gender.options[0].id
    assert chosen(gender, "12") is None


def test_yes_is_one_and_no_is_nought() -> None:
    been = GENERAL.questions["been"]
    assert (chosen(been, "1"), chosen(been, "0"), chosen(been, "2")) == (True, False, None)


def test_questions_are_counted_through_all_pages() -> None:
    assert list(numbers_of(GENERAL).values()) == list(range(1, len(GENERAL.questions) + 1))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2005", "2021-05-20"),
        ("27/5", "2020-05-27"),
        ("20052021", "2021-05-20"),
        ("20/5/2021", "2021-05-20"),
        ("0", "2021-05-26"),
        ("3002", None),
        ("hôm qua", None),
        ("20215", None),
    ],
)
def test_a_day_is_typed_shortly(typed: str, day: str | None) -> None:
    assert typed_day(typed, on=date(2021, 5, 26), is_past=True) == day


def test_a_day_ahead_is_the_nearest() -> None:
    assert typed_day("0301", on=date(2021, 12, 30), is_past=False) == "2022-01-03"
