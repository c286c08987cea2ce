"""A citizen registers a point, one question a step; what was typed is kept from step to step."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.checkins.actions.drafting import drop_draft, keep_draft
from vungxanh.checkins.actions.registering import Asked, alike_for, register_point
from vungxanh.checkins.forms.citizen import (
    AddressForm,
    ContactForm,
    DoorsForm,
    KindForm,
    NameForm,
    TimesForm,
    doors_of_lines,
)
from vungxanh.checkins.queries.drafts import draft_of
from vungxanh.checkins.values.kinds import KINDS
from vungxanh.checkins.values.points import PointEntry, Whose, read_entry, read_kind
from vungxanh.checkins.values.refusals import MaybeRegisteredError
from vungxanh.checkins.views.citizen_places import picker, place_of
from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.engines.phones import display, read_phone
from vungxanh.locations.values.week import text_of_hours
from vungxanh.people.queries.holders import holder_of
from vungxanh.people.values.citizens import Holder
from vungxanh.refusals import RefusalError

LIST, STEP, POINT = "checkins-me", "checkins-me_step", "checkins-me_point"
PLACE, REVIEW = "cho", "xem-lai"
FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "loai": KindForm,
    "ten": NameForm,
    PLACE: AddressForm,
    "cua": DoorsForm,
    "gio": TimesForm,
    "lien-he": ContactForm,
}
STEPS: Final = (*FORMS, REVIEW)
TITLES: Final = {
    "loai": gettext_lazy("Loại điểm"),
    "ten": gettext_lazy("Tên điểm"),
    PLACE: gettext_lazy("Điểm ở đâu"),
    "cua": gettext_lazy("Lối vào và phòng"),
    "gio": gettext_lazy("Giờ mở cửa, sức chứa"),
    "lien-he": gettext_lazy("Người liên hệ"),
    REVIEW: gettext_lazy("Xem lại"),
}
_STEP_OF_FIELD: Final = {
    "kind": "loai",
    "name": "ten",
    "unit": PLACE,
    "address": PLACE,
    "entrances": "cua",
    "contact_name": "lien-he",
    "contact_phone": "lien-he",
}
Said = Mapping[str, str]


@never_cache
@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Begin, or go on where something is missing."""
    holder = holder_of(citizen_of(request))
    return redirect(STEP, _first_open(draft_of(holder.id))) if holder else redirect(LIST)


@never_cache
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Forget the draft."""
    holder = holder_of(citizen_of(request))
    if holder:
        drop_draft(owner_id=holder.id)
        messages.success(request, _("Đã bỏ bản nháp."))
    return redirect(LIST)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponseBase:
    """One question; what was typed is kept even where it is refused."""
    holder = holder_of(citizen_of(request))
    if holder is None:
        return redirect(LIST)
    if step == REVIEW:
        return _review(request, holder)
    if step not in FORMS:
        raise MissingError
    said = draft_of(holder.id)
    if request.method == "GET":
        return _step_page(request, step, FORMS[step](initial=_first(step, said, holder)), said=said)
    form = FORMS[step](request.POST)
    names = [*form.fields, *(["unit"] if step == PLACE else [])]
    typed = {name: request.POST.get(name, "")[:6000] for name in names}
    said = {"request_id": str(uuid4()), **said, **typed}
    keep_draft(owner_id=holder.id, said=said, at=clock.now())
    is_placed = step != PLACE or place_of(typed["unit"]) is not None
    if not form.is_valid() or not is_placed:
        return _step_page(request, step, form, said=said, status=REFUSED_INPUT)
    return redirect(STEP, _next(step, said))


def _review(request: HttpRequest, holder: Holder) -> HttpResponseBase:
    """Everything that was said, and points that it may be; stored by one press."""
    said, by = draft_of(holder.id), citizen_of(request)
    try:
        entry = _entry(said)
    except RefusalError as refusal:
        return redirect(STEP, _STEP_OF_FIELD.get(refusal.field or "", "gio"))
    if request.method == "GET":
        return _review_page(request, entry)
    asked = Asked(_uuid(said.get("request_id", "")), is_another="is_another" in request.POST)
    try:
        point = register_point(
            entry=entry, whose=Whose(holder.id), by=by, at=clock.now(), asked=asked
        )
    except MaybeRegisteredError as refusal:
        return _review_page(request, entry, status=status_of(refusal))
    except RefusalError as refusal:
        words = refusal.words.in_language(reader_language())
        return _review_page(request, entry, fault=words, status=status_of(refusal))
    drop_draft(owner_id=holder.id)
    messages.success(
        request, _("Đã đăng ký %(name)s. In bảng mã rồi treo ở lối vào.") % {"name": point.name}
    )
    return redirect(POINT, point.code)


def _review_page(
    request: HttpRequest, entry: PointEntry, *, fault: str = "", status: int = 200
) -> HttpResponse:
    place = place_of(entry.unit)
    phone = display(read_phone(entry.contact_phone)) if entry.contact_phone else ""
    context = {
        "entry": entry,
        "kind": KINDS[entry.kind].words.in_language(reader_language()),
        "place": place,
        "phone": phone,
        "hours": text_of_hours(entry.hours),
        "alike": [
            (one, one.kind_words.in_language(reader_language()))
            for one in alike_for(entry, citizen_of(request))
        ],
        "fault": fault,
        **_progress(REVIEW),
    }
    return render(request, "checkins/me/review.html", context, status=status)


def _step_page(
    request: HttpRequest, step: str, form: forms.Form, *, said: Said, status: int = 200
) -> HttpResponse:
    now_at = said.get("unit", "")
    context = {
        "form": form,
        "picker": picker(request, now_at=now_at) if step == PLACE else None,
        "has_draft": bool(said),
        **_progress(step),
    }
    page = "checkins/me/step_place.html" if step == PLACE else "checkins/me/step.html"
    return render(request, page, context, status=status)


def _progress(step: str) -> dict[str, object]:
    at = STEPS.index(step)
    return {
        "title": TITLES[step],
        "step": step,
        "number": at + 1,
        "n_steps": len(STEPS),
        "steps": ["done" if n < at else "now" if n == at else "" for n in range(len(STEPS))],
        "back": STEPS[at - 1] if at else "",
    }


def _first(step: str, said: Said, holder: Holder) -> dict[str, str]:
    """What a step begins with: what was said before, else the kind's stay and the own number."""
    first = dict(said)
    if step == "lien-he" and "contact_phone" not in said:
        first["contact_phone"] = display(read_phone(holder.number)) if holder.number else ""
        first["contact_name"] = holder.name
    if step == "gio" and not said.get("stay"):
        first["stay"] = str(_usual_stay(said))
    return first


def _usual_stay(said: Said) -> int | str:
    try:
        return KINDS[read_kind(said.get("kind", ""))].usual_stay_minutes
    except RefusalError:
        return ""


def _first_open(said: Said) -> str:
    """The first step that was not answered yet."""
    for step, form in FORMS.items():
        name = "unit" if step == PLACE else next(iter(form.base_fields))
        if name not in said:
            return step
    return REVIEW


def _next(step: str, said: Said) -> str:
    """Through all steps in turn the first time; back to the review once all were answered."""
    return REVIEW if _first_open(said) == REVIEW else STEPS[STEPS.index(step) + 1]


def _entry(said: Said) -> PointEntry:
    return read_entry(said, doors_of_lines(said.get("doors", ""), said.get("rooms", "")))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
