"""What is said wherever re-based figures are shown or leave: page, paper, sheet, letter and API.

One wording in both languages, so that no way out says less than another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vungxanh.locations.values import CURRENT_TREE
from vungxanh.refusals import Words
from vungxanh.uptake import rules
from vungxanh.uptake.rules import Figure, Node, Pair, People
from vungxanh.uptake.values import Indicator

N_NAMED = 6
RANKS = Words(
    "Số quy đổi qua đợt sắp xếp 1/7/2025: hạng không so được với hạng của thời kỳ kia.",
    "Figures re-based across the reform of 1 July 2025: ranks compare with none of the other era.",
)
ALIKE = Words(
    "Đường 14 ngày và so sánh với ngày trước quy đổi cùng cách; nơi hai ngày khác phần hợp thành "
    "thì không so.",
    "The line of 14 days and the comparison with the day before are re-based in the same way; "
    "where two days are of different parts they are not compared.",
)


@dataclass(frozen=True, slots=True)
class Rebasing:
    """Of how many units of the other era figures are made, how surely, and what is not in them.

    `sure` and `uncertain` are their ids; `missing` names units without a figure, `undivided` those
    whose figure cannot be handed on; `weighed_by` the populations that divided.
    """

    tree: str
    sure: frozenset[str]
    uncertain: frozenset[str]
    missing: tuple[str, ...] = ()
    undivided: tuple[str, ...] = ()
    weighed_by: tuple[People, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is estimated, missing or left out."""
        return not (self.uncertain or self.missing or self.undivided)


def of_figures(
    node: Node, figures: Iterable[Figure], *, missing: Sequence[str] = ()
) -> Rebasing | None:
    """What some figures of a unit were re-based from; None where nothing was, nor could not be."""
    listed = tuple(figures)
    origins = {one for figure in listed for one in figure.carried_from}
    uncertain = {one for figure in listed for one in figure.uncertain_from}
    elements = {figure.element for figure in listed}
    undivided = [rules.era_name(o.unit) for o in node.carried if o.undivided & elements]
    if not origins and not undivided:
        return None
    lacking = (one for figure in listed if figure.carried_from for one in figure.missing)
    return Rebasing(
        tree=node.unit.tree,
        sure=frozenset(origins - uncertain),
        uncertain=frozenset(uncertain),
        missing=tuple(dict.fromkeys((*(missing if origins else ()), *lacking))),
        undivided=tuple(undivided),
        weighed_by=tuple(sorted({people for figure in listed for people in figure.weighed_by})),
    )


def of_pairs(node: Node, pairs: Iterable[Pair]) -> Rebasing | None:
    """The same of ratios of a unit; what a ratio leaves out of both its counts is missing."""
    listed = tuple(pairs)
    handing = {rules.era_name(one.unit) for one in node.carried}
    missing = [one for pair in listed for one in pair.missing if one in handing]
    figures = (figure for pair in listed for figure in (pair.numerator, pair.denominator))
    return of_figures(node, figures, missing=missing)


def of_page(node: Node, indicators: Sequence[Indicator]) -> Rebasing | None:
    """The same of a unit and the units below it together."""
    found = [one for part in (node, *node.parts) if (one := of_node(part, indicators))]
    if not found:
        return None
    uncertain = frozenset[str]().union(*(one.uncertain for one in found))
    return Rebasing(
        tree=node.unit.tree,
        sure=frozenset[str]().union(*(one.sure for one in found)) - uncertain,
        uncertain=uncertain,
        missing=tuple(dict.fromkeys(name for one in found for name in one.missing)),
        undivided=tuple(sorted({name for one in found for name in one.undivided})),
        weighed_by=tuple(sorted({people for one in found for people in one.weighed_by})),
    )


def of_node(node: Node, indicators: Sequence[Indicator]) -> Rebasing | None:
    """The same of one unit by some ratios."""
    return of_pairs(node, [rules.pair(node, by.numerator, by.denominator) for by in indicators])


def sentence(found: Rebasing) -> Words:
    """On which units, from how many, how surely, divided by what, and what is not in it."""
    n_all = len(found.sure) + len(found.uncertain)
    is_new = found.tree == CURRENT_TREE
    vi = "mới (từ 1/7/2025)" if is_new else "cũ (đến 30/6/2025)"
    en = "of today (since 1 July 2025)" if is_new else "until 30 June 2025"
    other_vi, other_en = ("cũ", "former") if is_new else ("mới", "present")
    counted = Words(
        f"{n_all} đơn vị {other_vi}, {len(found.sure)} chắc chắn, {len(found.uncertain)} ước tính",
        f"{n_all} {other_en} units, {len(found.sure)} sure, {len(found.uncertain)} uncertain",
    )
    told = (counted, *_details(found)) if n_all else _details(found)
    return Words(
        f"Quy đổi theo đơn vị hành chính {vi}: {'; '.join(one.vi for one in told)}.",
        f"Re-based on the units {en}: {'; '.join(one.en for one in told)}.",
    )


def brief(found: Rebasing) -> Words:
    """The same in a table's cell."""
    told = [*_details(found)]
    if found.sure or found.uncertain:
        n_sure, n_uncertain = len(found.sure), len(found.uncertain)
        counted = Words(
            f"{n_sure} chắc chắn, {n_uncertain} ước tính",
            f"{n_sure} sure, {n_uncertain} uncertain",
        )
        told = [counted, *told]
    return Words("; ".join(one.vi for one in told), "; ".join(one.en for one in told))


def _details(found: Rebasing) -> tuple[Words, ...]:
    divided = (divided_by(found.weighed_by),) if found.weighed_by else ()
    told = (
        (found.missing, Words("còn thiếu", "missing")),
        (found.undivided, Words("không quy đổi được", "could not be re-based")),
    )
    return (*divided, *(_listed(words, names) for names, words in told if names))


def divided_by(people: Sequence[People]) -> Words:
    """The populations that divided a figure: year and source."""
    words = Words("chia theo dân số", "divided by the population of")
    return _listed(words, [f"{one.year} ({one.source})" for one in people])


def _listed(words: Words, names: Sequence[str]) -> Words:
    return Words(f"{words.vi}: {named(names, 'vi')}", f"{words.en}: {named(names, 'en')}")


def named(names: Sequence[str], lang: str, *, limit: int = N_NAMED) -> str:
    """The first names, and how many more there are.

    >>> named(("An Lão", "Phù Cát", "Phù Mỹ"), "vi", limit=2)
    'An Lão, Phù Cát và 1 đơn vị nữa'
    """
    listed = ", ".join(names[:limit])
    n_more = len(names) - limit
    if n_more <= 0:
        return listed
    more = f"and {n_more} more" if lang.startswith("en") else f"và {n_more} đơn vị nữa"
    return f"{listed} {more}"
