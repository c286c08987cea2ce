"""The ranked table of the units below, by one base, with the other base beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.shown import Link
from vungxanh.documents import vietnamese
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Ranked, Unranked
from vungxanh.locations.values import Level
from vungxanh.refusals import Words
from vungxanh.uptake import rules
from vungxanh.uptake.overview import eras, faults, movements, rebased
from vungxanh.uptake.overview.change import change_of
from vungxanh.uptake.overview.look import Look, Scene
from vungxanh.uptake.overview.words import some
from vungxanh.uptake.pages import Action, Minimum, RankRow, RankTable, RankTotal, SortLink
from vungxanh.uptake.rules import Node, Pair
from vungxanh.uptake.values import ELEMENTS, Indicator

MOST_SILENT = 20  # units without any figure that stand in the table as empty rows


@dataclass(frozen=True, slots=True)
class Standing:
    """Both rankings of the parts and what a target asks of each."""

    main: tuple[Ranked, ...]
    other: dict[str, Ranked]
    needs: dict[str, int | None]
    total_need: int | None


def standing(scene: Scene, needs: dict[str, int | None], total_need: int | None) -> Standing:
    """The parts ranked by both bases, and what targets ask of each a day."""
    other = _ranked(scene, scene.look.other)
    return Standing(
        main=_ranked(scene, scene.look.indicator),
        other={row.key: row for row in other},
        needs=needs,
        total_need=total_need,
    )


def _ranked(scene: Scene, indicator: Indicator) -> tuple[Ranked, ...]:
    by = indicator.numerator, indicator.denominator
    rows = (rules.row_to_rank(part, *by) for part in scene.node.parts)
    return coverage.rank(rows, minimum_base=scene.look.minimum_base)


def table(scene: Scene, found: Standing, exports: tuple[Action, ...]) -> RankTable:
    """The table as the page shows it, in the order the reader chose."""
    look, lang = scene.look, scene.look.lang
    by_id: dict[str, Node] = {part.unit.id: part for part in scene.node.parts}
    rows = [_row(scene, by_id[ranked.key], ranked, found=found) for ranked in found.main]
    total = _total(scene, found)
    speaking, silent = _parted(rows) if total.n_reported else (rows, ())
    has_change = any(row.change is not None for row in rows)
    return RankTable(
        title=_title(rows),
        note=_note(scene, total) if any(row.rank for row in rows) else "",
        caption=_("%(element)s theo đơn vị, %(name)s")
        % {
            "element": ELEMENTS[look.indicator.numerator].label.in_language(lang),
            "name": scene.unit.name,
        },
        numerator_label=ELEMENTS[look.indicator.numerator].short.in_language(lang),
        base_label=_base_label(scene, look.indicator),
        share_label=look.indicator.short.in_language(lang),
        rows=tuple(_in_order(speaking, look.sort)),
        silent=silent,
        total=total,
        scale=max((row.share for row in rows if row.share is not None), default=Decimal(100)),
        other_base_label=_base_label(scene, look.other),
        other_share_label=look.other.short.in_language(lang),
        other_rank_label=_other_rank_label(scene, rows),
        trend_label=_("14 ngày qua") if any(len(row.points) > 1 for row in rows) else "",
        change_label=_("Thay đổi, điểm") if has_change else "",
        needed_label=_("Cần thêm / ngày") if _is_asked(found) else "",
        rebased_label=_("Quy đổi") if total.rebased or any(row.rebased for row in rows) else "",
        sorts=_sorts(scene),
        exports=exports,
        foot=_foot(scene, found),
        is_across_reform=eras.is_rebased(scene),
        minimum=_minimum(scene),
        moved=_moved(scene),
        moved_way=Link(_("Xem tăng giảm"), movements.address(scene.unit.id, look)),
    )


def _other_rank_label(scene: Scene, rows: list[RankRow]) -> str:
    """The head of the second rank; empty where nobody has one."""
    if not any(row.other_rank for row in rows):
        return ""
    return _("Hạng theo %(base)s") % {"base": scene.look.other.short.in_language(scene.look.lang)}


def _moved(scene: Scene) -> str:
    """Who rose and who fell since the date compared with; empty where nobody compares."""
    found = movements.told(scene)
    return f"{found.title}: {found.sentence}." if found and found.sentence else ""


def _parted(rows: list[RankRow]) -> tuple[list[RankRow], tuple[RankRow, ...]]:
    """The rows, and those without any figure where they are more than a reader would pass over."""
    silent = [row for row in rows if row.numerator is row.base is row.other_base is None]
    if len(silent) <= MOST_SILENT:
        return rows, ()
    named = {row.unit_id for row in silent}
    return [row for row in rows if row.unit_id not in named], tuple(silent)


def _title(rows: list[RankRow]) -> str:
    n_ranked = sum(row.rank is not None for row in rows)
    numbers = {"n": len(rows), "ranked": n_ranked}
    if n_ranked == len(rows):
        return _("Xếp hạng %(n)s đơn vị") % numbers
    if not n_ranked:
        return _("Số liệu của %(n)s đơn vị, không xếp hạng") % numbers
    return _("Xếp hạng %(ranked)s / %(n)s đơn vị") % numbers


def _row(scene: Scene, part: Node, ranked: Ranked, *, found: Standing) -> RankRow:
    main, beside = scene.pair(part), scene.pair(part, scene.look.other)
    other = found.other[ranked.key]
    doubt, change = _doubt(scene, part), change_of(scene, part)
    return RankRow(
        unit=Link(part.unit.short_name, scene.look.url(part.unit.id)),
        unit_id=part.unit.id,
        rank=ranked.rank,
        numerator=main.numerator.value,
        base=main.denominator.value,
        share=ranked.share_percent,
        other_base=beside.denominator.value,
        other_share=other.share_percent,
        other_rank=other.rank,
        shift=ranked.rank - other.rank if ranked.rank and other.rank else 0,
        doubt=doubt[0],
        doubt_url=doubt[1],
        points=tuple(value for _on, value in scene.series_of(part, main.numerator.element)),
        change=change.points if change else None,
        is_base_changed=bool(change and change.is_base_changed),
        needed_per_day=found.needs.get(ranked.key),
        missing_reason=_why_unranked(ranked, scene.look.lang),
        partial=_partial(main),
        rebased=_rebased(scene, part),
    )


def _partial(found: Pair) -> str:
    """What a unit's re-based figures lack, where that is something."""
    if not (found.missing and rules.is_across_reform(found)):
        return ""
    return _("thiếu %(missing)s") % {"missing": some(found.missing, 3)}


