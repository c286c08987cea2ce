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
from vungxanh.uptake.actions.drafts import (
    Draft,
    fact_of,
    finding_rows,
    name_of,
    row_of,
    source_of,
)
from vungxanh.uptake.actions.owning import IMPORT, locked, must_be, must_own
from vungxanh.uptake.models import FindingRecord, Submission, Version
from vungxanh.uptake.rules import SubmissionState, may_be_undone, withdrawing_needs
from vungxanh.uptake.values import OWN_KIND

AT_ONCE = 500  # tables in one statement


def record_submission(*, submission_id: UUID, by: Viewer, at: datetime) -> Submission:
    """Let a draft count: append its facts; refused while errors stand. Audit: facts_recorded."""
    with transaction.atomic():
        submission = locked(submission_id, by=by, needs=IMPORT)
        must_be(submission, SubmissionState.DRAFT)
        _must_be_countable(submission, submission.findings.filter(blocks=True).count())
        _append([submission], at)
        submission.state = SubmissionState.RECORDED
        submission.recorded_at = at
        submission.save(update_fields=["state", "recorded_at"])
        change_version()
        _tell(submission, by=by, at=at)
    return submission


def record_at_once(*, drafts: Sequence[Draft], by: Viewer, at: datetime) -> None:
    """Keep tables that need no look of anybody, and let them count; all or none.

    The rows are those of `save_draft` and `record_submission` for each, without claims. No two may
    have a count of one place. Audit: import_received and facts_recorded for each table.
    """
    with transaction.atomic():
        for n in range(0, len(drafts), AT_ONCE):
            _record_some(drafts[n : n + AT_ONCE], by=by, at=at)
        if drafts:
            change_version()


def _record_some(drafts: Sequence[Draft], *, by: Viewer, at: datetime) -> None:
    sources = {draft.origin: source_of(draft.origin) for draft in drafts}
    rows = [row_of(draft, sources[draft.origin], by=by, at=at) for draft in drafts]
    found: list[FindingRecord] = []
    for row, draft in zip(rows, drafts, strict=True):
        must_own(by=by, unit_id=draft.scope, capability=IMPORT)
        _must_be_countable(row, sum(one.severity == "error" for one in draft.findings))
        row.state, row.recorded_at = SubmissionState.RECORDED.value, at
        found += finding_rows(row, draft)
    Submission.objects.bulk_create(rows)
    FindingRecord.objects.bulk_create(found)
    _append(rows, at)
    for row in rows:
        record(event="uptake.import_received", by=by, at=at, subject=name_of(row))
        _tell(row, by=by, at=at)


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


def _append(submissions: Sequence[Submission], at: datetime) -> None:
    """Append their facts under one lock, so that revisions of one figure are numbered in order."""
    told = [(one.id, fact_of(f)) for one in submissions for f in one.content["facts"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('uptake_fact'))")
        cursor.execute(
            sql.INSERT_FACTS,
            {
                "received_at": at,
                "submissions": [submission for submission, _ in told],
                "units": [f.unit_id for _, f in told],
                "elements": [f.element for _, f in told],
                "as_ofs": [f.as_of for _, f in told],
                "values": [f.value for _, f in told],
            },
        )


def _tell(submission: Submission, *, by: Viewer, at: datetime) -> None:
    detail = {"facts": len(submission.content["facts"])}
    record(event="uptake.facts_recorded", by=by, at=at, subject=name_of(submission), detail=detail)


def _must_be_countable(submission: Submission, n_errors: int) -> None:
    if n_errors:
        raise refusals.has_errors(n_errors)
    if not submission.content.get("facts"):
        raise refusals.nothing_to_record()


def _must_give_reason(submission: Submission, reason: str, at: datetime) -> None:
    recorded_at = submission.recorded_at
    if recorded_at is None or not (may_be_undone(recorded_at, at) or reason.strip()):
        raise refusals.reason_missing()
