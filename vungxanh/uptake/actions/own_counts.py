"""Counts of this house itself, closed into facts."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction

from vungxanh.core.viewer import Viewer
from vungxanh.engines.checks import Finding
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions.drafts import Draft, Origin, save_draft
from vungxanh.uptake.actions.recording import record_submission
from vungxanh.uptake.models import Submission
from vungxanh.uptake.values import OWN_KIND, NewFact

OWN_TITLE = "Hệ thống Vùng Xanh tự đếm"
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def close_own_counts(
    *,
    scope: UnitId,
    counts: Mapping[tuple[str, str], int],
    as_of: datetime,
    by: Viewer,
    at: datetime,
    findings: tuple[Finding, ...] = (),
    content: Mapping[str, str] = NOTHING,
) -> Submission:
    """Record what this house counted in a scope, by unit and element, as facts of source `own`.

    They stand beside what reporters tell of the same element, never in its place. `content` says
    why they were counted. Records uptake.import_received and uptake.facts_recorded.
    """
    facts = tuple(
        NewFact(unit, element, value, as_of) for (unit, element), value in sorted(counts.items())
    )
    told = {**content, "title": OWN_TITLE}
    draft = Draft(scope, as_of, Origin(OWN_TITLE, OWN_KIND), facts, findings, content=told)
    with transaction.atomic():
        submission = save_draft(draft=draft, by=by, at=at)
        return record_submission(submission_id=submission.id, by=by, at=at)
