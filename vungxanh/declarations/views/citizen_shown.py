"""Questions as a page without scripts draws them, and answers as a form sends them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from vungxanh.declarations.values.form_words import countries, fault_words, text_of, word
from vungxanh.engines.forms import Answer, Question, QuestionKind, Questionnaire
from vungxanh.people.queries import residences
from vungxanh.people.values.citizens import Place
from vungxanh.refusals import RefusalError

COUNTRY = QuestionKind.COUNTRY
PREFIX = "q-"
LONGEST = 2000
MOST_OPEN = 12
_MODES = {
    QuestionKind.YEAR: "numeric",
    QuestionKind.INTEGER: "numeric",
    QuestionKind.PHONE: "tel",
    QuestionKind.EMAIL: "email",
}
_TYPES = {QuestionKind.DATE: "date", QuestionKind.PHONE: "tel", QuestionKind.EMAIL: "email"}
_FILLED = {"name": "name", "birth_year": "bday-year", "address": "street-address", "phone": "tel"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question."""

    id: str
    words: str
    is_chosen: bool
    is_alone: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One question as its page draws it."""

    id: str
    way: str
    words: str
    hint: str
    is_required: bool
    is_under: bool
    value: str
    fault: str
    choices: tuple[Choice, ...] = ()
    type: str = "text"
    mode: str = ""
    fills: str = "off"
    least: str = ""
    last: str = ""
    most: int = 0
    place: Place | None = None
    listed: str = ""


def shown_question(
    question: Question, answer: object, *, of: Questionnaire, language: str, on: date, fault: str
) -> Asked:
    """A question with its answer so far and what is wrong with it."""
    days = "" if of.lookback_days is None else str(of.lookback_days)
    place = place_of(str(answer)) if question.kind is QuestionKind.UNIT and answer else None
    return Asked(
        id=question.id,
        way=_way(question),
        words=text_of(question.text, language).replace("{days}", days),
        hint=text_of(question.hint, language).replace("{days}", days),
        is_required=question.is_required,
        is_under=question.when is not None,
        value=str(answer) if isinstance(answer, str | int) and answer is not None else "",
        fault=fault_words(fault, language) if fault else "",
        choices=_choices(question, answer, language),
        type=_TYPES.get(question.kind, "text"),
        mode=_MODES.get(question.kind, ""),
        fills=_FILLED.get(question.id, "off"),
        least=_day(on, question.earliest_days),
        last=_day(on, question.latest_days),
        most=question.most if question.kind is QuestionKind.TEXT else 254,
        place=place,
        listed=_listed(str(answer or ""), language) if question.kind is COUNTRY else "",
    )


def answer_words(
    question: Question, answer: object, *, language: str, days: int | None = None
) -> tuple[str, str]:
    """(question, answer) as people read them."""
    asked = text_of(question.text, language).replace("{days}", "" if days is None else str(days))
    return asked, _answer(question, answer, language)


def typed_in(questions: Mapping[str, Question], sent: QueryDict) -> dict[str, object]:
    """What a form sent, by question, as it is read later; empty fields are no answers."""
    typed = {name: _typed(question, sent) for name, question in questions.items()}
    return {name: answer for name, answer in typed.items() if answer not in (None, "", [])}


def as_answers(said: Mapping[str, object]) -> dict[str, Answer]:
    """Answers as the engine has them: several choices as a tuple, nothing for nothing."""
    tuples = {name: tuple(one) if isinstance(one, list) else one for name, one in said.items()}
    return {name: one for name, one in tuples.items() if isinstance(one, bool | str | int | tuple)}


def place_of(unit_id: str) -> Place | None:
    """The commune of an answer; None where it is none."""
    try:
        return residences.step_to(unit_id).chosen
    except RefusalError:
        return None


def _typed(question: Question, sent: QueryDict) -> object:
    name = f"{PREFIX}{question.id}"
    if question.kind is QuestionKind.CHOICES:
        return sent.getlist(name)[:100]
    text = sent.get(name, "").strip()[:LONGEST]
    if question.kind is QuestionKind.BOOLEAN:
        return {"true": True, "false": False}.get(text)
    if question.kind in {QuestionKind.INTEGER, QuestionKind.YEAR} and text.isdecimal():
        return int(text) if len(text) <= 7 else text
    return text


def _way(question: Question) -> str:
    if question.kind is QuestionKind.BOOLEAN:
        return "sides"
    if question.kind is QuestionKind.UNIT:
        return "place"
    if question.kind is COUNTRY or len(question.options) > MOST_OPEN:
        return "list"
    if question.options:
        return "boxes" if question.kind is QuestionKind.CHOICES else "rounds"
    return "line"


def _choices(question: Question, answer: object, language: str) -> tuple[Choice, ...]:
    if question.kind is QuestionKind.BOOLEAN:
        said = ((True, "yes"), (False, "no"))
        return tuple(
            Choice(str(one).lower(), word(f"page.{name}", language), answer is one)
            for one, name in said
        )
    if question.kind is COUNTRY:
        return ()
    chosen = answer if isinstance(answer, list | tuple) else (answer,)
    return tuple(
        Choice(one.id, text_of(one.text, language), one.id in chosen, one.is_exclusive)
        for one in question.options
    )


def _listed(chosen: str, language: str) -> str:
    """The options of all countries with one chosen, by name."""
    drawn = _options(language)
    value = f'value="{chosen}"'
    is_known = chosen in countries()
    return SafeString(drawn.replace(value, f"{value} selected", 1)) if is_known else drawn


@lru_cache(maxsize=8)
def _options(language: str) -> SafeString:
    named = sorted((text_of(texts, language), code) for code, texts in countries().items())
    pairs = ((code, words) for words, code in named)
    return format_html_join("", '<option value="{}">{}</option>', pairs)


def _answer(question: Question, answer: object, language: str) -> str:
    if answer is None:
        return word("page.unanswered", language)
    if isinstance(answer, bool):
        return word("page.yes" if answer else "page.no", language)
    if isinstance(answer, list | tuple):
        named = {one.id: text_of(one.text, language) for one in question.options}
        return ", ".join(named.get(str(one), str(one)) for one in answer)
    return _one(question, str(answer), language)


def _one(question: Question, answer: str, language: str) -> str:
    if question.kind is QuestionKind.UNIT:
        place = place_of(answer)
        return f"{place.name}, {place.above}" if place else answer
    if question.kind is COUNTRY:
        return text_of(countries().get(answer), language) or answer
    if question.kind is QuestionKind.DATE:
        return _said_day(answer, language)
    named = {one.id: text_of(one.text, language) for one in question.options}
    return named.get(answer, answer)


def _said_day(answer: str, language: str) -> str:
    try:
        day = date.fromisoformat(answer)
    except ValueError:
        return answer
    return f"{day.day}/{day.month}/{day.year}" if language == "vi" else answer


def _day(on: date, days: int | None) -> str:
    return "" if days is None else (on + timedelta(days=days)).isoformat()
