"""Today's visits on the first page of a citizen's phone."""

from datetime import datetime

from vungxanh.checkins.queries.own_visits import visits_of_today
from vungxanh.checkins.values.own_visits import Known, OwnVisit
from vungxanh.core.clock import TZ
from vungxanh.people.values.own_day import DayLine
from vungxanh.refusals import Words

RECEIPT, LEAVE = "checkins-door_receipt", "checkins-door_leave"
_LEFT = {
    Known.SCANNED: Words("bạn quét ra", "you scanned out"),
    Known.KEEPER: Words("người trực ghi", "noted at the door"),
    Known.ESTIMATED: Words("ước, không phải bạn quét", "estimated, not scanned"),
    Known.CORRECTED: Words("đã sửa", "corrected"),
}


def own_day(person_id: int, at: datetime) -> tuple[DayLine, ...]:
    """Where somebody was today, from when until when, and from what that is known."""
    return tuple(_line(visit, at) for visit in visits_of_today(person_id, at))


def _line(visit: OwnVisit, at: datetime) -> DayLine:
    is_inside = visit.t_out is None
    return DayLine(
        at=visit.t_in,
        what=visit.name,
        words=_words(visit, at),
        page=RECEIPT,
        at_page=visit.code,
        act=Words("Tôi đã rời đi", "I have left") if is_inside else None,
        act_page=LEAVE if is_inside else "",
    )


def _words(visit: OwnVisit, at: datetime) -> Words:
    came = _time(visit.t_in, at)
    about = Words(" (ước)", " (estimated)") if visit.came_by is Known.ESTIMATED else Words("", "")
    vi, en = f"vào {came.vi}{about.vi}", f"in {came.en}{about.en}"
    if visit.t_out is None:
        return Words(vi, en)
    left, by = _time(visit.t_out, at), _LEFT[visit.left_by]
    return Words(f"{vi} – ra {left.vi} · {by.vi}", f"{en} – out {left.en} · {by.en}")


def _time(when: datetime, at: datetime) -> Words:
    """The time of day, with the day where it is another than today."""
    local, today = when.astimezone(TZ), at.astimezone(TZ).date()
    said = f"{local:%H:%M}"
    if local.date() == today:
        return Words(said, said)
    return Words(f"{said} ngày {local.day}/{local.month}", f"{said} on {local.day} {local:%b}")
