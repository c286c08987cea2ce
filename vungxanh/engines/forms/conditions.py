"""Which questions are asked, given answers; and what stays of former ones."""

from collections.abc import Iterator, Mapping

from vungxanh.engines.forms.types import Answer, Answers, Clause, Condition, Question, Questionnaire


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


def carried(questionnaire: Questionnaire, former: Mapping[str, object]) -> dict[str, Answer]:
    """What stays in "same as last time, except …"; never a sign, and only what is asked."""
    stays = {
        question.id: answer
        for question in questionnaire.questions.values()
        if question.carries
        and (answer := _as_kept(former.get(question.id))) is not None
        and _is_known(question, answer)
    }
    seen = shown(questionnaire, stays)
    return {name: answer for name, answer in stays.items() if name in seen}


def _as_kept(answer: object) -> Answer | None:
    """A former answer, from JSON too; None where there is none."""
    if isinstance(answer, list | tuple):
        return tuple(one for one in answer if isinstance(one, str)) or None
    return answer if isinstance(answer, bool | str | int) and answer != "" else None


def _is_so(clause: Clause, answers: Answers) -> bool:
    answer = answers.get(clause.question)
    if answer is None or answer in ("", ()):
        return False
    if clause.value is None:
        return True
    return clause.value in answer if isinstance(answer, tuple) else clause.value == answer


def _is_known(question: Question, answer: Answer) -> bool:
    """Whether a former answer is one; options that this version lacks are none."""
    chosen = answer if isinstance(answer, tuple) else (answer,)
    known = {option.id for option in question.options}
    return not known or all(one in known for one in chosen)
