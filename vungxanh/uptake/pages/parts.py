"""What every card is made of: links, choices, buttons, chips, and the box of one that is empty."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ok", "warn", "bad", "info", "none"]


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


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words name the effect, `icon` is a Tabler name."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A status chip: tone, word, and where it is explained."""

    tone: Tone
    words: str
    url: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What will be here, who fills it, and the one button."""

    title: str
    body: str
    action: Action | None = None
    icon: str = "chart-bar"
