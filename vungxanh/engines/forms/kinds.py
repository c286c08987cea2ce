"""One answer of each kind: what is kept of what was given."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vungxanh.engines.forms.countries import COUNTRIES
from vungxanh.engines.forms.faults import Fault, FaultError
from vungxanh.engines.forms.marked import as_kept, is_marked
from vungxanh.engines.forms.types import Answer, Question, QuestionKind
from vungxanh.engines.papers import BadPaperError, Kind, read_paper
from vungxanh.engines.phones import BadPhoneError, read_phone

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
_WHOLE: Final = re.compile(r"[0-9]{1,7}", re.ASCII)
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_WRITTEN: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
_UNIT: Final = re.compile(r"vn-[0-9]{4}:[0-9]{5}", re.ASCII)
# A local part, one sign, a domain with a dot; what a mail server would say is not guessed at.
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII
)
_YES_NO: Final[Mapping[str, bool]] = {"true": True, "false": False}
_LONGEST_SHORT: Final = 64
"""Characters of what is a number, a day or a code; more are not looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the day of declaring."""

    question: Question
    on: date


def _boolean(given: object, _: Asked) -> bool:
    found = _YES_NO.get(given) if isinstance(given, str) else given
    if not isinstance(found, bool):
        raise FaultError(Fault.FORM)
    return found


def _choice(given: object, asked: Asked) -> str:
    return _option(given, asked.question)


def _choices(given: object, asked: Asked) -> tuple[str, ...]:
    """Every choice once, in the order of the form."""
    question = asked.question
    written = [given] if isinstance(given, str) else given
    if not isinstance(written, list | tuple):
        raise FaultError(Fault.FORM)
    if len(written) > len(question.options):
        raise FaultError(Fault.TOO_LONG)
    chosen = {_option(one, question) for one in written}
    if len(chosen) > question.most:
        raise FaultError(Fault.TOO_LONG)
    kept = [option for option in question.options if option.id in chosen]
    if len(kept) > 1 and any(option.is_exclusive for option in kept):
        raise FaultError(Fault.EXCLUSIVE)
    return tuple(option.id for option in kept)


def _option(given: object, question: Question) -> str:
    if not isinstance(given, str):
        raise FaultError(Fault.FORM)
    for option in question.options:
        if option.id == given:
            return option.id
    raise FaultError(Fault.NOT_AN_OPTION)


def _text(given: object, asked: Asked) -> str | None:
    return _plain(given, asked.question.most) or None


def _date(given: object, asked: Asked) -> str:
    day = _day(_short(given))
    first = _from(asked.on, asked.question.earliest_days)
    last = _from(asked.on, asked.question.latest_days)
    if first is not None and day < first:
        raise FaultError(Fault.TOO_EARLY)
    if last is not None and day > last:
        raise FaultError(Fault.TOO_LATE if last > asked.on else Fault.IN_THE_FUTURE)
    return day.isoformat()


def _day(written: str) -> date:
    """A day written as 2021-05-03 or, as people do, 3/5/2021."""
    iso, turned = _ISO.fullmatch(written), _WRITTEN.fullmatch(written)
    if iso is not None:
        parts = iso.groups()
    elif turned is not None:
        parts = turned.groups()[::-1]
    else:
        raise FaultError(Fault.IMPOSSIBLE_DATE)
    year, month, day = map(int, parts)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FaultError(Fault.IMPOSSIBLE_DATE)
    try:
        return date(year, month, day)
    except ValueError:
        raise FaultError(Fault.IMPOSSIBLE_DATE) from None


def _from(on: date, days: int | None) -> date | None:
    return None if days is None else on + timedelta(days)


def _year(given: object, asked: Asked) -> int:
    year = _whole(given)
    if year < FIRST_YEAR:
        raise FaultError(Fault.TOO_EARLY)
    if year > asked.on.year:
        raise FaultError(Fault.IN_THE_FUTURE)
    return year


def _integer(given: object, asked: Asked) -> int:
    number = _whole(given)
    if number > asked.question.most:
        raise FaultError(Fault.TOO_LONG)
    return number


def _whole(given: object) -> int:
    if isinstance(given, str) and _WHOLE.fullmatch(given.strip()):
        return int(given)
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise FaultError(Fault.FORM)
    return given


def _phone(given: object, _: Asked) -> str:
    try:
        return read_phone(_short(given)).e164
    except BadPhoneError:
        raise FaultError(Fault.PHONE) from None


def _paper(given: object, asked: Asked) -> str:
    """The number of an identity card or a passport; insurance cards have their own question."""
    try:
        paper = read_paper(_short(given), on=asked.on)
    except BadPaperError:
        raise FaultError(Fault.PAPER) from None
    if paper.kind is Kind.BHYT:
        raise FaultError(Fault.PAPER)
    return paper.number


def _insurance(given: object, _: Asked) -> str:
    try:
        return read_paper(_short(given), Kind.BHYT).number
    except BadPaperError:
        raise FaultError(Fault.INSURANCE) from None


def _unit(given: object, _: Asked) -> str:
    found = _short(given)
    if not _UNIT.fullmatch(found):
        raise FaultError(Fault.UNKNOWN_UNIT)
    return found


def _country(given: object, _: Asked) -> str:
    found = _short(given).upper()
    if found not in COUNTRIES:
        raise FaultError(Fault.COUNTRY)
    return found


def _email(given: object, asked: Asked) -> str:
    found = _plain(given, asked.question.most)
    if not _EMAIL.fullmatch(found):
        raise FaultError(Fault.EMAIL)
    return found


def _short(given: object) -> str:
    """A short text as typed; numbers are no text, for they lose their zeros."""
    return _plain(given, _LONGEST_SHORT)


def _plain(given: object, most: int) -> str:
    """A text without markup and controls, composed, of at most so many characters."""
    if not isinstance(given, str):
        raise FaultError(Fault.FORM)
    # Composed text is never longer than twice its decomposed form; far beyond it is not worth it.
    if len(given) > 4 * most + 64:
        raise FaultError(Fault.TOO_LONG)
    if is_marked(given):
        raise FaultError(Fault.SCRIPT)
    kept = as_kept(given)
    if len(kept) > most:
        raise FaultError(Fault.TOO_LONG)
    return kept


READERS: Final[Mapping[QuestionKind, Callable[[object, Asked], Answer | None]]] = {
    QuestionKind.BOOLEAN: _boolean,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.TEXT: _text,
    QuestionKind.DATE: _date,
    QuestionKind.YEAR: _year,
    QuestionKind.INTEGER: _integer,
    QuestionKind.PHONE: _phone,
    QuestionKind.PAPER: _paper,
    QuestionKind.UNIT: _unit,
    QuestionKind.COUNTRY: _country,
    QuestionKind.INSURANCE: _insurance,
    QuestionKind.EMAIL: _email,
}
"""How an answer of each kind is read."""
