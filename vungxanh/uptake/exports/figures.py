"""The table of an annex: units by rank, sums at the foot, everything as the unit page has it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from vungxanh.core import clock
from vungxanh.documents import vietnamese
from vungxanh.documents.content import Align, Cell, Column, Count, Share, Table, Text
from vungxanh.engines import coverage
from vungxanh.engines.coverage import Ranked
from vungxanh.locations.values import CURRENT_TREE
from vungxanh.refusals import Words
from vungxanh.uptake import rules
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.exports.agencies import whole
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.ranking import Standing
from vungxanh.uptake.rules import Node, Pair, node_of
from vungxanh.uptake.values import ELEMENTS, Indicator

# In official words: counted things inside a sentence, in a source line, and heads of columns.
NOUNS = {
    name: element.label.vi[:1].lower() + element.label.vi[1:] for name, element in ELEMENTS.items()
} | {"bluezone_with_phone": "Bluezoner có số điện thoại", "smartphones": "số máy thông minh"}
OFFICIAL = NOUNS | {"bluezone_with_phone": "số Bluezoner"}
HEADS = {name: element.short.vi for name, element in ELEMENTS.items()} | {
    "smartphones": "Số máy thông minh"
}
SHARE_HEADS = {name: f"Trên {noun} (%)" for name, noun in NOUNS.items()} | {
    "smartphones": "Trên số máy (%)"
}
_DATED_BASES = frozenset({"population", "adults"})


@dataclass(frozen=True, slots=True)
class Layout:
    """What the table holds: the as-of of the counts, the bases, the sums and the sources.

    `summed` is the unit without figures of its own, so that its figures are the sums of its parts;
    `is_of_origins`: it is the unit itself, re-based from the other era, as its page says.
    `other` is None where nothing is known of the other base.
    """

    counted_at: datetime
    has_one_time: bool
    main: Indicator
    other: Indicator | None
    summed: Node
    sources: Mapping[str, tuple[str, ...]]
    is_of_origins: bool = False

    @property
    def on(self) -> date:
        """The day of the newest counts."""
        return self.counted_at.astimezone(clock.TZ).date()

    @property
    def at(self) -> time | None:
        """The time of day of the counts, where they all say the same and it is not midnight."""
        here = self.counted_at.astimezone(clock.TZ).time()
        return here if self.has_one_time and here != time() else None

    @property
    def day_words(self) -> str:
        """The day as letters write it."""
        return vietnamese.date(self.on)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The ratios of the table, the ranking one first."""
        return (self.main,) if self.other is None else (self.main, self.other)


def layout_of(scene: Scene) -> Layout:
    """What can be put on paper; refused while neither the unit nor one below it has a figure."""
    main, other = scene.look.indicator, scene.look.other
    is_of_origins = rules.is_of_origins(scene.node, scene.pair(scene.node, main))
    nodes = (*scene.node.parts, *((scene.node,) if is_of_origins else ()))
    counts = [scene.pair(node, main).numerator for node in nodes]
    times = [count.as_of for count in counts if count.value is not None and count.as_of]
    if not times:
        raise _nothing_to_report()
    has_other = other.numerator == main.numerator and any(
        scene.pair(node, other).denominator.value is not None for node in nodes
    )
    shown = [main.numerator, main.denominator] + ([other.denominator] if has_other else [])
    return Layout(
        counted_at=max(times),
        has_one_time=len(set(times)) == 1,
        main=main,
        other=other if has_other else None,
        summed=scene.node if is_of_origins else node_of(scene.unit, {}, scene.node.parts),
        sources={element: found for element in shown if (found := _sources(nodes, element))},
        is_of_origins=is_of_origins,
    )


