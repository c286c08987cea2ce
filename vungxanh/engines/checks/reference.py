"""The numeric rules again, plain and slow: text-book forms against which the rules are held."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal


def judge_share(printed: Decimal, numerator: int, denominator: int, *, decimals: int) -> str:
    """Divide with 80 digits, round by school rules, cut by school rules, compare."""
    context = Context(prec=80)
    exact = context.divide(Decimal(100 * numerator), Decimal(denominator))
    last = Decimal(1).scaleb(-decimals)
    if exact.quantize(last, ROUND_HALF_UP, context) == printed:
        return "right"
    if 2 * abs(printed - exact) == last:  # exactly between two printable numbers: either is right
        return "right"
    is_cut = exact.quantize(last, ROUND_DOWN, context) == printed
    return "truncated" if is_cut else "wrong"


def outlying(values: Sequence[Decimal]) -> set[int]:
    """Iglewicz & Hoaglin by hand: sort, take the middle, sort the distances, take the middle."""
    if len(values) < 5:
        return set()
    middle = _middle(values)
    distances = [abs(value - middle) for value in values]
    spread = _middle(distances)
    if spread > 0:
        limits = [Decimal("0.6745") * distance / spread for distance in distances]
    elif sum(distances) > 0:
        mean = sum(distances, Decimal(0)) / len(distances)
        limits = [distance / (Decimal("1.253314") * mean) for distance in distances]
    else:
        return set()
    return {position for position, limit in enumerate(limits) if limit > Decimal("3.5")}


def total_differences(
    parts: Iterable[Mapping[str, int]], total: Mapping[str, int]
) -> dict[str, int]:
    """Element by element: what the total has beyond the sum of its parts, where all are known."""
    listed = list(parts)
    differences: dict[str, int] = {}
    for element, stated in total.items():
        summed = 0
        for part in listed:
            if element not in part:
                break
            summed = summed + part[element]
        else:
            if stated != summed:
                differences[element] = stated - summed
    return differences


def _middle(values: Sequence[Decimal]) -> Decimal:
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def is_jump(now: int, day: date, closed: Mapping[date, int], *, population: int | None) -> bool:
    """Day by day from the front: the last total, all gains of a fortnight, the greatest limit."""
    last_day, before = day - timedelta(days=1), 0
    for known in sorted(closed):
        if known < day:
            last_day, before = known, closed[known]
    gains = []
    for back in range(14, 0, -1):
        end = closed.get(day - timedelta(days=back))
        start = closed.get(day - timedelta(days=back + 1))
        if start is not None and end is not None:
            gains.append(Decimal(end - start))
    limit = Decimal(30)
    if len(gains) >= 5 and _middle(gains) * 5 > limit:
        limit = _middle(gains) * 5
    if population is not None and Decimal(population) / 50 > limit:
        limit = Decimal(population) / 50
    return now - before > limit * (day - last_day).days
