"""What the matcher knows of a place and what it answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a text may mean.

    `key` is opaque and unique in an index; `name` stands without its type word ("Quy Nhơn", "1");
    `type_word` is lower case ("thành phố") or empty; `level` is province, district or commune,
    or anything else for a place without type words; `aliases` are other names in use ("HCM").
    Addresses also need `parent`, the key of the place above (None at the top), and the days of
    validity: `valid_from` is included, `valid_to` excluded, None is open.
    """

    key: str
    name: str
    type_word: str
    level: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


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
    # Of addresses only:
    ERAS = "eras"  # the places lived at different times: give the day
    NOT_THEN = "not_then"  # the place did not exist on the day given
    CONTRADICTS = "contradicts"  # parts of the text belong to different places
    OUTSIDE = "outside"  # the text means a place outside the area given
    PART_UNKNOWN = "part_unknown"  # a part with a type word, or a name in a longer one, is unclear
    TOO_LONG = "too_long"  # more letters than an address has


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


class NoParentError(ValueError):
    """A place stands below one that the index does not hold, or below itself."""

    def __init__(self, key: str, parent: str) -> None:
        super().__init__(f"the place {key!r} stands below {parent!r}, which cannot be its parent")
