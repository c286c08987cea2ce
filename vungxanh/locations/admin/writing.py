"""Pages that write one organisation: add, change, close, merge, take the last change back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import whole_or_none
from vungxanh.core.preferences import reader_language
from vungxanh.locations.actions import organisations as actions
from vungxanh.locations.admin.asking import organisation_named, place_named
from vungxanh.locations.forms.organisations import CloseForm, MergeForm, OrganisationForm
from vungxanh.locations.models.organisations import Organisation
from vungxanh.locations.queries import organisations as queries
from vungxanh.locations.values import Unit, UnitId
from vungxanh.locations.values.entries import Fault, day_of, read_entry, texts_of, written_day
from vungxanh.locations.values.organisations import Entry
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import RefusalError, Words

NAMES_SHOWN = 200


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new organisation; what is wrong stands at its field and nothing typed is lost."""
    form = OrganisationForm(request.POST or None, initial={"as_of": written_day(clock.today())})

    def write() -> UUID:
        entry = _entry(form, None)
        return actions.add_organisation(entry=entry, by=viewer_of(request), at=clock.now())

    return _answer(request, form, write, done=_("Đã thêm. Muốn bỏ thì bấm “Hoàn tác”."))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """An organisation written anew; refused if somebody else wrote it meanwhile."""
    one = queries.organisation(organisation_id)
    form = OrganisationForm(request.POST or None, initial=_initial(one))

    def write() -> UUID:
        actions.change_organisation(
            organisation_id=one.id,
            entry=_entry(form, queries.entry_of_row(one)),
            n_changes=form.cleaned_data["n_changes"] or 0,
            by=viewer_of(request),
            at=clock.now(),
        )
        return one.id

    return _answer(request, form, write, done=_("Đã lưu."), one=one)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The day from which an organisation is no more, and who follows it."""
    one = queries.organisation(organisation_id)
    form = CloseForm(request.POST or None, initial={"on": written_day(clock.today())})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_organisation(
                organisation_id=one.id,
                on=_day(form.cleaned_data["on"]),
                successor_id=organisation_named(form.cleaned_data["successor"], "successor"),
                by=viewer_of(request),
                at=clock.now(),
            )
        except RefusalError as refusal:
            _blame(form, refusal, "on")
        else:
            messages.success(request, _("Đã đóng. Lịch sử vẫn giữ."))
            return _to(one.id)
    context = {"form": form, "one": one, "crumbs": crumbs(one), "names": _names(one)}
    return _page(request, "close", context)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """Several organisations closed on one day with one successor."""
    form = MergeForm(request.POST or None, initial={"on": written_day(clock.today())})
    if request.method == "POST" and form.is_valid():
        try:
            into = _merge(request, form.cleaned_data)
        except RefusalError as refusal:
            _blame(form, refusal, "organisations")
        else:
            messages.success(request, _("Đã sáp nhập. Lịch sử vẫn giữ."))
            return _to(into)
    context = {"form": form, "crumbs": crumbs(None, _("Sáp nhập")), "names": _names(None)}
    return _page(request, "merge", context)


@require_POST
def undo(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Take the last change back, if it still is the last."""
    stands = actions.undo_change(
        organisation_id=organisation_id,
        n_changes=whole_or_none(request.POST.get("n_changes", "")) or 0,
        by=viewer_of(request),
        at=clock.now(),
    )
    messages.info(request, _("Đã hoàn tác thay đổi cuối."))
    if stands:
        return _to(organisation_id)
    return HttpResponseRedirect(reverse("locations-organisations"))


def crumbs(one: Organisation | None, last: str = "") -> list[dict[str, str]]:
    """The way to a page that writes."""
    found = [{"label": _("Tổ chức, cơ sở y tế"), "url": reverse("locations-organisations")}]
    if one is not None:
        address = reverse("locations-organisation", args=[one.id])
        found.append({"label": one.name, "url": address if last else ""})
    return [*found, {"label": last, "url": ""}] if last else found


def _answer(
    request: HttpRequest,
    form: OrganisationForm,
    write: Callable[[], UUID],
    *,
    done: str,
    one: Organisation | None = None,
) -> HttpResponse:
    """Write what a form says and go to its page, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            written = write()
        except _FaultyError as faulty:
            form.take_faults(faulty.faults)
        except RefusalError as refusal:
            form.take_fault(refusal.field, refusal.words.in_language(reader_language()))
        else:
            messages.success(request, done)
            return _to(written)
    title = _("Sửa tổ chức") if one else _("Thêm tổ chức, cơ sở y tế")
    context = {
        "form": form,
        "one": one,
        "title": title,
        "crumbs": crumbs(one, _("Sửa") if one else _("Thêm tổ chức")),
        "names": _names(one),
    }
    return _page(request, "form", context)


class _FaultyError(Exception):
    """A form whose texts have faults."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("faults")
        self.faults = faults


def _entry(form: OrganisationForm, before: Entry | None) -> Entry:
    """What the form says; the end and the successor stay as they were."""
    texts = dict(form.texts())
    if before is not None:
        texts["valid_to"] = written_day(before.valid_to)
    entry, faults = read_entry(texts, before.unit_id if before else UnitId(""))
    placed = _placed(form, entry)
    if faults or isinstance(placed, Fault):
        raise _FaultyError((*faults, placed) if isinstance(placed, Fault) else faults)
    return replace(
        entry,
        unit_id=placed.id,
        parent_id=organisation_named(form.cleaned_data["parent"], "parent"),
        successor_id=before.successor_id if before else None,
        is_invented=form.cleaned_data["is_invented"],
    )


def _placed(form: OrganisationForm, entry: Entry) -> Unit | Fault:
    try:
        return place_named(form.cleaned_data["unit"], actions.day_spoken_of(entry))
    except RefusalError as refusal:
        return Fault("unit", refusal.code, refusal.words)


def _initial(one: Organisation) -> dict[str, Any]:
    return {
        **texts_of(queries.entry_of_row(one)),
        "unit": one.unit_id,
        "parent": one.parent.name if one.parent else "",
        "is_invented": one.is_invented,
        "n_changes": one.n_changes,
    }


def _merge(request: HttpRequest, said: dict[str, str]) -> UUID:
    names = [line for line in said["organisations"].splitlines() if line.strip()]
    ids = [organisation_named(name, "organisations") for name in names]
    into = organisation_named(said["into"], "into")
    if into is None:
        raise queries.unknown_organisation()
    actions.merge_organisations(
        organisation_ids=[one for one in ids if one is not None],
        into=into,
        on=_day(said["on"]),
        by=viewer_of(request),
        at=clock.now(),
    )
    return into


def _day(text: str) -> date:
    day = day_of(text, "on")
    if day is None:
        raise OrganisationError(
            "locations.day_missing", Words("Ghi ngày.", "Write the day."), field="on"
        )
    return day


def _blame(form: CloseForm | MergeForm, refusal: RefusalError, otherwise: str) -> None:
    place = refusal.field if refusal.field in form.fields else otherwise
    form.add_error(place, refusal.words.in_language(reader_language()))


def _names(one: Organisation | None) -> list[str]:
    """Names to choose from while typing; any other name may be typed too."""
    found = queries.choices("", None, NAMES_SHOWN)
    return [row.name for row in found if one is None or row.id != one.id]


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, f"locations/organisations/{name}.html", context, status=status)


def _to(organisation_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("locations-organisation", args=[organisation_id]))
