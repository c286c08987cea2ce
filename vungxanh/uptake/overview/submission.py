"""One table as its page shows it: what was read, what was found in it, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.uptake import queries
from vungxanh.uptake.models import Claim, FindingRecord, Submission
from vungxanh.uptake.overview.words import state_mark
from vungxanh.uptake.pages import Mark
from vungxanh.uptake.rules import SubmissionState, may_be_undone, withdrawing_needs
from vungxanh.uptake.values import ELEMENTS, OWN_KIND


@dataclass(frozen=True, slots=True)
class FoundFault:
    """A finding with its sentence in the reader's language."""

    record: FindingRecord
    message: str
    state: Mark | None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as read: the unit it was taken for (None: not found), its counts by column."""

    number: int
    written: str
    unit: Unit | None
    counts: tuple[int | None, ...]
    faults: tuple[FoundFault, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The page of a submission."""

    submission: Submission
    unit: Unit
    title: str
    heads: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    faults: tuple[FoundFault, ...]
    claims: tuple[Claim, ...]
    n_facts: int
    n_errors: int
    n_blocking: int
    n_warnings: int
    is_draft: bool
    is_standing: bool
    may_record: bool
    may_discard: bool
    may_publish: bool
    may_withdraw: bool
    needs_reason: bool
    may_decide: bool
    may_see_original: bool
    day_table: UUID | None


def preview_of(
    submission: Submission, unit: Unit, *, viewer: Viewer, at: datetime, lang: str
) -> Preview:
    """The finished page."""
    faults = tuple(
        FoundFault(f, f.message(lang), state_mark(f.state)) for f in queries.findings_in(submission)
    )
    is_draft = submission.state == SubmissionState.DRAFT
    is_standing = submission.state == SubmissionState.RECORDED

    def may(capability: str) -> bool:
        return queries.may_handle(viewer, submission, unit, capability=capability)

    is_published = submission.published_at is not None
    of_day = getattr(submission, "day_table", None)
    n_blocking = sum(f.record.blocks for f in faults)
    n_facts = len(submission.content.get("facts", ()))
    recorded_at = submission.recorded_at
    return Preview(
        submission=submission,
        unit=unit,
        title=submission.content.get("title", ""),
        heads=_heads(submission, lang),
        rows=_rows(submission, faults),
        faults=faults,
        claims=tuple(submission.claims.order_by("id")),
        n_facts=n_facts,
        n_errors=sum(f.record.severity == "error" for f in faults),
        n_blocking=n_blocking,
        n_warnings=sum(f.record.severity == "warning" for f in faults),
        is_draft=is_draft,
        is_standing=is_standing,
        may_record=is_draft and not n_blocking and n_facts > 0 and may("uptake.import"),
        may_discard=is_draft and may("uptake.import"),
        may_publish=is_standing
        and not (is_published or of_day or submission.source.kind == OWN_KIND)
        and may("uptake.publish"),
        may_withdraw=is_standing
        and not of_day
        and may(withdrawing_needs(is_published=is_published)),
        needs_reason=bool(recorded_at and not may_be_undone(recorded_at, at)),
        may_decide=may("uptake.import"),
        may_see_original=queries.sees_unpublished(viewer, unit)
        and submission.original_id is not None,
        day_table=of_day.id if of_day else None,
    )


def _elements(submission: Submission) -> list[str]:
    columns = submission.content.get("columns", [])
    return [c["element"] for c in columns if c["role"] == "count" and c["element"]]


def _heads(submission: Submission, lang: str) -> tuple[str, ...]:
    return tuple(ELEMENTS[name].short.in_language(lang) for name in _elements(submission))


def _rows(submission: Submission, faults: tuple[FoundFault, ...]) -> tuple[PreviewRow, ...]:
    listed = submission.content.get("rows", [])
    units = locations.units([row["unit"] for row in listed if row["unit"]])
    names = _elements(submission)
    return tuple(
        PreviewRow(
            number=row["number"],
            written=row["name"],
            unit=units.get(row["unit"]),
            counts=tuple(row["counts"].get(name) for name in names),
            faults=tuple(f for f in faults if _is_about(f.record, row)),
        )
        for row in listed
    )


def _is_about(finding: FindingRecord, row: Mapping[str, Any]) -> bool:
    """Whether a finding is of a line's unit; of a line without one, whether it names the line."""
    if row["unit"]:
        return bool(finding.about_unit == row["unit"])
    return bool(finding.place == f"dòng {row['number']}")
