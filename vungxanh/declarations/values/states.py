"""States, ways and results of the room, as tables and pages name them."""

from enum import IntEnum, StrEnum
from typing import Final

from vungxanh.people.values.standing import Colour

# The look-back of a form (21 days, Decision 2666/QĐ-BYT of 2020) and the follow-up after it.
DECLARATIONS_KEPT_DAYS: Final = 30
# How long after somebody's care ended, or a contest was decided, the station may look it up.
CARE_KEPT_DAYS: Final = 90


class FormState(StrEnum):
    """Where a version of a questionnaire stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class RulesState(StrEnum):
    """Where a version of the rules stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"


class Way(StrEnum):
    """Who sent a declaration, and how."""

    SELF = "self"
    DEPENDANT = "dependant"
    OFFICER = "officer"
    KEEPER = "keeper"
    LINK = "link"
    PAPER = "paper"


class ColourNumber(IntEnum):
    """Colours as declarations keep them, from the mildest."""

    GREEN = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3

    @property
    def colour(self) -> Colour:
        """The colour of a card."""
        return Colour(self.name.lower())

    @classmethod
    def of(cls, colour: str) -> "ColourNumber":
        """The number of a colour."""
        return cls[colour.upper()]


class CareState(StrEnum):
    """Where the care of somebody ill stands."""

    OPEN = "open"
    CALLING = "calling"
    HANDLED = "handled"
    CLOSED = "closed"


class CareResult(StrEnum):
    """What came of the call."""

    HOME_WATCH = "home_watch"
    TEST = "test"
    HOSPITAL = "hospital"
    NOT_ILL = "not_ill"
    NOT_REACHED = "not_reached"
    MOVED = "moved"


class ContestState(StrEnum):
    """Where somebody's no to their outcome stands."""

    OPEN = "open"
    KEPT = "kept"
    CORRECTED = "corrected"


class Every(StrEnum):
    """How often an obligation asks for a declaration."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
