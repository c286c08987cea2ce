"""What a search finds a point by, and what two points that may be one share. Pure.

`Point.words` holds lexemes as PostgreSQL reads a tsvector: the plain words of name and address, and
"@" with the unit's id for its unit and each unit above it. Short codes are found by their own
index, prefixes and facets by the index over `words` (see `queries.search`).
"""

from typing import Final

from vungxanh.engines.names import fold
from vungxanh.locations.values import registry
from vungxanh.locations.values.similar import same_name_key

MOST_WORDS: Final = 60
_LONGEST: Final = 40


def same_key(name: str) -> str:
    """The same for names that may be one point inside one commune.

    >>> same_key("Trường THPT Quang Trung") == same_key("TRUONG  Trung học phổ thông Quang-Trung")
    True
    """
    return same_name_key(name)[:200]


def search_text(*, name: str, address: str, unit: str) -> str:
    """`Point.words` of a point of a commune, with the units above it but the country.

    >>> search_text(name="Chợ Đầm", address="12 Lê Lợi", unit="vn-2025:21583")
    '12 @vn-2025.21583 @vn-2025.52 cho dam le loi'
    """
    found = list(dict.fromkeys(plain_words(f"{name} {address}")))[:MOST_WORDS]
    return " ".join(sorted([*found, *map(unit_word, registry().unit(unit).chain[1:])]))


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text without accents and in lower case, as they are found and asked for."""
    return tuple(word[:_LONGEST] for word in fold(text).split())


def unit_word(unit_id: str) -> str:
    """The lexeme of a unit, which no word of a name can be."""
    return "@" + unit_id.replace(":", ".")