def _rebased(scene: Scene, part: Node) -> str:
    found = rebased.of_node(part, (scene.look.indicator, scene.look.other))
    return rebased.brief(found).in_language(scene.look.lang) if found else ""


def _why_unranked(ranked: Ranked, lang: str) -> str:
    return coverage.UNRANKED_WORDS[ranked.unranked].in_language(lang) if ranked.unranked else ""


def _doubt(scene: Scene, part: Node) -> tuple[str, str]:
    for finding in scene.findings:
        if finding.about_unit == part.unit.id and finding.severity != "info":
            return finding.message(scene.look.lang), f"#phat-hien-{finding.id}"
    found = faults.at_origin_of(scene, part)
    return (faults.message_of(scene, found), faults.address_of(found)) if found else ("", "")


def _total(scene: Scene, found: Standing) -> RankTotal:
    main, beside = scene.pair(scene.node), scene.pair(scene.node, scene.look.other)
    whole = change_of(scene, scene.node)
    known = [p for p in scene.node.parts if scene.pair(p).numerator.value is not None]
    return RankTotal(
        label=total_label(scene.unit.level),
        numerator=main.numerator.value,
        base=main.denominator.value,
        share=scene.whole_share(),
        other_base=beside.denominator.value,
        other_share=scene.whole_share(scene.look.other),
        change=whole.points if whole else None,
        needed_per_day=found.total_need,
        n_reported=len(known),
        rebased=_rebased(scene, scene.node),
    )


def total_label(level: Level) -> str:
    """What the row of the whole is called."""
    return {
        Level.COUNTRY: _("Cả nước"),
        Level.PROVINCE: _("Toàn tỉnh"),
        Level.DISTRICT: _("Toàn huyện"),
        Level.COMMUNE: _("Toàn xã"),
    }[level]


def _base_label(scene: Scene, indicator: Indicator) -> str:
    label = ELEMENTS[indicator.denominator].short.in_language(scene.look.lang)
    years = {
        base.as_of.astimezone(clock.TZ).year
        for part in scene.node.parts
        if (base := scene.pair(part, indicator).denominator).as_of is not None
    }
    is_dated = len(years) == 1 and indicator.denominator in {"population", "adults"}
    return f"{label} {years.pop()}" if is_dated else label


