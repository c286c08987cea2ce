"""Values out of plain mappings, each checked; RulesError names the place of what is not right."""

import re
from collections.abc import Mapping

from vungxanh.engines.decisions.types import RulesError, Texts

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_LANGUAGES = ("vi", "en", "zh")
_LONGEST = 2_000
_MOST_NAMES = 50


def mapping(found: object, where: str) -> Mapping[str, object]:
    """A mapping with texts as keys."""
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise RulesError("form", where or "{}")
    return found


def mappings(top: Mapping[str, object], key: str, most: int) -> list[Mapping[str, object]]:
    """A list of mappings; nothing where the key is absent."""
    found = top.get(key, [])
    if not isinstance(found, list) or len(found) > most:
        raise RulesError("form", key)
    return [mapping(one, f"{key}[{number}]") for number, one in enumerate(found)]


def text(one: Mapping[str, object], key: str, where: str) -> str:
    """A text that says something, of at most two thousand signs, without control characters."""
    found = one.get(key)
    if not isinstance(found, str) or not found.strip() or len(found) > _LONGEST:
        raise RulesError("form", _place(where, key))
    if not found.replace("\n", " ").isprintable():
        raise RulesError("form", _place(where, key))
    return found


def texts(one: Mapping[str, object], key: str, where: str) -> Texts:
    """One text by language; Vietnamese always."""
    place = _place(where, key)
    found = mapping(one.get(key), place)
    if "vi" not in found or not set(found) <= set(_LANGUAGES):
        raise RulesError("form", place)
    return {language: text(found, language, place) for language in found}


def name(one: Mapping[str, object], key: str, where: str) -> str:
    """A short name in small letters."""
    found = text(one, key, where)
    if not _NAME.fullmatch(found):
        raise RulesError("form", _place(where, key))
    return found


def names(one: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """Short names, none twice; nothing where the key is absent."""
    found = one.get(key, [])
    place = _place(where, key)
    if not isinstance(found, list) or len(found) > _MOST_NAMES:
        raise RulesError("form", place)
    if not all(isinstance(part, str) and _NAME.fullmatch(part) for part in found):
        raise RulesError("form", place)
    if len(set(found)) != len(found):
        raise RulesError("twice", place)
    return tuple(found)


def number(one: Mapping[str, object], key: str, bounds: tuple[int, int]) -> int:
    """A whole number within its bounds, both included."""
    found = one.get(key)
    if not isinstance(found, int) or isinstance(found, bool):
        raise RulesError("form", key)
    if not bounds[0] <= found <= bounds[1]:
        raise RulesError("form", key)
    return found


def _place(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
