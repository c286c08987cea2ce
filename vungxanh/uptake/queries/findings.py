"""What is wrong in tables, and what texts state beside them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake.models import Claim, FindingRecord, Submission
from vungxanh.uptake.queries.tables import submissions
from vungxanh.uptake.rules import SEVERITIES, FindingState, SubmissionState


def findings_among(submission_ids: Sequence[UUID]) -> list[FindingRecord]:
    """What is wrong in some tables, worst first; asks nothing where there are none."""
    if not submission_ids:
        return []
    found = FindingRecord.objects.select_related("submission__source").defer("submission__content")
    listed = found.filter(submission_id__in=submission_ids)
    return sorted(listed, key=lambda f: (SEVERITIES.index(f.severity), f.id))


def findings_in(submission: Submission) -> list[FindingRecord]:
    """What was found in one table, worst first."""
    return sorted(submission.findings.order_by("id"), key=lambda f: SEVERITIES.index(f.severity))


def findings_of(viewer: Viewer, unit: Unit) -> QuerySet[FindingRecord]:
    """The findings of the unit's recorded tables: open ones first, worst first, newest as-of."""
    standing = submissions(viewer, unit).filter(state=SubmissionState.RECORDED)
    found = FindingRecord.objects.select_related("submission__source").defer("submission__content")
    return found.filter(submission__in=standing).order_by(
        _place("state", [FindingState.OPEN]),
        _place("severity", SEVERITIES),
        "-submission__as_of",
        "id",
    )


def _place(field: str, values: Sequence[str]) -> Case:
    """The place of a field's value in a list, to order by; what is not in it comes last."""
    cases = [When(**{field: value}, then=Value(n)) for n, value in enumerate(values)]
    return Case(*cases, default=Value(len(values)))


def claims_among(submission_ids: Sequence[UUID]) -> list[Claim]:
    """What texts state beside some tables; asks nothing where there are none."""
    if not submission_ids:
        return []
    found = Claim.objects.select_related("submission__source").defer("submission__content")
    return list(found.filter(submission_id__in=submission_ids).order_by("id"))
