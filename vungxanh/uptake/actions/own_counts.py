"""Counts of this house itself, closed into facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vungxanh.core.viewer import Viewer
from vungxanh.engines.checks import Finding
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions.drafts import Draft, Origin
from vungxanh.uptake.actions.recording import record_at_once
from vungxanh.uptake.values import OWN_KIND, NewFact

OWN_TITLE = "Hệ thống Vùng Xanh tự đếm"


@dataclass(frozen=True, slots=True)
class OwnTable:
    """What this house counted in a scope, by unit and element; `content` says why."""

    scope: UnitId
    counts: Mapping[tuple[str, str], int]
    content: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


def close_own_counts(
    *, tables: Sequence[OwnTable], as_of: datetime, by: Viewer, at: datetime
) -> None:
    """Record what this house counted as facts of source `own`, at once; all or none.

    They stand beside what reporters tell of the same element, never in its place.
    Records uptake.import_received and uptake.facts_recorded for each table.
    """
    record_at_once(drafts=[draft_of(one, as_of) for one in tables], by=by, at=at)


def draft_of(table: OwnTable, as_of: datetime) -> Draft:
    """A table of own counts as every other is kept."""
    facts = tuple(
        NewFact(unit, element, value, as_of)
        for (unit, element), value in sorted(table.counts.items())
    )
    told = {**table.content, "title": OWN_TITLE}
    origin = Origin(OWN_TITLE, OWN_KIND)
    return Draft(table.scope, as_of, origin, facts, table.findings, content=told)
