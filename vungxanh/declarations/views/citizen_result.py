"""What came of a declaration: its colour, what to do, whom to call; and all that was declared."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.queries import citizen_results, facilities
from vungxanh.declarations.queries.citizen_results import Result
from vungxanh.declarations.values.form_words import form_words, text_of
from vungxanh.declarations.views.care_own import care_words
from vungxanh.people.values.standing import COLOUR_WORDS


@never_cache
@require_GET
def done(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """The outcome in words, shape and colour; advice; the own station and the nearest help."""
    at = clock.now()
    result = citizen_results.result_of(citizen_of(request), declaration_id)
    help_near = facilities.near(result.unit_id, at) if result.is_ill else None
    context = {
        **_shown(result),
        "help": help_near,
        "care": care_words(result) if result.is_ill else None,
        "lang": result.language,
        "say": {
            name: text_of(texts, result.language) for name, texts in form_words()["page"].items()
        },
        "tab": "declare",
    }
    return render(request, "declarations/citizen/done.html", context)


@never_cache
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Everything that was declared from this phone's holder and family, as long as it is kept."""
    found = citizen_results.results_of(citizen_of(request), clock.now())
    context = {"rows": [_shown(one) for one in found], "tab": "declare"}
    return render(request, "declarations/citizen/own.html", context)


def _shown(result: Result) -> dict[str, object]:
    language = reader_language()
    return {
        "result": result,
        "title": text_of(result.title, language),
        "colour_words": COLOUR_WORDS[result.colour].in_language(language),
        "is_over": clock.now() >= result.until,
    }
