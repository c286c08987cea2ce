"""What every card is made of: links, choices, buttons, chips, and the box of one that is empty."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words name the effect, `icon` is a Tabler name."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What will be here, who fills it, and the one button."""

    title: str
    body: str
    action: Action | None = None
    icon: str = "chart-bar"
