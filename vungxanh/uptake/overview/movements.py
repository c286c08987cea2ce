"""Who rose and who fell among the units of a page since another date, as the page and as words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.shown import Choice, Link
from vungxanh.core.templatetags.figures import points as points_words
from vungxanh.core.viewer import Viewer
from vungxanh.documents import vietnamese
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Counted, Measure, Moved, UnitMovement
from vungxanh.locations.values import Unit
from vungxanh.uptake import rules
from vungxanh.uptake.overview import eras
from vungxanh.uptake.overview.change import are_compared, measure_of
from vungxanh.uptake.overview.look import Look, Scene
from vungxanh.uptake.overview.reading import see
from vungxanh.uptake.pages import EraSwitch
from vungxanh.uptake.rules import Node

WEEK = timedelta(days=7)
OLDEST = timedelta(days=13)  # a date further back is no longer "a week ago"
N_NAMED = 3


@dataclass(frozen=True, slots=True)
class Movement:
    """How one unit moved; what is None is not said, for the reason in `words`."""

    unit: Link
    unit_id: str
    kind: Moved
    words: str
    rank_before: int | None
    rank_after: int | None
    places_up: int | None
    n_more: int | None
    points: str
    is_tied: bool

    @property
    def n_places(self) -> int:
        """By how many places, up or down."""
        return abs(self.places_up or 0)


@dataclass(frozen=True, slots=True)
class Movements:
    """All units between two days: those compared, most points gained first, then the others.

    Ranks are among the compared units alone. `sentence` names the first and the last of them.
    """

    title: str
    before_on: date
    after_on: date
    compared: tuple[Movement, ...] = ()
    others: tuple[Movement, ...] = ()
    sentence: str = ""

    @property
    def n_all(self) -> int:
        """How many units there are."""
        return len(self.compared) + len(self.others)


@dataclass(frozen=True, slots=True)
class MovementPage:
    """The page of a unit: since the date before, and since a week ago."""

    unit_name: str
    indicator: str
    measures: tuple[Choice, ...]
    found: tuple[Movements, ...]
    ways: tuple[Choice, ...]
    eras: EraSwitch | None
    as_of: date | None


def movements(scene: Scene) -> tuple[UnitMovement, ...]:
    """How every unit right below moved since the date that the page is compared with.

    By the ratio that ranks the page. Empty without an earlier date, and across the reform of
    2025: the ranks of its two sides are among other units.
    """
    after_on = _day_of(scene)
    if scene.before is None or scene.before_on is None or scene.before_on >= after_on:
        return ()
    if eras.is_across(scene.before_on, after_on):
        return ()
    counted = (_counted(scene, part) for part in scene.node.parts)
    return coverage.unit_movements(counted, before_on=scene.before_on, after_on=after_on)


def told(scene: Scene, *, title: str = "") -> Movements | None:
    """The movements in the reader's words; None where there is nothing to compare with."""
    found = movements(scene)
    if not found or scene.before_on is None:
        return None
    units: dict[str, Unit] = {part.unit.id: part.unit for part in scene.node.parts}
    shown = tuple(_shown(scene, one, units) for one in found)
    compared = tuple(one for one in shown if one.kind in coverage.COMPARED)
    return Movements(
        title=title or _since(scene.before_on, scene.look.lang),
        before_on=scene.before_on,
        after_on=_day_of(scene),
        compared=compared,
        others=tuple(one for one in shown if one.kind not in coverage.COMPARED),
        sentence=_sentence(found, compared),
    )


def movements_since(viewer: Viewer, unit: Unit, look: Look, *, week: bool) -> Movements | None:
    """The movements since the date before, or since a week ago, for pages and daily messages.

    A week ago is the newest date with figures that is 7 to 13 days older. Figures that a process
    has read before are remembered; `sentence` is what a message says.
    """
    scene = see(viewer, unit, replace(look, compare=None))
    if not week:
        return told(scene)
    on = week_before(scene.dates, _day_of(scene))
    if on is None:
        return None
    days = (_day_of(scene) - on).days
    words = _("%(since)s (%(n)s ngày trước)") % {"since": _since(on, look.lang), "n": days}
    return told(see(viewer, unit, replace(look, compare=on)), title=words)


