"""A citizen's own codes: on the screen, the national one, printed cards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.drawings.codes import Correction, QrDrawing, qr_drawing
from vungxanh.core.errors import MissingError
from vungxanh.people import actions
from vungxanh.people.actions.personal_codes import ON_SCREEN
from vungxanh.people.actions.signed_cards import code_with_card
from vungxanh.people.gateways.phones import device_of
from vungxanh.people.models import Device, Person
from vungxanh.people.queries import own_codes
from vungxanh.protocol.personal import own

CARDS = "people-me_cards"
# A new code is fetched a little before the shown one ends.
REFRESH_SECONDS = int(ON_SCREEN.total_seconds()) - 10


@never_cache
@require_GET
def code(request: HttpRequest) -> HttpResponse:
    """The code of the next minute, made anew while the page is open."""
    device = device_of(request)
    person = own_codes.bearer_of(device, request.GET.get("nguoi", ""))
    if person is None:
        return render(request, "people/codes/none.html", {"tab": "code"})
    shown = code_with_card(person_id=person.pk, at=clock.now())
    context = _context(person, device_of(request)) | {
        "drawing": drawn(shown.text),
        "until": shown.until,
        "refresh_seconds": REFRESH_SECONDS,
    }
    return render(request, "people/codes/code.html", context)


@never_cache
@require_GET
def code_picture(request: HttpRequest) -> HttpResponse:
    """The same code alone, as the first page shows it and fetches it anew."""
    person = device_of(request).person
    if person is None:
        raise MissingError
    shown = code_with_card(person_id=person.pk, at=clock.now())
    context = {"drawing": drawn(shown.text)}
    return render(request, "people/codes/picture.svg", context, content_type="image/svg+xml")


@never_cache
@require_GET
def national(request: HttpRequest) -> HttpResponse:
    """The national code of Decision 1405, masked unless its bearer asks to show all of it."""
    person = _bearer(request)
    is_masked = request.GET.get("hien") != "1"
    text = own_codes.national_text(person, is_masked=is_masked)
    context = _context(person, device_of(request)) | {
        "drawing": qr_drawing(text) if text else None,
        "text": text,
        "is_masked": is_masked,
    }
    return render(request, "people/codes/national.html", context)


@never_cache
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """The printed cards of a person, and printing another."""
    person = _bearer(request)
    lines = own_codes.cards_of(person, clock.now())
    context = _context(person, device_of(request)) | {"lines": lines}
    return render(request, "people/codes/cards.html", context)


@never_cache
@require_POST
def print_card(request: HttpRequest) -> HttpResponse:
    """A card to print, shown this once."""
    person = _bearer(request)
    card = actions.print_card(person_id=person.pk, by=citizen_of(request), at=clock.now())
    context = _context(person, device_of(request), CARDS) | {
        "drawing": qr_drawing(card.text),
        "until": card.until,
    }
    return render(request, "people/codes/card.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def revoke_card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """End a card that was lost, once confirmed."""
    person = _bearer(request)
    if request.method == "GET":
        return render(
            request, "people/codes/revoke.html", _context(person, device_of(request), CARDS)
        )
    by, at = citizen_of(request), clock.now()
    if not actions.revoke_card(person_id=person.pk, card_id=card_id, by=by, at=at):
        raise MissingError
    messages.success(request, _("Đã hủy thẻ. Ai quét thẻ này sẽ thấy báo đã hủy."))
    return redirect(f"{reverse(CARDS)}?nguoi={person.pk}")


def drawn(text: str) -> QrDrawing:
    """A code for the screen; with a card beside it as few modules as a lit screen needs."""
    is_alone = len(text) == own.TEXT_SIZE
    return qr_drawing(text, Correction.MEDIUM if is_alone else Correction.LOW)


def _bearer(request: HttpRequest) -> Person:
    asked = request.POST.get("nguoi", "") or request.GET.get("nguoi", "")
    person = own_codes.bearer_of(device_of(request), asked)
    if person is None:
        raise MissingError
    return person


def _context(person: Person, device: Device, back: str = "people-me_code") -> dict[str, object]:
    family = own_codes.family_of(device)
    return {
        "person": person.pk,
        "name": own_codes.name_of(person),
        "family": [one for one in family if one[0] != person.pk],
        "back": f"{reverse(back)}?nguoi={person.pk}",
        "tab": "code",
    }
