"""What is doubted in the figures shown: findings and claims of the tables they came from.

Figures stand until newer ones come, and so do the doubts about their table: whatever day is
chosen, those of the days of the counts shown are told, on the page as on paper.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake import queries, rules
from vungxanh.uptake.models import Claim, FindingRecord
from vungxanh.uptake.overview.look import Figures, Look
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import OWN_KIND

Days = Mapping[str, frozenset[date]]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What was found and claimed; `is_checked`: a table of the counts shown was looked at."""

    findings: tuple[FindingRecord, ...]
    claims: tuple[Claim, ...]
    is_checked: bool


def doubts_of(
    viewer: Viewer, unit: Unit, *, look: Look, figures: Figures, jumps_since: datetime | None
) -> Doubts:
    """Three queries, one where no table stands.

    Tables of units above tell what they hold against this unit and its parts.
    """
    asked = figures.moment.as_of.astimezone(clock.TZ).date()
    counted = _days_of(figures.node, look)
    days = {id_: own | {asked} for id_, own in counted.items()}
    standing = queries.standing_on(
        viewer, unit, frozenset().union(*days.values()), jumps_since=jumps_since
    )
    ids = tuple(one.id for one in standing)
    numerator = look.indicator.numerator
    return Doubts(
        findings=tuple(f for f in queries.findings_among(ids) if _stands(f, unit, days)),
        claims=tuple(c for c in queries.claims_among(ids) if _is_of(c, unit, days)),
        is_checked=any(
            _day(one.as_of) in counted[unit.id]
            and numerator in one.elements
            and one.source.kind != OWN_KIND
            for one in standing
        ),
    )


def _days_of(node: Node, look: Look) -> Days:
    """By unit the days of its counts shown; of the whole also the newest day of its parts."""
    parts: dict[str, frozenset[date]] = {
        part.unit.id: frozenset(_counted(part, look)) for part in node.parts
    }
    newest = sorted(day for days in parts.values() for day in days)[-1:]
    return {**parts, node.unit.id: frozenset({*_counted(node, look), *newest})}


def _counted(node: Node, look: Look) -> Iterator[date]:
    for element in {look.indicator.numerator, look.other.numerator}:
        as_of = rules.figure(node, element).as_of
        if as_of is not None:
            yield _day(as_of)


def _stands(finding: FindingRecord, unit: Unit, days: Days) -> bool:
    """Whether a finding is about a figure shown: of its unit, or of the whole table here."""
    table = finding.submission
    if table.source.kind == OWN_KIND:
        return True
    is_ours = table.scope_id == unit.id
    if not is_ours and finding.about_unit not in days:
        return False
    return _day(table.as_of) in days.get(finding.about_unit, days[unit.id])


def _is_of(claim: Claim, unit: Unit, days: Days) -> bool:
    is_ours = claim.submission.scope_id == unit.id
    return is_ours and _day(claim.submission.as_of) in days[unit.id]


def _day(at: datetime) -> date:
    return at.astimezone(clock.TZ).date()
