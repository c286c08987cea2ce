"""Writing down somebody without the app: quickly, and not twice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.accounts.actions.purposes import for_purpose
from vungxanh.accounts.queries import written
from vungxanh.accounts.queries.glass import covers
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions import add_person
from vungxanh.people.actions.looking_up import same_persons
from vungxanh.people.forms.officers import NewPersonForm
from vungxanh.people.values import Origin
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.looking import Line
from vungxanh.people.views.officers_shown import (
    commune_of,
    kept_fields,
    purpose_choices,
    refuse,
    shown,
)
from vungxanh.refusals import RefusalError


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write somebody down; whoever may be the same is shown before anything is stored."""
    viewer, at = viewer_of(request), clock.now()
    form = _form(request)
    if request.method != "POST":
        return render(request, "people/officers/new.html", {"form": form})
    person = _person(form, viewer)
    if person is None:
        return _page(request, form, 422)
    purpose = form.cleaned_data["purpose"]
    try:
        if "anyway" not in request.POST:
            same = same_persons(person=person, purpose=purpose, by=viewer, at=at)
            if same:
                return _same(request, form, same)
        row = add_person(person=person, by=for_purpose(viewer, purpose, at), at=at)
    except RefusalError as refusal:
        refuse(form, refusal, residence="commune")
        return _page(request, form, status_of(refusal))
    messages.success(request, _("Đã ghi người số %(n)s.") % {"n": row.pk})
    home = person.residence.unit if person.residence else ""
    kept = urlencode({"xa": home, "tu": str(person.origin)})
    return redirect(f"{reverse('people-new')}?{kept}")


def _form(request: HttpRequest) -> NewPersonForm:
    """Commune and occasion of the one before stand there again, the purpose never."""
    home, origin = request.GET.get("xa", ""), request.GET.get("tu", "")
    return NewPersonForm(
        request.POST or None,
        purposes=purpose_choices(),
        initial={
            "commune": written(home, reader_language()) if home else "",
            "origin": origin if origin in set(Origin) else "",
        },
    )


def _person(form: NewPersonForm, viewer: Viewer) -> NewPerson | None:
    if not form.is_valid():
        return None
    unit = commune_of(form, viewer.units)
    if unit and not covers(viewer.units, [unit]):
        form.add_error("commune", _("Xã, phường này ngoài địa bàn của bạn."))
    return None if form.errors else form.person(unit)


def _same(request: HttpRequest, form: NewPersonForm, same: tuple[Line, ...]) -> HttpResponse:
    """Those who may be meant, and the way on."""
    context = {
        "form": form,
        "lines": shown(same),
        "purpose": form.cleaned_data["purpose"],
        "kept": kept_fields(request, form),
    }
    return render(request, "people/officers/same.html", context)


def _page(request: HttpRequest, form: NewPersonForm, status: int) -> HttpResponse:
    return render(request, "people/officers/new.html", {"form": form}, status=status)
