"""Officers' figures of declarations in their area, and the same as a file."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.exports.figures import figures_file
from vungxanh.declarations.queries.figures import figures_of
from vungxanh.declarations.queries.form_names import form_names
from vungxanh.declarations.queries.residents import Residents, residents_of
from vungxanh.declarations.values.figures import WAY_WORDS, Figures
from vungxanh.declarations.views import figures_shown as shown
from vungxanh.declarations.views.figures_asked import read
from vungxanh.documents.formats import SHEETS, Format
from vungxanh.locations.values import CURRENT_TREE, Level, Unit, UnitId, registry


@dataclass(frozen=True, slots=True)
class _Page:
    """What page and file are made of."""

    scope: Unit
    found: Figures
    names: dict[str, str]
    living: dict[str, Residents]
    fault: str


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Declarations, ill people, what became of them, times to the call; by unit, day, form, way."""
    page = _read(request)
    found, scope, lang = page.found, page.scope, reader_language()
    said = shown.parameters(found.asked, scope)
    followed = found.followed
    context = {
        "unit": scope,
        "found": found,
        "span": shown.span_words(found.asked),
        "fault": page.fault,
        "crumbs": _crumbs(request, scope, said),
        "whole": shown.Row("", found.whole, followed, residents=page.living.get(scope.id)),
        "units": shown.by_unit(found, page.living, said),
        "forms": shown.by_form(found, page.names),
        "ways": shown.by_way(found),
        "languages": shown.by_language(found),
        "results": shown.by_result(followed),
        "median": shown.time_words(found.median),
        "slowest": shown.time_words(found.slowest),
        "course": [(day, one.n) for day, one in found.by_day.items()],
        "names": page.names.items(),
        "ways_known": [(one.value, words.in_language(lang)) for one, words in WAY_WORDS.items()],
        "is_country": scope.level is Level.COUNTRY,
        "exports": [(form.upper(), shown.file_address(form, said)) for form in SHEETS],
    }
    return render(request, "declarations/figures/page.html", context)


@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The table of the page, exactly as it is filtered; counts, nobody in it."""
    if form not in SHEETS:
        raise MissingError
    page = _read(request)
    made = figures_file(
        page.found,
        Format(form),
        unit=page.scope,
        living=page.living,
        words=(page.names.get(page.found.asked.form, ""), reader_language()),
    )
    return attached(made)


def scope_asked(request: HttpRequest) -> Unit:
    """The unit that is asked for, else the viewer's own."""
    held = sorted(viewer_of(request).units, key=lambda one: (not one.startswith(CURRENT_TREE), one))
    asked = request.GET.get("dia-ban", "")[:40].strip()
    own = held[0] if held else f"{CURRENT_TREE}:vn"
    return registry().unit(UnitId(asked or own))


def _read(request: HttpRequest) -> _Page:
    viewer, scope = viewer_of(request), scope_asked(request)
    names = form_names(reader_language())
    said = read(request, names)
    found = figures_of(viewer.units, scope, said.asked, at=clock.now())
    living = residents_of([scope.id, *found.by_unit])
    return _Page(scope, found, names, dict(living), said.fault)


def _crumbs(request: HttpRequest, scope: Unit, said: dict[str, str]) -> list[dict[str, str]]:
    """The way down from the viewer's own unit."""
    held = viewer_of(request).units
    chain = list(scope.chain)
    tops = [at for at, one in enumerate(chain) if one in held]
    above = chain[tops[0] : -1] if tops else []
    return [
        {"label": _("Số liệu khai báo"), "url": ""} if not above else _crumb(above[0], said),
        *(_crumb(one, said) for one in above[1:]),
        *([{"label": scope.name, "url": ""}] if above else []),
    ]


def _crumb(unit_id: UnitId, said: dict[str, str]) -> dict[str, str]:
    url = shown.address(said | {"dia-ban": unit_id})
    return {"label": registry().unit(unit_id).name, "url": url}
