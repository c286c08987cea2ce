"""Answers as people send them: what is kept, and every fault by its code."""

import doctest
from collections.abc import Mapping
from typing import Any

import pytest

from tests.engines.forms.shipped import GENERAL, IDENTITY, ON, WELL, data_of, form
from vungxanh.engines.forms import (
    Answers,
    AnswersError,
    Fault,
    carried,
    marked,
    read_answers,
    read_questionnaire,
    shown,
)

FORM = form("general-2")


def read(**more: object) -> Answers:
    return read_answers(FORM, GENERAL | more, on=ON)


def faults(more: Mapping[str, object], without: str = "") -> dict[str, str]:
    given = {name: one for name, one in {**GENERAL, **more}.items() if name != without}
    with pytest.raises(AnswersError) as refused:
        read_answers(FORM, given, on=ON)
    assert refused.value.code == "forms.bad_answers"
    return dict(refused.value.faults)


def test_examples_in_docstrings_hold() -> None:
    results = doctest.testmod(marked)
    assert (results.failed, results.attempted) == (0, 2)


def test_answers_are_kept_in_one_shape_in_the_order_of_the_form() -> None:
    kept = read(signs=["cough", "fever", "cough"], signs_since="3/6/2021", paper="052 185 000 001")
    assert kept["signs"] == ("fever", "cough")
    assert kept["signs_since"] == "2021-06-03"
    assert (kept["paper"], kept["phone"]) == ("052185000001", "+84912345678")
    assert list(kept) == [name for name in FORM.questions if name in kept]


def test_fields_of_a_page_are_read_like_json() -> None:
    typed = {"birth_year": "1985", "been": "false", "contact_case": "true", "signs": "none"}
    plain = read(contact_case=True)
    assert read(**typed) == plain


@pytest.mark.parametrize("paper", ["123456789", "052185000001", "B1234567"])
def test_old_and_new_identity_cards_and_passports_are_taken(paper: str) -> None:
    assert read(paper=paper)["paper"] == paper


@pytest.mark.parametrize(
    ("question", "answer", "fault"),
    [
        ("paper", "12345", Fault.PAPER),
        ("paper", "052985000001", Fault.PAPER),
        ("paper", 123456789, Fault.FORM),
        ("paper", "GD4520000000001", Fault.PAPER),
        ("insurance", "123", Fault.INSURANCE),
        ("phone", "12", Fault.PHONE),
        ("email", "a@b", Fault.EMAIL),
        ("nationality", "XX", Fault.COUNTRY),
        ("unit", "vn-2025:56", Fault.UNKNOWN_UNIT),
        ("unit", "Nha Trang", Fault.UNKNOWN_UNIT),
        ("gender", "nam", Fault.NOT_AN_OPTION),
        ("gender", ["male"], Fault.FORM),
        ("signs", ["none", "cough"], Fault.EXCLUSIVE),
        ("signs", ["sneeze"], Fault.NOT_AN_OPTION),
        ("signs", ["cough"] * 100, Fault.TOO_LONG),
        ("signs", [], Fault.REQUIRED),
        ("signs", {"cough": True}, Fault.FORM),
        ("been", "yes", Fault.FORM),
        ("been", 1, Fault.FORM),
        ("birth_year", 1899, Fault.TOO_EARLY),
        ("birth_year", 2022, Fault.IN_THE_FUTURE),
        ("birth_year", "19８5", Fault.FORM),
        ("birth_year", True, Fault.FORM),
        ("recovered_on", "2021-02-29", Fault.IMPOSSIBLE_DATE),
        ("recovered_on", "31/6/2021", Fault.IMPOSSIBLE_DATE),
        ("recovered_on", "0000-00-00", Fault.IMPOSSIBLE_DATE),
        ("recovered_on", "hôm qua", Fault.IMPOSSIBLE_DATE),
        ("recovered_on", "1999-01-01", Fault.TOO_EARLY),
        ("recovered_on", "2021-06-16", Fault.IN_THE_FUTURE),
        ("name", "x" * 101, Fault.TOO_LONG),
        ("address", "x" * 10_000, Fault.TOO_LONG),
        ("address", "<script>alert(1)</script>", Fault.SCRIPT),
        ("address", "1\x00", Fault.SCRIPT),
        ("name", "\u202etxet", Fault.SCRIPT),
        ("name", "\ud800", Fault.SCRIPT),
        ("name", "   ", Fault.REQUIRED),
        ("name", None, Fault.REQUIRED),
        ("name", 7, Fault.FORM),
    ],
)
def test_what_cannot_be_taken_is_named(question: str, answer: object, fault: Fault) -> None:
    assert faults({question: answer}) == {question: fault.value}


