"""The target card: what is asked, what is still missing, and whether the pace gets there."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.templatetags.figures import round_percent
from vungxanh.documents import vietnamese
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Feasibility, Needs, Progress
from vungxanh.uptake import queries, rules
from vungxanh.uptake.models import Target
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.pages import Link, Mark, OtherTarget, Pace, TargetCard, Tone
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import ELEMENTS

_TONES: dict[Feasibility, Tone] = {
    Feasibility.ALREADY_MET: "ok",
    Feasibility.ON_TRACK: "ok",
    Feasibility.BEHIND: "warn",
    Feasibility.CANNOT_AT_THIS_PACE: "bad",
    Feasibility.IMPOSSIBLE: "bad",
    Feasibility.PAST_DUE: "bad",
}


def history(scene: Scene, node: Node, element: str) -> tuple[coverage.Point, ...]:
    """A unit's counts by day, the figure shown today last."""
    points = {
        as_of.astimezone(clock.TZ).date(): value for as_of, value in scene.series_of(node, element)
    }
    shown = rules.figure(node, element)
    if shown.value is not None and shown.as_of is not None:
        points[shown.as_of.astimezone(clock.TZ).date()] = shown.value
    return tuple(coverage.Point(on, count) for on, count in sorted(points.items()))


def target_of(scene: Scene) -> Target | None:
    """The target that binds the unit now, or at the moment asked for.

    Figures may be remembered from before the target was set, so their moment is not asked.
    """
    return queries.target_of(scene.unit, scene.look.known_at or clock.now())


def terms(target: Target) -> coverage.Target:
    """The stored target as the engine takes it."""
    return coverage.define_target(
        share_percent=target.share_percent,
        base_element=target.denominator,
        due_on=target.due_on,
        origin=target.origin,
        scope=target.unit_id,
    )


def progress_of(scene: Scene, target: Target) -> Progress:
    """Where the whole unit stands, by what the target counts, whatever the page is ranked by."""
    base = rules.figure(scene.node, target.denominator).value
    points = history(scene, scene.node, target.numerator)
    return coverage.progress(terms(target), base, points, as_of=_today(scene))


def asked_of_parts(scene: Scene, target: Target | None) -> tuple[Needs | None, int | None]:
    """What the target asks of each part and of the whole a day, where it counts what is ranked."""
    if target is None or target.numerator != scene.look.indicator.numerator:
        return None, None
    return needs_of_parts(scene, target), progress_of(scene, target).n_needed_per_day


def needs_of_parts(scene: Scene, target: Target) -> Needs:
    """What the target asks of each part, on its own base."""
    return coverage.needs_by_unit(
        terms(target),
        (
            coverage.UnitSeries(
                part.unit.id,
                rules.figure(part, target.denominator).value,
                history(scene, part, target.numerator),
            )
            for part in scene.node.parts
        ),
        as_of=_today(scene),
    )


def _today(scene: Scene) -> date:
    return scene.moment.as_of.astimezone(clock.TZ).date()


def card(scene: Scene, target: Target, now: Progress) -> TargetCard | None:
    """The card, or None while count or base are not known."""
    if now.n_goal is None or now.n_needed is None:
        return None
    points = history(scene, scene.node, target.numerator)
    return TargetCard(
        title=title(scene, target),
        history=tuple((point.on, point.count) for point in points),
        due_on=target.due_on,
        wanted=now.n_goal,
        wanted_share=target.share_percent,
        gap=now.n_needed,
        days_left=max(now.n_days_left, 0),
        needed_per_day=now.n_needed_per_day or 0,
        pace=_pace(now),
        verdict=_verdict(scene, now),
        origin=Link(target.origin),
        change_base=Link(_("Đổi chỉ tiêu"), reverse("uptake-targets", args=[scene.unit.id]))
        if queries.may_work_on(scene.viewer, scene.unit, "uptake.targets")
        else None,
        invented=target.is_illustrative,
    )


def title(scene: Scene, target: Target) -> str:
    """What is asked of what by when."""
    lang = scene.look.lang
    return _("Chỉ tiêu %(share)s %(base)s đến hết %(day)s") % {
        "share": round_percent(target.share_percent),
        "base": ELEMENTS[target.denominator].label.in_language(lang).lower(),
        "day": vietnamese.date(target.due_on, lang),
    }


def other_targets(scene: Scene) -> tuple[OtherTarget, ...]:
    """The targets of the units of the other era that the unit comes from, or went into."""
    units = scene.origins.units
    return tuple(
        OtherTarget(
            unit=Link(
                rules.era_name(units[target.unit_id]), scene.look.url(target.unit_id, so=None)
            ),
            title=title(scene, target),
            origin=target.origin,
            invented=target.is_illustrative,
        )
        for target in scene.origins.targets
    )


def _pace(now: Progress) -> Pace | None:
    if now.pace is None or now.n_projected is None or now.projected_share_percent is None:
        return None
    return Pace(
        per_day=int(now.pace.per_day),
        ends_at=now.n_projected,
        ends_share=now.projected_share_percent,
        words=_("nhịp %(n)s ngày qua") % {"n": now.pace.n_days},
    )


def _verdict(scene: Scene, now: Progress) -> Mark | None:
    """What can honestly be said; without a pace the card says so itself."""
    if now.feasibility is Feasibility.NO_PACE:
        return None
    words = coverage.FEASIBILITY_WORDS[now.feasibility].in_language(scene.look.lang)
    return Mark(_TONES.get(now.feasibility, "none"), words[:1].lower() + words[1:])