def page_of(viewer: Viewer, unit: Unit, look: Look) -> MovementPage:
    """The finished page."""
    both = (movements_since(viewer, unit, look, week=week) for week in (False, True))
    scene = see(viewer, unit, replace(look, compare=None))
    return MovementPage(
        unit_name=unit.name,
        indicator=look.indicator.label.in_language(look.lang),
        measures=_measures(unit, look),
        found=tuple(one for one in both if one is not None),
        ways=eras.ways(unit, ""),
        eras=eras.switch(unit, lambda other: address(other, look)),
        as_of=scene.dates[0] if scene.dates else None,
    )


def address(unit_id: str, look: Look) -> str:
    """Where the movements of a unit are told in full, with the reader's choices."""
    _path, _mark, query = look.url(unit_id, so=None, xep=None).partition("?")
    found = reverse("uptake-movements", args=[unit_id])
    return f"{found}?{query}" if query else found


def week_before(dates: Iterable[date], day: date) -> date | None:
    """The newest date that is a week older, or some days more."""
    return max((on for on in dates if WEEK <= day - on <= OLDEST), default=None)


def _measures(unit: Unit, look: Look) -> tuple[Choice, ...]:
    names = ("population", "smartphones")
    return tuple(
        Choice(
            replace(look, by=name).indicator.short.in_language(look.lang),
            address(unit.id, replace(look, by=name)),
            current=look.by == name,
        )
        for name in names
    )


def _counted(scene: Scene, part: Node) -> Counted:
    """A unit on both days, each count with its own day; held back where it is not ranked."""
    now = scene.pair(part)
    earlier = scene.earlier(part.unit.id)
    then = scene.pair(earlier) if earlier else None
    by = scene.look.indicator
    row = rules.row_to_rank(part, by.numerator, by.denominator)
    has_both = then is not None and then.is_known and now.is_known
    is_other = has_both and not are_compared(then, now)
    return Counted(
        key=part.unit.id,
        before=measure_of(then) if then else Measure(None, None),
        before_on=_counted_on(then.numerator if then else None),
        after=measure_of(now),
        after_on=_counted_on(now.numerator),
        sort_key=part.unit.sort_key,
        is_withheld=row.withheld is not None or is_other,
    )


def _counted_on(figure: rules.Figure | None) -> date | None:
    if figure is None or figure.value is None or figure.as_of is None:
        return None
    return figure.as_of.astimezone(clock.TZ).date()


def _day_of(scene: Scene) -> date:
    return scene.moment.as_of.astimezone(clock.TZ).date()


def _since(on: date, lang: str) -> str:
    return _("So với %(day)s") % {"day": vietnamese.date(on, lang)}


def _shown(scene: Scene, one: UnitMovement, units: Mapping[str, Unit]) -> Movement:
    unit = units[one.key]
    return Movement(
        unit=Link(unit.short_name, scene.look.url(unit.id)),
        unit_id=unit.id,
        kind=one.kind,
        words=coverage.MOVED_WORDS[one.kind].in_language(scene.look.lang),
        rank_before=one.rank_before,
        rank_after=one.rank_after,
        places_up=one.places_up,
        n_more=one.n_more,
        points=points_words(one.points),
        is_tied=one.is_tied,
    )


def _sentence(found: Iterable[UnitMovement], compared: tuple[Movement, ...]) -> str:
    """Who gained most and who least, and how many could not be compared; "" where none could."""
    gained = {one.key: one.points for one in found if one.points is not None}
    up = [one for one in compared if gained[one.unit_id] > 0]
    down = [one for one in reversed(compared) if gained[one.unit_id] < 0]
    parts = [_("tăng nhiều nhất: %(units)s") % {"units": _named(up)}] if up else []
    parts += [_("giảm: %(units)s") % {"units": _named(down)}] if down else []
    if compared and not parts:
        return _("không đơn vị nào tăng hay giảm")
    return "; ".join(parts)


def _named(listed: list[Movement]) -> str:
    return ", ".join(_spoken(one) for one in listed[:N_NAMED])


def _spoken(one: Movement) -> str:
    said = {"unit": one.unit.label, "points": one.points, "n": one.n_places}
    if one.places_up:
        text = _("lên %(n)s bậc") if one.places_up > 0 else _("xuống %(n)s bậc")
        return _("%(unit)s (%(points)s, %(places)s)") % {**said, "places": text % said}
    return _("%(unit)s (%(points)s)") % said
