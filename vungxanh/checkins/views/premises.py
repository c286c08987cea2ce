"""Pages of premises that must have a point: figures, those without one, proposals, exemptions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vungxanh.checkins.actions import premises as actions
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.exports import premises as files
from vungxanh.checkins.models import Point, Premises
from vungxanh.checkins.queries import premises as queries
from vungxanh.checkins.queries.activity import last_counted
from vungxanh.checkins.queries.point_counts import registered_in
from vungxanh.checkins.values.areas import communes_seen
from vungxanh.checkins.values.kinds import LIVING, Kind
from vungxanh.checkins.views import premises_shown as shown
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import numbered, pages_of, whole_or_none
from vungxanh.core.preferences import reader_language
from vungxanh.documents.formats import Format
from vungxanh.locations.values import registry
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError

MAY_INSPECT = "points.inspect"
ASKED = ("dia-ban", "loai", "xep")
MOST_PROPOSED = 200


@require_GET
def premises_list(request: HttpRequest) -> HttpResponse:
    """Obliged, registered and lacking by unit and kind; the list of those without a point."""
    viewer, said = viewer_of(request), _said(request)
    unit = registry().unit(shown.scope_of(viewer, said.get("dia-ban", "")))
    communes = communes_seen(viewer.units, unit.id)
    found, points = queries.tallies(communes), registered_in(communes)
    page = numbered(_lacking(communes, said), request.GET.get("trang"))
    context = {
        "unit": unit,
        "at": clock.now(),
        "sums": queries.total_of(found),
        "n_points": sum(points.values()),
        "counted": last_counted(),
        "units": shown.by_unit(found, points, unit),
        "kinds": shown.by_kind(found, lambda kind: shown.page_url(said, loai=kind)),
        "rows": [shown.lacking_row(one) for one in page],
        "page": page,
        **pages_of(page, said),
        "said": said,
        "orders": _orders(said),
        "kind": shown.kind_words(said["loai"]) if said.get("loai") else "",
        "without_kind": shown.page_url(said, loai=""),
        "exports": [(form.upper(), _file_url(form, said)) for form in Format],
        "may_write": viewer.may(MAY_MANAGE),
    }
    return render(request, "checkins/premises/list.html", context)


@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Those without a point, all pages, as an annex after Decree 30 or as a spreadsheet."""
    if form not in list(Format):
        raise MissingError
    viewer, said = viewer_of(request), _said(request)
    unit = registry().unit(shown.scope_of(viewer, said.get("dia-ban", "")))
    communes = communes_seen(viewer.units, unit.id)
    rows = tuple(_lacking(communes, said)[: files.MOST])
    total = queries.total_of(queries.tallies(communes))
    is_counted = last_counted() is not None
    made = files.lacking_file(
        rows, Format(form), unit=unit, total=total, is_counted=is_counted, at=clock.now()
    )
    return attached(made)


@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """Points that may be those of premises without one, the certain ones first."""
    viewer, said = viewer_of(request), _said(request)
    unit = registry().unit(shown.scope_of(viewer, said.get("dia-ban", "")))
    found = queries.proposed(communes_seen(viewer.units, unit.id))
    ordered = sorted(found, key=lambda one: (not one.is_certain, one.premises))[:MOST_PROPOSED]
    rows = Premises.objects.select_related("unit").in_bulk([one.premises for one in ordered])
    points = Point.objects.in_bulk([one.point for one in ordered])
    why = shown.why_words()
    context = {
        "unit": unit,
        "pairs": [
            {
                "premises": rows[one.premises],
                "point": points[one.point],
                "code": short_codes.shown(points[one.point].code),
                "kind": shown.kind_words(points[one.point].kind),
                "why": ", ".join(why[reason] for reason in one.why),
                "is_certain": one.is_certain,
            }
            for one in ordered
        ],
        "n_certain": sum(one.is_certain for one in found),
        "n": len(found),
        "crumbs": crumbs(_("Nối với điểm đã có")),
        "may_write": viewer.may(MAY_MANAGE),
    }
    return render(request, "checkins/premises/proposals.html", context)


@require_GET
def one(request: HttpRequest, premises_id: int) -> HttpResponse:
    """One of the premises: what the list says, its points, its exemption."""
    return _one(request, premises_id)


