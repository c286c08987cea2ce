"""What the pages of a unit and of the search show, finished: templates place it, decide nothing.

Words are in the reader's language.
"""

from dataclasses import dataclass
from datetime import date, datetime

from vungxanh.core.drawings.cells import Sheet
from vungxanh.core.shown import Link


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a unit: its label and what stands there, with a link or without."""

    label: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """A line of what a unit became or was made from.

    `share` says how much passed, `basis` how that is known; `tone` and `certainty` are the chip.
    """

    unit: Link
    code: str
    above: str
    share: str
    tone: str
    certainty: str
    basis: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Passing:
    """A table of kin with the sentence that sums it up."""

    sentence: str
    rows: tuple[Kin, ...]


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A unit right below this one; its number on the map, if the map has numbers."""

    unit: Link
    code: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of a kind, with the list of them."""

    kind: Link
    n: int


@dataclass(frozen=True, slots=True)
class Registered:
    """The organisations of an area by kind, in all, and where the whole list stands."""

    kinds: tuple[Counted, ...]
    n: int
    all: Link


@dataclass(frozen=True, slots=True)
class PlacePage:
    """The page of a unit; `warning` says that it is not valid on the day asked about.

    `current` leads to the unit that stands in its place then, if that is one and sure.
    """

    name: str
    unit_id: str
    crumbs: tuple[Link, ...]
    on: date
    facts: tuple[Fact, ...]
    warning: str
    current: Link
    became: Passing | None
    made_from: Passing | None
    children: tuple[ChildLine, ...]
    children_title: str
    is_long: bool
    map: Sheet | None
    registered: Registered
    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was read: where it is shown, of which area, when, and what became of it."""

    file: Link
    unit: str
    read_at: datetime
    tone: str
    state: str


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What a search found, and why it is not one unit where it is not."""

    lines: tuple["FoundLine", ...]
    reason: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A unit that a search found: what lies above, its era, and what it became."""

    unit: Link
    code: str
    above: str
    era: str
    became: str
    heirs: tuple[Link, ...]
    n_more: int
    figures: Link
