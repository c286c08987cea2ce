"""Tables that count: recorded, opened to anyone, taken back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import Viewer
from vungxanh.uptake import sql
from vungxanh.uptake.actions import refusals
from vungxanh.uptake.actions.drafts import fact_of, name_of
from vungxanh.uptake.actions.owning import IMPORT, locked, must_be
from vungxanh.uptake.models import Submission, Version
from vungxanh.uptake.rules import SubmissionState, may_be_undone, withdrawing_needs
from vungxanh.uptake.values import OWN_KIND, NewFact


def record_submission(*, submission_id: UUID, by: Viewer, at: datetime) -> Submission:
    """Let a draft count: append its facts; refused while errors stand. Audit: facts_recorded."""
    with transaction.atomic():
        submission = locked(submission_id, by=by, needs=IMPORT)
        must_be(submission, SubmissionState.DRAFT)
        _must_have_no_error(submission)
        _append(submission, [fact_of(f) for f in submission.content["facts"]], at)
        submission.state = SubmissionState.RECORDED
        submission.recorded_at = at
        submission.save(update_fields=["state", "recorded_at"])
        change_version()
        detail = {"facts": len(submission.content["facts"])}
        record(
            event="uptake.facts_recorded",
            by=by,
            at=at,
            subject=name_of(submission),
            detail=detail,
        )
    return submission


def publish_submission(
    *, submission_id: UUID, by: Viewer, at: datetime, with_day_table: bool = False
) -> Submission:
    """Open a recorded table to anyone; a day's with its day table only. Audit: facts_published."""
    with transaction.atomic():
        submission = locked(submission_id, by=by, needs="uptake.publish")
        _must_stand_alone(submission, with_day_table=with_day_table)
        must_be(submission, SubmissionState.RECORDED)
        if submission.source.kind == OWN_KIND:
            raise refusals.own_counts_stay()
        if submission.published_at is None:
            submission.published_at = at
            submission.save(update_fields=["published_at"])
            change_version()
            record(event="uptake.facts_published", by=by, at=at, subject=name_of(submission))
    return submission


def withdraw_submission(
    *, submission_id: UUID, reason: str, by: Viewer, at: datetime, with_day_table: bool = False
) -> Submission:
    """Take a recorded table back; what was known before stays known for then.

    The figures of a day table are taken back by its correction alone.

    Within ten minutes no reason is asked; afterwards one is needed. What is published is taken back
    by whoever may publish. Audit: facts_withdrawn.
    """
    with transaction.atomic():
        submission = locked(submission_id, by=by, needs=IMPORT)
        by.require(withdrawing_needs(is_published=submission.published_at is not None))
        _must_stand_alone(submission, with_day_table=with_day_table)
        must_be(submission, SubmissionState.RECORDED)
        _must_give_reason(submission, reason, at)
        submission.state = SubmissionState.WITHDRAWN
        submission.withdrawn_at = at
        submission.withdrawn_reason = reason.strip()
        submission.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
        change_version()
        record(event="uptake.facts_withdrawn", by=by, at=at, subject=name_of(submission))
    return submission


def _must_stand_alone(submission: Submission, *, with_day_table: bool) -> None:
    if not with_day_table and hasattr(submission, "day_table"):
        raise refusals.of_day_table()


def change_version() -> None:
    """Whoever remembers figures reads them anew."""
    Version.objects.update_or_create(id=1, defaults={"version": new_id()})


def _append(submission: Submission, facts: Sequence[NewFact], at: datetime) -> None:
    """Append facts under one lock, so that revisions of one figure are numbered in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('uptake_fact'))")
        cursor.execute(
            sql.INSERT_FACTS,
            {
                "received_at": at,
                "submission": submission.id,
                "units": [f.unit_id for f in facts],
                "elements": [f.element for f in facts],
                "as_ofs": [f.as_of for f in facts],
                "values": [f.value for f in facts],
            },
        )


def _must_have_no_error(submission: Submission) -> None:
    n_errors = submission.findings.filter(blocks=True).count()
    if n_errors:
        raise refusals.has_errors(n_errors)
    if not submission.content.get("facts"):
        raise refusals.nothing_to_record()


def _must_give_reason(submission: Submission, reason: str, at: datetime) -> None:
    recorded_at = submission.recorded_at
    if recorded_at is None or not (may_be_undone(recorded_at, at) or reason.strip()):
        raise refusals.reason_missing()
