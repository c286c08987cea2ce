"""Duties of the administrator's unit: the dossier in time, the notice within 72 hours."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from vungxanh.config.processing.models import Paper
from vungxanh.config.processing.values import DECREE, LAW, NOTICE_WITHIN
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties.actions import end_duty, meet, owe
from vungxanh.duties.queries import for_duty
from vungxanh.duties.queries.duties import duty as read
from vungxanh.duties.values import Holder, HolderKind, NewDuty, Pace, Schedule, SourceKind, State

DOSSIER, NOTICE = "config.dossier", "config.breach"
DAY_ENDS = time(17, 0)  # of offices
ROLE = "admin"


def owe_dossier(unit_id: str, due_on: date, *, at: datetime) -> UUID:
    """The duty to freeze a dossier by a day; one that is past already falls due tomorrow."""
    tomorrow = at.astimezone(TZ).date() + timedelta(days=1)
    duty = NewDuty(
        title="Lập, cập nhật hồ sơ đánh giá tác động xử lý dữ liệu cá nhân",
        holder=Holder(HolderKind.UNIT, unit_id, ROLE),
        owed_to=unit_id,
        schedule=Schedule(max(due_on, tomorrow), DAY_ENDS),
        source_kind=SourceKind.LAW,
        source=f"{LAW}, {DECREE}",
        kind=DOSSIER,
        key=f"{DOSSIER}:{unit_id}:{due_on}:{at.timestamp():.0f}",
        pace=Pace.DAYS,
    )
    return owe(duty=duty, by=SYSTEM, at=at)


def owe_notice(unit_id: str, row: Paper, *, at: datetime) -> UUID | None:
    """The duty to send a notice; none is written where the 72 hours are over already."""
    if row.found_at is None or row.found_at + NOTICE_WITHIN <= at:
        return None
    due = (row.found_at + NOTICE_WITHIN).astimezone(TZ)
    duty = NewDuty(
        title="Gửi thông báo vi phạm về bảo vệ dữ liệu cá nhân",
        holder=Holder(HolderKind.UNIT, unit_id, ROLE),
        owed_to=unit_id,
        schedule=Schedule(due.date(), due.time()),
        source_kind=SourceKind.LAW,
        source=f"Điều 23 {LAW}",
        kind=NOTICE,
        key=f"{NOTICE}:{row.pk}",
        pace=Pace.HOURS,
    )
    return owe(duty=duty, by=SYSTEM, at=at)


def met(duty: UUID | None, *, evidence: str, at: datetime) -> None:
    """Meet what is open of a duty; one that is not yet written out for its day ends."""
    if duty is None:
        return
    waiting = [one for one in for_duty(duty, viewer=SYSTEM, at=at) if one.state is State.OPEN]
    for one in waiting:
        meet(occurrence_id=one.id, evidence=evidence, by=SYSTEM, at=at, kind=one.kind)
    if not waiting:
        ended(duty, at=at)


def ended(duty: UUID | None, *, at: datetime) -> None:
    """End a duty that something else took the place of."""
    if duty is not None and is_running(duty):
        end_duty(duty_id=duty, reason="Đã có bản khác thay thế", by=SYSTEM, at=at)


def is_running(duty: UUID) -> bool:
    """Whether a duty was not ended yet."""
    return read(duty, viewer=SYSTEM).ended_at is None
