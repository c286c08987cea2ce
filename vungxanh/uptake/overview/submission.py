"""One table as its page shows it: what was read, what was found in it, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from vungxanh.core.shown import Mark
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.uptake import queries
from vungxanh.uptake.models import Claim, DayTable, FindingRecord, Submission
from vungxanh.uptake.overview.words import state_mark
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
class MayDo:
    """What a viewer may do with a table as it stands: each a button of its page."""

    record: bool
    discard: bool
    publish: bool
    withdraw: bool
    decide: bool
    see_original: bool


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
    may: MayDo
    needs_reason: bool
    day_table: UUID | None


def preview_of(
    submission: Submission, unit: Unit, *, viewer: Viewer, at: datetime, lang: str
) -> Preview:
    """The finished page."""
    faults = _faults(submission, lang)
    n_facts = len(submission.content.get("facts", ()))
    n_blocking = sum(f.record.blocks for f in faults)
    of_day, recorded_at = _day_table(submission), submission.recorded_at
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
        is_draft=submission.state == SubmissionState.DRAFT,
        is_standing=submission.state == SubmissionState.RECORDED,
        may=_may_do(submission, unit, viewer, is_clean=n_facts > 0 and not n_blocking),
        needs_reason=bool(recorded_at and not may_be_undone(recorded_at, at)),
        day_table=of_day.id if of_day else None,
    )


def _faults(submission: Submission, lang: str) -> tuple[FoundFault, ...]:
    found = queries.findings_in(submission)
    return tuple(FoundFault(one, one.message(lang), state_mark(one.state)) for one in found)


def _day_table(submission: Submission) -> DayTable | None:
    """The table of a day that the submission is the figures of."""
    return getattr(submission, "day_table", None)


def _may_do(submission: Submission, unit: Unit, viewer: Viewer, *, is_clean: bool) -> MayDo:
    is_draft = submission.state == SubmissionState.DRAFT
    is_standing = submission.state == SubmissionState.RECORDED
    is_published, of_day = submission.published_at is not None, _day_table(submission)
    is_own = submission.source.kind == OWN_KIND

    def may(capability: str) -> bool:
        return queries.may_handle(viewer, submission, unit, capability=capability)

    to_withdraw = withdrawing_needs(is_published=is_published)
    sees = queries.sees_unpublished(viewer, unit)
    return MayDo(
        record=is_draft and is_clean and may("uptake.import"),
        discard=is_draft and may("uptake.import"),
        publish=is_standing and not (is_published or of_day or is_own) and may("uptake.publish"),
        withdraw=is_standing and not of_day and may(to_withdraw),
        decide=may("uptake.import"),
        see_original=sees and submission.original_id is not None,
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
