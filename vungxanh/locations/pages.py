"""What the pages of a unit and of the search show, finished: templates place it, decide nothing.

Words are in the reader's language.
"""

from dataclasses import dataclass
from datetime import date

from vungxanh.core.drawings.cells import Sheet


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go; an empty `url` is words without a link."""

    label: str
    url: str = ""


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
    """A unit right below this one."""

    unit: Link
    code: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """The page of a unit; `warning` says that it is not valid on the day asked about."""

    name: str
    unit_id: str
    crumbs: tuple[Link, ...]
    on: date
    facts: tuple[Fact, ...]
    warning: str
    became: Passing | None
    made_from: Passing | None
    children: tuple[ChildLine, ...]
    children_title: str
    map: Sheet | None
    figures: Link


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
