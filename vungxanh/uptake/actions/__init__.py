"""Writes of the room: bring a table in, let it count, publish it, take it back; targets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction

from vungxanh.accounts.queries import Place, authorised
from vungxanh.audit.actions import record
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.engines import coverage
from vungxanh.engines.checks import Claim as ReadClaim
from vungxanh.engines.checks import Finding
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.refusals import RefusalError, Words
from vungxanh.uptake import sql
from vungxanh.uptake.models import Claim, FindingRecord, Source, Submission, Target, Version
from vungxanh.uptake.rules import (
    FindingState,
    SubmissionState,
    may_be_undone,
    may_handle,
    withdrawing_needs,
)
from vungxanh.uptake.values import ELEMENTS, NewFact

IMPORT = "uptake.import"
Row = TypeVar("Row")


class UptakeError(RefusalError):
    """Figures or an act on them that is refused."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from, in words, and of which kind."""

    title: str
    kind: str
    published_on: date | None = None
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A table that was read and checked, before anybody lets it count.

    `content` is what the preview shows; `facts` what would be recorded. Errors among `findings`
    keep the table from being recorded; `claim_findings` are about a text beside it and do not.
    """

    scope: UnitId
    as_of: datetime
    origin: Origin
    facts: tuple[NewFact, ...]
    findings: tuple[Finding, ...] = ()
    claim_findings: tuple[Finding, ...] = ()
    claims: tuple[ReadClaim, ...] = ()
    content: Mapping[str, Any] | None = None
    original_id: UUID | None = None
    original_name: str = ""


def save_draft(*, draft: Draft, by: Viewer, at: datetime) -> Submission:
    """Keep a table that was read, with its findings; nothing counts yet. Audit: import_received."""
    must_own(by=by, unit_id=draft.scope, capability=IMPORT)
    with transaction.atomic():
        submission = Submission.objects.create(
            scope_id=draft.scope,
            as_of=draft.as_of,
            source=_source(draft.origin),
            original_id=draft.original_id,
            original_name=draft.original_name,
            elements=sorted({fact.element for fact in draft.facts}),
            content={**(draft.content or {}), "facts": [_wire(f) for f in draft.facts]},
            created_at=at,
            created_by=by.id,
        )
        _keep_findings(submission, draft.findings, block=True)
        _keep_findings(submission, draft.claim_findings, block=False)
        _keep_claims(submission, draft.claims)
        record(event="uptake.import_received", by=by, at=at, subject=_name(submission))
    return submission


def record_submission(*, submission_id: UUID, by: Viewer, at: datetime) -> Submission:
    """Let a draft count: append its facts; refused while errors stand. Audit: facts_recorded."""
    with transaction.atomic():
        submission = _locked(submission_id, by=by, needs=IMPORT)
        _must_be(submission, SubmissionState.DRAFT)
        _must_have_no_error(submission)
        _append(submission, [_fact(f) for f in submission.content["facts"]], at)
        submission.state = SubmissionState.RECORDED
        submission.recorded_at = at
        submission.save(update_fields=["state", "recorded_at"])
        change_version()
        detail = {"facts": len(submission.content["facts"])}
        record(
            event="uptake.facts_recorded",
            by=by,
            at=at,
            subject=_name(submission),
            detail=detail,
        )
    return submission


def publish_submission(*, submission_id: UUID, by: Viewer, at: datetime) -> Submission:
    """Open a recorded table to anyone. Audit: facts_published."""
    with transaction.atomic():
        submission = _locked(submission_id, by=by, needs="uptake.publish")
        _must_be(submission, SubmissionState.RECORDED)
        if submission.published_at is None:
            submission.published_at = at
            submission.save(update_fields=["published_at"])
            change_version()
            record(event="uptake.facts_published", by=by, at=at, subject=_name(submission))
    return submission


def withdraw_submission(
    *, submission_id: UUID, reason: str, by: Viewer, at: datetime
) -> Submission:
    """Take a recorded table back; what was known before stays known for then.

    Within ten minutes no reason is asked; afterwards one is needed. What is published is taken back
    by whoever may publish. Audit: facts_withdrawn.
    """
    with transaction.atomic():
        submission = _locked(submission_id, by=by, needs=IMPORT)
        by.require(withdrawing_needs(is_published=submission.published_at is not None))
        _must_be(submission, SubmissionState.RECORDED)
        _must_give_reason(submission, reason, at)
        submission.state = SubmissionState.WITHDRAWN
        submission.withdrawn_at = at
        submission.withdrawn_reason = reason.strip()
        submission.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
        change_version()
        record(event="uptake.facts_withdrawn", by=by, at=at, subject=_name(submission))
    return submission


def discard_draft(*, submission_id: UUID, by: Viewer, at: datetime) -> None:
    """Drop a draft; nothing of it ever counted. Audit: import_dropped."""
    with transaction.atomic():
        submission = _locked(submission_id, by=by, needs=IMPORT)
        _must_be(submission, SubmissionState.DRAFT)
        submission.state = SubmissionState.DISCARDED
        submission.save(update_fields=["state"])
        record(event="uptake.import_dropped", by=by, at=at, subject=_name(submission))


def decide_finding(
    *, finding_id: int, state: FindingState, note: str, by: Viewer, at: datetime
) -> FindingRecord:
    """Say what was done about a finding: the sender was asked, or it is accepted and why."""
    with transaction.atomic():
        rows = FindingRecord.objects.select_for_update(of=("self",))
        row = rows.select_related("submission__scope").filter(id=finding_id).first()
        finding = _own(row, by=by, needs=IMPORT, unit=lambda one: one.submission.scope)
        _must_handle(finding.submission, by=by)
        if state is FindingState.ACCEPTED and not note.strip():
            raise _reason_missing()
        finding.state, finding.note = state, note.strip()
        is_open = state is FindingState.OPEN
        finding.decided_at = None if is_open else at
        finding.decided_by = "" if is_open else by.id
        finding.save(update_fields=["state", "note", "decided_at", "decided_by"])
        record(
            event="uptake.finding_decided",
            by=by,
            at=at,
            subject=f"finding:{finding_id}",
            detail={"code": finding.code, "state": state.value},
        )
    return finding


def set_target(
    *,
    unit_id: UnitId,
    numerator: str,
    denominator: str | None,
    share_percent: Decimal,
    due_on: date,
    origin: str,
    by: Viewer,
    at: datetime,
    is_illustrative: bool = False,
) -> Target:
    """Set a target; the one that stood for the same unit and count ends. Audit: target_set."""
    must_own(by=by, unit_id=unit_id, capability="uptake.targets")
    terms = coverage.define_target(
        share_percent=share_percent,
        base_element=denominator,
        due_on=due_on,
        origin=origin,
        scope=unit_id,
    )
    if share_percent > 100 or numerator not in ELEMENTS:
        raise _impossible_target()
    with transaction.atomic():
        Target.objects.filter(unit_id=unit_id, numerator=numerator, ended_at=None).update(
            ended_at=at
        )
        target = Target.objects.create(
            unit_id=unit_id,
            numerator=numerator,
            denominator=terms.base_element,
            share_percent=terms.share_percent,
            due_on=terms.due_on,
            origin=terms.origin,
            is_illustrative=is_illustrative,
            set_at=at,
            set_by=by.id,
        )
        record(event="uptake.target_set", by=by, at=at, subject=f"target:{target.id}")
    return target


def end_target(*, target_id: UUID, unit_id: str, by: Viewer, at: datetime) -> None:
    """End a target of a unit that stands; its history stays. Audit: target_ended."""
    with transaction.atomic():
        rows = Target.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(id=target_id, unit_id=unit_id, ended_at=None).first()
        target = _own(row, by=by, needs="uptake.targets", unit=lambda one: one.unit)
        target.ended_at = at
        target.save(update_fields=["ended_at"])
        record(event="uptake.target_ended", by=by, at=at, subject=f"target:{target_id}")


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


def change_version() -> None:
    """Whoever remembers figures reads them anew."""
    Version.objects.update_or_create(id=1, defaults={"version": new_id()})


def _source(origin: Origin) -> Source:
    source, _ = Source.objects.get_or_create(
        title=origin.title.strip(),
        kind=origin.kind,
        defaults={
            "published_on": origin.published_on,
            "is_illustrative": origin.is_illustrative,
        },
    )
    return source


def _keep_findings(submission: Submission, findings: Iterable[Finding], *, block: bool) -> None:
    FindingRecord.objects.bulk_create(
        FindingRecord(
            submission=submission,
            code=f.code,
            severity=f.severity,
            place=f.where[:200],
            claim=f.claim,
            found=f.found,
            expected=f.expected,
            message_vi=f.message.vi,
            message_en=f.message.en,
            rule=f.rule,
            about_unit=f.unit or "",
            element=f.element or "",
            blocks=block and f.severity == "error",
        )
        for f in findings
    )


def _keep_claims(submission: Submission, claims: Iterable[ReadClaim]) -> None:
    Claim.objects.bulk_create(
        Claim(
            submission=submission,
            unit_id=c.unit or submission.scope_id,
            element=c.element,
            as_of=submission.as_of,
            value=c.value,
            share_percent=c.share_percent,
            rank=c.rank,
            rank_of=c.of,
            base_as_written=c.base_as_written or "",
            place=c.where,
            quote=c.quote,
        )
        for c in claims
    )


def _wire(fact: NewFact) -> list[Any]:
    return [fact.unit_id, fact.element, fact.value, fact.as_of.isoformat()]


def _fact(wire: Sequence[Any]) -> NewFact:
    unit_id, element, value, as_of = wire
    return NewFact(str(unit_id), str(element), int(value), datetime.fromisoformat(as_of))


def _name(submission: Submission) -> str:
    return f"submission:{submission.id}"


def _locked(submission_id: UUID, *, by: Viewer, needs: str) -> Submission:
    """A table of the viewer's own area, held until the transaction ends."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("scope")
    row = rows.filter(id=submission_id).first()
    found = _own(row, by=by, needs=needs, unit=lambda one: one.scope)
    _must_handle(found, by=by)
    return found


