"""Competition ranks ("1224") of units by exact share, and how ranks moved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from vungxanh.engines.coverage.ratios import check_count, share_percent
from vungxanh.engines.coverage.types import CoverageError, Movement, Ranked, Row, Unranked
from vungxanh.refusals import Words


def rank(rows: Iterable[Row], *, minimum_base: int = 0) -> tuple[Ranked, ...]:
    """Rank `rows` by share, highest first; equal shares share a rank and the next is skipped.

    Shares are compared as fractions, so units that print alike need not tie. Ties stand in order
    of `sort_key`, then `key`. Units without a count, without a base, with base 0 or with a base
    under `minimum_base`, or `withheld`, follow in the same order, unranked and with the reason.

    >>> table = rank([Row("a", 1, 4), Row("b", 2, 4), Row("c", 1, 2), Row("d", None, 9)])
    >>> [(row.key, row.rank, row.is_tied) for row in table]
    [('b', 1, True), ('c', 1, True), ('a', 3, False), ('d', None, False)]
    >>> table[-1].unranked
    <Unranked.NO_NUMERATOR: 'no_numerator'>
    """
    ordered = sorted(_checked(rows), key=lambda row: (row.sort_key, row.key))
    reasons = {row.key: _unranked(row, minimum_base) for row in ordered}
    order_keys = exact_order_keys(row for row in ordered if reasons[row.key] is None)
    ranks = _competition_ranks(order_keys)
    n_sharing = Counter(ranks.values())
    ranked = sorted((row for row in ordered if row.key in ranks), key=lambda row: ranks[row.key])
    return tuple(
        _ranked(row, ranks[row.key], is_tied=n_sharing[ranks[row.key]] > 1) for row in ranked
    ) + tuple(_not_ranked(row, why) for row in ordered if (why := reasons[row.key]) is not None)


def exact_order_keys(rows: Iterable[Row]) -> dict[str, int]:
    """An integer per row that orders as the exact ratio does and is equal only for equal ratios.

    Two different fractions n/d and m/e differ by at least 1/(d·e). Scaled by S = (largest base)²
    they differ by at least 1, so their floors n·S // d differ too.

    >>> exact_order_keys([Row("a", 1, 3), Row("b", 2, 6), Row("c", 1, 2)])
    {'a': 12, 'b': 12, 'c': 18}
    """
    known = [
        (row.key, row.numerator, row.denominator)
        for row in rows
        if row.numerator is not None and row.denominator
    ]
    scale = max((denominator for _, _, denominator in known), default=1) ** 2
    return {key: numerator * scale // denominator for key, numerator, denominator in known}


def movements(before: Sequence[Ranked], after: Sequence[Ranked]) -> tuple[Movement, ...]:
    """How each unit of `after` moved from `before`: two as-ofs, or two keys of one table.

    >>> june = rank([Row("a", 1, 4), Row("b", 2, 4)])
    >>> july = rank([Row("a", 3, 4), Row("b", 2, 4), Row("c", 1, 9)])
    >>> [(m.key, m.rank_before, m.rank_after, m.places_up) for m in movements(june, july)]
    [('a', 2, 1, 1), ('b', 1, 2, -1), ('c', None, 3, None)]
    """
    ranks = {row.key: row.rank for row in before}
    return tuple(_movement(row.key, ranks.get(row.key), row.rank) for row in after)


def _checked(rows: Iterable[Row]) -> list[Row]:
    listed = list(rows)
    for row in listed:
        check_count(row.numerator)
        check_count(row.denominator)
    repeated = [key for key, n in Counter(row.key for row in listed).items() if n > 1]
    if repeated:
        code = "coverage.duplicate_unit"
        raise CoverageError(
            code,
            Words(
                f"Đơn vị {repeated[0]} có hai dòng. Giữ lại một dòng.",
                f"The unit {repeated[0]} has two rows. Keep one of them.",
            ),
            where=repeated[0],
        )
    return listed


def _unranked(row: Row, minimum_base: int) -> Unranked | None:
    if row.withheld is not None:
        return row.withheld
    if row.denominator is None:
        return Unranked.NO_DENOMINATOR
    if row.denominator == 0:
        return Unranked.ZERO_DENOMINATOR
    if row.numerator is None:
        return Unranked.NO_NUMERATOR
    return Unranked.BASE_TOO_SMALL if row.denominator < minimum_base else None


def _competition_ranks(order_keys: Mapping[str, int]) -> dict[str, int]:
    first_place: dict[int, int] = {}
    for place, value in enumerate(sorted(order_keys.values(), reverse=True), start=1):
        first_place.setdefault(value, place)
    return {key: first_place[value] for key, value in order_keys.items()}


def _ranked(row: Row, place: int, *, is_tied: bool) -> Ranked:
    share = share_percent(row.numerator, row.denominator)
    return Ranked(row.key, row.numerator, row.denominator, share, place, is_tied, None)


def _not_ranked(row: Row, why: Unranked) -> Ranked:
    share = share_percent(row.numerator, row.denominator)
    return Ranked(row.key, row.numerator, row.denominator, share, None, is_tied=False, unranked=why)


def _movement(key: str, before: int | None, after: int | None) -> Movement:
    places_up = None if before is None or after is None else before - after
    return Movement(key, before, after, places_up)
