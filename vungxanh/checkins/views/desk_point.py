"""One point: all that is known of it, decided on, corrected, its codes and its contact."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts import actions as accounts
from vungxanh.accounts.queries import units_of_text, written
from vungxanh.accounts.queries.purposes import purposes_on
from vungxanh.accounts.values.purposes import SEE_PERSONS
from vungxanh.checkins.actions.changing import change_point
from vungxanh.checkins.actions.codes import revoke_code, rotate_codes
from vungxanh.checkins.actions.merging import part_points
from vungxanh.checkins.actions.points import decide_point, undo_decision
from vungxanh.checkins.actions.registering import Asked, register_point
from vungxanh.checkins.forms.desk import ChangeForm, ContactForm, NewPointForm, refuse
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries import desk as queries
from vungxanh.checkins.queries.declared_first import point_rule
from vungxanh.checkins.queries.entries import entry_of, open_entrances
from vungxanh.checkins.queries.likeness import like_entry, like_point
from vungxanh.checkins.queries.pairs import are_two
from vungxanh.checkins.values.kinds import LIVING, EntranceKind, State
from vungxanh.checkins.values.points import NewEntrance, PointEntry, Whose, read_entry
from vungxanh.checkins.values.refusals import CodeOverError
from vungxanh.checkins.views.desk_shown import (
    crumbs,
    doors_shown,
    shown,
    shown_changes,
    shown_codes,
    shown_point,
)
from vungxanh.checkins.views.today_shown import shown_today, shown_use
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values.hours import hours_of_wire
from vungxanh.locations.values.week import text_of_hours
from vungxanh.refusals import RefusalError

_TO: Final = {
    "duyet": State.APPROVED,
    "tam-dung": State.SUSPENDED,
    "mo-lai": State.APPROVED,
    "dong": State.CLOSED,
}
_SAID: Final = ("kind", "name", "address", "hours", "stay", "capacity")


@never_cache
@require_GET
def point(request: HttpRequest, point_id: int) -> HttpResponse:
    """All facts of one point, its codes and its history."""
    return _page(request, queries.point_for(viewer_of(request), point_id))


@require_POST
def decide(request: HttpRequest, point_id: int) -> HttpResponse:
    """Approve, suspend, close, open again; what is refused is said on the point's page."""
    viewer = viewer_of(request)
    row = queries.point_for(viewer, point_id, acting=True)
    state = _TO.get(request.POST.get("viec", ""))
    if state is None:
        return _to(row)
    reason = request.POST.get("ly-do", "")[:300]
    try:
        decide_point(point=row, state=state, reason=reason, by=viewer, at=clock.now())
    except RefusalError as refusal:
        return _page(request, row, refused=refusal)
    messages.success(request, _decided(state))
    return _to(row)


@require_POST
def undo(request: HttpRequest, point_id: int) -> HttpResponse:
    """Take back what the viewer decided or merged last, within ten minutes."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.point_for(viewer, point_id, acting=True)
    try:
        if row.merged_into_id is not None:
            part_points(merged=row, by=viewer, at=at)
        else:
            undo_decision(point=row, by=viewer, at=at)
    except RefusalError as refusal:
        return _page(request, row, refused=refusal)
    messages.success(request, _("Đã hoàn tác."))
    return _to(row)


@require_POST
def rotate(request: HttpRequest, point_id: int) -> HttpResponse:
    """Sign new codes; the former ones end after the usual days, or now."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.point_for(viewer, point_id, acting=True)
    until = clock.today() if request.POST.get("khi") == "ngay" else None
    try:
        made = rotate_codes(point=row, until=until, by=viewer, at=at)
    except RefusalError as refusal:
        return _page(request, row, refused=refusal)
    said = _("Đã cấp %(n)s mã mới. In lại bảng mã và thay ở điểm.")
    messages.success(request, said % {"n": len(made)})
    return _to(row)