def _own(found: Row | None, *, by: Viewer, needs: str, unit: Callable[[Row], Place]) -> Row:
    """What was found, for whoever holds the capability and works for all of its unit."""
    by.require(needs)
    return authorised(found, viewer=by, needs=needs, unit=unit, acting=True)


def must_own(*, by: Viewer, unit_id: str, capability: str) -> None:
    """Refuse who lacks the capability, and who works for another area."""
    by.require(capability)
    if "system" not in by.roles and not locations.within(by.units, UnitId(unit_id)):
        raise UptakeError(
            "uptake.outside_area",
            Words(
                "Địa bàn này không thuộc đơn vị của bạn. Chọn địa bàn của mình, "
                "hoặc chuyển bảng cho cán bộ phụ trách.",
                "This area is not your unit's. Choose your own area, "
                "or pass the table to the officer in charge.",
            ),
            field="unit",
        )


def _must_handle(submission: Submission, *, by: Viewer) -> None:
    """Refuse a guest who did not bring this table, though they may see it."""
    if not may_handle(by.roles, by.id, brought_by=submission.created_by):
        raise ForbiddenError(IMPORT)


def _must_be(submission: Submission, state: SubmissionState) -> None:
    if submission.state != state:
        raise UptakeError(
            "uptake.wrong_state",
            Words(
                "Bảng này đã được xử lý trước đó, có thể ở một cửa sổ khác. Tải lại trang để xem.",
                "This table was dealt with before, perhaps in another window. Reload the page.",
            ),
        )


