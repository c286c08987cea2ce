"""The family of a citizen: people without a phone of their own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.people import actions
from vungxanh.people.actions.dependants import add_dependant, remove_dependant
from vungxanh.people.forms.citizen import SEXES, DependantForm, refused
from vungxanh.people.gateways.phones import device_of
from vungxanh.people.models import Person
from vungxanh.people.queries import citizens
from vungxanh.people.rules.masking import written_birth
from vungxanh.people.values.citizens import Dependant, Said
from vungxanh.people.values.entries import PersonChange
from vungxanh.refusals import RefusalError

LIST = "people-me_family"


@never_cache
@require_GET
def family(request: HttpRequest) -> HttpResponse:
    """Who was written down as of the family; without a proved number, why nobody can be yet."""
    person = device_of(request).person
    rows = citizens.dependants(person) if person else ()
    left = citizens.left_behind(person, person.residence_id or "") if rows and person else ()
    context = {
        "rows": [_row(one) for one in rows],
        "left": left,
        "home": person.residence_id if person else "",
        "may_add": person is not None and person.has_phone,
        "tab": "family",
    }
    return render(request, "people/me/family.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Write a dependant down."""
    person = device_of(request).person
    if person is None or not person.has_phone:
        return redirect(LIST)
    form = DependantForm(request.POST or None)
    if request.method == "GET":
        return _page(request, DependantForm())
    if not form.is_valid():
        return _page(request, form, status=REFUSED_INPUT)
    said = Said(**form.cleaned_data)
    try:
        add_dependant(guardian=person, said=said, by=citizen_of(request), at=clock.now())
    except RefusalError as refusal:
        return _page(request, refused(form, refusal), status=status_of(refusal))
    messages.success(request, _("Đã thêm %(name)s.") % {"name": said.name})
    return redirect(LIST)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, dependant_id: int) -> HttpResponse:
    """Correct what is written down of a dependant."""
    _guardian, one = _own(request, dependant_id)
    if request.method == "GET":
        said = {"name": one.name, "birth": written_birth(one.birth), "sex": one.sex}
        return _page(request, DependantForm(initial=said), one)
    form = DependantForm(request.POST)
    if not form.is_valid():
        return _page(request, form, one, status=REFUSED_INPUT)
    corrected = PersonChange(**form.cleaned_data)
    try:
        actions.change_person(
            person_id=one.id, change=corrected, by=citizen_of(request), at=clock.now()
        )
    except RefusalError as refusal:
        return _page(request, refused(form, refusal), one, status=status_of(refusal))
    messages.success(request, _("Đã lưu."))
    return redirect(LIST)


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, dependant_id: int) -> HttpResponse:
    """Take a dependant out, once they were named and confirmed."""
    if request.method == "POST" and not _is_there(request, dependant_id):
        return redirect(LIST)
    guardian, one = _own(request, dependant_id)
    context: dict[str, object] = {"one": _row(one), "tab": "family"}
    if request.method == "GET":
        return render(request, "people/me/family_remove.html", context)
    try:
        remove_dependant(
            guardian=guardian, dependant_id=one.id, by=citizen_of(request), at=clock.now()
        )
    except RefusalError as refusal:
        context["fault"] = refusal.words.in_language(reader_language())
        return render(request, "people/me/family_remove.html", context, status=status_of(refusal))
    messages.success(request, _("Đã bỏ %(name)s khỏi hệ thống.") % {"name": one.name})
    return redirect(LIST)


def _is_there(request: HttpRequest, dependant_id: int) -> bool:
    """Whether there is still somebody to remove: the form may come twice."""
    person = device_of(request).person
    return person is not None and citizens.dependant(person, dependant_id) is not None


def _own(request: HttpRequest, dependant_id: int) -> tuple[Person, Dependant]:
    """The guardian and the dependant; whoever is of another family does not exist here."""
    guardian = device_of(request).person
    one = citizens.dependant(guardian, dependant_id) if guardian else None
    if guardian is None or one is None:
        raise MissingError
    return guardian, one


def _page(
    request: HttpRequest, form: DependantForm, one: Dependant | None = None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "one": one, "tab": "family"}
    return render(request, "people/me/family_member.html", context, status=status)


def _row(one: Dependant) -> dict[str, object]:
    sex = dict(SEXES)[one.sex] if one.sex else ""
    birth = written_birth(one.birth)
    return {"id": one.id, "name": one.name, "words": " · ".join(filter(None, (birth, str(sex))))}
