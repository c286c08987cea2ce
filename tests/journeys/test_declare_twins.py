"""The phone asks the same questions as the server, and carries the same answers over."""

from collections.abc import Mapping
from random import SystemRandom
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.scan_modules import a_context, a_page, in_page
from vungxanh.declarations.views.citizen_shown import as_answers
from vungxanh.engines.forms import (
    Question,
    QuestionKind,
    Questionnaire,
    carried,
    read_questionnaire,
    shown,
    to_data,
)

pytestmark = pytest.mark.slow
N_DECLARATIONS = 400
ASK = """
const { shown, carried } = await load("declaring/conditions.js");
const { form } = given;
return given.said.map((answers) => [[...shown(form, answers)].sort(), carried(form, answers)]);
"""
KINDS = [QuestionKind.BOOLEAN, QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.TEXT]


def a_form(chance: SystemRandom) -> Questionnaire:
    """A form of twelve questions, most of them asked on a condition."""
    questions: list[dict[str, Any]] = []
    for number in range(12):
        kind = chance.choice(KINDS)
        one: dict[str, Any] = {
            "id": f"q{number}",
            "kind": kind.value,
            "text": {"vi": "?"},
            "carries": chance.random() < 0.5,
        }
        if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
            one["options"] = [{"id": name, "text": {"vi": name}} for name in "abc"]
        if questions and chance.random() < 0.7:
            n = chance.randint(1, min(3, len(questions)))
            clauses = [a_clause(before, chance) for before in chance.sample(questions, n)]
            one["when"] = {chance.choice(["all", "any"]): clauses}
        questions.append(one)
    return read_questionnaire(
        {
            "id": "trial",
            "version": 1,
            "kind": "trial",
            "title": {"vi": "?"},
            "intro": {"vi": "?"},
            "languages": ["vi"],
            "source": "?",
            "pages": [
                {"id": "one", "title": {"vi": "?"}, "questions": questions[:6]},
                {"id": "two", "title": {"vi": "?"}, "questions": questions[6:]},
            ],
        }
    )


def a_clause(before: dict[str, Any], chance: SystemRandom) -> dict[str, Any]:
    """That an earlier question is answered, or answered so."""
    if before["kind"] == "text" or chance.random() < 0.3:
        return {"question": before["id"], "answered": True}
    said = chance.choice([True, False]) if before["kind"] == "boolean" else chance.choice("abc")
    return {"question": before["id"], "is": said}


def an_answer(question: Question, chance: SystemRandom) -> object:
    """Something that a page may hold, or nothing."""
    if chance.random() < 0.25:
        return chance.choice([None, "", []])
    if question.kind is QuestionKind.BOOLEAN:
        return chance.random() < 0.5
    if question.kind is QuestionKind.CHOICES:
        return chance.sample("abc", chance.randint(0, 3))
    return chance.choice("abc")


@pytest.mark.parametrize("_form", range(5))
def test_questions_asked_and_answers_carried_over_are_the_servers(
    browser: Browser, _form: int
) -> None:
    chance = SystemRandom()
    form = a_form(chance)
    said = [
        {name: an_answer(one, chance) for name, one in form.questions.items()}
        for _ in range(N_DECLARATIONS)
    ]
    with a_context(browser) as context:
        told = in_page(a_page(context), ASK, {"form": to_data(form), "said": said})
    wanted = [
        [sorted(shown(form, as_answers(one))), _lists(carried(form, as_answers(one)))]
        for one in said
    ]
    assert told == wanted


def _lists(answers: Mapping[str, object]) -> dict[str, object]:
    return {name: list(one) if isinstance(one, tuple) else one for name, one in answers.items()}
