"""What is said under a table: doubts about single units, missing units, disputed figures."""

from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase

from vungxanh.core import clock
from vungxanh.documents import vietnamese
from vungxanh.documents.content import Footnote
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Unranked
from vungxanh.uptake import rules
from vungxanh.uptake.exports.figures import NOUNS, Layout, total_label, total_pair
from vungxanh.uptake.models import Claim, FindingRecord
from vungxanh.uptake.overview import lacking, rebased
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.ranking import Standing
from vungxanh.uptake.rules import FindingState

_DECIDED = {
    FindingState.OPEN.value: "đang xác minh",
    FindingState.ASKED.value: "đã hỏi nơi gửi, đang xác minh",
}


def doubts(scene: Scene, found: Standing, layout: Layout) -> tuple[Footnote, ...]:
    """A footnote for each unit of which a warning or an error stands, in the order of the rows."""
    by_unit = _doubts_by_unit(scene, layout)
    marked = [ranked.key for ranked in found.main if ranked.key in by_unit]
    return tuple(
        Footnote(_mark(place), " ".join(_stated(finding) for finding in by_unit[unit]))
        for place, unit in enumerate(marked)
    )


def marks(scene: Scene, found: Standing, layout: Layout) -> dict[str, str]:
    """The mark of each doubted unit, by unit id."""
    by_unit = _doubts_by_unit(scene, layout)
    marked = [ranked.key for ranked in found.main if ranked.key in by_unit]
    return {unit: _mark(place) for place, unit in enumerate(marked)}


def automatic_notes(
    scene: Scene, found: Standing, layout: Layout, *, claims: Iterable[Claim]
) -> tuple[str, ...]:
    """Notes that cannot be left out: who is missing, who is late, what is disputed."""
    return (
        *rebased_notes(scene, layout),
        *_missing(scene, found, layout),
        *_lacking(scene, layout),
        *_withheld(scene, found),
        *_left_out(layout),
        *_of_other_days(scene, layout),
        *_disputed_total(scene, layout),
        *disputes(scene, layout, claims),
        *at_origins(scene),
    )


def rebased_notes(scene: Scene, layout: Layout) -> tuple[str, ...]:
    """What of the table was re-based from the other era, and that ranks do not compare."""
    told = rebased.of_page(scene.node, layout.indicators)
    if told is None:
        return ()
    by = layout.main
    pairs = (rules.pair(part, by.numerator, by.denominator) for part in scene.node.parts)
    ranks = (rebased.RANKS,) if any(rules.is_across_reform(pair) for pair in pairs) else ()
    return tuple(words.vi for words in (rebased.sentence(told), *ranks))


def _lacking(scene: Scene, layout: Layout) -> Iterator[str]:
    """Whose reports are not in the figures: of the total, then of each unit."""
    by = layout.main
    for node in (layout.summed, *scene.node.parts):
        names = lacking.of_pair(rules.pair(node, by.numerator, by.denominator))
        if names:
            place = f"Dòng “{total_label(layout)}”" if node is layout.summed else node.unit.name
            yield f"{place} thiếu báo cáo của: {', '.join(names)}."


def _withheld(scene: Scene, found: Standing) -> Iterator[str]:
    """Units with a share that are not ranked all the same, by reason."""
    names: dict[str, str] = {part.unit.id: part.unit.name for part in scene.node.parts}
    for why in (Unranked.PARTS_MISSING, Unranked.DIVIDED):
        held = [r.key for r in found.main if r.unranked is why and r.share_percent is not None]
        if held:
            words = coverage.UNRANKED_WORDS[why].vi
            listed = ", ".join(names[key] for key in held)
            yield f"{words}, nên không xếp hạng {len(held)} đơn vị: {listed}."


def disputes(scene: Scene, layout: Layout, claims: Iterable[Claim]) -> Iterator[str]:
    """Counts that a text states otherwise than the units add up to: kept, never used."""
    for claim in claims:
        added = rules.figure(layout.summed, claim.element).value
        if claim.value is None or claim.unit_id != scene.unit.id or claim.value == added:
            continue
        noun = NOUNS.get(claim.element, claim.element)
        compared = f"; cộng các đơn vị là {vietnamese.count(added)}" if added is not None else ""
        yield (
            f"Số nêu tại {claim.place} ({claim.submission.source.title}): "
            f"{vietnamese.count(claim.value)} {noun}{compared}; đang tranh chấp."
        )


