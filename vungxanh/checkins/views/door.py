"""The page that any camera opens: which point this is, and whether the code is genuine.

The signed part of an address stays in the phone; with JavaScript it is sent in the body of a POST,
so that it is in no log and no history of ours. Without JavaScript the name is there to compare.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.checkins.actions.finding_doors import find_door
from vungxanh.checkins.forms.passing import ComingForm
from vungxanh.checkins.queries.door import code_typed, point_of, told
from vungxanh.checkins.queries.receipts import receipt_of
from vungxanh.checkins.values.door import DoorPoint, Told
from vungxanh.checkins.values.own_visits import Receipt
from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS
from vungxanh.checkins.values.verdicts import VERDICTS, WITHOUT_CODES, Verdict
from vungxanh.core import clock
from vungxanh.core.access import NETWORK, citizen_of
from vungxanh.core.address import public_address
from vungxanh.core.ids import new_id
from vungxanh.core.preferences import reader_language
from vungxanh.people.queries.holders import device_and_person

PAGE = "checkins-door"


@never_cache
@require_http_methods(["GET", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """A field for the short code, or for a pasted address; another site's is never opened."""
    if request.method == "GET":
        return render(request, "checkins/door/type.html", door_context(request, None))
    typed = request.POST.get("ma", "").strip()
    code = code_typed(typed)
    if code is not None:
        return redirect(PAGE, code)
    site, at = public_address(request), clock.now()
    point = point_of(typed, site=site)
    found = told(typed, site=site, at=at, point=point)
    if point is not None:
        return render(request, "checkins/door/point.html", door_context(request, point, found))
    context = door_context(request, None, found) | {"typed": typed[:120]}
    return render(request, "checkins/door/type.html", context, status=422)


@never_cache
@require_GET
def point(request: HttpRequest, code: str) -> HttpResponse:
    """The point of a code; whoever typed it in another way is led to the one address."""
    wanted = code_typed(code)
    if wanted is not None and (wanted != code or request.path.endswith("/")):
        return redirect(PAGE, wanted)
    found = _found(request, wanted)
    if found is None:
        return unknown(request, code)
    context = door_context(request, found) | {"receipt": own_receipt(request, found)}
    return render(request, "checkins/door/point.html", context)


@never_cache
@require_POST
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What the signed part of the address is, as a piece of the page."""
    found = _found(request, code_typed(code))
    if found is None:
        return unknown(request, code)
    text = request.POST.get("ma", "").strip().lstrip("#")
    site = public_address(request)
    context = door_context(request, found, told(text, site=site, at=clock.now(), point=found))
    return render(request, "checkins/door/_verdict.html", context)


def found_point(request: HttpRequest, code: str) -> DoorPoint | None:
    """The point of an address, counted against guessing; None for an unknown one."""
    return _found(request, code_typed(code))


def _found(request: HttpRequest, code: str | None) -> DoorPoint | None:
    network = str(request.META.get(NETWORK, ""))
    return find_door(code=code, network=network, at=clock.now())


def own_receipt(request: HttpRequest, point: DoorPoint) -> Receipt | None:
    """What this browser told of a point lately."""
    citizen = citizen_of(request)
    if not citizen.is_citizen:
        return None
    device_id, person_id = device_and_person(citizen)
    return receipt_of(point, person_id=person_id, device_id=device_id, at=clock.now())


def unknown(request: HttpRequest, code: str) -> HttpResponse:
    """No point has this code: the same page, with the field to type another."""
    context = door_context(request, None) | {"is_unknown": True, "typed": code[:40]}
    return render(request, "checkins/door/type.html", context, status=404)


def door_context(
    request: HttpRequest, point: DoorPoint | None, found: Told | None = None
) -> dict[str, object]:
    language = reader_language()
    context: dict[str, object] = {
        "point": point,
        "site": public_address(request).split("://")[1] + "/c/",
        "verdict": _said(found, point, language) if found else None,
        "type_url": reverse("checkins-door_type"),
    }
    if point is not None:
        context["coming"] = ComingForm(initial={"form": new_id()})
        context["days"] = SCANS_KEPT_DAYS
        context["kind"] = point.kind.in_language(language)
        context["place"] = point.place
    return context


def _said(found: Told, point: DoorPoint | None, language: str) -> dict[str, object]:
    facts = VERDICTS[found.verdict]
    is_over = found.verdict in {Verdict.ENDED, Verdict.REVOKED}
    means = WITHOUT_CODES if is_over and point and not point.is_living else facts.means
    return {
        "tone": facts.tone,
        "stops": found.stops,
        "words": facts.words.in_language(language),
        "means": means.in_language(language),
        "entrance": found.entrance,
        "at": found.at,
        "at_words": _at_words(found),
    }


def _at_words(found: Told) -> str:
    """What the day of a verdict says."""
    if found.at is None:
        return ""
    said = {
        Verdict.GENUINE: _("Mã này được thay từ"),
        Verdict.EARLY: _("Dùng được từ"),
        Verdict.ENDED: _("Đã thay từ"),
        Verdict.REVOKED: _("Thu hồi lúc"),
    }
    return said.get(found.verdict, "")
