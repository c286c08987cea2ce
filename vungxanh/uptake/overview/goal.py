"""The target card: what is asked, what is still missing, and whether the pace gets there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.shown import Link, Mark, Tone
from vungxanh.core.templatetags.figures import round_percent
from vungxanh.core.viewer import Viewer
from vungxanh.documents import vietnamese
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Feasibility, Progress
from vungxanh.uptake import queries, rules
from vungxanh.uptake.models import Target
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.pages import OtherTarget, Pace, TargetCard
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.targets import letter_of

_TONES: dict[Feasibility, Tone] = {
    Feasibility.ALREADY_MET: "ok",
    Feasibility.ON_TRACK: "ok",
    Feasibility.UNSURE: "warn",
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


@dataclass(frozen=True, slots=True)
class Bound:
    """The targets of a page: what binds the whole, and what parts have of their own, by unit."""

    own: Target | None
    parts: Mapping[str, Target]


def targets(scene: Scene) -> Bound:
    """What binds the unit and its parts now, or at the moment asked for; one query.

    Figures may be remembered from before a target was set, so their moment is not asked.
    """
    below = [part.unit.id for part in scene.node.parts]
    at = scene.look.known_at or clock.now()
    return Bound(*queries.targets_around(scene.unit, below, at))


def target_of(scene: Scene) -> Target | None:
    """The target that binds the unit."""
    return targets(scene).own


def terms(target: Target) -> coverage.Target:
    """The stored target as the engine takes it."""
    return coverage.define_target(
        share_percent=target.share_percent,
        base_element=target.denominator,
        due_on=target.due_on,
        origin=target.origin,
        scope=target.unit_id,
        n_asked=target.n_asked,
    )


def progress_of(scene: Scene, target: Target) -> Progress:
    """Where the whole unit stands, by what the target counts, whatever the page is ranked by."""
    return progress_at(scene, scene.node, target)


def progress_at(scene: Scene, node: Node, target: Target) -> Progress:
    """Where one unit of the page stands against a target, on its own base."""
    base = rules.figure(node, target.denominator).value if target.denominator else None
    points = history(scene, node, target.numerator)
    return coverage.progress(terms(target), base, points, as_of=today(scene))


def asked_of_parts(scene: Scene, bound: Bound) -> tuple[dict[str, int | None], int | None]:
    """What each part must gain a day, and the whole, where that counts what is ranked.

    A part's own target comes before that of the whole; a number asked of the whole is no number
    for its parts.
    """
    counted = scene.look.indicator.numerator
    whole = bound.own if bound.own and bound.own.numerator == counted else None
    shared = whole if whole and whole.share_percent is not None else None
    asked: dict[str, int | None] = {}
    for part in scene.node.parts:
        target = bound.parts.get(part.unit.id, shared)
        if target and target.numerator == counted:
            asked[part.unit.id] = progress_at(scene, part, target).n_needed_per_day
    return asked, progress_of(scene, whole).n_needed_per_day if whole else None


def today(scene: Scene) -> date:
    """The day that the page speaks of."""
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
        needed_per_day=now.n_needed_per_day,
        pace=pace_of(now),
        no_pace=why_no_pace(now),
        verdict=verdict(now, scene.look.lang),
        origin=origin_link(scene.viewer, target),
        change_base=Link(_("Đổi chỉ tiêu"), reverse("uptake-targets", args=[scene.unit.id]))
        if queries.may_work_on(scene.viewer, scene.unit, "uptake.targets")
        else None,
        invented=target.is_illustrative,
    )


def title(scene: Scene, target: Target) -> str:
    """What is asked of what by when."""
    lang = scene.look.lang
    return _("Chỉ tiêu %(asked)s đến hết %(day)s") % {
        "asked": asked_words(target, lang),
        "day": vietnamese.date(target.due_on, lang),
    }


def asked_words(target: Target, lang: str) -> str:
    """A share of a base, "60 % số điện thoại thông minh", or a number of what is counted."""
    if target.share_percent is None:
        counted = ELEMENTS[target.numerator].label.in_language(lang)
        return f"{vietnamese.count(target.n_asked, lang)} {counted[:1].lower()}{counted[1:]}"
    base = ELEMENTS[target.denominator].label.in_language(lang).lower()
    return f"{round_percent(target.share_percent)} {base}"


def origin_link(viewer: Viewer, target: Target) -> Link:
    """The document that set the target, with its page for those who read received letters."""
    letter = letter_of(target.letter)
    if letter is None or not viewer.may("directives.view"):
        return Link(target.origin)
    letter_id, item = letter
    return Link(target.origin, f"{reverse('directives-letter', args=[letter_id])}#{item}")


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


def pace_of(now: Progress) -> Pace | None:
    """How fast it has gone and where that ends, with what makes it less sure; None without one."""
    if now.pace is None or now.n_projected is None:
        return None
    found = now.outlook
    return Pace(
        per_day=int(now.pace.per_day),
        ends_at=now.n_projected,
        ends_share=now.projected_share_percent,
        words=_("nhịp %(n)s ngày qua") % {"n": now.pace.n_days},
        low=found.n_low if found and found.is_wide else None,
        high=found.n_high if found and found.is_wide else None,
        low_share=_share(now, found.n_low) if found and found.is_wide else None,
        high_share=_share(now, found.n_high) if found and found.is_wide else None,
        notes=_notes(now),
    )


def _share(now: Progress, count: int) -> Decimal | None:
    return coverage.share_percent(count, now.base)


def _notes(now: Progress) -> tuple[str, ...]:
    """What makes a forecast less sure than it looks."""
    if now.outlook is None:
        return (_("mới có ít ngày số liệu: chưa rõ các ngày chênh nhau bao nhiêu"),)
    found = []
    if now.outlook.n_days_missing:
        found.append(_("14 ngày qua thiếu số của %(n)s ngày") % {"n": now.outlook.n_days_missing})
    if now.outlook.n_falls:
        found.append(_("có %(n)s lần số giảm") % {"n": now.outlook.n_falls})
    return tuple(found)


def why_no_pace(now: Progress) -> str:
    """Why nothing is said about pace; empty where a pace is shown."""
    if now.n_projected is not None:
        return ""
    if now.n_days_left < 0:
        return _("đã hết hạn nên không dự báo")
    if now.pace is None:
        return _("chưa tính được nhịp: mới có một ngày số liệu")
    day = vietnamese.date(now.counted_on)
    return _("chưa dự báo được: số mới nhất là của ngày %(day)s") % {"day": day}


def verdict(now: Progress, lang: str) -> Mark | None:
    """What can honestly be said; without a pace the card says so itself."""
    if now.feasibility in {Feasibility.NO_PACE, Feasibility.STALE}:
        return None
    words = coverage.FEASIBILITY_WORDS[now.feasibility].in_language(lang)
    return Mark(_TONES.get(now.feasibility, "none"), words[:1].lower() + words[1:])