def test_an_answer_to_a_question_that_the_version_lacks_is_a_fault() -> None:
    assert faults({"blood_group": "0"}) == {"blood_group": "not_asked"}
    assert faults({"x" * 10_000: 1}) == {"x" * 40: "not_asked"}


def test_every_fault_is_told_at_once() -> None:
    assert faults({"signs": ["none", "cough"], "been": "?"}, without="name") == {
        "name": "required",
        "signs": "exclusive",
        "been": "form",
    }


def test_what_is_not_asked_is_dropped_and_what_is_asked_by_it_needed() -> None:
    assert "been_where" not in read(been=False, been_where="Đà Nẵng")
    assert read(been=True, been_where=" Đà   Nẵng ")["been_where"] == "Đà Nẵng"
    assert faults({"been": True}) == {"been_where": "required"}
    assert faults({"signs": ["fever"]}) == {"signs_since": "required"}


def test_identity_that_somebody_else_knows_may_be_left_open() -> None:
    kept = read_answers(FORM, WELL, on=ON, known=IDENTITY)
    assert kept == {"signs": ("none",), **{name: WELL[name] for name in list(WELL)[1:]}}
    with pytest.raises(AnswersError) as refused:
        read_answers(FORM, WELL, on=ON, known=set(IDENTITY) - {"phone"})
    assert refused.value.faults == (("phone", "required"),)


def test_a_planned_day_is_too_late_rather_than_in_the_future() -> None:
    trip = form("domestic-1")
    with pytest.raises(AnswersError) as refused:
        read_answers(trip, {"departs_on": "2021-07-16"}, on=ON)
    assert ("departs_on", "too_late") in refused.value.faults


def test_the_same_as_last_time_never_carries_signs_or_contacts() -> None:
    former = read(
        signs=["fever"],
        signs_since="2021-06-01",
        contact_case=True,
        conditions=["lung"],
        doses="2",
        last_dose="2021-05-01",
        tested="pcr_negative",
        tested_on="2021-06-14",
    )
    kept = carried(FORM, former)
    assert set(kept) == {*IDENTITY, "conditions", "doses", "last_dose"}


def test_what_a_later_version_lacks_is_not_carried() -> None:
    former = {"conditions": ("lung", "scurvy"), "doses": "2", "last_dose": "2021-05-01"}
    assert carried(form("general-1"), former) == {}
    assert set(carried(FORM, former)) == {"doses", "last_dose"}
    assert carried(FORM, {"doses": "0", "last_dose": "2021-05-01"}) == {"doses": "0"}


def test_conditions_cascade() -> None:
    data: Any = data_of("general-2")
    deeper = {"any": [{"question": "been_where", "answered": True}]}
    page = next(one for one in data["pages"] if one["id"] == "where")
    page["questions"].append(
        {"id": "by", "kind": "text", "text": {"vi": "Đi bằng gì?"}, "when": deeper}
    )
    cascade = read_questionnaire(data)
    assert "by" in shown(cascade, {"been": True, "been_where": "Đà Nẵng"})
    assert "by" not in shown(cascade, {"been": False, "been_where": "Đà Nẵng"})
    assert "by" not in shown(cascade, {"been": True, "been_where": ""})
