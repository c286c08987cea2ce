"""A sheet as the page of its entry draws it: a row for each question, with the keys beside it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vungxanh.accounts.queries.purposes import purposes_on
from vungxanh.core import clock
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.forms.keyed import PREFIX, read_typed, typed_of
from vungxanh.declarations.models import Questionnaire as Version
from vungxanh.declarations.rules.paper import ALONE, keys_of, numbers_of, shown_number, typed_day
from vungxanh.declarations.values.form_words import fault_words, text_of, word
from vungxanh.engines.forms import (
    Answer,
    Clause,
    Page,
    Question,
    QuestionKind,
    Questionnaire,
    shown,
)
from vungxanh.locations.values import BadUnitIdError, UnknownUnitError, registry
from vungxanh.people.values.looking import REASON_WORDS, Line
from vungxanh.refusals import RefusalError

_FINDING = frozenset({"name", "birth_year", "phone", "paper", "passport", "unit"})
_DIGITS = frozenset(
    {QuestionKind.BOOLEAN, QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.DATE}
    | {QuestionKind.YEAR, QuestionKind.INTEGER, QuestionKind.PHONE}
)
_USUAL = {"nationality": "vn"}


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it ticks."""

    key: str
    words: str
    is_alone: bool


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One question: what was typed, what is wrong with it, when it is asked at all."""

    name: str
    number: int
    words: str
    keys: tuple[Key, ...]
    is_many: bool
    is_day: bool
    is_required: bool
    finds: bool
    mode: str
    when: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """A page of the form."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, repr=False)
class SameLine:
    """Somebody who may be meant, with the key that chooses them."""

    key: int
    line: Line
    unit: str
    reasons: str


class Fields:
    """What is typed of one sheet, read once; faults stand beside their fields."""

    def __init__(self, form: Questionnaire, language: str, *, with_identity: bool = True) -> None:
        self.form, self._language = form, language
        self._with_identity = with_identity
        self.number, self.signed, self.chosen = "", "", ""
        self.answers: dict[str, object] = {}
        self.lines: tuple[SameLine, ...] = ()
        self.faults: dict[str, str] = {}
        usual = _USUAL if with_identity else {}
        self._typed = {name: text for name, text in usual.items() if name in form.questions}

    @property
    def title(self) -> str:
        """The form's name."""
        return text_of(self.form.title, self._language)

    @property
    def is_wrong(self) -> bool:
        """Whether something cannot be read."""
        return bool(self.faults)

    @property
    def shown_number(self) -> str:
        """The sheet's number as it was typed, in groups where it is whole."""
        return shown_number(self.number) if len(self.number) == 12 else self.number

    @property
    def parts(self) -> tuple[Part, ...]:
        """The form, page by page."""
        found = (
            Part(text_of(page.title, self._language), self._rows(page)) for page in self.form.pages
        )
        return tuple(part for part in found if part.rows)

    def take(self, texts: Mapping[str, str], *, today: date, held: frozenset[str]) -> date:
        """Read what was sent; the day on which the sheet was signed, today where none is said."""
        self.number = self.number or texts.get("number", "").strip()[:60]
        self.signed = texts.get("signed", "").strip()[:20]
        self.chosen = texts.get("person", "").strip()[:6]
        self._typed = typed_of(self.form, texts)
        day = typed_day(self.signed, on=today, is_past=True) if self.signed else today.isoformat()
        signed_on = date.fromisoformat(day) if day else today
        if not day or signed_on > today:
            self.faults["signed"] = fault_words("impossible_date", self._language)
        answers, unread = read_typed(self.form, self._typed, on=signed_on, held=held)
        for name, fault in unread.items():
            self.faults[f"{PREFIX}{name}"] = fault.words or fault_words(fault.code, self._language)
        asked = shown(self.form, _plain(answers))
        self.answers = {name: answer for name, answer in answers.items() if name in asked}
        return signed_on

    def refuse(self, field: str, refusal: RefusalError) -> None:
        """Say a refusal beside a field."""
        self.faults[field] = refusal.words.in_language(self._language)

    def blame(self, faults: Iterable[tuple[str, str]]) -> None:
        """Say what a form does not take."""
        for name, code in faults:
            self.faults[f"{PREFIX}{name}"] = fault_words(code, self._language)

    def must_be_said(self, name: str) -> None:
        """Somebody has to have a name."""
        self.blame([(name, "required")])

    def fault_of(self, name: str) -> str:
        """What is wrong with a field."""
        return self.faults.get(name, "")

    @property
    def number_fault(self) -> str:
        """What is wrong with the sheet's number."""
        return self.fault_of("number")

    @property
    def signed_fault(self) -> str:
        """What is wrong with the day."""
        return self.fault_of("signed")

    @property
    def agree_fault(self) -> str:
        """What is wrong with the box of consent."""
        return self.fault_of("agree")

    def _rows(self, page: Page) -> tuple[Row, ...]:
        """What is asked on a page; identity that the register knows is not, unless it lacks it."""
        numbers, asked = numbers_of(self.form), self.form.questions
        return tuple(
            self._row(asked[one], numbers[one])
            for one in page.questions
            if self._with_identity or not asked[one].identity or f"{PREFIX}{one}" in self.faults
        )

    def _row(self, question: Question, number: int) -> Row:
        days = str(self.form.lookback_days or "")
        name = f"{PREFIX}{question.id}"
        return Row(
            name=name,
            number=number,
            words=text_of(question.text, self._language).replace("{days}", days),
            keys=_keys(question, self._language),
            is_many=question.kind is QuestionKind.CHOICES,
            is_day=question.kind is QuestionKind.DATE,
            is_required=question.is_required,
            finds=question.id in _FINDING,
            mode="numeric" if question.kind in _DIGITS else "text",
            when=_when(self.form, question),
            value=self._typed.get(question.id, ""),
            fault=self.fault_of(name),
        )


