"""Lines as pages show them: words for states, times, sources and schedules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark, Tone
from vungxanh.duties.forms.duties import DAYS, LAST_DAY
from vungxanh.duties.rules import MET, Schedule, State
from vungxanh.duties.values import (
    BY_HAND,
    KIND_WORDS,
    NOTE,
    OVERDUE_WORDS,
    SOURCE_WORDS,
    STATE_WORDS,
    WorkLine,
)
from vungxanh.refusals import RefusalError, Words

_TONES: dict[State, Tone] = {
    State.OPEN: "none",
    State.DONE: "ok",
    State.LATE: "warn",
    State.REVISED: "info",
    State.WAIVED: "info",
    State.CANCELLED: "none",
}
REPORT = "uptake.report"
_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its words. `by_hand`: done by saying so; else `page` is where it is done."""

    line: WorkLine
    mark: Mark
    source: str
    late_by: str
    came: str
    by_hand: bool
    is_met: bool
    page: str = ""
    is_report: bool = False


def shown(line: WorkLine, at: datetime) -> Shown:
    """One line, in the reader's language."""
    is_met = line.state in MET
    return Shown(
        line=line,
        mark=_mark(line),
        source=f"{said(SOURCE_WORDS[line.source_kind])}: {line.source}",
        late_by=span(at - line.due_at) if line.is_overdue else "",
        came=came(line) if line.met_at else "",
        by_hand=line.kind == BY_HAND,
        is_met=is_met,
        page=page_of(line),
        is_report=line.kind == REPORT,
    )


def page_of(line: WorkLine) -> str:
    """Where the room whose sort of duty it is lets people do it; empty where none says.

    A room tells it as `duty_pages` in its AppConfig: the name of a page by sort, which takes the
    occurrence's id.
    """
    told = (getattr(config, "duty_pages", {}) for config in apps.get_app_configs())
    name = next((pages[line.kind] for pages in told if line.kind in pages), "")
    return reverse(name, args=[line.id]) if name else ""


def all_shown(lines: Iterable[WorkLine], at: datetime) -> list[Shown]:
    """Lines, in the reader's language."""
    return [shown(one, at) for one in lines]


def came(line: WorkLine) -> str:
    """What met it: somebody's own words, or that a report was taken."""
    if line.evidence.startswith(NOTE):
        return line.evidence.removeprefix(NOTE)
    is_other = line.kind not in {REPORT, BY_HAND}
    return _("Đã xong") if is_other else _("Báo cáo đã nhận")


def span(late: timedelta) -> str:
    """How long, in the two largest parts that people say.

    >>> from django.utils.translation import override
    >>> with override("vi"):
    ...     span(timedelta(hours=2, minutes=10)), span(timedelta(days=3, hours=2))
    ('2 giờ 10 phút', '3 ngày')
    """
    minutes = int(late.total_seconds()) // 60
    if minutes >= _DAY:
        return _("%(n)s ngày") % {"n": minutes // _DAY}
    if minutes >= _HOUR:
        return _("%(h)s giờ %(m)s phút") % {"h": minutes // _HOUR, "m": minutes % _HOUR}
    return _("%(n)s phút") % {"n": max(minutes, 1)}


def schedule_words(schedule: Schedule) -> str:
    """When a duty falls due, as a sentence."""
    at = f"{schedule.due_time:%H:%M}"
    rule = dict(part.split("=") for part in schedule.recurrence.split(";") if part)
    if not rule:
        return _("Một lần, lúc %(at)s") % {"at": at}
    if days := rule.get("BYDAY"):
        names = ", ".join(str(DAYS[one]) for one in days.split(","))
        return _("%(days)s, lúc %(at)s") % {"days": names, "at": at}
    if day := rule.get("BYMONTHDAY"):
        words = _("Ngày cuối mỗi tháng") if day == LAST_DAY else _("Ngày %(n)s mỗi tháng")
        return f"{words % {'n': day}}, {at}" if day != LAST_DAY else f"{words}, {at}"
    every = int(rule.get("INTERVAL", 1))
    if every > 1:
        return _("%(n)s ngày một lần, lúc %(at)s") % {"n": every, "at": at}
    return _("Hằng ngày, lúc %(at)s") % {"at": at}


def kind_words(kind: str) -> str:
    """The sort of a duty; its code where the room has no words for it."""
    words = KIND_WORDS.get(kind)
    return said(words) if words else kind


def said(words: Words) -> str:
    """Words in the reader's language."""
    return words.in_language(reader_language())


def refuse(form: forms.Form, refusal: RefusalError, **places: str) -> None:
    """Show a refusal at its field, or above the form; `places` are fields under another name."""
    field = places.get(refusal.field or "", refusal.field)
    form.add_error(field if field in form.fields else None, said(refusal.words))


def _mark(line: WorkLine) -> Mark:
    if line.is_overdue:
        return Mark("bad", said(OVERDUE_WORDS))
    words = said(STATE_WORDS[line.state])
    if line.state is State.REVISED and line.was_late:
        return Mark("warn", f"{words}, {said(STATE_WORDS[State.LATE]).lower()}")
    return Mark(_TONES[line.state], words, icon="clock" if line.state is State.OPEN else "")
