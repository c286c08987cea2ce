"""What the matcher knows of a place and what it answers."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a text may mean.

    `key` is opaque and unique in an index; `name` stands without its type word ("Quy Nhơn", "1");
    `type_word` is lower case ("thành phố") or empty; `level` is province, district or commune,
    or anything else for a place without type words; `aliases` are other names in use ("HCM").
    """

    key: str
    name: str
    type_word: str
    level: str
    aliases: tuple[str, ...] = ()


class Kind(StrEnum):
    """How sure an answer is: `exact` and `folded` name one place, the others none."""

    EXACT = "exact"
    FOLDED = "folded"
    CANDIDATES = "candidates"
    NONE = "none"


class Why(StrEnum):
    """The reason of an answer, for a sentence in the room that asks."""

    SAME = "same"  # letters, tones and type agree; case, spaces and tone placement may differ
    TYPE_DIFFERS = "type_differs"  # the name agrees, the type is another one of the same level
    LESS_MARKED = "less_marked"  # written without some or all accents
    VARIANT = "variant"  # i for y or c for k at the end of a syllable
    SEVERAL = "several"  # more than one place fits
    MARKS_DIFFER = "marks_differ"  # the same letters with other accents
    LEVEL_DIFFERS = "level_differs"  # the type word belongs to another level
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: `keys` holds one key for exact and folded, one or more for candidates."""

    kind: Kind
    keys: tuple[str, ...]
    why: Why


class DuplicateKeyError(ValueError):
    """Two places of one index bear the same key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"two places have the key {key!r}")