def at_origins(scene: Scene) -> Iterator[str]:
    """What is wrong with the figures of the other era from which the table was re-based."""
    for finding in scene.origins.findings:
        if finding.severity != "info":
            name = rules.era_name(scene.origins.unit_of(finding))
            yield f"Ở số nguồn của {name}: {_stated(finding)}"


def _doubts_by_unit(scene: Scene, layout: Layout) -> Mapping[str, list[FindingRecord]]:
    shown = {"", layout.main.numerator, *(one.denominator for one in layout.indicators)}
    units = {part.unit.id for part in scene.node.parts}
    by_unit: dict[str, list[FindingRecord]] = {}
    for finding in scene.findings:
        is_ours = finding.about_unit in units and finding.element in shown
        if is_ours and finding.severity != "info":
            by_unit.setdefault(finding.about_unit, []).append(finding)
    return by_unit


def _stated(finding: FindingRecord) -> str:
    """The fact of a finding and what became of it.

    A finding's sentence says what to do after its last semicolon; paper states only the fact.
    """
    fact = finding.message_vi.strip().rstrip(".").rpartition(";")
    decided = _DECIDED.get(finding.state) or f"đã xem xét: {finding.note.rstrip('.')}"
    return f"{fact[0] or fact[2]}; {decided}."


def _mark(place: int) -> str:
    """a, b, …, z, aa, ab, …"""
    first, second = divmod(place, len(ascii_lowercase))
    return (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[second]


def _missing(scene: Scene, found: Standing, layout: Layout) -> Iterator[str]:
    """Units that are not ranked; where they are the most, the others are named instead."""
    names: dict[str, str] = {part.unit.id: part.unit.name for part in scene.node.parts}
    absent = [names[ranked.key] for ranked in found.main if ranked.share_percent is None]
    present = [names[ranked.key] for ranked in found.main if ranked.share_percent is not None]
    n_units = len(found.main)
    if not present:
        yield _nobody(scene, n_units)
    elif layout.is_of_origins and absent:
        yield f"Chưa xếp hạng {len(absent)}/{n_units} đơn vị vì chưa đủ số liệu riêng."
    elif len(absent) > len(present):
        named = f" ({', '.join(present)})" if present else ""
        yield (
            f"Mới đủ số liệu của {len(present)}/{n_units} đơn vị{named}; {len(absent)} đơn vị "
            "còn lại chưa xếp hạng, không tính vào dòng cộng."
        )
    elif absent:
        yield (
            f"Chưa đủ số liệu của {len(absent)}/{n_units} đơn vị, chưa xếp hạng và không tính "
            f"vào dòng “{total_label(layout)}”: {', '.join(absent)}."
        )


def _nobody(scene: Scene, n_units: int) -> str:
    """Why no unit at all is ranked."""
    said = f"Không xếp hạng: chưa đơn vị nào trong {n_units} đơn vị có đủ số liệu riêng"
    if any(one.undivided for part in scene.node.parts for one in part.carried):
        said += "; số của đơn vị thời kỳ khác chưa chia được cho từng đơn vị"
    return f"{said}."


def _left_out(layout: Layout) -> Iterator[str]:
    """Units that only the other ratio leaves out of its sums."""
    unranked = total_pair(layout, layout.main).missing
    for indicator in layout.indicators[1:]:
        without = total_pair(layout, indicator).missing
        if without and without != unranked:
            yield (
                f"Tổng và tỷ lệ trên {NOUNS[indicator.denominator]} của dòng "
                f"“{total_label(layout)}” không gồm: {', '.join(without)}."
            )


def _of_other_days(scene: Scene, layout: Layout) -> Iterator[str]:
    late = []
    for part in scene.node.parts:
        counted_at = rules.figure(part, layout.main.numerator).as_of
        day = counted_at.astimezone(clock.TZ).date() if counted_at else layout.on
        if day != layout.on:
            late.append(f"{part.unit.name} (đến ngày {vietnamese.date(day)})")
    if late:
        yield f"Số đếm cũ hơn ngày {layout.day_words}: {', '.join(late)}."


def _disputed_total(scene: Scene, layout: Layout) -> Iterator[str]:
    """A figure of the whole that differs from the sum of the same units."""
    element = layout.main.numerator
    own, added = scene.node.facts.get(element), rules.figure(layout.summed, element)
    if own is None or added.missing or added.value is None or own.as_of != added.as_of:
        return
    if own.value != added.value:
        yield (
            f"Số chung do {own.source} nêu: {vietnamese.count(own.value)}; "
            f"cộng các đơn vị là {vietnamese.count(added.value)}; đang tranh chấp."
        )
