"""Which questions are asked, given answers; and what stays of former ones."""

from collections.abc import Iterator, Mapping

from vungxanh.engines.forms.types import Answers, Clause, Condition, Question, Questionnaire


def shown(questionnaire: Questionnaire, answers: Answers) -> frozenset[str]:
    """The questions that are asked. What was not asked counts as not answered, whatever it says."""
    return frozenset(asked(questionnaire, answers))


def asked(questionnaire: Questionnaire, answers: Answers) -> Iterator[str]:
    """The questions that are asked, in order; `answers` may grow while this goes on."""
    seen: set[str] = set()
    for question in questionnaire.questions.values():
        if question.when is None or holds(question.when, answers, seen):
            seen.add(question.id)
            yield question.id


def holds(condition: Condition, answers: Answers, seen: set[str]) -> bool:
    """Whether a condition holds, of the questions asked so far."""
    answered = (one.question in seen and _is_so(one, answers) for one in condition.clauses)
    return all(answered) if condition.is_every else any(answered)


def carried(questionnaire: Questionnaire, former: Mapping[str, object]) -> dict[str, object]:
    """What stays in "same as last time, except …"; never a sign, and only what is asked."""
    stays = {
        question.id: former[question.id]
        for question in questionnaire.questions.values()
        if question.carries and _is_known(question, former.get(question.id))
    }
    seen = _asked_of(questionnaire, stays)
    return {name: answer for name, answer in stays.items() if name in seen}


def _asked_of(questionnaire: Questionnaire, stays: Mapping[str, object]) -> frozenset[str]:
    told = {name: one for name, one in stays.items() if isinstance(one, bool | str | int | tuple)}
    return shown(questionnaire, told)


def _is_so(clause: Clause, answers: Answers) -> bool:
    answer = answers.get(clause.question)
    if answer is None or answer in ("", ()):
        return False
    if clause.value is None:
        return True
    return clause.value in answer if isinstance(answer, tuple) else clause.value == answer


def _is_known(question: Question, answer: object) -> bool:
    """Whether a former answer is one; options that this version lacks are none."""
    if answer is None or answer in ("", ()):
        return False
    if not question.options:
        return True
    chosen = answer if isinstance(answer, tuple) else (answer,)
    known = {option.id for option in question.options}
    return all(isinstance(one, str) and one in known for one in chosen)
