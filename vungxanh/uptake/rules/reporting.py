"""Reporting: the states of reports and day tables, what a day's reports make together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

KIND: Final = "uptake.report"
"""The sort of duties that are met by a report."""
OFFENCES, WITHIN = 2, timedelta(days=7)
Place = tuple[str, str]


class ReportState(StrEnum):
    """What became of a report.

    `DRAFT`: looked at. `ACCEPTED`: it counts. `REPLACED`: a revision counts in its place.
    `SENT_BACK`: whoever it is owed to did not take it after all, with a reason. `DROPPED`: it never
    counted.
    """

    DRAFT = "draft"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    SENT_BACK = "sent_back"
    DROPPED = "dropped"


HAS_COUNTED = frozenset({ReportState.ACCEPTED, ReportState.REPLACED, ReportState.SENT_BACK})


class Channel(StrEnum):
    """The way that a report came; `PAGE`: its counts were typed on our own page."""

    UPLOAD = "upload"
    PASTE = "paste"
    PAGE = "page"
    API = "api"
    MAIL = "mail"
    TELEPHONE = "telephone"


class TableState(StrEnum):
    """A day's table: made, approved by the area's officer, open to anyone."""

    MADE = "made"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one of those expected brought: figures by unit and element, None where nothing came.

    `covers` are the units that it should speak of.
    """

    name: str
    covers: frozenset[str]
    figures: Mapping[Place, int] | None


@dataclass(frozen=True, slots=True)
class Summed:
    """A day's figures: sums over those who told them, and who is missing in which unit's sum.

    `figures` has no entry where nobody told anything: unknown is not zero.
    """

    figures: Mapping[Place, int]
    lacking: Mapping[str, tuple[str, ...]]


def summed(contributions: Sequence[Contribution], elements: Sequence[str]) -> Summed:
    """The sum of all contributions, unit by unit and element by element.

    >>> one = Contribution("A", frozenset({"q"}), {("q", "installs"): 5})
    >>> other = Contribution("B", frozenset({"q"}), None)
    >>> summed([one, other], ["installs"])
    Summed(figures={('q', 'installs'): 5}, lacking={'q': ('B',)})
    """
    figures: dict[Place, int] = {}
    lacking: dict[str, list[str]] = defaultdict(list)
    for one in contributions:
        told = one.figures or {}
        for place, value in told.items():
            figures[place] = figures.get(place, 0) + value
        for unit in sorted(one.covers):
            if any((unit, element) not in told for element in elements):
                lacking[unit].append(one.name)
    return Summed(figures, {unit: tuple(names) for unit, names in lacking.items()})


def over_all(of_units: Summed, whole: str, elements: Sequence[str]) -> Summed:
    """The same with the sum over all units as the figure of the whole, lacking all that they lack.

    >>> over_all(Summed({("q", "scans"): 5, ("r", "scans"): 0}, {"r": ("B",)}), "p", ["scans"])
    Summed(figures={('q', 'scans'): 5, ('r', 'scans'): 0, ('p', 'scans'): 5}, \
lacking={'r': ('B',), 'p': ('B',)})
    """
    figures = dict(of_units.figures)
    for element in elements:
        told = [value for (_, name), value in of_units.figures.items() if name == element]
        if told:
            figures[(whole, element)] = sum(told)
    names = dict.fromkeys(name for missing in of_units.lacking.values() for name in missing)
    lacking = {**of_units.lacking, whole: tuple(names)} if names else dict(of_units.lacking)
    return Summed(figures, lacking)


def is_zero(values: Iterable[int]) -> bool:
    """Whether a report tells something, and all of it is nought: not the same as no report.

    >>> is_zero([0, 0]), is_zero([])
    (True, False)
    """
    told = list(values)
    return bool(told) and not any(told)
