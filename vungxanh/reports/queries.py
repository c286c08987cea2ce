"""Reading reports: lists, one with its chain, the latest of a subject, and the check of a code."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from vungxanh.accounts.queries import authorised, lies_in, may_read, readable
from vungxanh.accounts.values import Area, Standing, area_of
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.documents import content
from vungxanh.documents.content import Document
from vungxanh.documents.formats import Format
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId
from vungxanh.reports import rules
from vungxanh.reports.models import Report, ReportFile
from vungxanh.reports.rules import Difference
from vungxanh.reports.values import (
    FileLine,
    FrozenReport,
    ReportKind,
    ReportLine,
    Verified,
)

VIEW = "reports.view"
_ORDER = list(Format)


def listed(viewer: Viewer, *, unit_id: str = "", page: object = 1) -> Page[ReportLine]:
    """Reports that the viewer may read, newest as-of first; two queries.

    `unit_id` narrows the list to one unit and what lies below it.
    """
    found = _light(_visible(viewer))
    if unit_id:
        found = found.filter(lies_in(_whole(unit_id)))
    asked = numbered(found.order_by("-as_of", "-frozen_at", "-id"), page)
    partly = area_of(viewer.units).part
    rows = tuple(line(report, partly) for report in asked)
    return Page(rows, asked.number, asked.n_pages, asked.n_rows)


def units(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Id and name of every unit of which the viewer can see a report; one query."""
    found = _visible(viewer).order_by("unit__path", "unit_id").values_list("unit_id", "unit__name")
    return tuple(found.distinct())


def get(report_id: UUID, *, viewer: Viewer) -> FrozenReport:
    """One report with its files and all editions of its subject; three queries.

    Nothing is said about reports of other areas, not even that they exist.
    """
    viewer.require(VIEW)
    row = _lined(Report.objects.all()).filter(id=report_id).first()
    found = authorised(row, viewer=viewer, needs=VIEW, unit=lambda one: one.unit, kind="report")
    chain = _light(_lined(Report.objects.filter(subject=found.subject)))
    shown = frozen(found, files=_files(found), chain=chain.order_by("-edition", "-id"))
    return replace(shown, line=line(found, area_of(viewer.units).part))


def latest(subject: str, *, viewer: Viewer) -> FrozenReport | None:
    """The newest edition of a subject, None while there is none; one query."""
    viewer.require(VIEW)
    found = _lined(Report.objects.filter(subject=subject)).order_by("-edition").first()
    if found is None or not _may_read(viewer, found):
        return None
    return frozen(found)


def _may_read(viewer: Viewer, found: Report) -> bool:
    return "system" in viewer.roles or may_read(viewer, found.unit, ref=f"report:{found.id}")


def differences(standing: FrozenReport, document: Document) -> tuple[Difference, ...]:
    """What a new document says differently from a frozen one; no query."""
    return rules.differences(standing.document, document)


def is_same(standing: FrozenReport, document: Document) -> bool:
    """Whether a document says exactly what was frozen; no query."""
    return standing.digest == content.digest(document)


def may_issue_for(viewer: Viewer, unit_id: str) -> bool:
    """Whether the viewer may freeze documents of a unit; at most one query."""
    return viewer.may("reports.issue") and may_issue_in(viewer, locations.unit(unit_id))


def may_issue_in(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer may freeze documents of a unit already read; no query."""
    if not viewer.may("reports.issue"):
        return False
    is_own = area_of(viewer.units).standing(unit.id, unit.path) is Standing.WHOLE
    return is_own or "system" in viewer.roles


def verified(typed: str) -> tuple[Verified, ...]:
    """What a typed check code stands for, newest first: open to anyone, so it says little.

    Beside reports, the papers of rooms that answer in their AppConfig's `verified(code)`.
    """
    code = rules.typed_code(typed)
    if code is None:
        return ()
    found = _light(_lined(Report.objects.filter(check_code=code)))
    asked = (getattr(one, "verified", None) for one in apps.get_app_configs())
    papers = [paper for answers in asked if answers for paper in answers(code)]
    known = [_verified(report) for report in found.order_by("-frozen_at", "-id")]
    return tuple(sorted(known + papers, key=lambda one: one.frozen_at, reverse=True))


def line(report: Report, partly: frozenset[UnitId] = frozenset()) -> ReportLine:
    """A row as others see it; the row was read with `_lined`."""
    corrected_by = getattr(report, "corrected_by", None)
    return ReportLine(
        id=report.id,
        unit_id=report.unit_id,
        unit_name=report.unit.name,
        kind=ReportKind(report.kind),
        title=report.title,
        edition=report.edition,
        as_of=report.as_of,
        frozen_at=report.frozen_at,
        check_code=report.check_code,
        number=report.number,
        numbered_on=report.numbered_on,
        corrects_edition=report.corrects.edition if report.corrects else None,
        corrected_by_edition=corrected_by.edition if corrected_by else None,
        is_part=report.unit_id in partly,
    )


def frozen(
    report: Report, *, files: tuple[FileLine, ...] = (), chain: Iterable[Report] = ()
) -> FrozenReport:
    """A report with its content."""
    return FrozenReport(
        line=line(report),
        subject=report.subject,
        document=content.thaw(report.content.encode()),
        digest=report.digest,
        software=report.software,
        by=report.frozen_by,
        correction_reason=report.correction_reason,
        files=files,
        chain=tuple(line(one) for one in chain),
    )


def _visible(viewer: Viewer) -> QuerySet[Report]:
    viewer.require(VIEW)
    found = _lined(Report.objects.all())
    return found if "system" in viewer.roles else found.filter(readable(viewer, ref="reports"))


def _whole(unit_id: str) -> Area:
    """A unit with what it became or was made from, without what it has only a part of."""
    return Area(area_of(frozenset({unit_id})).whole)


def _lined(found: QuerySet[Report]) -> QuerySet[Report]:
    return found.select_related("unit", "corrects", "corrected_by")


def _light(found: QuerySet[Report]) -> QuerySet[Report]:
    """Without the contents, which no list shows."""
    return found.defer("content", "corrects__content", "corrected_by__content")


def _files(report: Report) -> tuple[FileLine, ...]:
    rows = ReportFile.objects.filter(report=report).values_list("format", "stored__size_bytes")
    found = [FileLine(Format(ending), size_bytes) for ending, size_bytes in rows]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.format)))


def _verified(report: Report) -> Verified:
    corrected_by = getattr(report, "corrected_by", None)
    return Verified(
        title=report.title,
        as_of=report.as_of,
        edition=report.edition,
        frozen_at=report.frozen_at,
        corrected_by_edition=corrected_by.edition if corrected_by else None,
        corrected_at=corrected_by.frozen_at if corrected_by else None,
    )
