"""Which reporters' reports are not in the figures of a ranking, row by row and for the whole."""

from dataclasses import replace

from django.utils.translation import gettext as _

from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.words import lacks_reports
from vungxanh.uptake.pages import RankRow, RankTable
from vungxanh.uptake.rules import Node, Pair

N_NAMED = 3


def of_pair(found: Pair) -> tuple[str, ...]:
    """The reporters whose reports are in neither, or in only one, of the two counts of a ratio."""
    return tuple(dict.fromkeys((*found.numerator.lacking, *found.denominator.lacking)))


def of_scene(scene: Scene, node: Node) -> tuple[str, ...]:
    """The same of what the page shows of a unit, by both bases."""
    found = (scene.pair(node), scene.pair(node, scene.look.other))
    return tuple(dict.fromkeys(name for pair in found for name in of_pair(pair)))


def told(scene: Scene, table: RankTable) -> RankTable:
    """The table with the missing reporters beside each row, and below it those of the whole."""
    parts: dict[str, Node] = {part.unit.id: part for part in scene.node.parts}
    whole = of_scene(scene, scene.node)
    if not whole and not any(of_scene(scene, part) for part in parts.values()):
        return table
    rows = tuple(_row(scene, parts[row.unit_id], row) for row in table.rows)
    return replace(table, rows=rows, foot=(*table.foot, *note(scene)))


def note(scene: Scene) -> tuple[str, ...]:
    """A line below a table: whose reports are not in its figure of the whole."""
    names = of_scene(scene, scene.node)
    if not names:
        return ()
    return (_("Số chung %(lacking)s.") % {"lacking": lacks_reports(names, limit=len(names))},)


def _row(scene: Scene, part: Node, row: RankRow) -> RankRow:
    said = lacks_reports(of_scene(scene, part), limit=N_NAMED)
    return replace(row, partial=", ".join(filter(None, (row.partial, said))))
