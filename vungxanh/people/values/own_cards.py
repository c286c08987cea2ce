"""The card of a person, as its holder sees it."""

from dataclasses import dataclass
from datetime import datetime

from vungxanh.people.values.standing import Colour


@dataclass(frozen=True, slots=True, repr=False)
class OwnColour:
    """The colour, since and until when; `source` is what gave it, as "declaration:<id>"."""

    colour: Colour
    since: datetime
    until: datetime
    source: str = ""
