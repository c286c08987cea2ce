"""Documents and reports for tests of the room; their words and figures are of no consequence."""

from datetime import UTC, date, datetime

from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.documents.content import (
    Align,
    Annex,
    AsOf,
    Column,
    Count,
    Document,
    Letter,
    Letterhead,
    Paragraph,
    Recipient,
    Serial,
    Signature,
    SigningLine,
    Table,
    Text,
)
from vungxanh.reports import actions
from vungxanh.reports.values import FrozenReport, ReportKind

AT = datetime(2021, 5, 27, 2, 30, tzinfo=UTC)
AS_OF = datetime(2021, 5, 25, 17, 0, tzinfo=UTC)
DAY = date(2021, 5, 26)
QUY_NHON = "vn-2021:540"
SUBJECT = "test:annex:vn-2021:540:2021-05-26"


def annex(*, count: int = 75878, title: str = "Bảng thử", name: str = "Phường Trần Phú") -> Annex:
    """An annex with one row and its total."""
    return Annex(
        letterhead=Letterhead("Phòng Văn hóa và Thông tin", "UBND thành phố Quy Nhơn"),
        title=(title,),
        as_of=AsOf(DAY),
        tables=(
            Table(
                columns=(Column("TT", Align.CENTER), Column("Đơn vị", Align.LEFT), Column("Số")),
                rows=((Count(1), Text(name), Count(count)),),
                total=(Text(""), Text("Toàn thành phố"), Count(count)),
            ),
        ),
        notes=("Bảng này chỉ để thử.",),
    )


def letter() -> Letter:
    """A letter without annex, so without any table."""
    return Letter(
        letterhead=Letterhead("Phòng Văn hóa và Thông tin", "UBND thành phố Quy Nhơn"),
        serial=Serial("PVHTT", year=2021),
        place="Quy Nhơn",
        subject="thử lập công văn",
        body=(Paragraph("Công văn này chỉ để thử."),),
        addressees=("Sở Thông tin và Truyền thông",),
        signature=Signature((SigningLine("Trưởng phòng"),)),
        recipients=(Recipient("Như trên"),),
    )


def issued(
    document: Document | None = None,
    *,
    by: Viewer = SYSTEM,
    at: datetime = AT,
    subject: str = SUBJECT,
    unit_id: str = QUY_NHON,
    corrects: FrozenReport | None = None,
    reason: str = "",
) -> FrozenReport:
    """A frozen report, of Quy Nhơn unless said otherwise."""
    chosen = document or annex()
    return actions.freeze_report(
        unit_id=unit_id,
        kind=ReportKind.ANNEX if isinstance(chosen, Annex) else ReportKind.LETTER,
        subject=subject,
        document=chosen,
        as_of=AS_OF,
        by=by,
        at=at,
        corrects=corrects.id if corrects else None,
        reason=reason,
    )
