"""Reports that nobody looks at before they are sent: by machine and by e-mail.

They are taken whole at once, or refused whole with what was found; a refusal leaves nothing behind.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries.acting import viewer_of_address
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.documents.mails import Attachment, Mail, without_macros
from vungxanh.messaging.values import Taken
from vungxanh.refusals import Words
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.actions.reporting import accept_report
from vungxanh.uptake.imports.figure_reports import Brought, bring_report
from vungxanh.uptake.models import FigureReport, Reporter
from vungxanh.uptake.queries.reporting import arrivals
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import REPORT

TABLES: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
MOST_TOLD: Final = 5
_DAY: Final = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_REASON: Final = re.compile(r"\b(?:sửa|đính chính|sua|dinh chinh|revised?)\s*:\s*(.+)", re.I)


def send_report(*, brought: Brought, by: Viewer, at: datetime, reason: str = "") -> FigureReport:
    """Bring a report and accept it at once; the same content again is the report that stands.

    Refuses with what was found, the first errors word for word, and keeps nothing of it.
    """
    with transaction.atomic():
        standing = arrivals.standing(brought.reporter, brought.day, _digest(brought.content))
        if standing is not None:
            return standing
        report = bring_report(brought=brought, by=by, at=at)
        if report.n_errors:
            raise refused_with(report.findings)
        return accept_report(report_id=report.id, by=by, at=at, reason=reason)


def refused_with(findings: Sequence[Mapping[str, Any]]) -> UptakeError:
    """A report that is refused whole, with its first errors."""
    errors = [one for one in findings if one["severity"] == "error"]
    more = len(errors) - MOST_TOLD
    vi, en = (_told(errors, lang) for lang in ("vi", "en"))
    words = Words(
        f"Báo cáo có {len(errors)} lỗi nên không số nào được ghi. {vi}"
        + (f" Và {more} lỗi nữa." if more > 0 else "")
        + " Sửa rồi gửi lại.",
        f"The report has {len(errors)} errors, so no figure counts. {en}"
        + (f" And {more} more." if more > 0 else "")
        + " Mend it and send it again.",
    )
    return UptakeError("uptake.report_has_errors", words)


def _told(errors: Iterable[Mapping[str, Any]], lang: str) -> str:
    first = list(errors)[:MOST_TOLD]
    return " ".join(
        f"({n}) {one['where']}: {one['message'][lang]}" for n, one in enumerate(first, 1)
    )


def take_report(*, mail: Mail, original: UUID, at: datetime) -> Taken | None:
    """Take the report that is attached to a mail; None where its sender reports on nothing.

    The sender is whoever signs in with the address. The day is the one that the subject says, else
    that on which the mail came; a revision gives its reason in the subject after “Sửa:”.
    """
    by = viewer_of_address(mail.sender, at=at)
    if by is None or not by.may(REPORT):
        return None
    reporters = arrivals.own_reporters(by)
    if not reporters:
        return None
    day = _day(mail.subject) or at.astimezone(clock.TZ).date()
    reporter = _meant(arrivals.owing(reporters, day) or reporters, mail.subject)
    attached = _table_of(mail.attachments)
    brought = Brought(
        reporter=reporter.id,
        day=day,
        channel=Channel.MAIL,
        content=attached.content,
        name=attached.name,
    )
    report = send_report(brought=brought, by=by, at=at, reason=_reason(mail.subject))
    return Taken(f"report:{report.id}", _receipt(report, reporter))


def _meant(reporters: Sequence[Reporter], subject: str) -> Reporter:
    """The one reporter that the sender acts for, or the one whose form the subject names."""
    named = [one for one in reporters if one.form.number and one.form.number in subject]
    found = named if len(reporters) > 1 else reporters
    if len(found) == 1:
        return found[0]
    listed = ", ".join(sorted({one.form.number or one.form.title for one in reporters}))
    words = Words(
        f"Bạn báo cáo theo nhiều biểu mẫu: {listed}. Ghi tên một biểu mẫu trong tiêu đề thư rồi "
        "gửi lại.",
        f"You report on several forms: {listed}. Name one of them in the subject and send it "
        "again.",
    )
    raise UptakeError("uptake.report_which_form", words)


def _table_of(attachments: Iterable[Attachment]) -> Attachment:
    tables = [one for one in attachments if one.name.lower().endswith(TABLES)]
    if len(tables) != 1:
        words = Words(
            "Thư cần kèm đúng một bảng số liệu (XLSX, ODS, CSV hoặc TSV). Gửi lại với một tệp.",
            "A mail needs one table attached (XLSX, ODS, CSV or TSV). Send it again with one file.",
        )
        raise UptakeError("uptake.report_one_table", words)
    return without_macros(tables[0])


def _day(subject: str) -> date | None:
    """The day that a subject names; None where there is none, or no such day."""
    found = _DAY.search(subject)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _reason(subject: str) -> str:
    found = _REASON.search(subject)
    return found.group(1).strip()[:300] if found else ""


def _receipt(report: FigureReport, reporter: Reporter) -> Words:
    n_warnings = sum(one["severity"] == "warning" for one in report.findings)
    form = reporter.form.number or reporter.form.title
    vi_warned = f" Có {n_warnings} điều cần xem lại trên trang báo cáo." if n_warnings else ""
    en_warned = f" See {n_warnings} remarks on the report's page." if n_warnings else ""
    return Words(
        f"Đã nhận {form} ngày {report.day:%d/%m/%Y}: {report.n_figures} số liệu, bản "
        f"{report.revision}.{vi_warned} Nếu bạn không gửi thư này, báo ngay nơi nhận báo cáo.",
        f"{form} for {report.day:%d/%m/%Y} was taken: {report.n_figures} figures, revision "
        f"{report.revision}.{en_warned} If you did not send this mail, tell whom you report to.",
    )


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
