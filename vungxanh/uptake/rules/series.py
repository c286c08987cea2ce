"""Figures of a unit day by day."""

from collections.abc import Mapping
from datetime import datetime

from vungxanh.uptake.rules.nodes import Node

Series = Mapping[str, list[tuple[datetime, int]]]


def series_of(node: Node, own: Series) -> list[tuple[datetime, int]]:
    """A unit's figures by as-of: its own, or sums at the as-ofs for which every part has one."""
    if node.unit.id in own or not node.parts:
        return own.get(node.unit.id, [])
    parts = [dict(series_of(part, own)) for part in node.parts]
    shared = set(parts[0]).intersection(*parts[1:])
    return [(as_of, sum(part[as_of] for part in parts)) for as_of in sorted(shared)]
