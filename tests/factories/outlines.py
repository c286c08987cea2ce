"""Paths of drawings as numbers: corners, areas, what lies inside."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from vungxanh.locations.values import MapSheet, Point

Ring = list[tuple[int, int]]


def rings(d: str) -> Iterator[Ring]:
    """The corners of each closed line; a disc as the square around it."""
    for line in d.rstrip("Z").split("Z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
        if "a" in line:
            (x, y), (radius, _) = pairs[:2]
            wide = 2 * radius
            yield [(x, y - radius), (x + wide, y - radius), (x + wide, y + radius), (x, y + radius)]
        elif "l" in line:
            yield list(accumulate(pairs, lambda here, step: (here[0] + step[0], here[1] + step[1])))
        else:
            yield pairs


def area(d: str) -> float:
    """Holes run the other way round and count against."""
    return abs(sum(signed(ring) for ring in rings(d)))


def signed(ring: Ring) -> float:
    """The area, negative the other way round."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def holds(d: str, point: Point) -> bool:
    """Whether a line from the point to the right crosses the outline an odd number of times."""
    crossings = 0
    for ring in rings(d):
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y0 > point.y) != (y1 > point.y):
                crossings += x0 + (point.y - y0) * (x1 - x0) / (y1 - y0) > point.x
    return crossings % 2 == 1


def corners(outlines: Iterable[str]) -> list[tuple[int, int]]:
    """All corners of some paths."""
    return [corner for d in outlines for ring in rings(d) for corner in ring]


def outside(sheet: MapSheet, d: str) -> list[tuple[int, int]]:
    """The corners that lie off the sheet."""
    return [
        (x, y) for x, y in corners([d]) if not (0 <= x <= sheet.width and 0 <= y <= sheet.height)
    ]


def extent(outlines: Iterable[str]) -> tuple[int, int]:
    """Width and height of some paths together."""
    xs, ys = zip(*corners(outlines), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)
