"""Open pages of the register: the list, one organisation, the nearest facilities, the files."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.documents import vietnamese
from vungxanh.documents.formats import SHEETS, Format
from vungxanh.locations import queries as places
from vungxanh.locations.admin import showing
from vungxanh.locations.admin.asking import place_named
from vungxanh.locations.exports import organisations as files
from vungxanh.locations.forms.organisations import FAMILIES, NearForm, kind_choices
from vungxanh.locations.queries import organisations as queries
from vungxanh.locations.queries.organisations import Asked
from vungxanh.locations.values import Unit
from vungxanh.locations.values.centres import centres
from vungxanh.locations.values.entries import day_of, written_day
from vungxanh.locations.values.kinds import KINDS, Family
from vungxanh.locations.values.organisations import MAY_WRITE
from vungxanh.locations.values.points import GeoPoint, point_of
from vungxanh.refusals import RefusalError

LONGEST = 100
N_NEAR = 10


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """The register by kind, unit, words and day; a filter that is not understood says why."""
    asked, faults = _asked(request)
    page = queries.listed(asked, request.GET.get("trang"))
    said = _said(request)
    context = {
        "rows": showing.rows_of(page),
        "page": page,
        **pages_of(page, said),
        "said": said | {"ngay": written_day(asked.on) or said.get("ngay", "")},
        "area": said.get("dia-ban", ""),
        "faults": faults,
        "families": _families(said),
        "kinds": kind_choices(),
        "unit": asked.unit,
        "query": urlencode(said),
        "is_filtered": bool(said),
        "may_write": viewer_of(request).may(MAY_WRITE),
    }
    return render(request, "locations/organisations/list.html", context)


@require_GET
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation: how to reach it, when it is open, what it was and became, what is near."""
    one = queries.organisation(organisation_id)
    entry = queries.entry_of_row(one)
    now = clock.now()
    exists = entry.is_valid_on(clock.today())
    near = (
        queries.nearest_facilities(
            entry.at, on=clock.today(), area=_province(one.unit_id), but=one.id
        )
        if entry.at and showing.is_health(one)
        else None
    )
    context = {
        "one": one,
        "row": showing.row_of(one, clock.today()),
        "entry": entry,
        "open_now": showing.open_mark(entry.hours, now) if exists else None,
        "days": showing.days_of(entry.hours),
        "at": now,
        "is_health": showing.is_health(one),
        "point": f"{entry.at.lat:.5f},{entry.at.lon:.5f}" if entry.at else "",
        "near": showing.near_rows(near.near) if near else [],
        "n_without_point": near.n_without_point if near else 0,
        "children": showing.rows_of(queries.children(one.id)),
        "came_from": showing.rows_of(queries.came_from(one.id)),
        "steps": showing.steps_of(queries.history(one.id)),
        "may_write": queries.may_write(viewer_of(request), one.unit_id),
        "crumbs": [_list_crumb(), {"label": one.name}],
    }
    return render(request, "locations/organisations/one.html", context)


@require_GET
def nearest(request: HttpRequest) -> HttpResponse:
    """The health facilities nearest to a point or to a unit, by straight lines."""
    form = NearForm(request.GET if any(request.GET.values()) else None)
    context: dict[str, object] = {"form": form, "crumbs": [_list_crumb(), {"label": _("Gần đây")}]}
    if form.is_bound and form.is_valid():
        try:
            here, unit = _here(form.cleaned_data)
            area = _province(unit.id) if unit else None
            found = queries.nearest_facilities(here, on=clock.today(), area=area, limit=N_NEAR)
        except RefusalError as refusal:
            field = refusal.field if refusal.field in form.fields else "unit"
            form.add_error(field, refusal.words.in_language(reader_language()))
            context["trouble"] = showing.trouble_of(refusal, lambda one: f"?unit={one}")
        else:
            context |= {
                "rows": showing.near_rows(found.near),
                "n_without_point": found.n_without_point,
                "unit": unit,
                "is_asked": True,
            }
    status = 422 if form.errors else 200
    return render(request, "locations/organisations/near.html", context, status=status)


@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as filtered, all of its pages, as a file."""
    if form not in SHEETS:
        raise MissingError
    asked, _faults = _asked(request)
    rows = queries.matching(asked).select_related("unit", "parent", "successor")
    listed, selection, lang = tuple(rows[: files.MOST]), _selection(asked), reader_language()
    made = files.list_file(listed, Format(form), selection=selection, on=clock.today(), lang=lang)
    return attached(made)


def _asked(request: HttpRequest) -> tuple[Asked, list[showing.Trouble]]:
    """What the address narrows the list to, and what of it was not understood."""
    said, faults = _said(request), []
    unit: Unit | None = None
    on: date | None = None
    try:
        on = day_of(said.get("ngay", ""), "ngay")
        unit = place_named(said["dia-ban"], on or clock.today()) if "dia-ban" in said else None
    except RefusalError as refusal:
        faults.append(showing.trouble_of(refusal, lambda unit_id: _with_area(said, unit_id)))
    family = Family(said["nhom"]) if said.get("nhom") in list(Family) else None
    kind = said.get("loai", "") if said.get("loai") in KINDS else ""
    return Asked(family, kind, unit, said.get("tim", ""), on), faults


def _said(request: HttpRequest) -> dict[str, str]:
    names = ("nhom", "loai", "dia-ban", "tim", "ngay")
    texts = {name: request.GET.get(name, "").strip()[:LONGEST] for name in names}
    return {name: text for name, text in texts.items() if text}


def _with_area(said: dict[str, str], unit_id: str) -> str:
    return f"?{urlencode(said | {'dia-ban': unit_id})}"


def _families(said: dict[str, str]) -> list[dict[str, object]]:
    others = {name: text for name, text in said.items() if name not in {"nhom", "loai"}}
    chosen = said.get("nhom", "")
    every = {"label": _("Tất cả"), "url": f"?{urlencode(others)}", "current": not chosen}
    return [
        every,
        *(
            {
                "label": label,
                "url": f"?{urlencode(others | {'nhom': family.value})}",
                "current": chosen == family.value,
            }
            for family, label in FAMILIES.items()
        ),
    ]


def _selection(asked: Asked) -> str:
    parts = [
        str(FAMILIES[asked.family]) if asked.family else "",
        showing.kind_words(asked.kind) if asked.kind else "",
        f"{asked.unit.name} ({asked.unit.id})" if asked.unit else "",
        f"“{asked.text}”" if asked.text else "",
        vietnamese.date(asked.on, reader_language()) if asked.on else "",
    ]
    return "; ".join(part for part in parts if part)


def _here(said: dict[str, str]) -> tuple[GeoPoint, Unit | None]:
    """The point that was asked for, or where the unit lies."""
    at = point_of(said.get("lat", ""), said.get("lon", ""))
    if at is not None:
        return at, None
    unit = place_named(said.get("unit", ""), clock.today())
    centre = centres().get(unit.id)
    if centre is None:
        raise queries.no_centre(unit.name)
    return centre, unit


def _province(unit_id: str) -> Unit | None:
    above = (*places.ancestors(unit_id), places.unit(unit_id))
    return above[1] if len(above) > 1 else None


def _list_crumb() -> dict[str, str]:
    return {"label": _("Tổ chức, cơ sở y tế"), "url": reverse("locations-organisations")}
