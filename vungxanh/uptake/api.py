"""The published figures, open to anyone: one table per unit, level, as-of and known-at."""

from datetime import date, datetime
from decimal import Decimal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from vungxanh.core import clock
from vungxanh.core.access import OPEN, api, viewer_of
from vungxanh.engines import coverage
from vungxanh.engines.coverage import UNRANKED_WORDS
from vungxanh.engines.coverage.rebase import Missing
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Unit
from vungxanh.refusals import RefusalError, Words
from vungxanh.uptake import queries, rules
from vungxanh.uptake.overview import rebased
from vungxanh.uptake.rules import Carried, Figure, Node
from vungxanh.uptake.values import ELEMENTS, INDICATORS, Indicator

router = Router(tags=["uptake"])


class BadTimeError(RefusalError):
    """Text that is neither a date nor a date-time with an offset."""

    def __init__(self, field: str) -> None:
        words = Words(
            "Thời điểm viết như 2021-05-26 hoặc 2021-05-26T17:00:00+07:00.",
            "Write the time like 2021-05-26 or 2021-05-26T17:00:00+07:00.",
        )
        super().__init__("uptake.bad_time", words, field=field)


class BadLevelError(RefusalError):
    """A level that is not below the unit, or no level at all."""

    def __init__(self) -> None:
        words = Words(
            "Cấp phải là province, district hoặc commune, và không cao hơn địa bàn hỏi.",
            "The level must be province, district or commune, and not above the unit asked for.",
        )
        super().__init__("uptake.bad_level", words, field="level")


class NoSuchLevelError(RefusalError):
    """A level that the tree asked for does not have: districts ended with that of 2021."""

    def __init__(self, tree: str) -> None:
        words = Words(
            f"Cây {tree} không có cấp huyện. Hỏi level=commune, hoặc hỏi địa bàn của cây vn-2021.",
            f"The tree {tree} has no districts. Ask for level=commune, or for a unit of vn-2021.",
        )
        super().__init__("uptake.no_such_level", words, field="level")


class WordsOut(Schema):
    """A sentence in both languages."""

    vi: str
    en: str


class PeopleOut(Schema):
    """A population by which figures were divided."""

    year: int
    source: str


class RebasedOut(Schema):
    """That a number was re-based on units of `tree`, from how many of the other era, how surely.

    `missing` names those without a figure, `not_carried` those whose figure cannot be divided.
    """

    tree: str
    sure: int
    uncertain: int
    missing: list[str]
    not_carried: list[str]
    weighed_by: list[PeopleOut]
    note: WordsOut


class FigureOut(Schema):
    """One figure with its own time and source; `parts` is set when it is a sum of parts.

    `carried_from` names the units of the other era that it was re-based from; `estimated` when one
    of them had to be divided or its successor inferred; `missing` the parts that have no figure,
    `lacking` the reporters whose reports are not in it.
    `rebased` says it in a sentence, wherever a figure comes from the other era.
    """

    value: int
    as_of: datetime
    received_at: datetime
    sources: list[str]
    state: str
    revision: int | None = None
    parts: int | None = None
    missing: list[str] = Field(default_factory=list)
    lacking: list[str] = Field(default_factory=list)
    estimated: bool = False
    carried_from: list[str] = Field(default_factory=list)
    rebased: RebasedOut | None = None


class NotCarriedOut(Schema):
    """A unit of the other era whose figures cannot be divided among its successors, and why."""

    unit: str
    name: str
    elements: list[str]
    reason: str


class RatioOut(Schema):
    """A ratio recomputed from its counts; `rank` among the rows, of `ranked` that have one.

    Counts are over the parts that have both. Where most parts are `missing` there is no share and
    no rank: they would be read as those of the whole. `across_reform` marks a ratio re-based from
    the other era: its rank is among other units than a rank of that time, and compares with none.
    `unranked` says why a row has no rank.
    """

    indicator: str
    numerator_element: str
    denominator_element: str
    numerator: int
    denominator: int
    numerator_as_of: datetime
    denominator_as_of: datetime
    share_percent: float | None = None
    rank: int | None = None
    ranked: int | None = None
    missing: list[str] = Field(default_factory=list)
    estimated: bool = False
    across_reform: bool = False
    unranked: WordsOut | None = None
    rebased: RebasedOut | None = None


class UnitOut(Schema):
    """One unit: what is known of it; an element that is not there is not known.

    `not_carried` says what the other era knows and cannot be put on this unit.
    """

    unit: str
    name: str
    level: str
    figures: dict[str, FigureOut]
    ratios: list[RatioOut]
    not_carried: list[NotCarriedOut] = Field(default_factory=list)


class TableOut(Schema):
    """The unit asked for and its rows, ordered by the Vietnamese alphabet."""

    unit: UnitOut
    level: str
    as_of: datetime
    known_at: datetime
    rows: list[UnitOut]


