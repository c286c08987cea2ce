"""The page of a campaign: every unit with its target, gap, pace and forecast; who is ahead."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from vungxanh.core.shown import Link, Mark
from vungxanh.core.viewer import Viewer
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Feasibility, Progress
from vungxanh.locations import queries as locations
from vungxanh.uptake import queries
from vungxanh.uptake.models import Campaign, Target
from vungxanh.uptake.overview import goal
from vungxanh.uptake.overview.look import Look, Scene
from vungxanh.uptake.overview.reading import see
from vungxanh.uptake.pages import Pace
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import ELEMENTS

_TOLD = frozenset({Feasibility.ALREADY_MET, Feasibility.ON_TRACK, Feasibility.UNSURE})
_BEHIND = frozenset(
    {
        Feasibility.BEHIND,
        Feasibility.CANNOT_AT_THIS_PACE,
        Feasibility.IMPOSSIBLE,
        Feasibility.PAST_DUE,
    }
)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One unit in a campaign. `ahead` is the forecast less the goal, negative when it is behind.

    `reached` is the count over the goal in per cent; `why` says what is not known.
    """

    unit: Link
    goal: int | None
    count: int | None
    reached: Decimal | None = None
    gap: int | None = None
    needed_per_day: int | None = None
    pace: Pace | None = None
    ahead: int | None = None
    verdict: Mark | None = None
    why: str = ""
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class CampaignTotal:
    """The sums of the units whose target can be told; `n_unknown` are left out of them."""

    goal: int
    count: int
    reached: Decimal | None
    gap: int
    needed_per_day: int
    ends_at: int | None
    n_known: int
    n_unknown: int


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Everything on the page; rows with the widest gap first."""

    id: UUID
    name: str
    unit_id: str
    unit_name: str
    asked: str
    counted: str
    starts_on: date
    due_on: date
    as_of: date
    origin: Link
    rows: tuple[CampaignRow, ...]
    total: CampaignTotal | None
    standing: str
    elapsed: str
    is_ended: bool
    may_end: bool
    has_invented: bool


def page_of(viewer: Viewer, campaign: Campaign, look: Look) -> CampaignPage:
    """The finished page; figures as the viewer may see them."""
    targets = queries.targets_in(campaign)
    area, first = locations.unit(campaign.scope_id), targets[0]
    scene = _counting(see(viewer, area, look), first.numerator)
    now = dict(_progress(scene, targets))
    rows = [_row(scene, target, now.get(target.id)) for target in targets]
    return CampaignPage(
        id=campaign.id,
        name=campaign.name,
        unit_id=campaign.scope_id,
        unit_name=area.name,
        asked=goal.asked_words(first, look.lang),
        counted=ELEMENTS[first.numerator].label.in_language(look.lang),
        starts_on=campaign.starts_on,
        due_on=campaign.due_on,
        as_of=goal.today(scene),
        origin=goal.origin_link(viewer, first),
        rows=tuple(sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0)))),
        total=_total(now.values(), len(rows)),
        standing=_standing(now.values(), len(rows)),
        elapsed=_elapsed(campaign, goal.today(scene)),
        is_ended=campaign.ended_at is not None,
        may_end=queries.may_work_on(viewer, area, "uptake.targets"),
        has_invented=any(target.is_illustrative for target in targets),
    )


def _counting(scene: Scene, element: str) -> Scene:
    """The scene with the days of what the campaign counts, where the unit page needs none."""
    if element in scene.series:
        return scene
    ids = [node.unit.id for node in _nodes(scene.node)]
    days = queries.series(scene.viewer, scene.unit, element, units=ids, moment=scene.moment)
    return replace(scene, series={**scene.series, element: days})


def _nodes(top: Node) -> Iterator[Node]:
    yield top
    for part in top.parts:
        yield part
        yield from part.parts


def _progress(scene: Scene, targets: Iterable[Target]) -> Iterator[tuple[UUID, Progress]]:
    nodes: dict[str, Node] = {node.unit.id: node for node in _nodes(scene.node)}
    for target in targets:
        if target.unit_id in nodes:
            yield target.id, goal.progress_at(scene, nodes[target.unit_id], target)


def _row(scene: Scene, target: Target, now: Progress | None) -> CampaignRow:
    link = Link(target.unit.short_name, scene.look.url(target.unit_id))
    if now is None or now.n_goal is None or now.n_needed is None or now.count is None:
        why = _("chưa có số") if now is None else _why(now, scene.look.lang)
        n_goal = now.n_goal if now else target.n_asked
        return CampaignRow(link, n_goal, now.count if now else None, why=why)
    return CampaignRow(
        unit=link,
        goal=now.n_goal,
        count=now.count,
        reached=coverage.share_percent(now.count, now.n_goal),
        gap=now.n_needed,
        needed_per_day=now.n_needed_per_day,
        pace=goal.pace_of(now),
        ahead=None if now.n_projected is None else now.n_projected - now.n_goal,
        verdict=goal.verdict(now, scene.look.lang),
        why=goal.why_no_pace(now),
        is_replaced=target.ended_at is not None,
    )


def _why(now: Progress, lang: str) -> str:
    words = coverage.FEASIBILITY_WORDS[now.feasibility].in_language(lang)
    return words[:1].lower() + words[1:]


def _total(found: Iterable[Progress], n_units: int) -> CampaignTotal | None:
    """Sums of the units whose goal and count are known; None where there is none."""
    known = [(now, now.n_goal, now.count) for now in found if now.n_goal is not None]
    sure = [(now, wanted, count) for now, wanted, count in known if count is not None]
    if not sure:
        return None
    ends = [now.n_projected for now, _goal, _count in sure if now.n_projected is not None]
    wanted, counted = sum(one for _, one, _ in sure), sum(one for _, _, one in sure)
    return CampaignTotal(
        goal=wanted,
        count=counted,
        reached=coverage.share_percent(counted, wanted),
        gap=sum(now.n_needed or 0 for now, _, _ in sure),
        needed_per_day=sum(now.n_needed_per_day or 0 for now, _, _ in sure),
        ends_at=sum(ends) if len(ends) == len(sure) else None,
        n_known=len(sure),
        n_unknown=n_units - len(sure),
    )


def _standing(found: Iterable[Progress], n_units: int) -> str:
    """How many units have reached it, are in time, unsure, behind, and cannot be told."""
    verdicts = Counter(now.feasibility for now in found)
    n_behind = sum(verdicts[one] for one in _BEHIND)
    counts = (
        (verdicts[Feasibility.ALREADY_MET], _("%(n)s đơn vị đã đạt")),
        (verdicts[Feasibility.ON_TRACK], _("%(n)s đúng tiến độ")),
        (verdicts[Feasibility.UNSURE], _("%(n)s chưa chắc")),
        (n_behind, _("%(n)s chậm hoặc không đạt")),
        (
            n_units - n_behind - sum(verdicts[one] for one in _TOLD),
            _("%(n)s chưa tính được"),
        ),
    )
    return ", ".join(words % {"n": n} for n, words in counts if n)


def _elapsed(campaign: Campaign, as_of: date) -> str:
    """How much of the campaign's time has gone by the day of the figures."""
    n_all = (campaign.due_on - campaign.starts_on).days + 1
    n_gone = min(max((as_of - campaign.starts_on).days + 1, 0), n_all)
    return _("đã qua %(gone)s / %(all)s ngày") % {"gone": n_gone, "all": n_all}
