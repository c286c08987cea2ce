"""Sentences of the unit page, written in the reader's language."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.documents import vietnamese
from vungxanh.uptake.overview import rebased
from vungxanh.uptake.rules import Figure, FigureState, FindingState


def day(moment: datetime | date | None, lang: str) -> str:
    """The day of an as-of in Vietnam."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(clock.TZ).date()
    return vietnamese.date(moment, lang)


def origin(figure: Figure, lang: str) -> str:
    """As-of and how the figure came about: own, or so many units added up."""
    if figure.as_of is None:
        return _("Chưa có số liệu")
    as_of = _("Đến %(day)s") % {"day": day(figure.as_of, lang)}
    note = made_of(figure)
    return f"{as_of} · {note}" if note else as_of


def made_of(figure: Figure) -> str:
    """How many units were added up, whether that is all of them, and whose reports are not in it.

    Who did not report is told apart from units without a figure.
    """
    return ", ".join(filter(None, (_parts_note(figure), lacks_reports(figure.lacking))))


def lacks_reports(names: Sequence[str], limit: int = 5) -> str:
    """Whose reports are not in a figure; empty where nobody's is missing."""
    return _("thiếu báo cáo của: %(names)s") % {"names": some(names, limit)} if names else ""


def _parts_note(figure: Figure) -> str:
    """How many units were added up, and whether that is all of them."""
    if figure.carried_from:
        return _carried_note(figure)
    if not figure.n_parts:
        return ""
    if not figure.missing:
        return _("cộng %(n)s đơn vị") % {"n": figure.n_parts}
    names = some(figure.missing)
    return _("mới cộng %(n)s đơn vị, thiếu %(missing)s") % {"n": figure.n_parts, "missing": names}


def some(names: Sequence[str], limit: int = 5) -> str:
    """The first names, and how many more there are, in the reader's language."""
    return rebased.named(names, reader_language(), limit=limit)


def _carried_note(figure: Figure) -> str:
    """From how many units of the other era a figure was re-based, what is missing, and how sure."""
    notes = [_("quy đổi từ %(n)s đơn vị của thời kỳ khác") % {"n": len(figure.carried_from)}]
    if figure.missing:
        notes.append(_("thiếu %(missing)s") % {"missing": some(figure.missing)})
    if figure.is_estimated:
        notes.append(_("có phần ước tính"))
    return ", ".join(notes)


def is_doubtful(figure: Figure) -> bool:
    """Whether the figure needs a mark."""
    return figure.is_estimated or figure.state in {FigureState.PARTIAL, FigureState.DISPUTED}


def state_mark(state: str) -> Mark | None:
    """What people did about a finding, as a chip; an open one has none."""
    return {
        FindingState.ASKED.value: Mark("info", _("đã hỏi nơi gửi")),
        FindingState.ACCEPTED.value: Mark("none", _("chấp nhận")),
    }.get(state)
