"""The list of received letters, a row each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from vungxanh.accounts.values import Standing, told_apart
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview import parts, words
from vungxanh.directives.pages import LetterRow
from vungxanh.directives.rules import READ_STATES, LetterState
from vungxanh.documents import vietnamese
from vungxanh.locations.values import Unit, UnitId


def state_mark(state: str) -> Mark:
    """Where a letter stands, as a chip."""
    return {
        LetterState.WAITING: Mark("info", _("đang đọc ảnh"), icon="clock"),
        LetterState.FAILED: Mark("bad", _("chưa đọc được")),
        LetterState.NEW: Mark("info", _("mới đọc"), icon="file-text"),
        LetterState.VIEWING: Mark("warn", _("đang xem")),
        LetterState.DONE: Mark("ok", _("đã xem hết")),
        LetterState.DISCARDED: Mark("none", _("đã bỏ"), icon="x"),
    }[LetterState(state)]


def rows_of(found: Iterable[ReceivedLetter], viewer: Viewer) -> list[LetterRow]:
    """The rows of a page of letters; one query for their units."""
    held = list(found)
    units = queries.units_of(held)
    return [_row(letter, units[UnitId(letter.unit_id)], viewer) for letter in held]


def unit_words(unit: Unit, viewer: Viewer) -> str:
    """A unit's name, with its era beside units of the reader's that are of another."""
    return told_apart(unit.short_name, unit.id, beside=viewer.units, language=reader_language())


def _part(unit: Unit, viewer: Viewer) -> Mark | None:
    is_part = queries.standing(viewer, unit) is Standing.PART
    return Mark("warn", _("chỉ một phần thuộc địa bàn")) if is_part else None


def _row(letter: ReceivedLetter, unit: Unit, viewer: Viewer) -> LetterRow:
    head = queries.head_of(letter)
    is_read = letter.state in READ_STATES
    language = reader_language()
    return LetterRow(
        id=str(letter.id),
        title=parts.title_of(head) if is_read else letter.original_name or _("Văn bản"),
        symbol=parts.crumb_of(head),
        agency=str(head.get("issuing_agency") or ""),
        dated=words.day_of(head.get("date") or head.get("date_partial")),
        unit=unit_words(unit, viewer),
        part=_part(unit, viewer),
        state=state_mark(letter.state),
        received=vietnamese.moment(letter.received_at, language),
        n_tasks=letter.n_tasks,
        n_open=letter.n_open,
        n_deadlines=letter.n_deadlines,
        n_findings=letter.n_findings,
        due=words.last_moment(letter.first_due_at) if letter.first_due_at else "",
        is_read=is_read,
    )
