"""A citizen proves a telephone number and says where they live."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.engines.phones import BadPhoneError, read_phone
from vungxanh.messaging.queries import shown_instead_of_sent
from vungxanh.people import actions
from vungxanh.people.actions.refusals import CodeTooSoonError, ConsentNeededError, WrongCodeError
from vungxanh.people.forms.citizen import AddressForm, CodeForm, PhoneForm, ResidenceForm, refused
from vungxanh.people.gateways.phones import device_of, network_of
from vungxanh.people.models import Device, Person
from vungxanh.people.queries import citizens
from vungxanh.people.queries.consents import may_take
from vungxanh.people.values import Residence
from vungxanh.people.values.citizens import Place, WaitingCode
from vungxanh.people.values.consents import Consenting
from vungxanh.people.views.citizen_places import picker, place_of
from vungxanh.people.views.consenting import asked_for, is_agreed
from vungxanh.refusals import RefusalError

ASK, CODE, DONE = "people-me_phone", "people-me_phone_code", "people-me_phone_done"


@never_cache
@sensitive_post_parameters("phone")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a number that is refused stays in its field."""
    form = PhoneForm(request.POST or None)
    if request.method == "GET":
        return _ask_page(request, PhoneForm())
    if not form.is_valid():
        return _ask_page(request, form, REFUSED_INPUT)
    if not is_agreed(request, Consenting.APP):
        return _ask_page(request, refused(form, ConsentNeededError()), REFUSED_INPUT)
    phone = form.cleaned_data["phone"]
    try:
        _send(request, phone, clock.now())
    except CodeTooSoonError as refusal:
        if _is_sent_to(device_of(request), phone):
            return redirect(CODE)
        return _ask_page(request, refused(form, refusal), status_of(refusal))
    except RefusalError as refusal:
        return _ask_page(request, refused(form, refusal), status_of(refusal))
    return redirect(CODE)


@never_cache
@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """Another code to the number that the last one went to."""
    at = clock.now()
    waiting = citizens.waiting_code(device_of(request), at)
    if waiting is None:
        return redirect(ASK)
    try:
        _send(request, waiting.e164, at)
    except RefusalError as refusal:
        return _code_page(request, waiting, CodeForm(), refusal=refusal)
    messages.success(request, _("Đã gửi mã mới. Mã cũ không còn dùng được."))
    return redirect(CODE)


