"""The sentences of reminders, Vietnamese first."""

from datetime import datetime

from vungxanh.core import clock
from vungxanh.duties.models import Occurrence
from vungxanh.duties.queries.lines import holder_name
from vungxanh.duties.rules import Step

_WHEN = {
    Step.BEFORE: ("Sắp đến hạn", "Due soon"),
    Step.ON: ("Đến hạn", "Due now"),
    Step.AFTER_1: ("Quá hạn, nhắc lần 1", "Overdue, first reminder"),
    Step.AFTER_2: ("Quá hạn, nhắc lần 2", "Overdue, second reminder"),
    Step.AFTER_3: ("Quá hạn, nhắc lần 3", "Overdue, third reminder"),
}


def reminder(row: Occurrence, step: Step) -> tuple[str, str]:
    """Subject and text of what the holder is told."""
    duty = row.duty
    vi, en = _WHEN[step]
    due = written(row.due_at)
    text = (
        f"{vi}: {duty.title}\n"
        f"Hạn: {due}. Nơi nhận: {duty.owed_to.name}. Căn cứ: {duty.source}.\n"
        "Mở Vùng Xanh, mục “Việc hôm nay”, để làm hoặc xem đã đến nơi chưa.\n\n"
        f"{en}: {duty.title}\n"
        f"Due: {due}. Owed to: {duty.owed_to.name}. By: {duty.source}.\n"
        "Open Vùng Xanh, “Work of today”, to do it or to see whether it has arrived.\n"
    )
    return f"Vùng Xanh: {vi} / {en}", text


def proposal(row: Occurrence) -> tuple[str, str]:
    """Subject and text of what those are told to whom it is owed."""
    duty, due = row.duty, written(row.due_at)
    text = (
        f"{holder_name(duty)} chưa hoàn thành: {duty.title}\n"
        f"Hạn: {due}. Các lần nhắc sau hạn đã qua.\n"
        "Mở “Việc hôm nay” để quyết định có báo lên cấp trên trực tiếp hay không.\n\n"
        f"{holder_name(duty)} has not yet met: {duty.title}\n"
        f"Due: {due}. The times for reminding after it are over.\n"
        "Open “Work of today” to decide whether to tell the next unit up.\n"
    )
    return "Vùng Xanh: Đề nghị báo cấp trên / Proposed to raise", text


def raised(row: Occurrence) -> tuple[str, str]:
    """Subject and text of what the unit next above the holder is told."""
    holder, title, due = holder_name(row.duty), row.duty.title, written(row.due_at)
    text = (
        f"{holder} chưa hoàn thành: {title}\nHạn: {due}.\nNơi nhận báo lên: {row.answer}\n\n"
        f"{holder} has not yet met: {title}\nDue: {due}.\nSaid: {row.answer}\n"
    )
    return "Vùng Xanh: Báo lên cấp trên / Raised", text


def written(due_at: datetime) -> str:
    """An instant as Vietnamese offices write it.

    >>> from datetime import UTC
    >>> written(datetime(2020, 8, 28, 10, tzinfo=UTC))
    '17h00 ngày 28/8/2020'
    """
    there = due_at.astimezone(clock.TZ)
    return f"{there:%Hh%M} ngày {there.day}/{there.month}/{there.year}"
