"""Pages of populations: all sources of a unit side by side, and lists that are brought."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.refusals import RefusalError
from vungxanh.uptake import queries as figures
from vungxanh.uptake import rules
from vungxanh.uptake.actions import population as actions
from vungxanh.uptake.forms.population import PopulationForm
from vungxanh.uptake.imports import population as imports
from vungxanh.uptake.overview import eras
from vungxanh.uptake.queries import population as queries
from vungxanh.uptake.values.population import KINDS, Population
from vungxanh.uptake.views.unit import crumbs


@require_GET
def populations(request: HttpRequest, unit_id: str) -> HttpResponse:
    """All populations of a unit by year, and which one rates are divided by today."""
    unit, viewer, lang = locations.unit(unit_id), viewer_of(request), reader_language()
    found = queries.populations_of([unit.id])
    node = figures.tree(viewer, unit, figures.moment_of(None, None))
    context = {
        "unit": unit,
        "crumbs": crumbs(unit),
        "years": [
            (year, [(one, one.kind.label.in_language(lang)) for one in rows])
            for year, rows in _by_year(found)
        ],
        "below": _below(unit, lang),
        "base": rules.figure(node, "population"),
        "eras": eras.switch(unit, lambda other: reverse("uptake-populations", args=[other])),
        "ways": eras.ways(unit, "uptake-populations"),
        "may_use": figures.may_work_on(viewer, unit, "uptake.publish"),
        "may_bring": viewer.may("uptake.import"),
    }
    return render(request, "uptake/populations.html", context)


def _below(unit: Unit, lang: str) -> list[tuple[Unit, Population, str]]:
    """The newest population of each unit right below that may serve as a base, with its kind."""
    children = locations.children(unit.id)
    newest: dict[str, Population] = {}
    for one in queries.populations_of([child.id for child in children]):
        if one.kind.is_base:
            newest.setdefault(one.unit_id, one)
    return [
        (child, found, found.kind.label.in_language(lang))
        for child in children
        if (found := newest.get(child.id))
    ]


def _by_year(found: tuple[Population, ...]) -> list[tuple[int, list[Population]]]:
    return [(year, list(rows)) for year, rows in groupby(found, key=lambda one: one.year)]


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Upload or paste a list; one that cannot be read says why."""
    form = PopulationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            table = imports.bring_in(
                content=upload.read() if upload else form.cleaned_data["pasted"].encode(),
                name=upload.name if upload else "",
                source=form.cleaned_data["source"],
                by=viewer_of(request),
                at=clock.now(),
            )
        except RefusalError as refusal:
            form.add_error("file", refusal.words.in_language(reader_language()))
        else:
            return HttpResponseRedirect(reverse("uptake-population_table", args=[table.id]))
    kinds = [(kind.name, kind.label.in_language(reader_language())) for kind in KINDS.values()]
    context = {"form": form, "kinds": kinds}
    status = 422 if form.errors else 200
    return render(request, "uptake/population_bring.html", context, status=status)


@require_GET
def table(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """A list as it was read, what is wrong in each row, and what may be done with it."""
    found = queries.table(viewer_of(request), table_id)
    place = 1 if reader_language() == "en" else 0
    rows = [
        {**row, "words": [faults[place] for faults in row["faults"]]}
        for row in found.content["rows"]
    ]
    context = {"table": found, "rows": rows}
    return render(request, "uptake/population_table.html", context)


@require_POST
def act(request: HttpRequest, table_id: UUID, verb: str) -> HttpResponse:
    """Record a list, drop it, or take it back."""
    verbs = {
        "ghi": (actions.record_table, _("Đã ghi bảng dân số. Rút lại được ở trang này.")),
        "bo": (actions.drop_table, _("Đã bỏ bảng; chưa có số nào được ghi.")),
        "rut": (actions.withdraw_table, _("Đã rút bảng dân số.")),
    }
    if verb not in verbs:
        raise MissingError
    action, done = verbs[verb]
    try:
        action(table_id=table_id, by=viewer_of(request), at=clock.now())
    except MissingError:
        raise
    except RefusalError as refusal:
        messages.error(request, refusal.words.in_language(reader_language()))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("uptake-population_table", args=[table_id]))


@require_POST
def use(request: HttpRequest, unit_id: str, figure_id: int) -> HttpResponse:
    """Make a population the base of the unit's rates."""
    try:
        actions.use_population(
            figure_id=figure_id, unit_id=unit_id, by=viewer_of(request), at=clock.now()
        )
    except MissingError:
        raise
    except RefusalError as refusal:
        messages.error(request, refusal.words.in_language(reader_language()))
    else:
        messages.success(request, _("Đã dùng số dân này làm mẫu số, nguồn ghi kèm."))
    return HttpResponseRedirect(reverse("uptake-populations", args=[unit_id]))