@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Join premises and a point, or say that they are two places."""
    said = {name: whole_or_none(request.POST.get(name, "")) or 0 for name in ("co-so", "diem")}
    pair = {"premises_id": said["co-so"], "point_id": said["diem"]}
    if request.POST.get("lam") == "khong":
        actions.refuse_proposal(**pair, by=viewer_of(request), at=clock.now())
        messages.info(request, _("Đã ghi: hai nơi khác nhau, sẽ không đề xuất lại."))
    else:
        actions.link_premises(**pair, by=viewer_of(request), at=clock.now())
        messages.success(request, _("Đã nối. Nối nhầm thì mở cơ sở và bấm “Tách khỏi điểm”."))
    return HttpResponseRedirect(_proposals_url(request))


@require_POST
def link_certain(request: HttpRequest) -> HttpResponse:
    """Join all certain pairs of a unit at once."""
    unit = registry().unit(shown.scope_of(viewer_of(request), request.POST.get("dia-ban", "")))
    n = actions.link_certain(unit_id=unit.id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã nối %(n)s cơ sở với điểm của mình.") % {"n": n})
    return HttpResponseRedirect(_proposals_url(request))


@require_POST
def unlink(request: HttpRequest, premises_id: int) -> HttpResponse:
    """Part premises from their points."""
    actions.unlink_premises(premises_id=premises_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã tách khỏi điểm. Điểm vẫn hoạt động."))
    return _to(premises_id)


@require_POST
def exempt(request: HttpRequest, premises_id: int) -> HttpResponse:
    """Say that premises need no point; without a reason the page asks for one."""
    reason = request.POST.get("ly-do", "")
    try:
        actions.exempt_premises(
            premises_id=premises_id, reason=reason, by=viewer_of(request), at=clock.now()
        )
    except RefusalError as refusal:
        if not shown.is_of_the_page(refusal):
            raise
        fault = refusal.words.in_language(reader_language())
        return _one(request, premises_id, fault=fault, reason=reason)
    messages.success(request, _("Đã miễn. Cơ sở không còn tính vào số phải có điểm."))
    return _to(premises_id)


@require_POST
def oblige(request: HttpRequest, premises_id: int) -> HttpResponse:
    """Take an exemption back."""
    actions.oblige_premises(premises_id=premises_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã bỏ miễn. Cơ sở lại phải có điểm."))
    return _to(premises_id)


def crumbs(last: str) -> list[dict[str, str]]:
    """The way to a page below the list of premises."""
    first = {"label": _("Cơ sở phải có điểm"), "url": reverse("checkins-premises_list")}
    return [first, {"label": last, "url": ""}]


def _one(
    request: HttpRequest, premises_id: int, *, fault: str = "", reason: str = ""
) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.one_of(viewer, premises_id)
    points = Point.objects.filter(premises=found).order_by("id")
    context: dict[str, Any] = {
        "one": found,
        "kind": shown.kind_words(found.kind),
        "parent": found.parent,
        "parts": found.parts.order_by("same_key", "id")[:100],
        "points": [
            {"point": row, "code": short_codes.shown(row.code), "is_living": row.state in LIVING}
            for row in points
        ],
        "fault": fault,
        "reason": reason,
        "crumbs": crumbs(found.name),
        "may_write": viewer.may(MAY_MANAGE),
        "may_inspect": viewer.may(MAY_INSPECT) and found.exempt_at is None,
    }
    return render(request, "checkins/premises/one.html", context, status=422 if fault else 200)


def _lacking(communes: Any, said: dict[str, str]) -> Any:
    kind, order = said.get("loai", ""), said.get("xep", "xa")
    return queries.without_point(communes, kind=kind, order=order)


def _said(request: HttpRequest) -> dict[str, str]:
    """What the address asks for; kinds and orders that are none are left out."""
    told = {name: request.GET.get(name, "")[:40].strip() for name in ASKED}
    if told["loai"] not in set(Kind):
        told["loai"] = ""
    if told["xep"] not in shown.ORDERS:
        told["xep"] = ""
    return {name: text for name, text in told.items() if text}


def _orders(said: dict[str, str]) -> dict[str, dict[str, str]]:
    chosen = said.get("xep", "xa")
    return {
        order: {
            "url": shown.page_url(said, xep=order),
            "direction": "ascending" if order == chosen else "",
        }
        for order in shown.ORDERS
    }


def _file_url(form: str, said: dict[str, str]) -> str:
    address = reverse("checkins-premises_export", args=[form])
    return shown.page_url(said).replace(reverse("checkins-premises_list"), address, 1)


def _proposals_url(request: HttpRequest) -> str:
    unit = request.POST.get("dia-ban", "")[:24]
    return shown.page_url({"dia-ban": unit}).replace(
        reverse("checkins-premises_list"), reverse("checkins-premises_proposals"), 1
    )


def _to(premises_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("checkins-premises", args=[premises_id]))
