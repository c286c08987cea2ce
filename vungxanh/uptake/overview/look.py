"""What a page of a unit was asked for, read once from the address, and what was found for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake import rules
from vungxanh.uptake.models import Claim, FindingRecord, Target
from vungxanh.uptake.rules import Node, Pair
from vungxanh.uptake.values import INDICATORS, Indicator, Moment

# The elements that a comparison of dates needs.
COMPARED = frozenset(
    element
    for indicator in INDICATORS.values()
    for element in (indicator.numerator, indicator.denominator)
)


@dataclass(frozen=True, slots=True)
class Look:
    """The reader's choices: as-of, known-at, the date compared with, measure, order, least base."""

    as_of: date | None = None
    known_at: datetime | None = None
    compare: date | None = None
    by: str = "population"
    sort: str = "rank"
    minimum_base: int = 0
    lang: str = "vi"

    @property
    def indicator(self) -> Indicator:
        """The ratio that ranks."""
        return INDICATORS[self.by]

    @property
    def other(self) -> Indicator:
        """The same count over the other base, shown beside it."""
        return INDICATORS["smartphones" if self.by == "population" else "population"]

    def url(self, unit_id: str, **changes: object) -> str:
        """The address of this page with some choices changed."""
        query = self.query(**changes)
        address = unit_address(unit_id)
        return f"{address}?{query}" if query else address

    def query(self, **changes: object) -> str:
        """The choices as an address carries them, some of them changed."""
        chosen = {
            "den": self.as_of,
            "biet": self.known_at.isoformat() if self.known_at else None,
            "so": self.compare,
            "theo": None if self.by == "population" else self.by,
            "xep": None if self.sort == "rank" else self.sort,
            "nen": self.minimum_base or None,
            **changes,
        }
        return urlencode({key: value for key, value in chosen.items() if value})


@lru_cache(maxsize=20_000)
def unit_address(unit_id: str) -> str:
    """The address of a unit's page; a page links to hundreds."""
    return reverse("uptake-unit", args=[unit_id])


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a unit's page: its tree now and at the date compared with, series and dates.

    `series` are own figures by as-of, of each element that a ratio or a target counts; `edges` the
    bands of the first date that is known, so that a colour means the same on all.
    """

    moment: Moment
    units: tuple[Unit, ...]
    node: Node
    dates: tuple[date, ...]
    before: Node | None
    before_on: date | None
    series: Mapping[str, rules.Series]
    edges: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """Of the units of the other era that figures shown came from: findings, claims and targets.

    `units` has them by id, those with a target and the counterparts of the whole unit too;
    `is_checked`: a table of theirs was looked at.
    """

    units: dict[str, Unit]
    findings: tuple[FindingRecord, ...] = ()
    claims: tuple[Claim, ...] = ()
    targets: tuple[Target, ...] = ()
    is_checked: bool = False

    def unit_of(self, finding: FindingRecord) -> Unit:
        """The origin that a finding is about: the unit itself, else that of its table."""
        return self.units.get(finding.about_unit) or self.units[finding.submission.scope_id]


NO_ORIGINS = Origins({})


@dataclass(frozen=True, slots=True)
class Scene(Figures):
    """Everything read for the page, with who looks at what, and what is wrong or claimed.

    `is_checked`: a table of the counts shown was looked at, so that no finding means none.
    """

    viewer: Viewer
    unit: Unit
    look: Look
    findings: tuple[FindingRecord, ...]
    claims: tuple[Claim, ...]
    origins: Origins = NO_ORIGINS
    is_checked: bool = False

    def pair(self, node: Node, indicator: Indicator | None = None) -> Pair:
        """Numerator and denominator of a unit by the ranking indicator, or another."""
        chosen = indicator or self.look.indicator
        return rules.pair(node, chosen.numerator, chosen.denominator)

    def whole_share(
        self, indicator: Indicator | None = None, *, node: Node | None = None
    ) -> Decimal | None:
        """The share of the whole, or of a part; None where most of it lacks a count or a base."""
        chosen = indicator or self.look.indicator
        return rules.whole_share(node or self.node, chosen.numerator, chosen.denominator)

    def series_of(self, node: Node, element: str) -> list[tuple[datetime, int]]:
        """The counts of a unit by as-of over the last fortnight."""
        return rules.series_of(node, self.series.get(element, {}))

    def earlier(self, unit_id: UnitId) -> Node | None:
        """The same unit at the date compared with."""
        if self.before is None:
            return None
        if self.before.unit.id == unit_id:
            return self.before
        return next((part for part in self.before.parts if part.unit.id == unit_id), None)
