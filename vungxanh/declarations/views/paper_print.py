"""A form on paper: how many sheets, in which language; each sheet gets its number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.core import clock
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.actions.numbering import number_sheets
from vungxanh.declarations.exports.paper_forms import PRINTED, sheets
from vungxanh.declarations.queries.paper import questionnaire_of, version_of
from vungxanh.declarations.values.paper import MOST_PRINTED


@never_cache
@require_http_methods(["GET", "POST"])
def print_form(request: HttpRequest, code: str) -> HttpResponse:
    """What is printed; sent, the sheets as one PDF."""
    version = version_of(code)
    form = questionnaire_of(version)
    offered = [one for one in form.languages if one in PRINTED]
    if request.method == "GET":
        language = reader_language()
        context = {
            "form": form,
            "title": form.title.get(language) or form.title["vi"],
            "languages": [(one, _NAMES[one]) for one in offered],
            "language": language,
            "others": [one for one in form.languages if one not in PRINTED],
            "most": MOST_PRINTED,
            "tab": "declare",
        }
        return render(request, "declarations/paper/print.html", context)
    asked = request.POST.get("language", "")
    printed = asked if asked in offered else "vi"
    numbers = number_sheets(version=version, n=_n(request.POST.get("n", "")))
    content = sheets(form, numbers=numbers, language=printed, at=clock.now())
    name = f"to-khai-{form.id}-{form.version}-{numbers[0]}.pdf"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def _n(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 1