@never_cache
@sensitive_post_parameters("code", "address")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The code and the commune; the number counts there from this second on."""
    device, at = device_of(request), clock.now()
    waiting = citizens.waiting_code(device, at)
    if waiting is None:
        return redirect(DONE if device.person_id else ASK)
    if not may_take(device, Consenting.APP, at):
        return redirect(ASK)
    if request.method == "GET":
        return _code_page(request, waiting, CodeForm())
    form, place = CodeForm(request.POST), place_of(request.POST.get("residence", ""))
    if not form.is_valid() or place is None:
        return _code_page(request, waiting, form, place=place, status=REFUSED_INPUT)
    home = Residence(place.id, form.cleaned_data["address"])
    if home.address and not is_agreed(request, Consenting.RESIDENCE):
        page = refused(form, ConsentNeededError())
        return _code_page(request, waiting, page, place=place, status=REFUSED_INPUT)
    try:
        actions.confirm_code(
            device=device,
            code=form.cleaned_data["code"],
            residence=home,
            by=citizen_of(request),
            at=at,
        )
    except WrongCodeError as refusal:
        page = refused(form, refusal)
        return _code_page(request, waiting, page, place=place, status=status_of(refusal))
    return redirect(DONE)


@never_cache
@require_GET
def done(request: HttpRequest) -> HttpResponseBase:
    """That the number is proved, and in which commune it counts."""
    person, state = device_of(request).person, citizens.own_state(device_of(request), clock.now())
    if person is None or not state.is_proved:
        return redirect(ASK)
    home = person.residence_id or ""
    context = {"state": state, "home": home, "left": citizens.left_behind(person, home)}
    return render(request, "people/me/phone_done.html", context)


@never_cache
@sensitive_post_parameters("address")
@require_http_methods(["GET", "POST"])
def residence(request: HttpRequest) -> HttpResponse:
    """Change where the holder of this phone lives; the counts of both communes move at once."""
    person = device_of(request).person
    if person is None:
        return redirect(ASK)
    if request.method == "GET":
        return _residence_page(request, _first_form(request, person))
    place = place_of(request.POST.get("residence", ""))
    left = citizens.left_behind(person, place.id) if place else ()
    form = ResidenceForm(request.POST, left=left)
    if not form.is_valid() or place is None:
        return _residence_page(request, form, place=place, status=REFUSED_INPUT)
    home = Residence(place.id, form.cleaned_data["address"])
    if home.address and not is_agreed(request, Consenting.RESIDENCE):
        page = refused(form, ConsentNeededError())
        return _residence_page(request, page, place=place, status=REFUSED_INPUT)
    moving = form.cleaned_data.get("moving", [])
    actions.change_residence(
        person=person, residence=home, by=citizen_of(request), at=clock.now(), moving=moving
    )
    messages.success(request, _("Đã ghi nơi ở mới: %(name)s.") % {"name": place.name})
    return redirect("people-me")


def _send(request: HttpRequest, phone: str, at: datetime) -> None:
    actions.ask_code(
        device=device_of(request),
        phone=phone,
        network=network_of(request),
        by=citizen_of(request),
        at=at,
    )


def _is_sent_to(device: Device, phone: str) -> bool:
    """Whether the code that is waiting went to this very number: the form was sent twice."""
    waiting = citizens.waiting_code(device, clock.now())
    try:
        return waiting is not None and read_phone(phone).e164 == waiting.e164
    except BadPhoneError:
        return False


def _ask_page(request: HttpRequest, form: PhoneForm, status: int = 200) -> HttpResponse:
    state = citizens.own_state(device_of(request), clock.now())
    waiting = citizens.waiting_code(device_of(request), clock.now())
    asks = asked_for(request, Consenting.APP)
    context = {"form": form, "state": state, "waiting": waiting, "asks": asks}
    return render(request, "people/me/phone.html", context, status=status)


def _code_page(
    request: HttpRequest,
    waiting: WaitingCode,
    form: CodeForm,
    *,
    place: Place | None = None,
    refusal: RefusalError | None = None,
    status: int = 200,
) -> HttpResponse:
    """`refusal` is of the wish for another code, and stands beside its button."""
    person, at = device_of(request).person, clock.now()
    home = person.residence_id if person else None
    context = {
        "form": form,
        "asks": asked_for(request, Consenting.RESIDENCE),
        "waiting": waiting,
        "picker": picker(request, now_at=place.id if place else home),
        "is_over": at >= waiting.until,
        "shown": shown_instead_of_sent(waiting.e164),
        "wait_seconds": max(0, round((waiting.again_at - at).total_seconds())),
        "fault": refusal.words.in_language(reader_language()) if refusal else "",
    }
    status = status_of(refusal) if refusal else status
    return render(request, "people/me/phone_code.html", context, status=status)


def _first_form(request: HttpRequest, person: Person) -> ResidenceForm:
    """Before anything is typed: the address of now, and who does not live where is chosen."""
    address, chosen = citizens.own_particulars(person).address, picker(request).chosen
    left = citizens.left_behind(person, chosen.id) if chosen else ()
    return ResidenceForm(initial={"address": address}, left=left)


def _residence_page(
    request: HttpRequest, form: AddressForm, *, place: Place | None = None, status: int = 200
) -> HttpResponse:
    state = citizens.own_state(device_of(request), clock.now())
    chosen = picker(request, now_at=place.id if place else None)
    asks = asked_for(request, Consenting.RESIDENCE)
    context = {"form": form, "picker": chosen, "state": state, "asks": asks}
    return render(request, "people/me/residence.html", context, status=status)
