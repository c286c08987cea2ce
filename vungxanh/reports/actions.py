"""Writes of the room: freeze a document, correct a frozen one, note its number, hand out a file."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from vungxanh import __version__
from vungxanh.accounts.queries import authorised
from vungxanh.audit.actions import record
from vungxanh.core import clock, files
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.documents import content
from vungxanh.documents.about import title
from vungxanh.documents.content import Annex, Document, Stamp
from vungxanh.documents.formats import Format, write
from vungxanh.refusals import RefusalError, Words
from vungxanh.reports import queries
from vungxanh.reports.models import Report, ReportFile
from vungxanh.reports.rules import file_name
from vungxanh.reports.values import (
    FrozenReport,
    ReportBytes,
    ReportKind,
)

SOFTWARE = f"vungxanh {__version__}"

_TABULAR = frozenset({Format.XLSX, Format.CSV})


class ReportError(RefusalError):
    """An act on an official document that is refused."""


class OutsideAreaError(ReportError):
    """Somebody wants to freeze documents of an area that is not theirs."""

    status = 403

    def __init__(self) -> None:
        words = Words(
            "Địa bàn này không thuộc đơn vị của bạn, nên bạn không chốt văn bản thay được. "
            "Chuyển cho cán bộ phụ trách địa bàn.",
            "This area is not your unit's, so you cannot freeze its documents. "
            "Pass it to the officer in charge.",
        )
        super().__init__("reports.outside_area", words, field="unit")


def freeze_report(
    *,
    unit_id: str,
    kind: ReportKind,
    subject: str,
    document: Document,
    as_of: datetime,
    by: Viewer,
    at: datetime,
    corrects: UUID | None = None,
    reason: str = "",
) -> FrozenReport:
    """Freeze a finished document as the next edition of its subject, with all its files.

    `document` comes without a stamp; the stamp (edition, moment, check code, software) is added
    here. Freezing the same content again gives the edition that stands. Once a subject has an
    edition, another one must be a correction: it names the edition that stands, gives a reason and
    says something else. Audit: `reports.issued`, or `reports.corrected` for a correction.
    """
    must_issue_for(by=by, unit_id=unit_id)
    _must_be_final(document)
    with transaction.atomic():
        _hold(subject)
        last = Report.objects.filter(subject=subject).order_by("-edition").first()
        if last is not None and _is_repeat(last, document, corrects):
            return _frozen(last.id)
        _must_follow(last, document, corrects=corrects, reason=reason.strip())
        report = _row(document, last, by=by, at=at, as_of=as_of)
        report.unit_id, report.kind, report.subject = unit_id, ReportKind(kind).value, subject
        report.correction_reason = reason.strip() if last else ""
        report.save(force_insert=True)
        _keep_files(report, by=by, at=at)
        event = "reports.corrected" if last else "reports.issued"
        record(
            event=event, by=by, at=at, subject=_name(report.id), detail={"edition": report.edition}
        )
        return _frozen(report.id)


def record_number(
    *, report_id: UUID, number: str, dated: date, by: Viewer, at: datetime
) -> FrozenReport:
    """Note, once, the number and the day that the clerk gave the signed paper.

    The frozen content and files stay as they are. A report that the viewer may not even read is
    not there (MissingError). Audit: `reports.numbered`.
    """
    with transaction.atomic():
        rows = Report.objects.select_for_update(of=("self",)).select_related("unit")
        row, needs = rows.filter(id=report_id).first(), "reports.issue"
        report = authorised(row, viewer=by, needs=needs, unit=lambda one: one.unit, kind="report")
        must_issue_for(by=by, unit_id=report.unit_id)
        written = " ".join(number.split())
        if (report.number, report.numbered_on) != (written, dated):
            _must_be_numberable(report, written, dated=dated, at=at)
            report.number, report.numbered_on = written, dated
            report.save(update_fields=["number", "numbered_on"])
            record(event="reports.numbered", by=by, at=at, subject=_name(report.id))
        return _frozen(report.id)


def hand_out(*, report_id: UUID, ending: Format, by: Viewer, at: datetime) -> ReportBytes:
    """One kept file, byte for byte, for somebody who may see it. Audit: `reports.downloaded`."""
    report = queries.get(report_id, viewer=by).line
    kept = ReportFile.objects.filter(report_id=report_id, format=ending.value).first()
    if kept is None:
        raise MissingError
    with transaction.atomic():
        detail = {"format": ending.value}
        record(event="reports.downloaded", by=by, at=at, subject=_name(report_id), detail=detail)
        bytes_kept = files.open_file(kept.stored_id)
    day = report.as_of.astimezone(clock.TZ).date()
    name = file_name(report.title, as_of=day, edition=report.edition, ending=ending)
    return ReportBytes(bytes_kept, ending, name)


def must_issue_for(*, by: Viewer, unit_id: str) -> None:
    """Refuse whoever may not freeze documents of a unit."""
    by.require("reports.issue")
    if not queries.may_issue_for(by, unit_id):
        raise OutsideAreaError


def _row(
    document: Document, last: Report | None, *, by: Viewer, at: datetime, as_of: datetime
) -> Report:
    """The next edition after `last`, its stamp in the document; not saved."""
    edition = last.edition + 1 if last else 1
    stamp = Stamp(
        version=edition,
        made_at=at.astimezone(clock.TZ).replace(microsecond=0),
        software=SOFTWARE,
        corrects=last.edition if last else 0,
    )
    return Report(
        title=title(document)[:300],
        edition=edition,
        content=content.freeze(content.stamped(document, stamp)).decode(),
        digest=content.digest(document),
        check_code=content.check_code(document),
        software=SOFTWARE,
        as_of=as_of,
        frozen_at=at,
        frozen_by=by.id,
        corrects=last,
    )


def _keep_files(report: Report, *, by: Viewer, at: datetime) -> None:
    """Print the frozen content in every form it has; files first, their rows with the report's."""
    document = content.thaw(report.content.encode())
    day = report.as_of.astimezone(clock.TZ).date()
    for ending in Format:
        if ending in _TABULAR and not _has_table(document):
            continue
        stored = files.keep(
            write(document, ending),
            name=file_name(report.title, as_of=day, edition=report.edition, ending=ending),
            media_type=ending.media_type,
            by=by,
            at=at,
        )
        ReportFile.objects.create(report=report, format=ending.value, stored=stored)


