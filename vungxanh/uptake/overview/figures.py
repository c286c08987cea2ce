"""The key figures on top: a count, its shares of both bases, the claimed rank, points in use."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.shown import Link, Mark
from vungxanh.uptake import rules
from vungxanh.uptake.models import Claim
from vungxanh.uptake.overview.change import change_of
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.words import day, is_doubtful, lacks_reports, origin, some
from vungxanh.uptake.pages import Change, KeyFigure
from vungxanh.uptake.rules import Figure, FigureState, Pair
from vungxanh.uptake.values import ELEMENTS, INDICATORS, Indicator

N_NAMED = 5


def key_figures(scene: Scene, claims: list[Claim]) -> tuple[KeyFigure, ...]:
    """Every figure with its numerator, base, as-of, source and state; unknown ones are left out."""
    shares = [_share(scene, indicator) for indicator in INDICATORS.values()]
    ranks = [_rank(claim) for claim in claims if claim.rank is not None]
    return (_count(scene), *(s for s in shares[:2] if s), *ranks, *(s for s in shares[2:] if s))


def lineage_url(scene: Scene, element: str) -> str:
    """Where a figure's lineage is told."""
    address = reverse("uptake-lineage", args=[scene.unit.id, element])
    asked: dict[str, object] = {"den": scene.moment.as_of.astimezone(clock.TZ).date()}
    known_at = scene.look.known_at
    if known_at is not None:
        asked["biet"] = known_at.isoformat()
    return f"{address}?{urlencode(asked)}"


def _count(scene: Scene) -> KeyFigure:
    element = ELEMENTS[scene.look.indicator.numerator]
    found = rules.figure(scene.node, element.name)
    lang = scene.look.lang
    return KeyFigure(
        label=element.label.in_language(lang),
        kind="count",
        value=found.value,
        change=_count_change(scene, found),
        lines=(origin(found, lang),),
        source=_source_link(scene, found),
        mark=_mark(scene, found),
    )


def _count_change(scene: Scene, found: Figure) -> Change | None:
    if scene.before is None or scene.before_on is None or found.value is None:
        return None
    earlier = rules.figure(scene.before, found.element)
    is_same = earlier.as_of == found.as_of or not rules.compares(found, earlier)
    return None if is_same else Change(found.value - (earlier.value or 0), scene.before_on)


def _share(scene: Scene, indicator: Indicator) -> KeyFigure | None:
    found = scene.pair(scene.node, indicator)
    if found.denominator.value is None or found.numerator.value is None:
        return None
    share = scene.whole_share(indicator)
    if share is None:
        return _unknown_share(scene, indicator)
    lang = scene.look.lang
    base = ELEMENTS[indicator.denominator]
    return KeyFigure(
        label=indicator.label.in_language(lang),
        kind="share",
        value=share,
        numerator=found.numerator.value,
        base=found.denominator.value,
        base_word=base.measure.in_language(lang),
        change=_share_change(scene, indicator),
        lines=(_base_line(scene, indicator, found.denominator),),
        source=_source_link(scene, found.denominator),
        mark=_share_mark(scene, found) or _base_mark(scene, base.name),
    )


def _share_mark(scene: Scene, found: Pair) -> Mark | None:
    """A share over only some of the old units is marked as such, however whole each count is."""
    if found.missing and rules.is_across_reform(found):
        return Mark("warn", _("chưa đủ đơn vị"), url=lineage_url(scene, found.numerator.element))
    return _mark(scene, found.numerator)


def _base_line(scene: Scene, indicator: Indicator, base: Figure) -> str:
    label = ELEMENTS[indicator.denominator].label.in_language(scene.look.lang)
    text = _("Mẫu số: %(label)s, số liệu %(day)s") % {
        "label": label.lower(),
        "day": day(base.as_of, scene.look.lang),
    }
    found = scene.pair(scene.node, indicator)
    covered = _covered(scene, found) if found.missing else ""
    return " · ".join(filter(None, (text, covered, lacks_reports(base.lacking))))


def _covered(scene: Scene, found: Pair) -> str:
    """Over how many units a share is taken, and which are left out where these are few."""
    missing = found.missing
    n_all = found.n_parts
    numbers = {"n": n_all - len(missing), "all": n_all, "missing": ", ".join(missing)}
    if len(missing) > N_NAMED:
        return _("chỉ tính trên %(n)s / %(all)s đơn vị") % numbers
    return _("chỉ tính trên %(n)s / %(all)s đơn vị, thiếu %(missing)s") % numbers


def _unknown_share(scene: Scene, indicator: Indicator) -> KeyFigure:
    """Too few units have count and base for a share of the whole."""
    found = scene.pair(scene.node, indicator)
    why = _("Chưa tính được cho cả địa bàn: %(covered)s") % {"covered": _covered(scene, found)}
    label = indicator.label.in_language(scene.look.lang)
    return KeyFigure(label=label, kind="share", value=None, lines=(why,))


def _share_change(scene: Scene, indicator: Indicator) -> Change | None:
    found = change_of(scene, scene.node, indicator)
    if found is None or found.points is None or scene.before_on is None:
        return None
    return Change(found.points, scene.before_on)


def _rank(claim: Claim) -> KeyFigure:
    return KeyFigure(
        label=_("Xếp hạng nêu trong văn bản"),
        kind="rank",
        value=claim.rank,
        out_of=claim.rank_of,
        lines=(_("Theo %(source)s") % {"source": claim.submission.source.title},),
        mark=Mark("none", _("chưa kiểm được: thiếu bảng của các tỉnh")),
    )


def _source_link(scene: Scene, found: Figure) -> Link | None:
    return Link(source_label(found), lineage_url(scene, found.element)) if found.sources else None


def source_label(found: Figure) -> str:
    """The one source of a figure, or how many there are."""
    if not found.sources:
        return _("Chưa có nguồn")
    return (
        found.sources[0]
        if len(found.sources) == 1
        else _("%(n)s nguồn") % {"n": len(found.sources)}
    )


def _mark(scene: Scene, found: Figure) -> Mark | None:
    if rules.is_unpublished(scene.node, found.element):
        return Mark("info", _("chưa công bố"), url=lineage_url(scene, found.element))
    if not is_doubtful(found):
        return None
    return Mark("warn", _why_doubtful(found), url=lineage_url(scene, found.element))


def _why_doubtful(found: Figure) -> str:
    if found.lacking and not found.lacks_parts:
        return _("thiếu báo cáo")
    if found.state is FigureState.PARTIAL:
        return _("chưa đủ đơn vị")
    return _("ước tính") if found.is_estimated else _("đang tranh chấp")


def _base_mark(scene: Scene, element: str) -> Mark | None:
    doubted = [f for f in scene.findings if f.element == element and f.severity == "warning"]
    if not doubted:
        return None
    names = [
        p.unit.bare_name for p in scene.node.parts if p.unit.id in {f.about_unit for f in doubted}
    ]
    listed = some(names, 3)
    words = _("mẫu số cần kiểm: %(names)s") % {"names": listed} if names else _("mẫu số cần xem")
    return Mark("warn", words, url=f"#phat-hien-{doubted[0].id}")
