"""Laws of forms: the slow twin says the same, and nothing is raised but what is promised."""

import contextlib
from collections.abc import Collection, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.forms.shipped import IDENTITY, NAMES, ON, data_of, form
from tests.engines.forms.strategies import JSON, any_answers, mostly_good, spoiled
from vungxanh.engines.forms import (
    AnswersError,
    FormError,
    Questionnaire,
    carried,
    read_answers,
    read_questionnaire,
    shown,
    to_data,
)
from vungxanh.engines.forms.fhir import from_fhir, response_from_fhir, to_fhir
from vungxanh.engines.forms.reference import plain_answers, plain_shown

FORMS = {name: form(name) for name in NAMES}
GIVEN = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), mostly_good(FORMS[name]) | any_answers(FORMS[name]))
)


def told(
    questionnaire: Questionnaire, answers: Mapping[str, Any], known: Collection[str]
) -> tuple[dict[str, object], set[tuple[str, str]]]:
    try:
        return dict(read_answers(questionnaire, answers, on=ON, known=known)), set()
    except AnswersError as error:
        return {}, set(error.faults)


@given(GIVEN, st.sampled_from([(), frozenset(IDENTITY)]))
def test_answers_are_taken_as_the_slow_twin_takes_them(
    case: tuple[str, dict[str, Any]], known: Collection[str]
) -> None:
    name, answers = case
    kept, faults = plain_answers(data_of(name), answers, on=ON, known=known)
    assert told(FORMS[name], answers, known) == ({} if faults else kept, faults)


@given(GIVEN)
def test_what_is_asked_is_what_the_slow_twin_asks(case: tuple[str, dict[str, Any]]) -> None:
    name, answers = case
    settled = {key: tuple(one) if isinstance(one, list) else one for key, one in answers.items()}
    assert shown(FORMS[name], settled) == plain_shown(data_of(name), settled)


@given(GIVEN)
def test_what_was_kept_is_taken_again_as_it_is(case: tuple[str, dict[str, Any]]) -> None:
    name, answers = case
    kept, faults = plain_answers(data_of(name), answers, on=ON, known=IDENTITY)
    again, _ = told(FORMS[name], kept, IDENTITY)
    assert faults or again == kept


@given(GIVEN)
def test_what_is_carried_is_asked_and_was_answered(case: tuple[str, dict[str, Any]]) -> None:
    name, answers = case
    kept = carried(FORMS[name], answers)
    assert {key: _listed(one) for key, one in kept.items()} == {
        key: _listed(answers[key]) for key in kept
    }
    assert kept.keys() <= {one.id for one in FORMS[name].questions.values() if one.carries}


def _listed(answer: Any) -> Any:
    """An answer as JSON has it."""
    return (
        [one for one in answer if isinstance(one, str)]
        if isinstance(answer, list | tuple)
        else answer
    )


@pytest.mark.slow
@given(st.sampled_from(NAMES).flatmap(lambda name: spoiled(data_of(name))) | JSON)
def test_any_data_are_a_form_or_refused(data: Any) -> None:
    with contextlib.suppress(FormError):
        read = read_questionnaire(data)
        assert read_questionnaire(to_data(read)) == read
        assert from_fhir(to_fhir(read)) == read


@pytest.mark.slow
@given(st.sampled_from(NAMES).flatmap(lambda name: spoiled(to_fhir(FORMS[name]))) | JSON)
def test_any_fhir_is_a_form_or_refused(resource: Any) -> None:
    with contextlib.suppress(FormError):
        read = from_fhir(resource)
        assert from_fhir(to_fhir(read)) == read
    with contextlib.suppress(FormError):
        response_from_fhir(FORMS["general-2"], resource)
