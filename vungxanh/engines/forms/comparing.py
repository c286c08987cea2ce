"""What differs between two versions of a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vungxanh.engines.forms.types import Condition, Question, Questionnaire, Texts

Plain = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One feature that is otherwise; `question` is empty for the form's own, None is "not there".

    `what` names the feature: `text.vi`, `is_required`, `options.fever.en`, `when`, `page` …; of a
    question that only one version has there is one difference, `question`, with its text.
    """

    question: str
    what: str
    before: Plain
    after: Plain


def differences(before: Questionnaire, after: Questionnaire) -> tuple[Difference, ...]:
    """Every difference: of the form, then by question in the order of the later version."""
    found = list(_differing("", dict(_of_form(before)), dict(_of_form(after))))
    gone = [name for name in before.questions if name not in after.questions]
    for name in [*after.questions, *gone]:
        old, new = before.questions.get(name), after.questions.get(name)
        if old is None or new is None:
            said = (one.text["vi"] if one else None for one in (old, new))
            found.append(Difference(name, "question", *said))
            continue
        pair = (dict(_of_question(one, form)) for one, form in ((old, before), (new, after)))
        found.extend(_differing(name, *pair))
    return tuple(found)


def _differing(
    question: str, before: Mapping[str, Plain], after: Mapping[str, Plain]
) -> Iterator[Difference]:
    gone = [what for what in before if what not in after]
    for what in [*after, *gone]:
        if before.get(what) != after.get(what):
            yield Difference(question, what, before.get(what), after.get(what))


def _of_form(form: Questionnaire) -> Iterator[tuple[str, Plain]]:
    yield "kind", form.kind
    yield "lookback_days", form.lookback_days
    yield "languages", ", ".join(form.languages)
    yield "source", form.source
    yield "consents", ", ".join(form.consents)
    yield from _said("title", form.title)
    yield from _said("intro", form.intro)
    yield "pages", ", ".join(page.id for page in form.pages)
    for page in form.pages:
        yield from _said(f"pages.{page.id}", page.title)


def _of_question(question: Question, form: Questionnaire) -> Iterator[tuple[str, Plain]]:
    yield "kind", question.kind.value
    yield "page", next(page.id for page in form.pages if question.id in page.questions)
    yield from _said("text", question.text)
    yield from _said("hint", question.hint or {})
    yield "is_required", question.is_required
    yield "when", None if question.when is None else _condition(question.when)
    yield "most", question.most
    yield "earliest_days", question.earliest_days
    yield "latest_days", question.latest_days
    yield "identity", question.identity
    yield "carries", question.carries
    for option in question.options:
        yield from _said(f"options.{option.id}", option.text)
        yield f"options.{option.id}.is_exclusive", option.is_exclusive or None


def _said(what: str, texts: Texts) -> Iterator[tuple[str, Plain]]:
    for language, text in texts.items():
        yield f"{what}.{language}", text


def _condition(when: Condition) -> str:
    parts = (
        one.question if one.value is None else f"{one.question} = {str(one.value).lower()}"
        for one in when.clauses
    )
    return (" & " if when.is_every else " | ").join(parts)
