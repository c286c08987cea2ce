"""What holds of figures at their origin in the other era: doubts, disputed numbers, targets.

A re-based figure is no better than the one it was made from, so what is wrong there is said here,
with the origin's name and page. The target of a unit that ended stays that unit's target.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake import queries, rules
from vungxanh.uptake.models import FindingRecord
from vungxanh.uptake.overview.look import NO_ORIGINS, Figures, Look, Origins
from vungxanh.uptake.queries import rebasing
from vungxanh.uptake.rules import Figure, Node


def origins_of(viewer: Viewer, unit: Unit, *, look: Look, figures: Figures) -> Origins:
    """What is known of the origins; asks nothing where no unit of the other era stands behind.

    A figure that is not open yet lets nothing be seen of its table but to who may see it.
    """
    beside = rebasing.beside(unit)
    if not beside:
        return NO_ORIGINS
    handed = (one.unit for node in _nodes(figures) for one in node.carried)
    units: dict[str, Unit] = {one.id: one for one in (*beside, *handed)}
    at = look.known_at or clock.now()
    whole = _whole(figures.node, look)
    targets = queries.targets_on([*(one.id for one in beside), *whole], at)
    used = {one for node in _nodes(figures) for one in _origins(node, look)}
    standing = queries.standing_at(
        viewer, [units[one] for one in sorted(used & units.keys())], _days(figures, look)
    )
    findings = queries.findings_among(standing)
    return Origins(
        units=units,
        findings=tuple(f for f in findings if _is_about(f, used, whole)),
        claims=tuple(c for c in queries.claims_among(standing) if c.unit_id in used),
        targets=tuple(targets),
        is_checked=bool(standing),
    )


def figure_at(node: Node, unit_id: str, element: str) -> Figure | None:
    """What an origin itself has, where it hands that on whole; None where it was divided."""
    for one in node.carried:
        found = one.figures.get(element)
        if one.unit.id == unit_id and found is not None and not found.is_estimated:
            return found
    return None


def _nodes(figures: Figures) -> Sequence[Node]:
    return (figures.node, *figures.node.parts)


def _elements(look: Look) -> tuple[str, ...]:
    by = look.indicator
    return tuple(dict.fromkeys((by.numerator, by.denominator, look.other.denominator)))


def _origins(node: Node, look: Look) -> Iterator[str]:
    for element in _elements(look):
        yield from rules.figure(node, element).carried_from


def _whole(node: Node, look: Look) -> frozenset[str]:
    """The origins of the unit's own figures, without those of its parts."""
    handing: set[str] = {one.unit.id for one in node.carried}
    return frozenset(handing.intersection(_origins(node, look)))


def _is_about(finding: FindingRecord, used: set[str], whole: frozenset[str]) -> bool:
    return finding.about_unit in used or finding.submission.scope_id in whole


def _days(figures: Figures, look: Look) -> frozenset[date]:
    """The days of the counts that were re-based, and the day asked for."""
    counts = (rules.figure(node, look.indicator.numerator) for node in _nodes(figures))
    told = {one.as_of for one in counts if one.carried_from and one.as_of is not None}
    return frozenset(at.astimezone(clock.TZ).date() for at in {*told, figures.moment.as_of})