@router.get("/table", response=TableOut, exclude_none=True, **api(needs=OPEN))
def table(
    request: HttpRequest,
    *,
    unit: str,
    level: str | None = None,
    as_of: str | None = None,
    known_at: str | None = None,
) -> TableOut:
    """Published figures of a unit, of either era, and of the units of one level below it.

    Figures of the other era are re-based; each says what is estimated and what is missing.
    """
    viewer = viewer_of(request)
    asked = locations.unit(unit)
    floor = _level(level, asked)
    moment = queries.moment_of(_time("as_of", as_of), _time("known_at", known_at))
    root = queries.tree(viewer, asked, moment, level=floor)
    nodes = tuple(_at_level(root, floor))
    ranks = {name: _ranks(nodes, one) for name, one in INDICATORS.items()}
    return TableOut(
        unit=_unit_out(root, {}),
        level=floor.value,
        as_of=moment.as_of,
        known_at=moment.known_at,
        rows=[_unit_out(node, ranks) for node in nodes],
    )


def _level(asked: str | None, unit: Unit) -> Level:
    if asked is None:
        return queries.below(unit.level, unit.tree)
    floor = _known_level(asked)
    if queries.LEVELS.index(floor) < queries.LEVELS.index(unit.level):
        raise BadLevelError
    if floor not in queries.levels_of(unit.tree):
        raise NoSuchLevelError(unit.tree)
    return floor


def _known_level(asked: str) -> Level:
    if asked not in set(Level):
        raise BadLevelError
    return Level(asked)


def _time(field: str, text: str | None) -> datetime | None:
    """A date alone is the end of that day in Vietnam when asked for."""
    if not text:
        return None
    try:
        if len(text) == 10:
            return clock.day_end(date.fromisoformat(text))
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise BadTimeError(field) from error
    if moment.tzinfo is None:
        raise BadTimeError(field)
    return moment


def _at_level(node: Node, level: Level) -> list[Node]:
    if node.unit.level == level:
        return [node]
    return [found for part in node.parts for found in _at_level(part, level)]


def _ranks(nodes: tuple[Node, ...], indicator: Indicator) -> dict[str, coverage.Ranked]:
    rows = [rules.row_to_rank(node, indicator.numerator, indicator.denominator) for node in nodes]
    return {ranked.key: ranked for ranked in coverage.rank(rows)}


def _unit_out(node: Node, ranks: dict[str, dict[str, coverage.Ranked]]) -> UnitOut:
    figures = {name: rules.figure(node, name) for name in ELEMENTS}
    ratios = [
        _ratio_out(node, indicator, ranks.get(name, {})) for name, indicator in INDICATORS.items()
    ]
    return UnitOut(
        unit=node.unit.id,
        name=node.unit.name,
        level=node.unit.level.value,
        figures={name: out for name, f in figures.items() if (out := _figure_out(node, f))},
        ratios=[ratio for ratio in ratios if ratio is not None],
        not_carried=[_not_carried(one) for one in node.carried if one.undivided],
    )


def _not_carried(one: Carried) -> NotCarriedOut:
    return NotCarriedOut(
        unit=one.unit.id,
        name=one.unit.name,
        elements=sorted(one.undivided),
        reason=Missing.NO_BASE.value,
    )


def _figure_out(node: Node, figure: Figure) -> FigureOut | None:
    if figure.value is None or figure.as_of is None or figure.received_at is None:
        return None
    return FigureOut(
        value=figure.value,
        as_of=figure.as_of,
        received_at=figure.received_at,
        sources=list(figure.sources),
        state=figure.state.value,
        revision=figure.revision or None,
        parts=figure.n_parts or None,
        missing=list(figure.missing),
        lacking=list(figure.lacking),
        estimated=figure.is_estimated,
        carried_from=list(figure.carried_from),
        rebased=_rebased(rebased.of_figures(node, [figure])) if figure.carried_from else None,
    )


def _rebased(found: rebased.Rebasing | None) -> RebasedOut | None:
    if found is None:
        return None
    return RebasedOut(
        tree=found.tree,
        sure=len(found.sure),
        uncertain=len(found.uncertain),
        missing=list(found.missing),
        not_carried=list(found.undivided),
        weighed_by=[PeopleOut(year=one.year, source=one.source) for one in found.weighed_by],
        note=_words(rebased.sentence(found)),
    )


def _words(words: Words) -> WordsOut:
    return WordsOut(vi=words.vi, en=words.en)


def _ratio_out(
    node: Node, indicator: Indicator, ranks: dict[str, coverage.Ranked]
) -> RatioOut | None:
    pair = rules.pair(node, indicator.numerator, indicator.denominator)
    above, below = _figure_out(node, pair.numerator), _figure_out(node, pair.denominator)
    if not pair.is_known or above is None or below is None:
        return None
    ranked = ranks.get(node.unit.id)
    return RatioOut(
        indicator=indicator.name,
        numerator_element=indicator.numerator,
        denominator_element=indicator.denominator,
        numerator=above.value,
        denominator=below.value,
        numerator_as_of=above.as_of,
        denominator_as_of=below.as_of,
        share_percent=_number(rules.whole_share(node, indicator.numerator, indicator.denominator)),
        rank=ranked.rank if ranked else None,
        ranked=sum(r.rank is not None for r in ranks.values()) or None,
        missing=list(pair.missing),
        estimated=above.estimated or below.estimated,
        across_reform=rules.is_across_reform(pair),
        unranked=_words(UNRANKED_WORDS[ranked.unranked]) if ranked and ranked.unranked else None,
        rebased=_rebased(rebased.of_pairs(node, [pair])) if rules.is_across_reform(pair) else None,
    )


def _number(share: Decimal | None) -> float | None:
    """Two decimals as a JSON number."""
    return None if share is None else float(share)