@require_POST
def revoke(request: HttpRequest, point_id: int, issue: int) -> HttpResponse:
    """Let one code of the point be good no longer."""
    viewer = viewer_of(request)
    row = queries.point_for(viewer, point_id, acting=True)
    code = next((one for one in queries.codes_of(row) if one.pk == issue), None)
    try:
        if code is None:
            raise CodeOverError
        reason = request.POST.get("ly-do", "")[:300]
        revoke_code(code=code, reason=reason, by=viewer, at=clock.now())
    except RefusalError as refusal:
        return _page(request, row, refused=refusal)
    messages.success(request, _("Đã thu hồi mã. Cấp mã mới nếu điểm còn dùng."))
    return _to(row)


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, point_id: int) -> HttpResponse:
    """Correct what is said of a point, with a reason; the contact stays as it is."""
    viewer = viewer_of(request)
    row = queries.point_for(viewer, point_id, acting=True)
    form = ChangeForm(request.POST or None, initial=_typed(row))
    if request.method == "POST" and form.is_valid():
        whole = Point.objects.get(pk=row.pk)
        former = entry_of(whole)
        try:
            entry = replace(
                _entry(form, former.entrances, viewer),
                contact_name=former.contact_name,
                contact_phone=former.contact_phone,
            )
            reason = form.cleaned_data["reason"]
            change_point(point=whole, entry=entry, reason=reason, by=viewer, at=clock.now())
        except RefusalError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _changed(former.entrances, open_entrances(whole)))
            return _to(row)
    context = {"form": form, "point": shown_point(row), "crumbs": crumbs(row, _("Sửa"))}
    status = 422 if form.errors else 200
    return render(request, "checkins/desk/change.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a point as an officer; it stands approved."""
    viewer = viewer_of(request)
    form = NewPointForm(request.POST or None)
    alike: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            entry = _entry(form, (), viewer)
            alike = like_entry(entry)
            asked = Asked(is_another=form.cleaned_data["is_another"])
            made = register_point(
                entry=entry, whose=Whose(), by=viewer, at=clock.now(), asked=asked
            )
        except RefusalError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Đã ghi điểm và cấp mã. In bảng mã để dán ở điểm."))
            return _to(made)
    context = {"form": form, "alike": alike, "crumbs": crumbs(None, _("Ghi điểm mới"))}
    status = 422 if form.errors else 200
    return render(request, "checkins/desk/new.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, point_id: int) -> HttpResponse:
    """First the purpose, then whom to ask at the point: a look that is written down."""
    viewer = viewer_of(request)
    row = queries.point_for(viewer, point_id)
    purpose, known = request.POST.get("purpose", ""), _purposes()
    context = {
        "point": shown_point(row),
        "purposes": known,
        "living": LIVING,
        "crumbs": crumbs(row, _("Liên hệ")),
    }
    if purpose not in dict(known):
        status = 422 if request.method == "POST" else 200
        return render(request, "checkins/desk/contact.html", context, status=status)
    ref, at = f"point:{row.pk}", clock.now()
    looking = accounts.look(
        viewer=viewer, purpose=purpose, resource="point_contact", subject=ref, at=at
    )
    form, status = _contact_form(request, row, looking)
    if form is None:
        messages.success(request, _("Đã sửa liên hệ."))
        return _to(row)
    context |= {"told": _contact_of(row), "form": form, "purpose": purpose}
    context["may_manage"] = queries.may_manage(viewer, row)
    return render(request, "checkins/desk/contact.html", context, status=status)


def _purposes() -> list[tuple[str, str]]:
    """What an officer may look for, today."""
    language = reader_language()
    return [(one.code, one.words.in_language(language)) for one in purposes_on(clock.today())]


def _contact_of(row: Point) -> Point:
    return Point.objects.only("contact_name", "contact_phone").get(pk=row.pk)


def _contact_form(
    request: HttpRequest, row: Point, viewer: Viewer
) -> tuple[ContactForm | None, int]:
    """The form of the contact, None once what was typed is stored."""
    if request.POST.get("viec") != "luu":
        told = _contact_of(row)
        said = {"contact_name": told.contact_name, "contact_phone": told.contact_phone}
        return ContactForm(initial=said), 200
    form = ContactForm(request.POST)
    if not form.is_valid():
        return form, 422
    whole = Point.objects.get(pk=row.pk)
    try:
        entry = read_entry(_texts_of(whole) | form.cleaned_data, open_entrances(whole))
        change_point(point=whole, entry=entry, by=viewer, at=clock.now())
    except RefusalError as refusal:
        refuse(form, refusal)
        return form, 422
    return None, 200


def _page(request: HttpRequest, row: Point, refused: RefusalError | None = None) -> HttpResponse:
    viewer, at = viewer_of(request), clock.now()
    changes, entrances = queries.changes_of(row), queries.entrances_of(row)
    may_manage = queries.may_manage(viewer, row)
    alike = [one for one in like_point(row) if not _is_other(row, one.id)]
    context = {
        "point": shown_point(row),
        "living": LIVING,
        "crumbs": crumbs(row),
        "doors": doors_shown(one for one in entrances if one.closed_at is None),
        "n_closed_doors": sum(one.closed_at is not None for one in entrances),
        "codes": shown_codes(queries.codes_of(row), doors_shown(entrances), at),
        "changes": shown_changes(changes),
        "hours": text_of_hours(hours_of_wire(row.hours)),
        "today": shown_today(row, at),
        "use": shown_use(row),
        "area": written(row.unit_id, reader_language()),
        "alike": alike if row.merged_into_id is None else [],
        "merged": shown(queries.merged_here(row)),
        "undo": queries.undo_of(viewer, changes, at) if may_manage else None,
        "declared_first": point_rule(row),
        "may_manage": may_manage,
        "may_inspect": viewer.may("points.inspect"),
        "may_see_contact": viewer.may(SEE_PERSONS),
        "refused": refused.words.in_language(reader_language()) if refused else "",
    }
    status = status_of(refused) if refused else 200
    return render(request, "checkins/desk/point.html", context, status=status)


def _is_other(row: Point, other_id: int) -> bool:
    return are_two(row, Point(pk=other_id))


def _to(row: Point) -> HttpResponse:
    return HttpResponseRedirect(reverse("checkins-point", args=[row.pk]))


def _typed(row: Point) -> dict[str, object]:
    """What the form of a correction shows first."""
    doors = [one.label for one in open_entrances(row)]
    return {
        **_texts_of(row),
        "commune": written(row.unit_id, reader_language()),
        "doors": "\n".join(doors),
    }


def _texts_of(row: Point) -> dict[str, str]:
    """A point as people would type it, without its contact."""
    return {
        "kind": str(row.kind),
        "name": row.name,
        "unit": row.unit_id,
        "address": row.address,
        "hours": text_of_hours(hours_of_wire(row.hours)),
        "stay": str(row.usual_stay_minutes),
        "capacity": "" if row.capacity is None else str(row.capacity),
    }


def _entry(form: forms.Form, former: tuple[NewEntrance, ...], viewer: Viewer) -> PointEntry:
    """What was typed; a door of a former name stays the same door."""
    typed = form.cleaned_data
    (unit,) = units_of_text(typed["commune"], held=viewer.units)[:1] or ("",)
    known = {one.label: one for one in former}
    lines = [line.strip() for line in typed["doors"].splitlines() if line.strip()]
    doors = [known.get(line, NewEntrance(line, _door_kind(line))) for line in lines]
    said = {name: typed.get(name) or "" for name in (*_SAID, "contact_name", "contact_phone")}
    return read_entry({**said, "unit": unit}, doors)


def _door_kind(label: str) -> EntranceKind:
    is_room = label.casefold().startswith(("phòng", "lớp", "hội trường", "room"))
    return EntranceKind.ROOM if is_room else EntranceKind.DOOR


def _changed(before: Sequence[NewEntrance], after: Sequence[NewEntrance]) -> str:
    """What a correction did to codes: nothing, where the same entrances stand."""
    former, now = {one.number for one in before}, {one.number for one in after}
    said = [_("Đã sửa.")]
    if now - former:
        said.append(_("Mã của lối vào mới đã được cấp, in bảng mã để dán."))
    if former - now:
        said.append(_("Mã của lối vào đã bỏ không dùng được nữa."))
    return " ".join(said)


def _decided(state: State) -> str:
    return {
        State.APPROVED: _("Điểm đang hoạt động. Các mã của điểm dùng được."),
        State.SUSPENDED: _("Đã tạm dừng điểm. Các mã của điểm đã thu hồi."),
        State.CLOSED: _("Đã đóng điểm. Các mã của điểm đã thu hồi."),
    }[state]
