"""What an address asks figures for: a unit, days, a form, a way. What cannot be is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.declarations.values.figures import MOST_DAYS, Asked
from vungxanh.declarations.values.states import Way


@dataclass(frozen=True, slots=True)
class Read:
    """What is shown, and in a sentence what of the address was not understood."""

    asked: Asked
    fault: str = ""


def read(request: HttpRequest, forms: Iterable[str]) -> Read:
    """Today where no day is named; a span is cut at its most days and never reaches tomorrow."""
    today = clock.now().astimezone(clock.TZ).date()
    first_said, last_said = (request.GET.get(name, "").strip() for name in ("tu", "den"))
    last, first = _day(last_said), _day(first_said)
    is_bad = bool(first_said and first is None) or bool(last_said and last is None)
    last = min(last or max(first or today, today), today)
    first = last if first is None else first
    form = _one_of(request.GET.get("bieu-mau", ""), forms)
    way = _one_of(request.GET.get("cach", ""), Way)
    if is_bad:
        return Read(Asked(today, today, form, way), _not_a_day())
    if first > last:
        return Read(Asked(last, last, form, way), _backward())
    if (last - first).days >= MOST_DAYS:
        return Read(Asked(last - timedelta(days=MOST_DAYS - 1), last, form, way), _too_long())
    return Read(Asked(first, last, form, way))


def _not_a_day() -> str:
    return _("Ngày trong địa chỉ không đúng: viết năm-tháng-ngày, ví dụ 2026-03-02.")


def _backward() -> str:
    return _("Ngày đầu ở sau ngày cuối, hoặc ở tương lai: đang xem một ngày.")


def _too_long() -> str:
    return _("Xem nhiều nhất %(n)s ngày một lần: đang xem các ngày cuối.") % {"n": MOST_DAYS}


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _one_of(said: str, known: Iterable[str]) -> str:
    return said if said in {str(one) for one in known} else ""
