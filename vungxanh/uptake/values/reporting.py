"""Reports on their way in, and the words of reporting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from vungxanh.duties.values import Holder, SourceKind
from vungxanh.refusals import Words
from vungxanh.uptake.rules.columns import FormColumn
from vungxanh.uptake.rules.reporting import Channel, ReportState, TableState

REPORT: Final = "uptake.report"
FORMS: Final = "uptake.forms"
APPROVE: Final = "uptake.approve"
PUBLISH: Final = "uptake.publish"


@dataclass(frozen=True, slots=True)
class NewForm:
    """A report form on its way in. `level` is the level of units that its lines are of."""

    title: str
    heading: str
    level: str
    columns: tuple[FormColumn, ...]
    number: str = ""
    attached_to: str = ""
    due_time: time = time(16)
    table_time: time = time(17)
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class NewReporter:
    """Who is to report on a form to an area: from a day on, once or by a recurrence (RFC 5545).

    `covers` are the units that it reports on; empty: all of the form's level in the area. Without
    a `due_time` it is due at the form's.
    """

    form: UUID
    holder: Holder
    area: str
    starts_on: date
    source: str
    source_kind: SourceKind = SourceKind.LETTER
    recurrence: str = "FREQ=DAILY"
    ends_on: date | None = None
    covers: tuple[str, ...] = ()
    due_time: time | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A telephone call that a report was told in."""

    caller: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report that was read and checked: what `actions.reporting.save_report` keeps as a draft.

    `figures` are (unit, element, value); what was not told is left out. `findings` are wire forms.
    """

    reporter: UUID
    day: date
    as_of: datetime
    channel: Channel
    figures: tuple[tuple[str, str, int], ...]
    content: Mapping[str, Any]
    findings: tuple[Mapping[str, object], ...]
    original: bytes
    original_name: str = ""
    call: Call | None = None
    mapping: Mapping[str, Any] = field(default_factory=dict)


CHANNEL_WORDS = {
    Channel.UPLOAD: Words("Tải tệp lên", "Upload"),
    Channel.PASTE: Words("Dán bảng", "Pasted"),
    Channel.PAGE: Words("Điền tại trang", "Filled in on the page"),
    Channel.API: Words("Kết nối máy", "API"),
    Channel.MAIL: Words("Thư điện tử", "E-mail"),
    Channel.TELEPHONE: Words("Điện thoại", "Telephone"),
}
REPORT_STATE_WORDS = {
    ReportState.DRAFT: Words("Chưa gửi", "Not sent yet"),
    ReportState.ACCEPTED: Words("Đã nhận", "Accepted"),
    ReportState.REPLACED: Words("Đã thay bằng bản sửa", "Replaced by a revision"),
    ReportState.SENT_BACK: Words("Trả lại", "Sent back"),
    ReportState.DROPPED: Words("Đã bỏ", "Dropped"),
}
TABLE_STATE_WORDS = {
    TableState.MADE: Words("Chưa duyệt", "Not approved"),
    TableState.APPROVED: Words("Đã duyệt", "Approved"),
    TableState.PUBLISHED: Words("Đã công bố", "Published"),
}
