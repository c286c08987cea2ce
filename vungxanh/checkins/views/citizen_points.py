"""A citizen's own points: their list, one with its codes, new codes, closing and taking back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.checkins.actions.codes import BOTH_HANG, rotate_codes
from vungxanh.checkins.actions.points import close_point, undo_decision
from vungxanh.checkins.forms.citizen import CloseForm, RotateForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries import own_points
from vungxanh.checkins.queries.drafts import draft_of
from vungxanh.checkins.queries.entries import entry_of
from vungxanh.checkins.queries.inspections import question_of
from vungxanh.checkins.queries.keepers import kept_lines
from vungxanh.checkins.queries.offers import offered_lines
from vungxanh.checkins.queries.own_points import DoorCode, PointLine, own_point
from vungxanh.checkins.values.inspections import Place
from vungxanh.checkins.values.kinds import KINDS, LIVING, STATE_WORDS, EntranceKind, State
from vungxanh.checkins.values.posters import FORM_WORDS
from vungxanh.checkins.views.today_shown import shown_today
from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.address import public_address
from vungxanh.core.clock import TZ
from vungxanh.core.drawings.codes import qr_drawing
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.engines.phones import display, read_phone
from vungxanh.locations.values.week import text_of_hours
from vungxanh.people.queries.holders import holder_of
from vungxanh.protocol.places import links, short_codes
from vungxanh.refusals import RefusalError

LIST, POINT = "checkins-me", "checkins-me_point"
_A_SECOND = timedelta(seconds=1)
TONES = {
    State.REGISTERED: "info",
    State.APPROVED: "ok",
    State.SUSPENDED: "bad",
    State.CLOSED: "none",
}


@never_cache
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """One's own points, and the way to register another."""
    holder = holder_of(citizen_of(request))
    rows = rows_of(own_points.lines_of(holder.id) if holder else ())
    kept = rows_of(kept_lines(citizen_of(request)))
    offered = rows_of(offered_lines(citizen_of(request), clock.now()))
    has_draft = bool(draft_of(holder.id)) if holder else False
    context = {
        "rows": rows,
        "kept": kept,
        "offered": offered,
        "may_add": holder is not None,
        "has_draft": has_draft,
    }
    return render(request, "checkins/me/list.html", context)


@never_cache
@require_GET
def point(request: HttpRequest, code: str) -> HttpResponse:
    """One point: how it stands, its codes, its posters, and what can be done."""
    by, at = citizen_of(request), clock.now()
    row = own_point(by, code)
    doors = own_points.door_codes(row, at)
    entry = entry_of(row)
    state = State(row.state)
    context = {
        **_named(row),
        "doors": [door_shown(one) for one in doors if one.number],
        "whole": code_shown(request, doors[0], row),
        "kind": KINDS[entry.kind].words.in_language(reader_language()),
        "place": own_points.place_of(row),
        "hours": text_of_hours(entry.hours),
        "phone": display(read_phone(entry.contact_phone)) if entry.contact_phone else "",
        "entry": entry,
        "tone": TONES[state],
        "state_words": STATE_WORDS[state].in_language(reader_language()),
        "may_undo": own_points.may_undo(row, by, at),
        "today": shown_today(row, at),
        "question": _question(row),
    }
    return render(request, "checkins/me/point.html", context)


