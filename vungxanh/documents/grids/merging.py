"""Merged areas of a sheet: the upper left text stands for all of them."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import too_large
from vungxanh.refusals import Words

_AREAS: Final = Words("Vùng ô gộp", "The merged cells")


class Area(NamedTuple):
    """A rectangle of cells, from 1, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


def spread(lines: Mapping[int, list[str]], areas: Iterable[Area], limits: Limits) -> None:
    """Copy the upper left text of each area over its blank cells, in rows that are written."""
    left = limits.cells
    for area in areas:
        last = min(area.right, limits.columns)
        text = _at(lines.get(area.top, []), area.left)
        for row in range(area.top, min(area.bottom, limits.rows) + 1) if text else ():
            left -= max(last - area.left, 0) + 1
            if left < 0:
                raise too_large(_AREAS, limits.cells, Words("ô", "cells"))
            if texts := lines.get(row):
                texts += [""] * (last - len(texts))
                for column in range(area.left, last + 1):
                    texts[column - 1] = texts[column - 1] or text


def _at(texts: list[str], column: int) -> str:
    return texts[column - 1] if 0 < column <= len(texts) else ""
