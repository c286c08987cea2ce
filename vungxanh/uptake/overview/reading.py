"""Reading a unit's page from the database, and remembering it while no table changes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake import queries, rules
from vungxanh.uptake.overview.doubts import doubts_of
from vungxanh.uptake.overview.look import COMPARED, Figures, Look, Scene
from vungxanh.uptake.overview.origins import origins_of
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import INDICATORS, Moment

REMEMBERED = 128  # pages a process keeps, each a quarter of a megabyte for a province

JUMPS_SHOWN = timedelta(days=14)

# What ratios and targets count, so that a target has its pace on the page of any ratio.
COUNTED = tuple(dict.fromkeys(indicator.numerator for indicator in INDICATORS.values()))


def see(viewer: Viewer, unit: Unit, look: Look) -> Scene:
    """What the page needs, in few queries; figures are remembered while they stand."""
    asked = replace(look, sort="rank", minimum_base=0, lang="vi")
    figures = _figures(viewer, unit, asked, today=clock.today(), version=queries.version())
    since = _jumps_since(look)
    doubts = doubts_of(viewer, unit, look=look, figures=figures, jumps_since=since)
    return Scene(
        viewer=viewer,
        unit=unit,
        look=look,
        moment=figures.moment,
        units=figures.units,
        node=figures.node,
        dates=figures.dates,
        before=figures.before,
        before_on=figures.before_on,
        series=figures.series,
        edges=figures.edges,
        findings=doubts.findings,
        claims=doubts.claims,
        is_checked=doubts.is_checked,
        origins=origins_of(viewer, unit, look=look, figures=figures),
    )


@lru_cache(maxsize=REMEMBERED)
def _figures(
    viewer: Viewer, unit: Unit, look: Look, *, today: date, version: UUID | None
) -> Figures:
    """The figures as one viewer may see them; another version of them is read anew."""
    known_at = look.known_at or clock.now()
    units = tuple(queries.units_of_tree(unit))
    bare = rules.arrange(unit, units, ())
    dates = _dates(viewer, bare, known_at)
    as_of = look.as_of or (dates[0] if dates else today)
    before_on = look.compare or next((d for d in dates if d < as_of), None)
    moment = Moment(clock.day_end(as_of), known_at)
    until = clock.day_end(max(as_of, before_on or as_of))
    held = queries.elements_held(unit, units, until=until)
    node = queries.tree_of(viewer, unit, units, moment=moment, elements=held)
    shown = frozenset({look.indicator.numerator, look.indicator.denominator})
    first = _tree_on(viewer, units, _first(dates, moment), elements=shown & held)
    return Figures(
        moment=moment,
        units=units,
        node=node,
        dates=dates,
        before=_tree_on(viewer, units, _on(before_on, known_at), elements=COMPARED & held),
        before_on=before_on,
        series={
            name: _series(viewer, node, units, element=name, moment=moment)
            for name in COUNTED
            if name in held
        },
        edges=_edges(node, look) if first is None else _edges(first, look),
    )


def _jumps_since(look: Look) -> datetime | None:
    """Jumps of the last fortnight stand on the page whatever day its figures are of."""
    return None if look.known_at else clock.now() - JUMPS_SHOWN


def _on(day: date | None, known_at: datetime) -> Moment | None:
    return Moment(clock.day_end(day), known_at) if day else None


def _dates(viewer: Viewer, bare: Node, known_at: datetime) -> tuple[date, ...]:
    found = queries.as_ofs(viewer, bare, known_at=known_at)
    return tuple(dict.fromkeys(as_of.astimezone(clock.TZ).date() for as_of in found))


def _first(dates: tuple[date, ...], moment: Moment) -> Moment | None:
    """The first date that is known, where that is not the one shown."""
    is_earlier = bool(dates) and clock.day_end(dates[-1]) < moment.as_of
    return _on(dates[-1], moment.known_at) if is_earlier else None


def _edges(node: Node, look: Look) -> tuple[Decimal, ...]:
    by = look.indicator
    return rules.nice_edges(
        rules.whole_share(part, by.numerator, by.denominator) for part in node.parts
    )


def _tree_on(
    viewer: Viewer, units: tuple[Unit, ...], moment: Moment | None, *, elements: frozenset[str]
) -> Node | None:
    """The tree of the first unit at another moment; None where there is none."""
    if moment is None:
        return None
    return queries.tree_of(viewer, units[0], units, moment=moment, elements=elements)


def _series(
    viewer: Viewer, node: Node, units: tuple[Unit, ...], *, element: str, moment: Moment
) -> rules.Series:
    """Own figures by as-of; of units whose figure was re-based, those re-based in the same way."""
    ids = [node.unit.id, *(p.unit.id for p in node.parts)]
    ids += [q.unit.id for p in node.parts for q in p.parts]
    own = queries.series(viewer, node.unit, element, units=ids, moment=moment)
    return {**own, **queries.rebased_series(viewer, node, units, element=element, moment=moment)}
