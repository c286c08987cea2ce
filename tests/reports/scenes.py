"""Recorded figures of Bình Định and the documents that are made from them."""

import csv
from datetime import date, datetime

from tests.factories.figures import ANNEX, AT, BINH_DINH
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.content import Annex, Document, Letter
from vungxanh.engines import checks
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.refusals import Words
from vungxanh.reports.values import ReportKind
from vungxanh.uptake import actions, exports
from vungxanh.uptake.actions import Draft, Origin
from vungxanh.uptake.overview.look import Look
from vungxanh.uptake.values import NewFact

DAY = date(2021, 5, 26)
CENSUS = date(2019, 4, 1)
HOAI_AN = UnitId("vn-2021:544")
NBSP = "\u00a0"
Counts = list[tuple[str, str, int, date]]


def published() -> Counts:
    """The district figures of the annex of 26 May 2021."""
    rows = csv.DictReader(ANNEX.read_text(encoding="utf-8").splitlines())
    days = {"bluezone_with_phone": DAY, "population": CENSUS, "smartphones": DAY}
    return [(row["unit"], name, int(row[name]), on) for row in rows for name, on in days.items()]


def without(counts: Counts, unit: str, *elements: str) -> Counts:
    return [c for c in counts if c[0] != unit or (elements and c[1] not in elements)]


TODAY = Look(as_of=DAY)


def material(look: Look = TODAY) -> exports.Material:
    return exports.gather(SYSTEM, locations.unit(BINH_DINH), look)


def document(kind: ReportKind, look: Look = TODAY) -> Document:
    found = material(look)
    return exports.document_of(found, kind, exports.options_of(found, None))


def annex(look: Look = TODAY) -> Annex:
    made = document(ReportKind.ANNEX, look)
    assert isinstance(made, Annex)
    return made


def letter() -> Letter:
    made = document(ReportKind.LETTER)
    assert isinstance(made, Letter)
    return made


def remarks(made: Annex) -> list[str]:
    return [line.line for line in printed_annex(made).remarks]


def finding(
    unit: str, element: str = "smartphones", severity: checks.types.Severity = "warning"
) -> checks.Finding:
    return checks.Finding(
        code="base.outlier",
        severity=severity,
        where="dòng 2",
        message=Words("Quy Nhơn: 97,89 % dân số; hỏi lại nguồn mẫu số.", "Ask the source."),
        unit=unit,
        element=element,
    )


def recorded_with(
    counts: Counts,
    *findings: checks.Finding,
    claims: tuple[checks.Claim, ...] = (),
    counted_at: datetime | None = None,
) -> None:
    """A table that counts although warnings stand, as after a preview."""
    facts = tuple(
        NewFact(
            UnitId(unit),
            element,
            value,
            counted_at if counted_at and on == DAY else clock.day_start(on),
        )
        for unit, element, value, on in counts
    )
    as_of = counted_at or clock.day_start(DAY)
    origin = Origin("Phụ lục thử", "letter")
    draft = Draft(BINH_DINH, as_of, origin, facts, findings=findings, claims=claims)
    submission = actions.save_draft(draft=draft, by=SYSTEM, at=AT)
    actions.record_submission(submission_id=submission.id, by=SYSTEM, at=AT)
    actions.publish_submission(submission_id=submission.id, by=SYSTEM, at=AT)
