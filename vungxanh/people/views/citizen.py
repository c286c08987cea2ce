"""A citizen's own pages: the beginning, the first page, letting the phone go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.core import clock
from vungxanh.core.access import citizen_of, viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import drop_token, keep_token
from vungxanh.people.gateways.phones import device_of
from vungxanh.people.queries import citizens
from vungxanh.people.queries.own_cards import last_colour
from vungxanh.people.queries.own_day import day_lines
from vungxanh.people.rules.devices import SILENT_FOR
from vungxanh.people.values import Platform
from vungxanh.people.values.devices import NewDevice
from vungxanh.people.values.own_day import DayLine
from vungxanh.people.views.pass_shown import shown_pass

HOME, START = "people-me", "people-me_start"


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What is kept, how long and who looks; the button lets this browser in, anonymous."""
    if citizen_of(request).is_citizen:
        return redirect(HOME)
    if request.method == "GET":
        return render(request, "people/me/start.html", {"days": SILENT_FOR.days})
    language = reader_language()
    device = NewDevice(Platform.WEB, language=language)
    made = actions.register_device(device=device, by=viewer_of(request), at=clock.now())
    response = redirect(HOME)
    keep_token(response, made.token)
    return response


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The card with its code, the way to scan, and today."""
    device, at = device_of(request), clock.now()
    state = citizens.own_state(device, at)
    last = last_colour(device.person_id, at) if device.person_id else None
    local = at.astimezone(clock.TZ)
    context = {
        "state": state,
        "pass": shown_pass(last, at),
        "card": citizens.own_card(device.person) if device.person else None,
        "today": f"{local.day}/{local.month}",
        "lines": [_line(one) for one in day_lines(device.person_id, at)],
        "tab": "home",
    }
    return render(request, "people/me/home.html", context)


@never_cache
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """How this phone and its holder stand, and the way to everything of theirs."""
    state = citizens.own_state(device_of(request), clock.now())
    return render(request, "people/me/own.html", {"state": state, "tab": "own"})


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Let this phone go: its token no longer opens; what is kept of a person stays."""
    device, at = device_of(request), clock.now()
    if request.method == "GET":
        context = {"state": citizens.own_state(device, at)}
        return render(request, "people/me/leave.html", context)
    actions.end_device(device_id=device.pk, by=citizen_of(request), at=at)
    messages.success(request, _("Máy này đã rời đi. Muốn dùng lại, bấm “Bắt đầu”."))
    response = redirect(START)
    drop_token(response)
    return response


def _line(line: DayLine) -> dict[str, str]:
    language = reader_language()
    return {
        "what": line.what,
        "words": line.words.in_language(language),
        "url": reverse(line.page, args=[line.at_page]),
        "act": line.act.in_language(language) if line.act else "",
        "act_url": reverse(line.act_page, args=[line.at_page]) if line.act_page else "",
    }
