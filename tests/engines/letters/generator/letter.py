"""What parts of a letter are made of: blocks of text, orders, and the finished sample."""

from dataclasses import dataclass, field
from enum import StrEnum

Reading = dict[str, object]


class Kind(StrEnum):
    """What a block of text is to the eye."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CENTRE = "centre"
    VERBATIM = "verbatim"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, an item of a list, a centred line or lines kept as they are."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time as the letter words it, and its reading."""

    words: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Order:
    """One order: what the letter says after naming who; the words quoted; what else is read."""

    text: str
    action: str
    deadline: Reading
    more: Reading = field(default_factory=dict)
    begins_with_time: bool = False
    cited: Reading | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter with its true reading and how it was made."""

    text: str
    expected: Reading
    layout: str
    kind: str
    table: str
    noise: int
    unicode_form: str
