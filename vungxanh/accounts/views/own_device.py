"""The pages of a device itself: taking up its enrolment, what it is, and giving itself up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts.actions import AccountRefusalError
from vungxanh.accounts.actions import devices as actions
from vungxanh.accounts.actions.device_refusals import (
    DeviceLapsedError,
    DeviceRevokedError,
    DeviceUnknownError,
)
from vungxanh.accounts.forms.devices import CodeForm
from vungxanh.accounts.gateways.device_contact import (
    contact_of,
    drop_token,
    keep_token,
    limit_tries,
)
from vungxanh.accounts.queries import devices as queries
from vungxanh.accounts.rules.devices import DEVICE, OWN_CALLS
from vungxanh.accounts.values.devices import KIND_WORDS
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError

# What a page that is open may learn of its end, in the order in which it looks.
ENDS = (DeviceRevokedError, DeviceLapsedError, DeviceUnknownError)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Take up an enrolment; the code comes behind the “#” of the link, or is typed.

    What stands behind “#” is never sent to a server, so neither logs nor previews use a code up.
    """
    at = clock.now()
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "accounts/devices_enrol.html", {"form": form}, status=status)
    limit_tries(request, at)
    try:
        granted = actions.enrol_device(code=form.cleaned_data["code"], at=at)
    except AccountRefusalError as refusal:
        form.add_error("code", refusal.words.in_language(reader_language()))
        context = {"form": form}
        return render(request, "accounts/devices_enrol.html", context, status=status_of(refusal))
    response = redirect("device-own")
    keep_token(response, granted, at)
    return response


@never_cache
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What this device is, or why it is nothing here."""
    viewer = viewer_of(request)
    if not viewer.id.startswith(DEVICE):
        contact = contact_of(request)
        refusal = contact.refusal if contact and contact.refusal else DeviceUnknownError()
        return _ended_page(request, refusal)
    device, language = queries.own_device(viewer), reader_language()
    context = {
        "device": device,
        "kind": KIND_WORDS[device.kind].in_language(language),
        "scope": device.scope_words.in_language(language),
        "seconds": int((device.valid_until - clock.now()).total_seconds()),
        "contact": OWN_CALLS,
        "ends": [_end(end(), language) for end in ENDS],
    }
    return render(request, "accounts/devices_own.html", context)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Give this device up."""
    viewer = viewer_of(request)
    if viewer.id.startswith(DEVICE):
        actions.leave(by=viewer, at=clock.now())
    response = redirect("device-own")
    drop_token(response)
    return response


def _ended_page(request: HttpRequest, refusal: RefusalError) -> HttpResponse:
    end = _end(refusal, reader_language())
    return render(request, "accounts/devices_ended.html", {"end": end}, status=status_of(refusal))


def _end(refusal: RefusalError, language: str) -> dict[str, str]:
    return {"code": refusal.code, "words": refusal.words.in_language(language)}
