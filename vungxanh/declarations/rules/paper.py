"""Numbers of paper sheets, and the keys by which what is ticked on them is typed."""

import re
from datetime import date, timedelta
from string import ascii_lowercase, digits
from typing import Final, NamedTuple

from vungxanh.engines.forms import Question, QuestionKind, Questionnaire

# What the code on a sheet begins with, before form and number: "VXF1:general@2:002000012349".
PREFIX: Final = "VXF1"
# Three digits name the version, seven the sheet, two guard both (ISO/IEC 7064, MOD 97-10).
_DIGITS: Final = 12
_VERSION, _NTH = 3, 7
MOST_VERSIONS: Final = 10**_VERSION - 1
MOST_OF_A_VERSION: Final = 10**_NTH - 1
_MODULUS: Final = 97
# Options are typed by one key each, in their order; what stands alone ("no sign at all") by 0.
_KEYS: Final = digits[1:] + ascii_lowercase
ALONE: Final = "0"
YES, NO = "1", "0"


class Sheet(NamedTuple):
    """Which version a sheet was printed of, and which sheet of it it is."""

    questionnaire: int
    nth: int


def number_of(sheet: Sheet) -> str:
    """The twelve digits of a sheet.

    >>> number_of(Sheet(2, 123))
    '002000012349'
    """
    base = f"{sheet.questionnaire:0{_VERSION}}{sheet.nth:0{_NTH}}"
    return f"{base}{_guard(base):02}"


def shown_number(number: str) -> str:
    """In groups, as it stands on paper.

    >>> shown_number("002000012349")
    '002 0000123 49'
    """
    return f"{number[:_VERSION]} {number[_VERSION:-2]} {number[-2:]}"


def held_in_code(number: str, *, form: str) -> str:
    """The text of the code on a sheet.

    >>> held_in_code("002000012349", form="general@2")
    'VXF1:general@2:002000012349'
    """
    return f"{PREFIX}:{form}:{number}"


def read_number(text: str, *, usual: int | None = None) -> Sheet | None:
    """The sheet that somebody typed or scanned; None for what is none.

    Shorter than twelve digits it is the end of a number of the usual version.

    >>> read_number("002 0000123 49"), read_number("VXF1:general@2:002000012349")
    (Sheet(questionnaire=2, nth=123), Sheet(questionnaire=2, nth=123))
    >>> read_number("12349", usual=2), read_number("12348", usual=2), read_number("abc")
    (Sheet(questionnaire=2, nth=123), None, None)
    """
    said = text.strip()
    if said.upper().startswith(f"{PREFIX}:"):
        said = said.rpartition(":")[2]
    digits = re.sub(r"[\s.\-]", "", said)
    if not re.fullmatch(r"[0-9]{3,12}", digits):
        return None
    if len(digits) < _DIGITS and usual is not None:
        digits = f"{usual:0{_VERSION}}{digits:0>{_DIGITS - _VERSION}}"
    return _sheet(digits) if len(digits) == _DIGITS else None


def keys_of(question: Question) -> dict[str, str]:
    """Which key stands for which option of a question, in the order in which they are printed."""
    if question.kind is QuestionKind.BOOLEAN:
        return {YES: "yes", NO: "no"}
    keys = iter(_KEYS)
    alone = [one.id for one in question.options if one.is_exclusive]
    first_alone = alone[0] if alone else ""
    return {ALONE if one.id == first_alone else next(keys): one.id for one in question.options}


def numbers_of(questionnaire: Questionnaire) -> dict[str, int]:
    """The number that each question has on paper, counted through all pages."""
    asked = [name for page in questionnaire.pages for name in page.questions]
    return {name: n for n, name in enumerate(asked, start=1)}


def chosen(question: Question, typed: str) -> bool | str | tuple[str, ...] | None:
    """What was ticked, by the keys that were typed; None where a key stands for nothing."""
    keys = keys_of(question)
    found = [keys.get(key, "") for key in re.sub(r"[\s,.;]", "", typed.lower())]
    if not found or "" in found:
        return None
    if question.kind is QuestionKind.CHOICES:
        return tuple(dict.fromkeys(found))
    if len(found) > 1:
        return None
    return found[0] == "yes" if question.kind is QuestionKind.BOOLEAN else found[0]


def typed_day(text: str, *, on: date, is_past: bool) -> str | None:
    """A day as it is typed, shortly: `2005`, `20/5`, `20052021`, `20/5/2021`; None for none.

    Without its year it is the last such day up to `on`, or where it may lie ahead the nearest.

    >>> typed_day("2005", on=date(2021, 5, 26), is_past=True)
    '2021-05-20'
    >>> typed_day("3112", on=date(2021, 1, 2), is_past=True)
    '2020-12-31'
    >>> typed_day("0", on=date(2021, 5, 26), is_past=True), typed_day("3102", on=date(2021, 5, 26),
    ... is_past=True)
    ('2021-05-26', None)
    """
    if text.strip() == "0":
        return on.isoformat()
    parts = _parts_of_day(text.strip())
    if parts is None:
        return None
    day, month, year = parts
    if year:
        return _iso(year, month, day)
    found = [_iso(on.year + step, month, day) for step in (-1, 0, 1)]
    days = [date.fromisoformat(one) for one in found if one]
    fitting = [one for one in days if one <= on] if is_past else days
    if not fitting:
        return None
    nearest = min(fitting, key=lambda one: abs(one - on))
    return nearest.isoformat() if abs(nearest - on) < timedelta(days=366) else None


def _parts_of_day(text: str) -> tuple[int, int, int] | None:
    if split := re.fullmatch(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})(?:[/.\- ]([0-9]{4}))?", text):
        return int(split[1]), int(split[2]), int(split[3] or 0)
    if run := re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4})?", text):
        return int(run[1]), int(run[2]), int(run[3] or 0)
    return None


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _sheet(digits: str) -> Sheet | None:
    base, guard = digits[:-2], digits[-2:]
    if f"{_guard(base):02}" != guard:
        return None
    return Sheet(int(base[:_VERSION]), int(base[_VERSION:]))


def _guard(base: str) -> int:
    return _MODULUS + 1 - int(base) * 100 % _MODULUS
