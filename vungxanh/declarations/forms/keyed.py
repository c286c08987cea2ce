"""Answers as they are typed from paper: keys for what is ticked, days shortly, places in words."""

from collections.abc import Mapping
from datetime import date

from vungxanh.accounts.queries import units_of_text
from vungxanh.accounts.queries.glass import covers
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.rules.paper import chosen, typed_day
from vungxanh.declarations.values.form_words import countries
from vungxanh.engines.forms import Question, QuestionKind, Questionnaire
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.persons import Origin, Residence
from vungxanh.refusals import RefusalError, Words

PREFIX = "q-"
LONGEST = 2000
COUNTRY = frozenset({"vn-2021:vn"})
HOME = "unit"
_TICKED = frozenset({QuestionKind.BOOLEAN, QuestionKind.CHOICE, QuestionKind.CHOICES})
_WHOLE = frozenset({QuestionKind.YEAR, QuestionKind.INTEGER})
_OUTSIDE = Words("Xã, phường này ngoài địa bàn của bạn.", "This commune lies outside of your area.")
_SEXES = {"male": "male", "female": "female"}


class UnreadError(ValueError):
    """What was typed is no answer: the code of the fault, and words where it has own ones."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.words = code, words


def typed_of(form: Questionnaire, sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed, by question, as it was typed."""
    texts = {name: sent.get(f"{PREFIX}{name}", "").strip()[:LONGEST] for name in form.questions}
    return {name: text for name, text in texts.items() if text}


def read_typed(
    form: Questionnaire, typed: Mapping[str, str], *, on: date, held: frozenset[str]
) -> tuple[dict[str, object], dict[str, UnreadError]]:
    """Answers, and what is no answer; `on` is the day on which it was signed."""
    answers: dict[str, object] = {}
    unread: dict[str, UnreadError] = {}
    for name, text in typed.items():
        try:
            answers[name] = _read(form.questions[name], text, on=on, held=held)
        except UnreadError as fault:
            unread[name] = fault
    return answers, unread


def person_of(answers: Mapping[str, object]) -> NewPerson | None:
    """Whoever the answers say they are; None without a name."""
    name = _text(answers, "name")
    if not name:
        return None
    unit = _text(answers, HOME)
    paper = _text(answers, "paper") or _text(answers, "passport")
    return NewPerson(
        origin=Origin.DOOR,
        name=name,
        birth=_text(answers, "birth_year"),
        sex=_SEXES.get(_text(answers, "gender"), ""),
        phone=_text(answers, "phone"),
        papers=(("", paper),) if paper else (),
        residence=Residence(unit, _text(answers, "address")) if unit else None,
    )


def _text(answers: Mapping[str, object], name: str) -> str:
    said = answers.get(name)
    return "" if said is None else str(said).strip()


def _read(question: Question, text: str, *, on: date, held: frozenset[str]) -> object:
    if question.kind in _TICKED:
        return _must(chosen(question, text), "not_an_option")
    if question.kind is QuestionKind.DATE:
        is_past = question.latest_days is None or question.latest_days <= 0
        return _must(typed_day(text, on=on, is_past=is_past), "impossible_date")
    if question.kind is QuestionKind.COUNTRY:
        return _must(_country(text), "not_an_option")
    if question.kind is QuestionKind.UNIT:
        return _unit(text, held if question.id == HOME else COUNTRY)
    if question.kind in _WHOLE:
        return int(text) if text.isdecimal() and len(text) < 8 else text
    return text


def _must(answer: object, fault: str) -> object:
    if answer is None:
        raise UnreadError(fault)
    return answer


def _country(text: str) -> str | None:
    said = text.strip().casefold()
    for code, names in countries().items():
        if said in (code.casefold(), *(one.casefold() for one in names.values())):
            return code
    return None


def _unit(text: str, held: frozenset[str]) -> str:
    try:
        found = units_of_text(text, held=held)[0]
    except RefusalError as refusal:
        raise UnreadError("unknown_unit", refusal.words.in_language(reader_language())) from refusal
    except IndexError as nothing:
        raise UnreadError("unknown_unit") from nothing
    if not held & COUNTRY and not covers(held, [found]):
        raise UnreadError("unknown_unit", _OUTSIDE.in_language(reader_language()))
    return found
