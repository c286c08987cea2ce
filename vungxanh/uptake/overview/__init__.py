"""The unit page, composed: every card from its own module, nothing decided in the template."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.shown import Choice, Link
from vungxanh.core.viewer import Viewer
from vungxanh.documents import vietnamese
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Unit
from vungxanh.uptake import queries, rules
from vungxanh.uptake.models import Target
from vungxanh.uptake.overview import (
    eras,
    faults,
    figures,
    goal,
    lacking,
    live,
    ranking,
    sketch,
    unreported,
    words,
)
from vungxanh.uptake.overview.look import Look, Scene
from vungxanh.uptake.overview.reading import see
from vungxanh.uptake.pages import (
    Action,
    Dates,
    EmptyState,
    FigureState,
    Provenance,
    RankTable,
    TargetCard,
    TrendCard,
    UnitPage,
)
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import ELEMENTS

__all__ = ["Look", "Scene", "compose", "see"]


def compose(viewer: Viewer, unit: Unit, look: Look) -> UnitPage:
    """The finished page of a unit; an empty state where nothing is known.

    A page as it was known earlier tells nothing of this second.
    """
    scene = see(viewer, unit, look)
    page = _filled(scene) if _has_figures(scene) else _unfilled(scene)
    if look.known_at is not None:
        return page
    at = clock.now()
    counted = live.live_counts(viewer, unit, at=at, lang=look.lang)
    page = replace(page, live=counted, jumps=live.jumps(unit, scene.findings))
    return _with_reports(page, scene, at)


def _with_reports(page: UnitPage, scene: Scene, at: datetime) -> UnitPage:
    """The page with who has not reported today, for those whom the reports are owed to."""
    parts = [part.unit for part in scene.node.parts]
    reports = unreported.reports_of(scene.viewer, scene.unit, parts, at=at)
    if reports is None or page.empty:
        return page
    return replace(
        page,
        ranking=unreported.told(page.ranking, reports) if page.ranking else None,
        unreported=unreported.card(reports, scene.unit, lang=scene.look.lang),
    )


def _unfilled(scene: Scene) -> UnitPage:
    unit, look = scene.unit, scene.look
    return UnitPage(
        name=unit.name,
        unit_id=unit.id,
        crumbs=_crumbs(unit, look),
        dates=_dates(scene) if scene.dates else None,
        eras=eras.switch(unit, look.url),
        ways=eras.ways(unit),
        rebased=eras.note(scene),
        empty=_empty(scene),
    )


def _has_figures(scene: Scene) -> bool:
    nodes = (scene.node, *scene.node.parts)
    if any(node.facts or _has_carried(node) for node in nodes):
        return True
    return any(q.facts for p in scene.node.parts for q in p.parts)


def _has_carried(node: Node) -> bool:
    """Whether the other era hands a figure to the unit."""
    return any(f.value is not None for one in node.carried for f in one.figures.values())


def _filled(scene: Scene) -> UnitPage:
    unit, look = scene.unit, scene.look
    claims = list(scene.claims)
    bound = goal.targets(scene)
    target = bound.own
    card, table = _target_and_table(scene, bound)
    return UnitPage(
        name=unit.name,
        unit_id=unit.id,
        crumbs=_crumbs(unit, look),
        dates=_dates(scene),
        eras=eras.switch(unit, look.url),
        ways=eras.ways(unit),
        rebased=eras.note(scene),
        exports=_exports(scene),
        action=_report_action(scene),
        bringing=_bringing(scene),
        figures=figures.key_figures(scene, claims),
        map=sketch.map_card(scene) if scene.node.parts else None,
        map_empty=_no_map(scene),
        ranking=table,
        ranking_empty=None if table else _no_parts(scene),
        findings=faults.card(scene, claims),
        target=card,
        target_empty=None if card else _no_target(scene, target),
        other_targets=goal.other_targets(scene),
        trend=_trend(scene),
        provenance=_provenance(scene),
        notes=_notes(scene),
        has_invented=bool(card and card.invented),
    )


def _target_and_table(
    scene: Scene, bound: goal.Bound
) -> tuple[TargetCard | None, RankTable | None]:
    """The target's card, and the ranking that says what targets ask of each part."""
    target = bound.own
    now = goal.progress_of(scene, target) if target else None
    card = goal.card(scene, target, now) if target and now else None
    if not scene.node.parts:
        return card, None
    found = ranking.standing(scene, *goal.asked_of_parts(scene, bound))
    return card, lacking.told(scene, ranking.table(scene, found, _exports(scene)[:1]))


def _crumbs(unit: Unit, look: Look) -> tuple[Link, ...]:
    known = locations.units(unit.chain[:-1])
    above = tuple(Link(known[u].bare_name, look.url(u)) for u in unit.chain[:-1])
    return (*above, Link(unit.bare_name))


def _dates(scene: Scene) -> Dates:
    day = scene.moment.as_of.astimezone(clock.TZ).date()
    look, unit_id = scene.look, scene.unit.id
    return Dates(
        as_of=day,
        state=_state(scene),
        choices=tuple(
            Choice(vietnamese.date(on, look.lang), look.url(unit_id, den=on), current=on == day)
            for on in scene.dates
        ),
        compare=tuple(
            Choice(
                vietnamese.date(on, look.lang),
                look.url(unit_id, so=on),
                current=on == scene.before_on,
            )
            for on in scene.dates
            if on < day
        ),
        compared_with=scene.before_on,
        known_at=look.known_at,
    )


