"""A reader of QR codes in pictures of paper: any turn, slight perspective, blur and noise.

Found by the three corner squares (1:1:3:1:1 across and down, ISO/IEC 18004, 12) and the alignment
square of the fourth corner. Nothing is corrected: a code that reads had no wrong module.
"""

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.factories.qr import text_of

Grey = NDArray[np.float64]
Points = NDArray[np.float64]
A_MODULE_APART = 20.0  # grey values, of the 2,040 that a whole alignment square is worth
_RATIO = np.array([1, 1, 3, 1, 1]) / 7


def text_in_picture(grey: Grey) -> str:
    """The text of the one code in a picture of grey values, 0 black to 255 white."""
    found, unit = corner_squares(grey)
    top_left, right, below = _ordered(found)
    n = _size(right - top_left, below - top_left, unit)
    corners = np.array([[3.5, 3.5], [n - 3.5, 3.5], [3.5, n - 3.5], [n - 6.5, n - 6.5]])
    fourth = top_left + (right - top_left + below - top_left) * (n - 10) / (n - 7)
    seen = np.array([top_left, right, below, fourth])
    seen[3] = _alignment(grey, corners, seen, unit)
    middles = np.stack(np.meshgrid(np.arange(n) + 0.5, np.arange(n) + 0.5), axis=-1)
    sampled = _sampled(grey, _mapped(_plane(corners, seen), middles.reshape(-1, 2)))
    return text_of(sampled.reshape(n, n) < _middle(grey))


def corner_squares(grey: Grey) -> tuple[Points, float]:
    """The middles of the corner squares as (x, y), three of them, and the width of a module."""
    dark = grey < _middle(grey)
    hits = [
        (x, y, width)
        for y in range(len(dark))
        for x, width in _fivefold(dark[y])
        if any(abs(other - y) < width / 4 for other, _ in _fivefold(dark[:, int(x)]))
    ]
    groups: list[list[tuple[float, int, float]]] = []
    for hit in hits:
        near = [g for g in groups if np.hypot(g[0][0] - hit[0], g[0][1] - hit[1]) < hit[2]]
        if near:
            near[0].append(hit)
        else:
            groups.append([hit])
    best = sorted(groups, key=len, reverse=True)[:3]
    assert len(best) == 3, "no three corner squares in the picture"
    points = np.array([np.mean([hit[:2] for hit in group], axis=0) for group in best])
    return points + 0.5, float(np.mean([hit[2] for group in best for hit in group])) / 7


def _fivefold(line: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Middles and widths of stretches dark, light, dark, light, dark as of a corner square."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], line, [False]))))
    if len(edges) < 6:
        return []
    found = []
    for at in range(0, len(edges) - 5, 2):
        runs = np.diff(edges[at : at + 6])
        width = int(runs.sum())
        if width > 13 and (np.abs(runs / width - _RATIO) < 0.06).all():
            found.append(((edges[at] + edges[at + 5] - 1) / 2, float(width)))
    return found


def _ordered(points: Points) -> Points:
    """The square in the right angle first, then along the upper edge, then down the left one."""
    corner, one, other = min(
        itertools.permutations(points), key=lambda p: abs(np.dot(p[1] - p[0], p[2] - p[0]))
    )
    first, second = one - corner, other - corner
    turns_right = first[0] * second[1] - first[1] * second[0] > 0
    return np.array([corner, one, other] if turns_right else [corner, other, one])


def _size(right: Points, below: Points, unit: float) -> int:
    n = float(np.hypot(*right) + np.hypot(*below)) / 2 / unit + 7
    return 17 + 4 * round((n - 17) / 4)


def _alignment(grey: Grey, corners: Points, seen: Points, unit: float) -> Points:
    """Where the alignment square of the fourth corner lies best, near to where it should.

    Data may look like one: of two that look alike the nearer is meant.
    """
    ring = np.array([[x, y] for y in range(-2, 3) for x in range(-2, 3)], dtype=float)
    wanted = np.where(np.abs(ring).max(axis=1) == 1, 1.0, -1.0)
    reach = np.arange(-3, 3.01, 0.25) * unit
    across, down = (seen[1] - seen[0]), (seen[2] - seen[0])
    along = np.array([across / np.hypot(*across), down / np.hypot(*down)]) * unit
    tries = [seen[3] + (dx, dy) for dx in reach for dy in reach]

    def likely(at: Points) -> float:
        apart = float(np.hypot(*(at - seen[3]))) / unit
        return float((_sampled(grey, at + ring @ along) * wanted).sum()) - A_MODULE_APART * apart

    return max(tries, key=likely)


def _plane(flat: Points, seen: Points) -> NDArray[np.float64]:
    """The projection that takes four points of the code to those of the picture."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(flat, seen, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    found: Any = np.linalg.solve(np.array(rows), seen.reshape(-1))
    return np.append(found, 1.0).reshape(3, 3)


def _mapped(plane: NDArray[np.float64], points: Points) -> Points:
    seen = np.column_stack([points, np.ones(len(points))]) @ plane.T
    return np.asarray(seen[:, :2] / seen[:, 2:])


def _sampled(grey: Grey, points: Points) -> NDArray[np.float64]:
    """Grey values between pixels, whose middles lie on halves."""
    x, y = points[:, 0] - 0.5, points[:, 1] - 0.5
    x = np.clip(x, 0, grey.shape[1] - 2)
    y = np.clip(y, 0, grey.shape[0] - 2)
    left, top = x.astype(int), y.astype(int)
    right, below = x - left, y - top
    upper = grey[top, left] * (1 - right) + grey[top, left + 1] * right
    lower = grey[top + 1, left] * (1 - right) + grey[top + 1, left + 1] * right
    return np.asarray(upper * (1 - below) + lower * below)


def _middle(grey: Grey) -> float:
    return float(np.percentile(grey, 1) + np.percentile(grey, 99)) / 2
