"""Writing to a reporter's own people about what became of their report."""

from datetime import datetime

from vungxanh.accounts.queries.acting import Reader, acting_for_organisation, acting_for_unit
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.actions import BadAddressError, post
from vungxanh.messaging.values import NewMessage
from vungxanh.uptake.models import FigureReport, Reporter
from vungxanh.uptake.rules.columns import titled
from vungxanh.uptake.values.reporting import REPORT

SENT_BACK = "uptake.report_sent_back"


def tell_sent_back(row: FigureReport, *, by: Viewer, at: datetime) -> int:
    """Tell those who report that a report was sent back, and why; returns how many are told."""
    return sum(_is_posted(row, one, by=by, at=at) for one in people_of(row.reporter, at))


def people_of(reporter: Reporter, at: datetime) -> tuple[Reader, ...]:
    """Who brings reports for a reporter; one query."""
    if reporter.unit_id is not None:
        return acting_for_unit(reporter.unit_id, at=at, needs=REPORT)
    return acting_for_organisation(reporter.organisation_id, at=at)


def _is_posted(row: FigureReport, reader: Reader, *, by: Viewer, at: datetime) -> bool:
    day = f"{row.day:%d/%m/%Y}"
    message = NewMessage(
        kind=SENT_BACK,
        to=reader.email,
        subject=f"Vùng Xanh: Báo cáo ngày {day} bị trả lại / Report sent back",
        text=_text(row, day),
        about=f"report:{row.id}",
        key=f"uptake:{row.id}:sent_back:{reader.ref}"[:128],
    )
    try:
        return post(message=message, by=by, at=at) is not None
    except BadAddressError:  # whoever has no usable address keeps nobody else from being told
        return False


def _text(row: FigureReport, day: str) -> str:
    area = row.reporter.area.name
    title = titled(row.reporter.form.title, area)
    return (
        f"{area} đã trả lại báo cáo “{title}” ngày {day}.\n"
        f"Lý do: {row.reason}\n"
        "Báo cáo này không còn được tính. Mở Vùng Xanh, mục “Báo cáo của tôi”, để nộp lại.\n\n"
        f"{area} sent back the report “{title}” for {day}.\n"
        f"Reason: {row.reason}\n"
        "It counts no longer. Open Vùng Xanh, “My reports”, to send it again.\n"
    )
