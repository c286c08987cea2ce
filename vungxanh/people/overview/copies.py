"""What every room keeps of somebody, whole and in words, for the copy that they take along."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from vungxanh.audit.queries.spoken import purpose_words
from vungxanh.audit.values import EVENTS
from vungxanh.core import subjects
from vungxanh.core.clock import TZ
from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.documents import vietnamese
from vungxanh.locations.values import BadUnitIdError, UnknownUnitError, registry
from vungxanh.messaging.queries.templates import published
from vungxanh.messaging.values.words import KIND_WORDS as MESSAGES
from vungxanh.people.values.consents import texts
from vungxanh.people.values.copies import Field, Section, copy_words
from vungxanh.people.values.rights import KIND_WORDS, OUTCOME_WORDS
from vungxanh.people.values.standing import CLASS_WORDS, COLOUR_WORDS
from vungxanh.refusals import Words

MOMENTS = frozenset({"at", "until", "since"})
YES = {True: Words(vi="có", en="yes"), False: Words(vi="không", en="no")}
UNITS = frozenset({"residence", "unit"})
Spoken = Mapping[str, Mapping[str, Words]]


def ordered(lines: Sequence[HeldLine]) -> tuple[HeldLine, ...]:
    """The register of persons first; the log, which the lowest room keeps, last."""
    below = list(dict.fromkeys(line.room for line in lines))
    return tuple(sorted(lines, key=lambda line: -below.index(line.room)))


def sections(
    subject: Subject, rooms: Mapping[str, Rows], at: datetime, *, language: str
) -> tuple[Section, ...]:
    """Every line of what is held, with its rows of the rooms' exports, in words."""
    spoken = _spoken()
    return tuple(
        _section(line, rooms.get(line.room, {}), spoken, language=language)
        for line in ordered(subjects.held(subject, at))
    )


def _section(line: HeldLine, tables: Rows, spoken: Spoken, *, language: str) -> Section:
    rows = tables.get(line.table, ())
    return Section(
        code=f"{line.room}-{line.table}",
        what=line.what.in_language(language),
        n=line.n,
        until=line.kept_until,
        why=line.why.in_language(language),
        goes=line.goes,
        rows=tuple(tuple(_fields(row, spoken, language)) for row in rows),
    )


def _fields(row: Mapping[str, object], spoken: Spoken, language: str) -> Iterator[Field]:
    words = copy_words()
    for name, value in row.items():
        if name in words.silent or name not in words.fields or value in (None, "", [], {}):
            continue
        label = words.fields[name].in_language(language)
        yield Field(label, _value(name, value, spoken, language=language))


def _value(name: str, value: object, spoken: Spoken, *, language: str) -> str:
    if isinstance(value, bool):
        return YES[value].in_language(language)
    text = str(value)
    if name in UNITS:
        return _unit_name(text)
    if said := spoken.get(name, {}).get(text):
        return said.in_language(language)
    return _moment(text, language) if _is_moment(name) else text


def _is_moment(name: str) -> bool:
    return name in MOMENTS or name.endswith(("_at", "_on", "_until"))


def _moment(text: str, language: str) -> str:
    """A day or a moment as people write it, of the text in which a room told it."""
    try:
        if "T" in text:
            return vietnamese.moment(datetime.fromisoformat(text).astimezone(TZ), language)
        return vietnamese.date(date.fromisoformat(text), language)
    except ValueError:
        return text


def _unit_name(text: str) -> str:
    try:
        return registry().unit(text).name
    except (BadUnitIdError, UnknownUnitError):
        return text


def _spoken() -> Spoken:
    """Words of values by field: those of the copy, and those that the software has already."""
    known = dict(copy_words().values)
    messages = {one.code: one.name for one in published().values()} | dict(MESSAGES)
    requests = {str(code): words for code, words in KIND_WORDS.items()}
    asked = {str(code): text.name for code, text in texts().items()}
    return known | {
        "kind": {**messages, **requests, **known["kind"]},
        "cls": {str(code): words for code, words in CLASS_WORDS.items()},
        "colour": {str(code): words for code, words in COLOUR_WORDS.items()},
        "outcome": {str(code): words for code, words in OUTCOME_WORDS.items()},
        "purpose": {**purpose_words(), **asked, **known["purpose"]},
        "event": EVENTS,
    }
