"""The numeric rules again, plain and slow: text-book forms against which the rules are held."""

from collections.abc import Iterable, Mapping, Sequence
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
