"""Outlines as rings of corners: mended, simplified, measured; pure geometry in the plane.

A ring is its corners without the first one repeated at the end. A land is the rings of one unit,
outer ones with positive area, holes negative, so that both the even-odd and the non-zero rule fill
it rightly.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Spot = tuple[float, float]
Ring = tuple[Spot, ...]
Land = tuple[Ring, ...]

# A loop that a ring makes by crossing itself is cut off up to this share of the ring's area.
SMALL_LOOP: Final = 0.001
_MOST_LOOPS: Final = 50


@dataclass(frozen=True, slots=True)
class Crossing:
    """The edges that cross, by their place in the sequence of all edges, and where."""

    one: int
    other: int
    at: Spot


def cleaned(corners: Iterable[Spot]) -> Ring:
    """A ring without corners that repeat the one before, without its closing one and spikes.

    >>> cleaned([(0, 0), (4, 0), (4, 0), (4, 9), (4, 4), (0, 4), (0, 0)])
    ((0, 0), (4, 0), (4, 4), (0, 4))
    """
    kept: list[Spot] = []
    for corner in corners:
        if kept and corner == kept[-1]:
            continue
        kept.append(corner)
        while len(kept) > 2 and _is_spike(*kept[-3:]):
            del kept[-2]
            if kept[-1] == kept[-2]:
                kept.pop()
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def _is_spike(before: Spot, tip: Spot, after: Spot) -> bool:
    """Whether the way turns straight back at the tip."""
    (ax, ay), (bx, by) = (
        (tip[0] - before[0], tip[1] - before[1]),
        (after[0] - tip[0], after[1] - tip[1]),
    )
    return ax * by == ay * bx and ax * bx + ay * by < 0


def signed_area(ring: Sequence[Spot]) -> float:
    """The area by the shoelace rule; its sign tells which way round the corners run."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in edges(ring)) / 2


def edges(ring: Sequence[Spot]) -> list[tuple[Spot, Spot]]:
    """The ring's edges, the closing one last."""
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def turned(ring: Ring, *, is_outer: bool) -> Ring:
    """The ring running the way that outer rings or holes run."""
    return ring if (signed_area(ring) > 0) == is_outer else ring[::-1]


def crossing(rings: Sequence[Ring]) -> Crossing | None:
    """The first two edges that properly cross; touching is no crossing.

    Edges are ordered by their left ends and compared with those that begin before they end.
    """
    found = np.array([edge for ring in rings for edge in edges(ring)], dtype=np.float64)
    order = np.argsort(found[:, :, 0].min(axis=1), kind="stable")
    sorted_edges = found[order]
    left, right = sorted_edges[:, :, 0].min(axis=1), sorted_edges[:, :, 0].max(axis=1)
    here = np.arange(len(order))
    step = 1
    while here.size:
        here = here[here + step < len(order)]
        here = here[left[here + step] <= right[here]]
        hits = here[_cross(sorted_edges[here], sorted_edges[here + step])]
        if hits.size:
            one, other = sorted((int(order[hits[0]]), int(order[hits[0] + step])))
            return Crossing(one, other, _meeting(found[one], found[other]))
        step += 1
    return None


def _cross(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    a, b, c, d = one[:, 0], one[:, 1], other[:, 0], other[:, 1]
    return (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)


def _side(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]
) -> NDArray[np.float64]:
    turn = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return np.sign(turn)


def _meeting(one: NDArray[np.float64], other: NDArray[np.float64]) -> Spot:
    start, way = one[0], one[1] - one[0]
    begin, course = other[0], other[1] - other[0]
    turn = way[0] * course[1] - way[1] * course[0]
    share = ((begin[0] - start[0]) * course[1] - (begin[1] - start[1]) * course[0]) / turn
    return float(start[0] + share * way[0]), float(start[1] + share * way[1])