@never_cache
@require_GET
def code(request: HttpRequest, code: str, entrance: int) -> HttpResponse:
    """The code of one entrance, large, to be scanned from the screen."""
    row = own_point(citizen_of(request), code)
    doors = own_points.door_codes(row, clock.now())
    door = next((one for one in doors if one.number == entrance), None)
    if door is None:
        raise MissingError
    context = {**_named(row), "door": door_shown(door), "whole": code_shown(request, door, row)}
    return render(request, "checkins/me/code.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def rotate(request: HttpRequest, code: str) -> HttpResponse:
    """New codes for all entrances; the former hang for some days, or end at once."""
    by, at = citizen_of(request), clock.now()
    row = own_point(by, code)
    form = RotateForm(request.POST or None, initial={"until": _day(at) + BOTH_HANG})
    if request.method == "GET":
        return _page(request, "rotate", row, form=form)
    if not form.is_valid():
        return _page(request, "rotate", row, form=form, status=REFUSED_INPUT)
    is_at_once = "at_once" in request.POST
    until = _day(at) if is_at_once else form.cleaned_data["until"]
    try:
        made = rotate_codes(point=row, until=until, by=by, at=at)
    except RefusalError as refusal:
        form.add_error("until", refusal.words.in_language(reader_language()))
        return _page(request, "rotate", row, form=form, status=status_of(refusal))
    messages.success(request, _("Đã cấp %(n)s mã mới. In lại bảng mã rồi thay.") % {"n": len(made)})
    return redirect(POINT, row.code)


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a point; for ten minutes it can be taken back."""
    by = citizen_of(request)
    row = own_point(by, code)
    form = CloseForm(request.POST or None)
    if request.method == "GET":
        return _page(request, "close", row, form=CloseForm())
    if not form.is_valid():
        return _page(request, "close", row, form=form, status=REFUSED_INPUT)
    try:
        close_point(point=row, reason=form.cleaned_data["reason"], by=by, at=clock.now())
    except RefusalError as refusal:
        form.add_error(None, refusal.words.in_language(reader_language()))
        return _page(request, "close", row, form=form, status=status_of(refusal))
    messages.success(request, _("Đã đóng điểm. Mở lại được trong 10 phút."))
    return redirect(POINT, row.code)


@never_cache
@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Open again what was closed by mistake; the posters that hang are good again."""
    by = citizen_of(request)
    row = own_point(by, code)
    try:
        undo_decision(point=row, by=by, at=clock.now())
    except RefusalError as refusal:
        messages.error(request, refusal.words.in_language(reader_language()))
        return redirect(POINT, row.code)
    messages.success(request, _("Đã mở lại điểm. Các bảng mã đang treo dùng được như trước."))
    return redirect(POINT, row.code)


def _page(
    request: HttpRequest, name: str, row: Point, *, form: forms.Form, status: int = 200
) -> HttpResponse:
    context = {**_named(row), "form": form}
    return render(request, f"checkins/me/{name}.html", context, status=status)


def _named(row: Point) -> dict[str, object]:
    return {
        "point": row,
        "shown_code": short_codes.shown(row.code),
        "is_living": row.state in LIVING,
        "posters": [
            (str(one), said.in_language(reader_language())) for one, said in FORM_WORDS.items()
        ],
    }


def rows_of(lines: Iterable[PointLine]) -> list[tuple[PointLine, str, str, str]]:
    """Points of a list with their kind, tone and state in words."""
    return [
        (
            one,
            one.kind.in_language(reader_language()),
            TONES[one.state],
            one.state_words.in_language(reader_language()),
        )
        for one in lines
    ]


def code_shown(request: HttpRequest, door: DoorCode, row: Point) -> dict[str, object] | None:
    """The drawing of a door's code and where it leads; None where the point has none."""
    if door.code is None or row.state not in LIVING:
        return None
    url = links.write(public_address(request), door.code.payload)
    return {
        "drawing": qr_drawing(url),
        "since": _day(door.code.valid_from),
        "former": _last_days(door),
    }


def door_shown(door: DoorCode) -> dict[str, object]:
    """An entrance, and until when its former codes hold."""
    is_room = door.kind is EntranceKind.ROOM
    return {
        "number": door.number,
        "label": door.label,
        "kind": _("phòng, khu") if is_room else _("lối vào"),
        "has_code": door.code is not None,
        "former": _last_days(door),
    }


def _question(row: Point) -> dict[str, object] | None:
    """What officers found last, and whether they wait for an answer."""
    found = question_of(Place(point_id=row.pk))
    if found is None:
        return None
    words = found.found.in_language(reader_language())
    if found.is_fine:
        tone, state = "ok", words
    elif found.waits:
        tone, state = "warn", _("%(found)s: chờ bạn trả lời") % {"found": words}
    else:
        tone, state = "info", _("%(found)s: đã trả lời, chờ cán bộ xem") % {"found": words}
    return {"tone": tone, "words": state, "mend_by": found.mend_by, "waits": found.waits}


def _last_days(door: DoorCode) -> list[date]:
    """The last days on which former codes hold."""
    return sorted({_day(one.ends_at - _A_SECOND) for one in door.former if one.ends_at})


def _day(at: datetime) -> date:
    return at.astimezone(TZ).date()
