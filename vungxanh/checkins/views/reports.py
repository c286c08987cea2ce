"""Anybody tells that a poster is not what it should be; who tells is not asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.checkins.actions.reports import report_poster
from vungxanh.checkins.forms.door import PHOTOS, ReportForm
from vungxanh.checkins.queries.door import entrances_of
from vungxanh.checkins.values.door import DoorPoint
from vungxanh.checkins.views.door import found_point
from vungxanh.core import clock, limits
from vungxanh.core.access import NETWORK, citizen_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.limits.listed import REPORTS
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """What is wrong with the poster, in one form; what was typed stays where it is refused."""
    point = _point(request, code)
    form = _form(request, point)
    if request.method == "GET":
        return _page(request, point, form)
    if not form.is_valid():
        return _page(request, point, form, status=422)
    _count(request)
    try:
        photos = tuple(one.read() for one in request.FILES.getlist(PHOTOS))
        said = form.said(photos)
        report_poster(point_id=point.id, said=said, by=citizen_of(request), at=clock.now())
    except RefusalError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.words.in_language(reader_language()))
        return _page(request, point, form, status=status_of(refusal))
    return redirect("checkins-report_done", point.code)


@never_cache
@require_GET
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The report is with the commune; what to do meanwhile."""
    return render(request, "checkins/door/report_done.html", {"point": _point(request, code)})


def _point(request: HttpRequest, code: str) -> DoorPoint:
    found = found_point(request, code)
    if found is None:
        raise MissingError
    return found


def _form(request: HttpRequest, point: DoorPoint) -> ReportForm:
    language, doors = reader_language(), entrances_of(point)
    typed = request.POST if request.method == "POST" else None
    return ReportForm(typed, language=language, entrances=doors)


def _page(
    request: HttpRequest, point: DoorPoint, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    context = {"point": point, "form": form}
    return render(request, "checkins/door/report.html", context, status=status)


def _count(request: HttpRequest) -> None:
    """Reports of one network are few: each is a duty of the commune."""
    network = str(request.META.get(NETWORK, ""))
    if network:
        rate = REPORTS.rate(is_address=True)
        limits.require(
            REPORTS.name, network, n=rate.n, per_seconds=rate.per_seconds, at=clock.now()
        )