def lines_shown(lines: Iterable[Line]) -> tuple[SameLine, ...]:
    """Those who may be meant, numbered from one."""
    return tuple(
        SameLine(key, one, _place(one.unit), _reasons(one)) for key, one in enumerate(lines, 1)
    )


def purposes() -> list[tuple[str, str]]:
    """The purposes in force."""
    language = reader_language()
    return [(one.code, one.words.in_language(language)) for one in purposes_on(clock.today())]


def titles(versions: Sequence[Version]) -> list[tuple[str, str]]:
    """Forms by their code, with the name and version that a sheet bears."""
    language = reader_language()
    return [
        (one.code, f"{text_of(one.content['title'], language)} ({one.code}@{one.version})")
        for one in versions
    ]


def _plain(answers: Mapping[str, object]) -> dict[str, Answer]:
    return {name: one for name, one in answers.items() if isinstance(one, bool | str | int | tuple)}


def _keys(question: Question, language: str) -> tuple[Key, ...]:
    named = {one.id: text_of(one.text, language) for one in question.options}
    if question.kind is QuestionKind.BOOLEAN:
        named = {one: word(f"page.{one}", language) for one in ("yes", "no")}
    if not named:
        return ()
    many = question.kind is QuestionKind.CHOICES
    return tuple(
        Key(key, named[option], many and key == ALONE) for key, option in keys_of(question).items()
    )


def _when(form: Questionnaire, question: Question) -> str:
    """The condition for the page's script: fields, and the keys of which one must be typed."""
    if question.when is None:
        return ""
    clauses = [
        [f"{PREFIX}{one.question}", _key_of(form.questions[one.question], one)]
        for one in question.when.clauses
    ]
    return json.dumps({"every": question.when.is_every, "clauses": clauses})


def _key_of(question: Question, clause: Clause) -> str:
    """The key of an answer; empty for any."""
    value = clause.value
    if value is None:
        return ""
    option = ("yes" if value else "no") if isinstance(value, bool) else value
    return next((key for key, named in keys_of(question).items() if named == option), "")


def _place(unit_id: str) -> str:
    try:
        unit = registry().unit(unit_id)
    except (BadUnitIdError, UnknownUnitError):
        return unit_id
    return ", ".join([unit.name, *(one.short_name for one in registry().above(unit)[:1])])


def _reasons(line: Line) -> str:
    language = reader_language()
    found = line.likeness.reasons if line.likeness else ()
    return ", ".join(REASON_WORDS[one].in_language(language) for one in found)
