"""Names beside a map: the margin that each takes, its height, and the line that leads to it."""

from collections.abc import Sequence
from dataclasses import dataclass

PITCH = 32  # two lines of 15 and a gap
_TOP, _BOTTOM = 16, 20  # from the sheet's edges to the first and last first lines
_LETTER_WIDTH = 7.5  # of text of 12 px, on the wide side
_LEAD = 24  # from the map to the text, and a little air


@dataclass(frozen=True, slots=True)
class Tag:
    """A name and the point of its shape, counted from the left edge of the map."""

    key: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Margins:
    """The tags of both sides from top to bottom, and the widths that their names need."""

    left: tuple[Tag, ...]
    right: tuple[Tag, ...]

    @property
    def rows(self) -> int:
        """How many labels the longer side has."""
        return max(len(self.left), len(self.right))

    @staticmethod
    def width(tags: Sequence[Tag]) -> int:
        """The margin that holds the longest name or a share, and the lead line."""
        return _LEAD + max([52, *(round(_LETTER_WIDTH * len(tag.name)) for tag in tags)])


def margins(tags: Sequence[Tag], map_width: int) -> Margins:
    """Each tag on the nearer side, neither side with more than half of them and two."""
    most = (len(tags) + 1) // 2 + (2 if len(tags) <= 16 else 0)
    across = sorted(tags, key=lambda tag: (tag.x, tag.y))
    n_left = sum(tag.x < map_width / 2 for tag in across)
    n_left = max(min(n_left, most), len(tags) - most)
    return Margins(_downwards(across[:n_left]), _downwards(across[n_left:]))


def _downwards(tags: Sequence[Tag]) -> tuple[Tag, ...]:
    return tuple(sorted(tags, key=lambda tag: (tag.y, tag.x)))


def height_for(rows: int) -> int:
    """The least height of a sheet with so many labels on one side."""
    return _TOP + _BOTTOM + PITCH * max(rows - 1, 0)


def baselines(wanted: Sequence[int], height: int) -> list[int]:
    """First baselines as near to the wanted ones as `PITCH` and the sheet's edges allow.

    Least squares under y[i + 1] ≥ y[i] + PITCH: isotonic regression of y[i] − i·PITCH by pooling.
    """
    pools: list[tuple[float, int]] = []
    for place, y in enumerate(wanted):
        pools.append((float(y - place * PITCH), 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (last, n_last), (before, n_before) = pools.pop(), pools.pop()
            total = n_last + n_before
            pools.append(((last * n_last + before * n_before) / total, total))
    flat = [mean for mean, size in pools for _ in range(size)]
    lowest = height - _BOTTOM - PITCH * (len(wanted) - 1)
    return [round(min(max(y, _TOP), lowest)) + place * PITCH for place, y in enumerate(flat)]


def untangled(tags: Sequence[Tag], edge: int, height: int) -> list[tuple[Tag, int]]:
    """Tags with their baselines, neighbours changed round where their lead lines would cross."""
    order = list(tags)
    for _ in order:
        ys = baselines([tag.y + 4 for tag in order], height)
        crossing = [
            place
            for place in range(len(order) - 1)
            if _cross(order[place], order[place + 1], edge, ys[place : place + 2])
        ]
        if not crossing:
            break
        for place in crossing:
            order[place], order[place + 1] = order[place + 1], order[place]
    return list(zip(order, baselines([tag.y + 4 for tag in order], height), strict=True))


def _cross(upper: Tag, lower: Tag, edge: int, ys: Sequence[int]) -> bool:
    """Whether the line to the upper label passes below the point of the lower one's line."""
    here, there = (upper, lower) if abs(upper.x - edge) > abs(lower.x - edge) else (lower, upper)
    end = ys[0] if here is upper else ys[1]
    share = (there.x - here.x) / (edge - here.x) if edge != here.x else 1.0
    y = here.y + share * (end - 4 - here.y)
    return y > there.y if here is upper else y < there.y
