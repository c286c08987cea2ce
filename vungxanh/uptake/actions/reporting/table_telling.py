"""Officers are told that a day's table waits for them."""

from datetime import datetime

from vungxanh.accounts.queries.acting import Reader, acting_for_unit
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents import vietnamese
from vungxanh.messaging.actions import BadAddressError, post
from vungxanh.messaging.values import NewMessage
from vungxanh.uptake.models import DayTable
from vungxanh.uptake.rules.columns import titled
from vungxanh.uptake.values.reporting import APPROVE

KIND = "uptake.table_made"


def tell_of_table(*, row: DayTable, at: datetime) -> int:
    """Write once to each who may approve the table, inside the caller's transaction; how many."""
    readers = acting_for_unit(row.area_id, at=at, needs=APPROVE)
    subject, text = _letter(row)
    return sum(_posted(row, one, subject=subject, text=text, at=at) for one in readers)


def _letter(row: DayTable) -> tuple[str, str]:
    day, came = vietnamese.date(row.day), f"{row.n_came}/{row.n_expected}"
    missing = [str(one["name"]) for one in row.reporters if not _has_come(one)]
    vi = f"thiếu: {', '.join(missing)}" if missing else "đủ báo cáo"
    en = f"missing: {', '.join(missing)}" if missing else "all reported"
    text = (
        f"Bảng ngày {day}, {row.area.name}, đã lập và chờ duyệt: {came} đầu mối đã báo, {vi}.\n"
        f"{titled(row.form.title, row.area.name)}\n"
        "Mở Vùng Xanh, mục “Bảng trong ngày”, để xem, duyệt và công bố.\n\n"
        f"The table of {day}, {row.area.name}, is made and waits: {came} reported, {en}.\n"
        "Open Vùng Xanh, “Day tables”, to look at it, approve and publish it.\n"
    )
    return f"Vùng Xanh: Bảng ngày {day} chờ duyệt / Day table waits", text


def _has_come(line: dict[str, object]) -> bool:
    return bool(line.get("report") or line.get("table"))


def _posted(row: DayTable, reader: Reader, *, subject: str, text: str, at: datetime) -> bool:
    """An unusable address keeps nobody else from being told."""
    message = NewMessage(
        kind=KIND,
        to=reader.email,
        subject=subject,
        text=text,
        about=f"day_table:{row.id}",
        key=f"uptake:{row.id}:{reader.ref}"[:128],
    )
    try:
        return post(message=message, by=SYSTEM, at=at) is not None
    except BadAddressError:
        return False
