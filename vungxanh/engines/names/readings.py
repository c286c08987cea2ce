"""Where the type word of a written name may stand, and what then is the name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from vungxanh.engines.names.spelling import Spelling, is_less_marked, spelling, syllable, words

# The levels at which a type word occurs (Law on the organisation of local government, 2015, 2025).
LEVELS = MappingProxyType(
    {
        "tỉnh": frozenset({"province"}),
        "thành phố": frozenset({"province", "district"}),
        "quận": frozenset({"district"}),
        "huyện": frozenset({"district"}),
        "thị xã": frozenset({"district"}),
        "phường": frozenset({"commune"}),
        "xã": frozenset({"commune"}),
        "thị trấn": frozenset({"commune"}),
        "đặc khu": frozenset({"commune"}),
    }
)
_SHORT: dict[tuple[str, ...], str] = {
    ("tp",): "thành phố",
    ("t", "p"): "thành phố",
    ("tx",): "thị xã",
    ("t", "x"): "thị xã",
    ("tt",): "thị trấn",
    ("t", "t"): "thị trấn",
    ("đk",): "đặc khu",
}
_LETTER: dict[tuple[str, ...], str] = {
    ("t",): "tỉnh",
    ("q",): "quận",
    ("h",): "huyện",
    ("p",): "phường",
    ("x",): "xã",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: a type word or none, and the name that remains."""

    type_word: str | None
    name: Spelling


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a type word."""

    type_word: str
    spelt: Spelling


def _forms(*tables: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], Form]:
    return {
        tuple(syllable(word).base for word in form): Form(type_word, spelling(form))
        for table in tables
        for form, type_word in table.items()
    }


_WRITTEN_OUT: dict[tuple[str, ...], str] = {words(word): word for word in LEVELS}
BEFORE = _forms(_WRITTEN_OUT, _SHORT, _LETTER)
_AFTER = _forms(_WRITTEN_OUT, _SHORT)  # "Quy Nhơn (TP)"; a lone letter after a name is no type


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read `text`, the whole text as a name first; empty for a text without words."""
    written = words(text)
    if not written:
        return ()
    found = [Reading(None, spelling(written))]
    for size in range(1, min(3, len(written))):
        found += _read(written[:size], written[size:], BEFORE)
        found += _read(written[-size:], written[:-size], _AFTER)
    return tuple(found)


def _read(
    head: tuple[str, ...], rest: tuple[str, ...], known: Mapping[tuple[str, ...], Form]
) -> list[Reading]:
    form = known.get(tuple(syllable(word).base for word in head))
    if form is None or not is_less_marked(spelling(head), form.spelt):
        return []  # "Xà Phiên" is a name, "Xã Phiên" a type and a name
    return [Reading(form.type_word, spelling(rest))]


def without_type(text: str) -> str:
    """`text` without a type word before it, if a name remains.

    >>> without_type("TP. Quy Nhơn"), without_type("Xà Phiên"), without_type("huyện")
    ('quy nhơn', 'xà phiên', 'huyện')
    """
    written = words(text)
    for size in (2, 1):
        if len(written) > size and _read(written[:size], written[size:], BEFORE):
            return " ".join(written[size:])
    return " ".join(written)