def _note(scene: Scene, total: RankTotal) -> str:
    by = scene.look.indicator.label.in_language(scene.look.lang).lower()
    text = _("xếp theo %(by)s, từ cao xuống") % {"by": by}
    if total.share is None:
        return text
    tick = _("vạch dọc = %(whole)s %(share)s") % {
        "whole": total.label.lower(),
        "share": vietnamese.share_percent(total.share, scene.look.lang),
    }
    return f"{text}; {tick}"


def _minimum(scene: Scene) -> Minimum:
    """The least base that is ranked, and the choices that the form must keep."""
    look = scene.look
    known_at = look.known_at.isoformat() if look.known_at else None
    kept = {
        "den": look.as_of,
        "biet": known_at,
        "so": look.compare,
        "theo": look.by,
        "xep": look.sort,
    }
    return Minimum(look.minimum_base, tuple((k, str(v)) for k, v in kept.items() if v))


def _foot(scene: Scene, found: Standing) -> tuple[str, ...]:
    shares = _(
        "Tỷ lệ tính lại từ số đếm, 2 số lẻ, làm tròn nửa lên; tỷ lệ chung là tổng chia tổng."
    )
    needs = _("“Cần thêm / ngày” làm tròn lên ở từng đơn vị, nên tổng có thể lớn hơn số chung.")
    asked = (needs,) if _is_asked(found) else ()
    lines = (*_chosen(scene.look), shares, *_withheld(scene, found), *asked)
    told = rebased.of_page(scene.node, (scene.look.indicator, scene.look.other))
    if told is None:
        return lines
    ranks = (rebased.RANKS,) if eras.is_rebased(scene) else ()
    said = (rebased.sentence(told), *ranks)
    return (*lines, *(words.in_language(scene.look.lang) for words in said))


def _chosen(look: Look) -> tuple[str, ...]:
    """What the reader narrowed the table to, so that a file says it too."""
    lines = []
    if look.minimum_base:
        least = vietnamese.count(look.minimum_base, look.lang)
        lines.append(_("Chỉ xếp hạng nơi có mẫu số từ %(least)s trở lên.") % {"least": least})
    if look.known_at:
        moment = vietnamese.moment(look.known_at.astimezone(clock.TZ), look.lang)
        lines.append(_("Số liệu như đã biết lúc %(moment)s.") % {"moment": moment})
    return tuple(lines)


def _is_asked(found: Standing) -> bool:
    """Whether a target still asks something of a day; past its end the column would be empty."""
    needs = (*found.needs.values(), found.total_need)
    return any(need is not None for need in needs)


def _withheld(scene: Scene, found: Standing) -> tuple[str, ...]:
    """How many units have a share and no rank all the same, by reason."""
    held = [row.unranked for row in found.main if row.unranked in _WITHHELD and row.share_percent]
    return tuple(
        _("%(n)s đơn vị không xếp hạng: %(why)s.")
        % {"n": held.count(why), "why": _lower(coverage.UNRANKED_WORDS[why], scene.look.lang)}
        for why in _WITHHELD
        if why in held
    )


def _lower(words: Words, lang: str) -> str:
    text = words.in_language(lang)
    return text[:1].lower() + text[1:]


_WITHHELD = (Unranked.PARTS_MISSING, Unranked.DIVIDED)
_ORDERS: dict[str, Callable[[RankRow], tuple[bool, object]]] = {
    "numerator": lambda row: (row.numerator is None, -(row.numerator or 0)),
    "base": lambda row: (row.base is None, -(row.base or 0)),
    "other_base": lambda row: (row.other_base is None, -(row.other_base or 0)),
    "other_share": lambda row: (row.other_share is None, -(row.other_share or Decimal(0))),
    "other_rank": lambda row: (row.other_rank is None, row.other_rank or 0),
    "change": lambda row: (row.change is None, -(row.change or Decimal(0))),
    "needed": lambda row: (row.needed_per_day is None, -(row.needed_per_day or 0)),
}


def _in_order(rows: list[RankRow], sort: str) -> list[RankRow]:
    """By rank as ranked, then those without one, known shares first; else by the column."""
    if sort not in _ORDERS:
        return sorted(rows, key=lambda row: row.rank is None and (1 + (row.share is None)))
    return sorted(rows, key=_ORDERS[sort])


def _sorts(scene: Scene) -> dict[str, SortLink]:
    look = scene.look
    links = {
        column: SortLink(
            look.url(scene.unit.id, xep=column), "descending" if look.sort == column else ""
        )
        for column in _ORDERS
    }
    is_ranked = look.sort not in _ORDERS
    return {
        **links,
        "share": SortLink(look.url(scene.unit.id, xep=None), "descending" if is_ranked else ""),
    }
