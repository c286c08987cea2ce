"""Answers as they are sent, read against one version of a form: kept in one shape, or refused."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from vungxanh.engines.forms.conditions import holds
from vungxanh.engines.forms.faults import Fault, FaultError
from vungxanh.engines.forms.kinds import READERS, Asked
from vungxanh.engines.forms.types import Answer, Answers, AnswersError, Question, Questionnaire

MOST_FAULTS: Final = 60
"""Faults that are told at once; a form has fewer questions, what it lacks may be without end."""
LONGEST_NAME: Final = 40
Found = tuple[str, Fault]


def read_answers(
    questionnaire: Questionnaire,
    given: Mapping[str, object],
    *,
    on: date,
    known: Collection[str] = (),
) -> Answers:
    """The answers of a declaration made on a day. Raises `AnswersError` with every fault.

    Only what is asked is kept, in the order of the form; an answer to a question that is there and
    is not asked is dropped, one to a question that the version lacks is a fault. `known` are
    identity questions that somebody else has the answer to: they may be left open.

    Takes what JSON and the fields of a page hold: "true", "21", "03/05/2021" and one choice without
    a list are understood.
    """
    faults = _lacking(questionnaire, given)
    answers: dict[str, Answer] = {}
    seen: set[str] = set()
    for question in questionnaire.questions.values():
        if question.when is not None and not holds(question.when, answers, seen):
            continue
        seen.add(question.id)
        try:
            answer = _answer(question, given.get(question.id), on)
        except FaultError as error:
            faults.append((question.id, error.fault))
            continue
        if answer is not None:
            answers[question.id] = answer
        elif question.is_required and not (question.identity and question.id in known):
            faults.append((question.id, Fault.REQUIRED))
    if faults:
        raise AnswersError(tuple((name, fault.value) for name, fault in faults[:MOST_FAULTS]))
    return answers


def _lacking(questionnaire: Questionnaire, given: Mapping[str, object]) -> list[Found]:
    if given.keys() <= questionnaire.questions.keys():
        return []
    names = [name for name in given if name not in questionnaire.questions][:MOST_FAULTS]
    return [(str(name)[:LONGEST_NAME], Fault.NOT_ASKED) for name in names]


def _answer(question: Question, given: object, on: date) -> Answer | None:
    """One answer; None where there is none."""
    if given is None or (isinstance(given, str | list | tuple) and not given):
        return None
    if isinstance(given, str) and given.isspace():
        return None
    return READERS[question.kind](given, Asked(question, on))
