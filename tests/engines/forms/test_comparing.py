"""Two versions compared: every difference is told, once, in the form's own words."""

from typing import Any

import pytest

from tests.engines.forms.shipped import NAMES, data_of, form
from vungxanh.engines.forms import Difference, differences, read_questionnaire


@pytest.mark.parametrize("name", NAMES)
def test_a_version_does_not_differ_from_itself(name: str) -> None:
    assert differences(form(name), form(name)) == ()


def test_the_second_general_form_looks_back_longer_and_asks_of_vaccination() -> None:
    found = differences(form("general-1"), form("general-2"))
    assert Difference("", "lookback_days", 14, 21) in found
    asked = {one.question: one.after for one in found if one.what == "question"}
    assert list(asked) == ["doses", "last_dose", "recovered_on", "tested", "tested_on"]
    assert asked["doses"] == "Bạn đã tiêm mấy mũi vắc xin COVID-19?"


def test_backwards_the_same_is_told_the_other_way_round() -> None:
    there = differences(form("general-1"), form("general-2"))
    back = differences(form("general-2"), form("general-1"))
    turned = {Difference(one.question, one.what, one.after, one.before) for one in back}
    assert turned == set(there)


def test_texts_options_and_conditions_are_told_one_by_one() -> None:
    data: Any = data_of("general-2")
    signs, since, more = data["pages"][1]["questions"]
    signs["options"].pop(1)
    more["when"]["any"] = [one for one in more["when"]["any"] if one["is"] != "cough"]
    signs["text"]["en"] = "Signs?"
    signs["carries"] = True
    since["when"] = {"all": [{"question": "signs", "answered": True}]}
    found = differences(form("general-2"), read_questionnaire(data))
    assert [(one.question, one.what) for one in found] == [
        ("signs", "text.en"),
        ("signs", "most"),
        ("signs", "carries"),
        ("signs", "options.cough.vi"),
        ("signs", "options.cough.en"),
        ("signs_since", "when"),
        ("signs_more", "when"),
    ]