def table_of(scene: Scene, found: Standing, *, layout: Layout, marks: Mapping[str, str]) -> Table:
    """Rank, unit, count, base, share, other base and its share; `marks` by unit id."""
    names: dict[str, str] = {part.unit.id: part.unit.name for part in scene.node.parts}
    return Table(
        columns=_columns(scene, layout),
        rows=tuple(
            (
                Count(ranked.rank),
                Text(names[ranked.key], marks.get(ranked.key, "")),
                *_counts(ranked, found, layout),
            )
            for ranked in found.main
        ),
        total=_total(layout),
    )


def total_pair(layout: Layout, indicator: Indicator) -> Pair:
    """Count and base summed over the units that have both."""
    return rules.pair(layout.summed, indicator.numerator, indicator.denominator)


def total_label(layout: Layout) -> str:
    """What the row of the whole is called: "Toàn tỉnh", or how many units it adds up."""
    found = total_pair(layout, layout.main)
    if not found.missing:
        return whole(layout.summed.unit)
    kind = other_era(layout) if layout.is_of_origins else "đơn vị"
    return f"Cộng {found.n_parts - len(found.missing)}/{found.n_parts} {kind}"


def other_era(layout: Layout) -> str:
    """What units of the other era are called beside those of the table."""
    return "đơn vị cũ" if layout.summed.unit.tree == CURRENT_TREE else "đơn vị mới"


def share_of(pair: Pair) -> Decimal | None:
    """Sum over sum."""
    return coverage.share_percent(pair.numerator.value, pair.denominator.value)


def base_year(scene: Scene, indicator: Indicator) -> int | None:
    """The year of a base that is counted once in years, where all units have the same."""
    if indicator.denominator not in _DATED_BASES:
        return None
    nodes = scene.node.parts or (scene.node,)
    bases = [scene.pair(node, indicator).denominator for node in nodes]
    if all(base.as_of is None for base in bases):
        bases = [scene.pair(scene.node, indicator).denominator]
    years = {base.as_of.astimezone(clock.TZ).year for base in bases if base.as_of is not None}
    return years.pop() if len(years) == 1 else None


def _sources(nodes: Iterable[Node], element: str) -> tuple[str, ...]:
    found = (rules.figure(node, element).sources for node in nodes)
    return tuple(dict.fromkeys(source for sources in found for source in sources))


def _columns(scene: Scene, layout: Layout) -> tuple[Column, ...]:
    fixed = (
        Column("TT", Align.CENTER),
        Column("Đơn vị", Align.LEFT),
        Column(HEADS[layout.main.numerator]),
    )
    return (*fixed, *_base_columns(scene, layout))


def _base_columns(scene: Scene, layout: Layout) -> Iterator[Column]:
    for place, indicator in enumerate(layout.indicators):
        at = 4 + 2 * place
        year = base_year(scene, indicator)
        head = HEADS[indicator.denominator]
        yield Column(f"{head} ({year})" if year else head)
        yield Column(SHARE_HEADS[indicator.denominator], formula=f"(3)/({at})")


def _counts(ranked: Ranked, found: Standing, layout: Layout) -> tuple[Cell, ...]:
    main = (Count(ranked.numerator), Count(ranked.denominator), Share(ranked.share_percent))
    if layout.other is None:
        return main
    beside = found.other[ranked.key]
    return (*main, Count(beside.denominator), Share(beside.share_percent))


def _total(layout: Layout) -> tuple[Cell, ...]:
    pairs = [total_pair(layout, indicator) for indicator in layout.indicators]
    shares = [
        cell for pair in pairs for cell in (Count(pair.denominator.value), Share(share_of(pair)))
    ]
    return (Text(""), Text(total_label(layout)), Count(pairs[0].numerator.value), *shares)


def _nothing_to_report() -> UptakeError:
    return UptakeError(
        "uptake.nothing_to_report",
        Words(
            "Chưa lập được phụ lục: địa bàn này và các đơn vị trực thuộc chưa có số ở ngày này. "
            "Nộp bảng số liệu, hoặc chọn ngày khác.",
            "No annex can be made: neither this unit nor one below has figures on this day. "
            "Bring figures in, or choose another day.",
        ),
    )
