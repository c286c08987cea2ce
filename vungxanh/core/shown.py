"""Small parts that pages of every room are made of: chips, links, choices."""

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["ok", "warn", "bad", "info", "none"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A status chip: tone and words, where it is explained, an icon where not the tone's own."""

    tone: Tone
    words: str
    url: str = field(default="", kw_only=True)
    icon: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go; an empty `url` is words without a link."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several views of the same page: a measure, a date."""

    label: str
    url: str
    current: bool = False
