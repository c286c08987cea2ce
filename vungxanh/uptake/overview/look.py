"""What a page of a unit was asked for, read once from the address, and what was found for it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.engines import coverage
from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake import queries, rules
from vungxanh.uptake.models import FindingRecord
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
        chosen = {
            "den": self.as_of,
            "biet": self.known_at.isoformat() if self.known_at else None,
            "so": self.compare,
            "theo": None if self.by == "population" else self.by,
            "xep": None if self.sort == "rank" else self.sort,
            "nen": self.minimum_base or None,
            **changes,
        }
        query = urlencode({key: value for key, value in chosen.items() if value})
        address = unit_address(unit_id)
        return f"{address}?{query}" if query else address


@lru_cache(maxsize=20_000)
def unit_address(unit_id: str) -> str:
    """The address of a unit's page; a page links to hundreds."""
    return reverse("uptake-unit", args=[unit_id])


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything read for the page: the unit's tree now and at the date compared with."""

    viewer: Viewer
    unit: Unit
    look: Look
    moment: Moment
    units: tuple[Unit, ...]
    node: Node
    dates: tuple[date, ...]
    before: Node | None
    before_on: date | None
    series: rules.Series
    findings: tuple[FindingRecord, ...]

    def pair(self, node: Node, indicator: Indicator | None = None) -> Pair:
        """Numerator and denominator of a unit by the ranking indicator, or another."""
        chosen = indicator or self.look.indicator
        return rules.pair(node, chosen.numerator, chosen.denominator)

    def share(self, node: Node, indicator: Indicator | None = None) -> Decimal | None:
        """The unit's share in percent, None when it cannot be made."""
        found = self.pair(node, indicator)
        return coverage.share_percent(found.numerator.value, found.denominator.value)

    def earlier(self, unit_id: UnitId) -> Node | None:
        """The same unit at the date compared with."""
        if self.before is None:
            return None
        if self.before.unit.id == unit_id:
            return self.before
        return next((part for part in self.before.parts if part.unit.id == unit_id), None)


def see(viewer: Viewer, unit: Unit, look: Look) -> Scene:
    """Read what the page needs, in a fixed number of queries."""
    known_at = look.known_at or clock.now()
    units = tuple(queries.units_of_tree(unit))
    bare = rules.arrange(unit, units, ())
    dates = _dates(viewer, bare, known_at)
    as_of = look.as_of or (dates[0] if dates else clock.today())
    before_on = look.compare or next((d for d in dates if d < as_of), None)
    moment = Moment(clock.day_end(as_of), known_at)
    return Scene(
        viewer=viewer,
        unit=unit,
        look=look,
        moment=moment,
        units=units,
        node=queries.tree_of(viewer, unit, units, moment=moment),
        dates=dates,
        before=tree_on(viewer, unit, units, moment=_on(before_on, known_at)),
        before_on=before_on,
        series=_series(viewer, bare, look.indicator.numerator, moment=moment),
        findings=tuple(queries.findings_on(viewer, unit, as_of)),
    )


def _on(day: date | None, known_at: datetime) -> Moment | None:
    return Moment(clock.day_end(day), known_at) if day else None


def _dates(viewer: Viewer, bare: Node, known_at: datetime) -> tuple[date, ...]:
    found = queries.as_ofs(viewer, bare, known_at=known_at)
    return tuple(dict.fromkeys(as_of.astimezone(clock.TZ).date() for as_of in found))


def tree_on(
    viewer: Viewer, unit: Unit, units: tuple[Unit, ...], *, moment: Moment | None
) -> Node | None:
    """The same tree at another moment; None where none is asked for."""
    if moment is None:
        return None
    return queries.tree_of(viewer, unit, units, moment=moment, elements=COMPARED)


def _series(viewer: Viewer, node: Node, element: str, *, moment: Moment) -> rules.Series:
    ids = [node.unit.id, *(p.unit.id for p in node.parts)]
    ids += [q.unit.id for p in node.parts for q in p.parts]
    return queries.series(viewer, node.unit, element, units=ids, moment=moment)