def _has_table(document: Document) -> bool:
    annexes = (document,) if isinstance(document, Annex) else document.annexes
    return any(annex.tables for annex in annexes)


def _frozen(report_id: UUID) -> FrozenReport:
    return queries.frozen(Report.objects.select_related("unit", "corrects").get(id=report_id))


def _name(report_id: UUID) -> str:
    return f"report:{report_id}"


def _hold(subject: str) -> None:
    """One edition of a subject at a time; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [subject])


def _is_repeat(last: Report, document: Document, corrects: UUID | None) -> bool:
    """Whether the edition that stands already says this: a second click, not a second edition."""
    is_same = last.digest == content.digest(document)
    return is_same and (corrects is None or corrects == last.corrects_id)


def _must_be_final(document: Document) -> None:
    if document.draft or document.stamp is not None:
        raise ReportError(
            "reports.not_final",
            Words(
                "Văn bản còn mang dấu nháp hoặc dấu chốt cũ. Lập lại từ trang soạn rồi chốt.",
                "The document still bears a draft mark or an older stamp. Compose it again.",
            ),
        )


def _must_follow(
    last: Report | None, document: Document, *, corrects: UUID | None, reason: str
) -> None:
    """A first edition corrects nothing; a later one corrects the edition that stands."""
    if last is None and corrects is not None:
        raise MissingError
    if last is None:
        return
    if corrects is None:
        raise _needs_correction(last)
    if corrects != last.id:
        raise _already_corrected(last)
    if last.digest == content.digest(document):
        raise _says_the_same(last)
    if not reason or len(reason) > 300:
        raise _reason_missing()


def _must_be_numberable(report: Report, number: str, *, dated: date, at: datetime) -> None:
    if report.number:
        raise ReportError(
            "reports.already_numbered",
            Words(
                f"Bản này đã mang số {report.number}. Số sai thì lập đính chính.",
                f"This edition already bears the number {report.number}. "
                "If it is wrong, issue a correction.",
            ),
            field="number",
        )
    if not number or len(number) > 60:
        raise ReportError(
            "reports.number_missing",
            Words(
                "Ghi số và ký hiệu như trên bản giấy, ví dụ 15/STTTT-CNTT (tối đa 60 ký tự).",
                "Write number and symbol as on paper, for example 15/STTTT-CNTT (at most 60).",
            ),
            field="number",
        )
    if dated > at.astimezone(clock.TZ).date():
        raise ReportError(
            "reports.number_in_future",
            Words(
                "Ngày văn bản không thể sau hôm nay. Xem lại ngày.",
                "The day of the document cannot be after today. Check the day.",
            ),
            field="dated",
        )


def _needs_correction(last: Report) -> ReportError:
    return ReportError(
        "reports.needs_correction",
        Words(
            f"Đã có bản chốt số {last.edition} với nội dung khác. "
            "Bản mới phải là đính chính: xem chỗ khác và ghi lý do.",
            f"Version {last.edition} was frozen with other content. "
            "A new one must be a correction: look at what differs and give the reason.",
        ),
        field="reason",
    )


def _already_corrected(last: Report) -> ReportError:
    return ReportError(
        "reports.already_corrected",
        Words(
            f"Bản bạn muốn đính chính không còn hiệu lực: đã có bản số {last.edition}. "
            "Tải lại trang để đính chính bản đang có hiệu lực.",
            f"The version you want to correct no longer stands: there is version {last.edition}. "
            "Reload the page to correct the one that stands.",
        ),
    )


def _says_the_same(last: Report) -> ReportError:
    return ReportError(
        "reports.correction_says_the_same",
        Words(
            f"Nội dung không khác bản chốt số {last.edition}, nên không có gì để đính chính.",
            f"Nothing differs from version {last.edition}, so there is nothing to correct.",
        ),
    )


def _reason_missing() -> ReportError:
    return ReportError(
        "reports.reason_missing",
        Words(
            "Ghi lý do đính chính, một câu là đủ (tối đa 300 ký tự).",
            "Give the reason for the correction; one sentence is enough (at most 300 signs).",
        ),
        field="reason",
    )
