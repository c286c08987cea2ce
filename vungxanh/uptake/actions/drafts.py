"""Tables that were read and checked and do not count yet: kept, or dropped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.engines.checks import Claim as ReadClaim
from vungxanh.engines.checks import Finding
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions.owning import IMPORT, locked, must_be, must_own
from vungxanh.uptake.models import Claim, FindingRecord, Source, Submission
from vungxanh.uptake.rules import SubmissionState
from vungxanh.uptake.values import NewFact

LONGEST_NAME = 200  # of a file beside its table; the end with the sort of file is kept


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
    lacking: Mapping[str, Sequence[str]] = field(default_factory=dict)


def save_draft(*, draft: Draft, by: Viewer, at: datetime) -> Submission:
    """Keep a table that was read, with its findings; nothing counts yet. Audit: import_received."""
    must_own(by=by, unit_id=draft.scope, capability=IMPORT)
    with transaction.atomic():
        submission = row_of(draft, source_of(draft.origin), by=by, at=at)
        submission.save(force_insert=True)
        FindingRecord.objects.bulk_create(finding_rows(submission, draft))
        _keep_claims(submission, draft.claims)
        record(event="uptake.import_received", by=by, at=at, subject=name_of(submission))
    return submission


def row_of(draft: Draft, source: Source, *, by: Viewer, at: datetime) -> Submission:
    """The row of a table that was read, not stored yet."""
    return Submission(
        scope_id=draft.scope,
        as_of=draft.as_of,
        source=source,
        original_id=draft.original_id,
        original_name=draft.original_name[-LONGEST_NAME:],
        elements=sorted({fact.element for fact in draft.facts}),
        content={**(draft.content or {}), "facts": [_wire(f) for f in draft.facts]},
        lacking={unit: list(names) for unit, names in draft.lacking.items()},
        created_at=at,
        created_by=by.id,
    )


def finding_rows(submission: Submission, draft: Draft) -> list[FindingRecord]:
    """The rows of what was found in a table and in the text beside it, not stored yet."""
    return [
        *_findings(submission, draft.findings, block=True),
        *_findings(submission, draft.claim_findings, block=False),
    ]


def discard_draft(*, submission_id: UUID, by: Viewer, at: datetime) -> None:
    """Drop a draft; nothing of it ever counted. Audit: import_dropped."""
    with transaction.atomic():
        submission = locked(submission_id, by=by, needs=IMPORT)
        must_be(submission, SubmissionState.DRAFT)
        submission.state = SubmissionState.DISCARDED
        submission.save(update_fields=["state"])
        record(event="uptake.import_dropped", by=by, at=at, subject=name_of(submission))


def source_of(origin: Origin) -> Source:
    """Where a table comes from; kept the first time that anything comes from there."""
    source, _ = Source.objects.get_or_create(
        title=origin.title.strip(),
        kind=origin.kind,
        defaults={
            "published_on": origin.published_on,
            "is_illustrative": origin.is_illustrative,
        },
    )
    return source


def _findings(
    submission: Submission, findings: Iterable[Finding], *, block: bool
) -> Iterator[FindingRecord]:
    return (
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


def fact_of(wire: Sequence[Any]) -> NewFact:
    """A figure as the draft kept it."""
    unit_id, element, value, as_of = wire
    return NewFact(str(unit_id), str(element), int(value), datetime.fromisoformat(as_of))


def name_of(submission: Submission) -> str:
    """How the log names a table."""
    return f"submission:{submission.id}"
