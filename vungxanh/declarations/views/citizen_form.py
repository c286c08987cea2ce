"""The form on a phone: a page that is the same for everybody, and what its script asks for.

Who declares is known to the phone alone until it sends; no page here names anybody.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.queries import citizen_forms
from vungxanh.declarations.queries.forms import published, published_forms
from vungxanh.declarations.values.form_words import LANGUAGE_NAMES, text_of
from vungxanh.engines.forms import Questionnaire
from vungxanh.locations.values import tree_on
from vungxanh.people.actions import give_own_consent
from vungxanh.people.queries import residences
from vungxanh.people.values.citizens import Place
from vungxanh.people.values.consents import Consenting
from vungxanh.refusals import RefusalError

LONGEST = 120
SECONDS = 8  # of one question


@require_GET
@cache_control(no_cache=True)
def choose(request: HttpRequest) -> HttpResponse:
    """Which form, each with what it is for."""
    forms = [_offered(form) for form in published_forms()]
    return render(request, "declarations/citizen/choose.html", {"forms": forms, "tab": "declare"})


@require_GET
@cache_control(no_cache=True)
def form(request: HttpRequest, code: str) -> HttpResponse:
    """One form: drawn by its script, else led to its first step."""
    found = published(code)
    context = {"form": found, "offered": _offered(found), "tab": "declare", "code": code}
    return render(request, "declarations/citizen/form.html", context)


@require_GET
@cache_control(no_cache=True, public=True)
def told(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of a form with the words of its page, in all its languages."""
    return JsonResponse(
        citizen_forms.told_form(published(code)), json_dumps_params={"ensure_ascii": False}
    )


@never_cache
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What is known of whoever holds this phone, for itself alone; nothing where nobody is."""
    citizen, at = citizen_of(request), clock.now()
    if not citizen.is_citizen:
        return JsonResponse({"known": {}, "has_consent": False, "last": {}})
    return JsonResponse(
        {
            "known": citizen_forms.known_of(citizen, at, reader_language()),
            "has_consent": citizen_forms.has_consent(citizen, at),
            "last": {},
        }
    )


@require_GET
@cache_control(max_age=3600)
def places(request: HttpRequest) -> HttpResponse:
    """Communes of a name (`q`), or what lies below a unit (`o`, empty for the provinces)."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    tree = tree_on(clock.today())
    if text:
        found = residences.places_named(text, tree=tree, with_past=False)
        return JsonResponse({"communes": [_place(one) for one in found.communes]})
    wanted = request.GET.get("o", "").strip()
    try:
        step = residences.step_to(wanted) if wanted else residences.first_step(tree)
    except RefusalError:
        step = residences.first_step(tree)
    return JsonResponse(
        {
            "offered": [_place(one) for one in step.offered],
            "chosen": _place(step.chosen) if step.chosen else None,
        }
    )


def keep_consent(request: HttpRequest, *, version: int, language: str, at: datetime) -> None:
    """Record that the holder of this phone agreed to a text; an older one is refused."""
    give_own_consent(
        purpose=Consenting.DECLARATIONS,
        version=version,
        language="vi" if language == "vi" else "en",
        by=citizen_of(request),
        at=at,
    )


def _offered(form: Questionnaire) -> dict[str, object]:
    language = reader_language()
    questions = [one for one in form.questions.values() if one.when is None]
    return {
        "code": form.id,
        "title": text_of(form.title, language),
        "intro": text_of(form.intro, language).replace("{days}", str(form.lookback_days or "")),
        "minutes": max(1, round(len(questions) * SECONDS / 60)),
        "languages": [LANGUAGE_NAMES.get(one, one) for one in form.languages if one != language],
    }


def _place(place: Place) -> dict[str, str]:
    return {"id": place.id, "name": place.name, "above": place.above, "was": place.was}
