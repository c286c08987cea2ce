"""What the demo shows: duties of districts, invented and marked so everywhere."""

from datetime import datetime, time, timedelta
from uuid import UUID

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.duties import actions
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import HolderKind, Schedule, SourceKind
from vungxanh.duties.values import NOTE, Holder, NewDuty
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, UnitId

PROVINCE, QUY_NHON = "vn-2021:52", "vn-2021:540"
INVENTED = "Dữ liệu minh họa của phần mềm, không có thật"
DAILY_TITLE = "Báo cáo tình hình trong ngày (ví dụ)"
TASK_TITLE = "Rà soát danh sách điểm kiểm soát (ví dụ)"
SENT = f"{NOTE}Đã gửi báo cáo (ví dụ)"
KEY = "demo.daily:"
# Minutes before and after the due time of the day before, by turns; None: it never came.
CAME = (-95, -40, -12, 25, None, -60, -8, 70, -33, None)
# Of today: this many came already when the demo is loaded.
N_TODAY = 7


def load_duties(*, by: Viewer, at: datetime) -> None:
    """Two days of daily reports, some late and some missing; a second run changes nothing."""
    is_loaded = Duty.objects.filter(key__startswith=KEY).exists()
    if is_loaded or PROVINCE not in locations.units({UnitId(PROVINCE)}):
        return
    districts = locations.children(PROVINCE, Level.DISTRICT)
    held = [Holder(HolderKind.UNIT, one.id) for one in districts]
    for number, holder in enumerate(held):
        _let_come(_daily(holder, by=by, at=at), number, by=by, at=at)
    for days, hour in ((-1, 17), (0, 17), (2, 9)):
        _task(days, hour, by=by, at=at)


def _daily(holder: Holder, *, by: Viewer, at: datetime) -> UUID:
    first = at.astimezone(clock.TZ).date() - timedelta(days=1)
    duty = NewDuty(
        title=DAILY_TITLE,
        holder=holder,
        owed_to=PROVINCE,
        schedule=Schedule(first, time(16), "FREQ=DAILY"),
        source_kind=SourceKind.LETTER,
        source=INVENTED,
        key=f"{KEY}{holder.id}",
    )
    return actions.owe(duty=duty, by=by, at=at)


def _let_come(duty_id: UUID, number: int, *, by: Viewer, at: datetime) -> None:
    yesterday, today = Occurrence.objects.filter(duty_id=duty_id).order_by("due_at")[:2]
    after = CAME[number % len(CAME)]
    if after is not None:
        came_at = min(yesterday.due_at + timedelta(minutes=after), at)
        actions.meet(occurrence_id=yesterday.id, evidence=SENT, by=by, at=came_at)
    if number % 2 == 0 and number < 2 * N_TODAY:
        came_at = min(today.due_at - timedelta(minutes=10 * number), at)
        actions.meet(occurrence_id=today.id, evidence=SENT, by=by, at=came_at)


def _task(days: int, hour: int, *, by: Viewer, at: datetime) -> None:
    day = at.astimezone(clock.TZ).date() + timedelta(days=days)
    duty = NewDuty(
        title=TASK_TITLE,
        holder=Holder(HolderKind.UNIT, QUY_NHON),
        owed_to=PROVINCE,
        schedule=Schedule(day, time(hour)),
        source_kind=SourceKind.LETTER,
        source=INVENTED,
        key=f"demo.task:{days}",
    )
    actions.owe(duty=duty, by=by, at=at)


loaders = [load_duties]