def _state(scene: Scene) -> FigureState:
    """Provisional while a part is missing, corrected where a figure replaced an earlier one."""
    whole = scene.pair(scene.node)
    if whole.missing or rules.FigureState.PARTIAL in {
        whole.numerator.state,
        whole.denominator.state,
    }:
        return "provisional"
    nodes = (scene.node, *scene.node.parts)
    element = scene.look.indicator.numerator
    is_corrected = any(node.facts[element].revision > 1 for node in nodes if element in node.facts)
    return "corrected" if is_corrected else "complete"


def _provenance(scene: Scene) -> tuple[Provenance, ...]:
    """Where each number on the page comes from, as of when, known since when."""
    found = [rules.figure(scene.node, element) for element in ELEMENTS]
    return tuple(
        Provenance(
            label=ELEMENTS[figure.element].label.in_language(scene.look.lang),
            as_of=figure.as_of.astimezone(clock.TZ).date(),
            known_at=figure.received_at,
            source=Link(figures.source_label(figure), figures.lineage_url(scene, figure.element)),
            note=words.made_of(figure),
        )
        for figure in found
        if figure.as_of is not None and figure.received_at is not None
    )


def _exports(scene: Scene) -> tuple[Action, ...]:
    query = _seen(scene)
    return tuple(
        Action(
            name.upper(), f"{reverse('uptake-export', args=[scene.unit.id, name])}?{query}", icon
        )
        for name, icon in (("xlsx", "download"), ("csv", "download"))
    )


def _bringing(scene: Scene) -> Action | None:
    if not queries.may_work_on(scene.viewer, scene.unit, "uptake.import"):
        return None
    return Action(_("Nộp số liệu"), _bring_address(scene), "plus")


def _bring_address(scene: Scene) -> str:
    return f"{reverse('uptake-bring')}?{urlencode({'dia-ban': scene.unit.id})}"


def _report_action(scene: Scene) -> Action | None:
    if not scene.viewer.may("reports.issue") or not scene.node.parts:
        return None
    address = reverse("uptake-compose_report", args=[scene.unit.id])
    return Action(_("Lập phụ lục chính thức"), f"{address}?{_seen(scene)}", "file-text")


def _seen(scene: Scene) -> str:
    """What is chosen on the page, its day named: a file or a report shows what the page shows."""
    return scene.look.query(den=scene.moment.as_of.astimezone(clock.TZ).date())


def _trend(scene: Scene) -> TrendCard | None:
    points = goal.history(scene, scene.node, scene.look.indicator.numerator)
    if len(points) < 2:
        return None
    return TrendCard(_("Số theo ngày"), tuple((p.on, p.count) for p in points))


def _notes(scene: Scene) -> tuple[str, ...]:
    sources = rules.figure(scene.node, scene.look.indicator.numerator).sources
    return tuple(_("Nguồn: %(source)s.") % {"source": source} for source in sources[:3])


def _empty(scene: Scene) -> EmptyState:
    title = _("Chưa có số liệu của %(name)s") % {"name": scene.unit.name}
    if not queries.may_work_on(scene.viewer, scene.unit, "uptake.import"):
        body = _("Số liệu hiện ở đây khi đơn vị phụ trách nộp và công bố.")
        return EmptyState(title, body, _way_on(scene))
    body = _("Nộp một bảng Excel, hoặc dán từ Excel; hệ thống kiểm trước khi ghi.")
    return EmptyState(title, body, Action(_("Nộp bảng số liệu"), _bring_address(scene), "plus"))


def _way_on(scene: Scene) -> Action | None:
    above = locations.ancestors(scene.unit.id)
    if not above:
        return None
    return Action(
        _("Xem %(name)s") % {"name": above[-1].name},
        scene.look.url(above[-1].id),
        icon="map-search",
    )


def _no_map(scene: Scene) -> EmptyState | None:
    return EmptyState(_("Chưa có sơ đồ"), _("Địa bàn này chưa có hình vẽ; xem bảng bên cạnh."))


def _no_parts(scene: Scene) -> EmptyState:
    is_lowest = scene.unit.level == Level.COMMUNE
    body = _("Xã, phường là cấp cuối.") if is_lowest else _("Chưa có đơn vị trực thuộc nào có số.")
    return EmptyState(_("Không có bảng xếp hạng"), body)


def _no_progress(scene: Scene, target: Target) -> str:
    if not target.denominator:
        return _("Chưa tính được: thiếu số đếm.")
    base = ELEMENTS[target.denominator].label.in_language(scene.look.lang).lower()
    return _("Chưa tính được: thiếu số đếm hoặc %(base)s.") % {"base": base}


def _no_target(scene: Scene, target: Target | None) -> EmptyState:
    if target is not None:
        body = _no_progress(scene, target)
        return EmptyState(goal.title(scene, target), body, icon="target-arrow")
    body = _("Chỉ tiêu cần tỷ lệ, mẫu số, hạn và văn bản giao.")
    if not queries.may_work_on(scene.viewer, scene.unit, "uptake.targets"):
        return EmptyState(_("Chưa có chỉ tiêu"), body, icon="target-arrow")
    address = reverse("uptake-targets", args=[scene.unit.id])
    return EmptyState(
        _("Chưa có chỉ tiêu"), body, Action(_("Đặt chỉ tiêu"), address), "target-arrow"
    )
