"""Today's declaration on the first page of a citizen's phone."""

from datetime import datetime
from typing import Final

from vungxanh.core.clock import TZ
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.queries.citizen_results import Result, declared_on
from vungxanh.people.values.own_day import DayLine
from vungxanh.refusals import Words

PAGE: Final = "declarations-done"
_WHAT: Final = Words("Đã khai báo y tế", "Health declared")


def own_day(person_id: int, at: datetime) -> tuple[DayLine, ...]:
    """The newest declaration of today, what it said, until when it is good; two queries."""
    midnight = at.astimezone(TZ).replace(hour=0, minute=0, second=0, microsecond=0)
    found = declared_on(person_id, midnight)
    return (_line(found, at),) if found else ()


def _line(found: Result, at: datetime) -> DayLine:
    until = _until(found.until, at)
    signs = (
        Words("Có dấu hiệu bệnh", "Signs of illness")
        if found.is_ill
        else Words("Không triệu chứng", "No signs")
    )
    words = Words(f"{signs.vi} · còn hiệu lực {until.vi}", f"{signs.en} · good {until.en}")
    return DayLine(
        at=found.at,
        what=_WHAT.in_language(reader_language()),
        words=words,
        page=PAGE,
        at_page=str(found.id),
        icon="clipboard-check",
    )


def _until(until: datetime, at: datetime) -> Words:
    local, today = until.astimezone(TZ), at.astimezone(TZ).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return Words(f"đến {clock}", f"until {clock}")
    return Words(
        f"đến {clock} ngày {local.day}/{local.month}", f"until {clock} on {local.day} {local:%b}"
    )
