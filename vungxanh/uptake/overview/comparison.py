"""Two dates of a unit side by side: counts, shares, ranks, and whether the base changed."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from vungxanh.core import clock
from vungxanh.core.shown import Choice, Link
from vungxanh.documents import vietnamese
from vungxanh.engines import coverage
from vungxanh.locations import queries as locations
from vungxanh.uptake import rules
from vungxanh.uptake.overview.change import are_compared, measure_of
from vungxanh.uptake.overview.eras import is_across, note, switch, ways
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.pages import EraSwitch, RebasedNote
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import ELEMENTS


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One unit at both dates; `points_on_old_base` is set where the base changed.

    Not `is_compared`: the dates speak of different parts of the unit, so there is no difference.
    """

    name: str
    url: str
    count_before: int | None
    count_after: int | None
    n_more: int | None
    share_before: Decimal | None
    share_after: Decimal | None
    points: Decimal | None
    rank_before: int | None
    rank_after: int | None
    places_up: int | None
    is_base_changed: bool
    points_on_old_base: Decimal | None
    is_compared: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """The page: two dates, rows in the order of the later ranking, the whole at the foot.

    `is_across_reform`: ranks of the two dates are among other units and do not compare; then no
    row says how many places it moved. `n_unknown` units have a count on neither day.
    """

    unit_name: str
    unit_id: str
    crumbs: tuple[Link, ...]
    element: str
    indicator: str
    before_on: date | None
    after_on: date
    choices: tuple[Choice, ...]
    rows: tuple[ComparedRow, ...]
    total: ComparedRow | None
    n_base_changed: int
    n_unknown: int = 0
    is_across_reform: bool = False
    eras: EraSwitch | None = None
    ways: tuple[Choice, ...] = ()
    rebased: RebasedNote | None = None


def comparison(scene: Scene) -> Comparison:
    """The finished comparison; without an earlier date it has no rows."""
    after_on = scene.moment.as_of.astimezone(clock.TZ).date()
    listed = _rows(scene) if scene.before else ()
    rows = tuple(row for row in listed if (row.count_before, row.count_after) != (None, None))
    look = scene.look
    return Comparison(
        unit_name=scene.unit.name,
        unit_id=scene.unit.id,
        crumbs=_crumbs(scene),
        element=ELEMENTS[look.indicator.numerator].label.in_language(look.lang),
        indicator=look.indicator.label.in_language(look.lang),
        before_on=scene.before_on,
        after_on=after_on,
        choices=_choices(scene, after_on),
        rows=rows,
        total=_row(scene, scene.node, scene.before) if scene.before else None,
        n_unknown=len(listed) - len(rows),
        n_base_changed=sum(row.is_base_changed for row in rows),
        is_across_reform=is_across(scene.before_on, after_on),
        eras=switch(scene.unit, lambda unit_id: _address(scene, unit_id)),
        ways=ways(scene.unit),
        rebased=note(scene) or (note(_at_before(scene)) if scene.before else None),
    )


def _address(scene: Scene, unit_id: str) -> str:
    """The same two days of another unit."""
    days = {"so": scene.before_on, "den": scene.moment.as_of.astimezone(clock.TZ).date()}
    query = urlencode({name: day for name, day in days.items() if day})
    return f"{reverse('uptake-compare', args=[unit_id])}?{query}"


def _at_before(scene: Scene) -> Scene:
    return replace(scene, node=scene.before or scene.node)


def _crumbs(scene: Scene) -> tuple[Link, ...]:
    known = locations.units(scene.unit.chain)
    return tuple(Link(known[one].bare_name, scene.look.url(one)) for one in scene.unit.chain)


def _choices(scene: Scene, after_on: date) -> tuple[Choice, ...]:
    lang = scene.look.lang
    return tuple(
        Choice(vietnamese.date(on, lang), f"?so={on}&den={after_on}", current=on == scene.before_on)
        for on in scene.dates
        if on < after_on
    )


def _rows(scene: Scene) -> tuple[ComparedRow, ...]:
    now = _ranks(scene, scene.node)
    then = _ranks(scene, scene.before) if scene.before else ()
    after_on = scene.moment.as_of.astimezone(clock.TZ).date()
    moved = coverage.movements(then, now)
    if is_across(scene.before_on, after_on):
        moved = tuple(replace(move, places_up=None) for move in moved)
    moves = {move.key: move for move in moved}
    parts: dict[str, Node] = {part.unit.id: part for part in scene.node.parts}
    return tuple(
        _row(scene, part, scene.earlier(part.unit.id), move=moves[ranked.key])
        for ranked in now
        for part in (parts[ranked.key],)
    )


def _ranks(scene: Scene, node: Node) -> tuple[coverage.Ranked, ...]:
    by = scene.look.indicator
    return coverage.rank(
        rules.row_to_rank(part, by.numerator, by.denominator) for part in node.parts
    )


def _row(
    scene: Scene, node: Node, earlier: Node | None, *, move: coverage.Movement | None = None
) -> ComparedRow:
    now, then = scene.pair(node), scene.pair(earlier) if earlier else None
    after, before = measure_of(now), measure_of(then)
    change = coverage.share_change(before, after)
    is_compared = None in (after.numerator, before.numerator) or are_compared(then, now)
    return ComparedRow(
        name=node.unit.short_name,
        url=scene.look.url(node.unit.id),
        count_before=before.numerator,
        count_after=after.numerator,
        n_more=change.n_more if is_compared else None,
        share_before=change.share_before,
        share_after=change.share_after,
        points=change.points if is_compared else None,
        rank_before=move.rank_before if move else None,
        rank_after=move.rank_after if move else None,
        places_up=move.places_up if move else None,
        is_base_changed=change.is_base_changed and is_compared,
        points_on_old_base=change.points_on_old_base if change.is_base_changed else None,
        is_compared=is_compared,
    )
