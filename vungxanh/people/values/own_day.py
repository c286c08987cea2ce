"""What rooms tell a citizen of their own day, on the first page of their phone."""

from dataclasses import dataclass
from datetime import datetime

from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True, repr=False)
class DayLine:
    """One thing of the day: what, when and how; `page` with `at_page` leads to it.

    `act_page` takes what `act` says at once, as a form with the same `at_page`; empty for nothing.
    """

    at: datetime
    what: str
    words: Words
    page: str
    at_page: str
    act: Words | None = None
    act_page: str = ""
    icon: str = "door-enter"