def _must_have_no_error(submission: Submission) -> None:
    n_errors = submission.findings.filter(blocks=True).count()
    if n_errors:
        raise UptakeError(
            "uptake.has_errors",
            Words(
                f"Chưa ghi được: bảng còn {n_errors} lỗi. Sửa trong tệp rồi nộp lại.",
                f"Not recorded: the table has {n_errors} errors. Mend the file and bring it again.",
            ),
        )
    if not submission.content.get("facts"):
        raise UptakeError(
            "uptake.nothing_to_record",
            Words(
                "Bảng không có dòng nào ghi được. Kiểm tra cột đơn vị và cột số.",
                "The table has no row that can be recorded. Check its unit and count columns.",
            ),
        )


def _must_give_reason(submission: Submission, reason: str, at: datetime) -> None:
    recorded_at = submission.recorded_at
    if recorded_at is None or not (may_be_undone(recorded_at, at) or reason.strip()):
        raise _reason_missing()


def _reason_missing() -> UptakeError:
    return UptakeError(
        "uptake.reason_missing",
        Words("Ghi lý do, một câu là đủ.", "Give the reason; one sentence is enough."),
        field="reason",
    )


def _impossible_target() -> UptakeError:
    return UptakeError(
        "uptake.impossible_target",
        Words(
            "Chỉ tiêu phải từ trên 0 đến 100 % của một mẫu số. Xem lại tỷ lệ.",
            "A target is above 0 and at most 100% of a base. Check the share.",
        ),
        field="share_percent",
    )
