"""Where the numbers of a map stand: each in its land, none touching another if it can be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import dist
from typing import Final

from vungxanh.locations.values.rings import Land, Ring, Spot, bounds, edges, holds, signed_area

WIDTH, EDGE = 352, 8
# Of a number of 10 px: the width of a digit, what is free beside it, the height of its line.
DIGIT, AIR, LINE = 6.4, 2, 11
_SQUASH: Final = 0.7  # numbers are wider than high: across counts for less than upright
_GRID: Final = 9  # places tried across and down

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a drawing to be drawn `scale` times larger, and whose numbers stand in it."""

    box: Box
    scale: float
    keys: tuple[str, ...]

    @property
    def width(self) -> float:
        """Of the frame."""
        return (self.box[2] - self.box[0]) * self.scale

    @property
    def height(self) -> float:
        """Of the frame."""
        return (self.box[3] - self.box[1]) * self.scale


def places(
    lands: Mapping[str, Land], numbers: Mapping[str, int]
) -> tuple[dict[str, Spot], set[str]]:
    """A spot inside each land for its number, and the keys of numbers that touch all the same."""
    choices = {key: _spots(land) for key, land in lands.items()}
    spots = {key: found[0] for key, found in choices.items()}
    smallest_first = sorted(_touching(spots, numbers), key=lambda key: (len(choices[key]), key))
    for key in smallest_first:
        others = [_box(spots[one], numbers[one]) for one in spots if one != key]
        spots[key] = next(
            (spot for spot in choices[key] if not _hits(_box(spot, numbers[key]), others)),
            spots[key],
        )
    return spots, _touching(spots, numbers)


def letter_spot(window: Box, numbers: Iterable[tuple[Spot, int]]) -> Spot:
    """Where the letter of a window stands: near its middle, else beside it; free of all numbers.

    The window is (left, top, right, bottom). Where nothing is free, its middle.
    """
    taken = [_box(spot, number) for spot, number in numbers]
    left, top, right, bottom = window
    middle = (left + right) / 2, (top + bottom) / 2
    tried = [middle, *sorted(_grid_of(window), key=lambda spot: dist(spot, middle))]
    reach = LINE / 2 + AIR
    tried += [(left + reach, top - reach), (right - reach, top - reach)]
    tried += [(left - reach, middle[1]), (right + reach, middle[1]), (middle[0], bottom + reach)]
    return next((spot for spot in tried if not _hits(_box(spot, 1), taken)), middle)


def _spots(land: Land) -> list[Spot]:
    """Spots inside the largest ring of a land, the one farthest from its edges first."""
    largest = max(land, key=lambda ring: abs(signed_area(ring)))
    inside = [spot for spot in _grid(largest) if holds(land, spot)]
    return sorted(inside, key=lambda spot: -_clearance(largest, spot)) or [largest[0]]


def _grid(ring: Ring) -> Iterator[Spot]:
    return _grid_of(bounds([ring]))


def _grid_of(box: Box) -> Iterator[Spot]:
    left, top, right, bottom = box
    for row in range(1, _GRID + 1):
        for column in range(1, _GRID + 1):
            yield (
                round(left + (right - left) * column / (_GRID + 1)),
                round(top + (bottom - top) * row / (_GRID + 1)),
            )


def _clearance(ring: Ring, spot: Spot) -> float:
    return min(_off(spot, one, other) for one, other in edges(ring))


def _off(spot: Spot, one: Spot, other: Spot) -> float:
    (x, y), (x0, y0), (x1, y1) = spot, one, other
    dx, dy = (x1 - x0) * _SQUASH, y1 - y0
    ax, ay = (x - x0) * _SQUASH, y - y0
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, (ax * dx + ay * dy) / length))
    return (ax - share * dx) ** 2 + (ay - share * dy) ** 2


def _box(spot: Spot, number: int) -> Box:
    half = (DIGIT * len(str(number)) + AIR) / 2
    return spot[0] - half, spot[1] - LINE / 2, spot[0] + half, spot[1] + LINE / 2


def _hits(one: Box, others: Sequence[Box]) -> bool:
    return any(_meet(one, other, 0) for other in others)


def _meet(one: Box, other: Box, reach: float) -> bool:
    return (
        one[0] <= other[2] + reach
        and other[0] <= one[2] + reach
        and one[1] <= other[3] + reach
        and other[1] <= one[3] + reach
    )


def _touching(spots: Mapping[str, Spot], numbers: Mapping[str, int]) -> set[str]:
    boxes = {key: _box(spot, numbers[key]) for key, spot in spots.items()}
    pairs = combinations(boxes, 2)
    return {key for pair in pairs if _meet(boxes[pair[0]], boxes[pair[1]], 0) for key in pair}


def clusters(boxes: Sequence[Box], reach: float) -> list[set[int]]:
    """Places of boxes that lie within reach of each other, directly or through others."""
    order = sorted(range(len(boxes)), key=lambda place: boxes[place][0])
    groups: list[tuple[set[int], Box]] = []
    for place in order:
        mine, box = {place}, boxes[place]
        apart = []
        for group, whole in groups:
            if _meet(box, whole, reach) and any(
                _meet(boxes[i], boxes[place], reach) for i in group
            ):
                mine |= group
                box = (
                    min(box[0], whole[0]),
                    min(box[1], whole[1]),
                    max(box[2], whole[2]),
                    max(box[3], whole[3]),
                )
            else:
                apart.append((group, whole))
        groups = [*apart, (mine, box)]
    return [group for group, _ in groups]
