"""Templates: texts with places for values, `{code}`, and nothing cleverer than that."""

import re
from collections.abc import Mapping
from typing import Final

_PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]{0,31})\}")
_MOST_SIGNS: Final = 160  # of one value


def places(text: str) -> frozenset[str]:
    """The names of the values that a text asks for.

    >>> sorted(places("Mã {code}, trong {minutes} phút"))
    ['code', 'minutes']
    """
    return frozenset(_PLACE.findall(text))


def is_well_formed(text: str) -> bool:
    """Whether every brace belongs to a place.

    >>> is_well_formed("{code}"), is_well_formed("{Code}"), is_well_formed("{code")
    (True, False, False)
    """
    return not set("{}") & set(_PLACE.sub("", text))


def missing(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """The places of a text for which there is no value, or an empty one, in their order."""
    return tuple(sorted(name for name in places(text) if not values.get(name, "").strip()))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values, each on one line and cut at 160 signs; braces in a value stay.

    >>> filled("Mã {code}", {"code": "{x}"})
    'Mã {x}'
    """
    return _PLACE.sub(lambda place: _plain(values[place[1]]), text)


def _plain(value: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(printable.split())[:_MOST_SIGNS]