def mended(ring: Ring) -> tuple[Ring, int, Spot | None]:
    """The ring with small loops cut off, how many, and where it still crosses itself."""
    n_cut = 0
    while (met := crossing([ring])) is not None:
        loop = (met.at, *ring[met.one + 1 : met.other + 1])
        rest = (*ring[: met.one + 1], met.at, *ring[met.other + 1 :])
        small, large = sorted((loop, rest), key=lambda part: abs(signed_area(part)))
        is_small = abs(signed_area(small)) <= SMALL_LOOP * abs(signed_area(large))
        if not is_small or n_cut == _MOST_LOOPS:
            return ring, n_cut, met.at
        ring = cleaned(large)
        n_cut += 1
    return ring, n_cut, None


def simplified(lands: Mapping[str, Land], tolerance: float) -> dict[str, Land]:
    """Fewer corners, none farther off than the tolerance; common borders stay common.

    Borders are cut where more than two units meet and each stretch is simplified once (Douglas and
    Peucker 1973).
    """
    around: dict[Spot, set[Spot]] = defaultdict(set)
    for ring in (ring for land in lands.values() for ring in land):
        for one, other in edges(ring):
            around[one].add(other)
            around[other].add(one)
    junctions = {spot for spot, others in around.items() if len(others) != 2}
    found = {
        key: tuple(_simplified(ring, junctions, tolerance) for ring in land)
        for key, land in lands.items()
    }
    return {key: tuple(ring for ring in land if len(ring) > 2) for key, land in found.items()}


def _simplified(ring: Ring, junctions: set[Spot], tolerance: float) -> Ring:
    cuts = [place for place, spot in enumerate(ring) if spot in junctions]
    if len(cuts) < 2:
        ends = {min(ring), max(ring), *(ring[place] for place in cuts)}
        cuts = [place for place, spot in enumerate(ring) if spot in ends]
    turned_ring = (*ring[cuts[0] :], *ring[: cuts[0]], ring[cuts[0]])
    stops = [place - cuts[0] for place in cuts] + [len(ring)]
    kept: list[Spot] = []
    for begin, end in pairwise(stops):
        kept += _stretch(turned_ring[begin : end + 1], tolerance)[:-1]
    return cleaned(kept)


def _stretch(line: Ring, tolerance: float) -> Ring:
    """The same corners kept whichever way the stretch runs."""
    if line[0] > line[-1]:
        return _stretch(line[::-1], tolerance)[::-1]
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        begin, end = waiting.pop()
        far, place = max(
            ((_off(line[i], line[begin], line[end]), i) for i in range(begin + 1, end)),
            default=(0.0, 0),
        )
        if far > tolerance:
            kept.add(place)
            waiting += [(begin, place), (place, end)]
    return tuple(line[place] for place in sorted(kept))


def _off(spot: Spot, one: Spot, other: Spot) -> float:
    """How far a spot lies off the stretch between two others."""
    (x, y), (x0, y0), (x1, y1) = spot, one, other
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length))
    return float(((x - x0 - share * dx) ** 2 + (y - y0 - share * dy) ** 2) ** 0.5)


def holds(land: Land, spot: Spot) -> bool:
    """Whether a spot lies in a land, by the even-odd rule."""
    x, y = spot
    crossings = sum(
        x0 + (y - y0) * (x1 - x0) / (y1 - y0) > x
        for ring in land
        for (x0, y0), (x1, y1) in edges(ring)
        if (y0 > y) != (y1 > y)
    )
    return crossings % 2 == 1


def bounds(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of some rings."""
    xs, ys = zip(*(spot for ring in rings for spot in ring), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def clipped(ring: Ring, window: tuple[float, float, float, float]) -> Ring:
    """The part of a ring inside a window (Sutherland and Hodgman 1974)."""
    for axis, limit, is_least in ((0, 0, True), (1, 1, True), (0, 2, False), (1, 3, False)):
        ring = _cut(ring, axis, window[limit], is_least=is_least)
        if len(ring) < 3:
            return ()
    return cleaned(ring)


def _cut(ring: Ring, axis: int, edge: float, *, is_least: bool) -> Ring:
    kept: list[Spot] = []
    for one, other in edges(ring):
        is_in, will_be = ((spot[axis] >= edge) == is_least for spot in (one, other))
        if is_in:
            kept.append(one)
        if is_in != will_be:
            share = (edge - one[axis]) / (other[axis] - one[axis])
            across = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
            kept.append((edge, across) if axis == 0 else (across, edge))
    return tuple(kept)
