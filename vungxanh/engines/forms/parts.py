"""The smallest parts of a form's data: each is what it must be, or refused by its place."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from vungxanh.engines.forms.marked import as_kept, is_marked
from vungxanh.engines.forms.types import (
    BAD_VALUE,
    FIRST_LANGUAGE,
    MISSING,
    NOT_AN_OBJECT,
    REPEATED,
    TOO_MANY,
    UNKNOWN_KEY,
    FormError,
    Texts,
)

LONGEST_TEXT: Final = 1000
MOST_LANGUAGES: Final = 20
MOST_DAYS: Final = 3660
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
OPTION: Final = re.compile(r"[a-z0-9_]{1,40}")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?")

Object = Mapping[str, object]


def object_of(data: object, where: str, keys: frozenset[str]) -> Object:
    """A mapping with no key but these."""
    if not isinstance(data, Mapping):
        raise FormError(NOT_AN_OBJECT, where)
    for key in data:
        if not isinstance(key, str) or key not in keys:
            raise FormError(UNKNOWN_KEY, f"{where}.{str(key)[:40]}")
    return data


def list_of(data: object, where: str, most: int) -> Sequence[object]:
    """A list of at most so many."""
    if not isinstance(data, list | tuple):
        raise FormError(BAD_VALUE, where)
    if len(data) > most:
        raise FormError(TOO_MANY, where)
    return data


def needed(data: Object, key: str, where: str) -> object:
    """What must be there."""
    if data.get(key) is None:
        raise FormError(MISSING, f"{where}.{key}")
    return data[key]


def matching(data: object, where: str, pattern: re.Pattern[str]) -> str:
    """A text of this shape."""
    if not isinstance(data, str) or not pattern.fullmatch(data):
        raise FormError(BAD_VALUE, where)
    return data


def flag(data: Object, key: str, where: str) -> bool:
    """Yes or no; no where nothing is said."""
    found = data.get(key, False)
    if not isinstance(found, bool):
        raise FormError(BAD_VALUE, f"{where}.{key}")
    return found


def whole(data: object, where: str, bounds: tuple[int, int]) -> int:
    """A whole number between these, both included; `true` is none."""
    if isinstance(data, bool) or not isinstance(data, int) or not bounds[0] <= data <= bounds[1]:
        raise FormError(BAD_VALUE, where)
    return data


def days(data: Object, key: str, bounds: tuple[int, int] = (-MOST_DAYS, MOST_DAYS)) -> int | None:
    """Days, or None where nothing is said; the place is the key."""
    found = data.get(key)
    return None if found is None else whole(found, key, bounds)


def plain(data: object, where: str) -> str:
    """A text without markup and controls, not empty, kept as written."""
    if not isinstance(data, str) or len(data) > LONGEST_TEXT or is_marked(data):
        raise FormError(BAD_VALUE, where)
    if not data.strip():
        raise FormError(MISSING, where)
    if as_kept(data) != data:
        raise FormError(BAD_VALUE, where)
    return data


def texts(data: object, where: str, languages: Sequence[str]) -> Texts:
    """A text by language, in the order of the form's languages; the first must be there."""
    found = object_of(data, where, frozenset(languages))
    if FIRST_LANGUAGE not in found:
        raise FormError(MISSING, f"{where}.{FIRST_LANGUAGE}")
    return {one: plain(found[one], f"{where}.{one}") for one in languages if one in found}


def languages_of(data: object) -> tuple[str, ...]:
    """The languages of a form, Vietnamese first."""
    found = [
        matching(one, "languages", LANGUAGE) for one in list_of(data, "languages", MOST_LANGUAGES)
    ]
    if len(set(found)) != len(found):
        raise FormError(REPEATED, "languages")
    if found[:1] != [FIRST_LANGUAGE]:
        raise FormError(BAD_VALUE, "languages")
    return tuple(found)
