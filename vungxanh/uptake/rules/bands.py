"""Where the colours of a map change."""

from collections.abc import Iterable
from decimal import Decimal


def nice_edges(shares: Iterable[Decimal | None]) -> tuple[Decimal, ...]:
    """Four whole edges of five bands, near the 10th, 40th, 70th and 95th percentile, ascending.

    >>> nice_edges([Decimal(n) for n in ("8.67", "9.30", "9.90", "10.66", "12.40", "26.14")])
    (Decimal('9'), Decimal('10'), Decimal('12'), Decimal('23'))
    """
    known = sorted(share for share in shares if share is not None)
    if not known:
        return (Decimal(20), Decimal(40), Decimal(60), Decimal(80))
    edges: list[Decimal] = []
    for part in (Decimal("0.1"), Decimal("0.4"), Decimal("0.7"), Decimal("0.95")):
        edge = _percentile(known, part).quantize(Decimal(1))
        edges.append(max(edge, edges[-1] + 1) if edges else max(edge, Decimal(1)))
    return tuple(edges)


def _percentile(ordered: list[Decimal], part: Decimal) -> Decimal:
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
