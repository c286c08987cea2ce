"""The higher level decides on a proposal to suspend; the owner of a point sees and answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.checkins.actions.inspections import answer_inspection
from vungxanh.checkins.actions.reminding import decide_proposal
from vungxanh.checkins.forms.door import WordsForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries import inspections as queries
from vungxanh.checkins.queries.own_points import own_point
from vungxanh.checkins.values.inspections import PROPOSALS, Place
from vungxanh.checkins.views.inspections import ways_to
from vungxanh.core import clock
from vungxanh.core.access import citizen_of, viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import ForbiddenError
from vungxanh.refusals import RefusalError


@never_cache
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal with what led to it; accepted or rejected with a reason."""
    form = WordsForm(request.POST or None)
    if request.method == "GET":
        return _page(request, proposal_id, form)
    if not form.is_valid():
        return _page(request, proposal_id, form, status=422)
    accepts = request.POST.get("act") == "accept"
    try:
        decide_proposal(
            proposal_id=proposal_id,
            accepts=accepts,
            reason=form.cleaned_data["words"],
            by=viewer_of(request),
            at=clock.now(),
        )
    except ForbiddenError:
        raise
    except RefusalError as refusal:
        form.add_error(None, refusal.words.in_language(reader_language()))
        return _page(request, proposal_id, form, status=status_of(refusal))
    accepted = _("Đã đồng ý tạm dừng. Mã của điểm hết dùng ngay; mở lại khi đã khắc phục.")
    messages.success(request, accepted if accepts else _("Đã ghi không đồng ý tạm dừng."))
    return redirect("checkins-proposal", proposal_id)


@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """What officers found at one's own point, of what one was reminded, and the answer."""
    by = citizen_of(request)
    point = own_point(by, code)
    form = WordsForm(request.POST or None)
    if request.method == "GET":
        return _own_page(request, point, form)
    if not form.is_valid():
        return _own_page(request, point, form, status=422)
    try:
        inspection_id = UUID(request.POST.get("lan", ""))
    except ValueError:
        return _own_page(request, point, form, status=422)
    try:
        words = form.cleaned_data["words"]
        answer_inspection(inspection_id=inspection_id, words=words, by=by, at=clock.now())
    except RefusalError as refusal:
        form.add_error(None, refusal.words.in_language(reader_language()))
        return _own_page(request, point, form, status=status_of(refusal))
    messages.success(request, _("Đã gửi trả lời cho cán bộ."))
    return redirect("checkins-me_inspections", code)


def _page(
    request: HttpRequest, proposal_id: UUID, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    viewer, language = viewer_of(request), reader_language()
    found = queries.found_proposal(proposal_id, viewer=viewer)
    row, place = queries.proposal_line(found), found.point or found.premises
    context = {
        "row": row,
        "form": form,
        "state": PROPOSALS[row.state].in_language(language),
        "reminders": _reminders(row.facts.place, language),
        "inspections": _inspections(row.facts.place, language),
        "ways": ways_to(row.facts),
        "may_decide": place is not None and queries.may_decide(found, place, by=viewer),
    }
    return render(request, "checkins/inspections/proposal.html", context, status=status)


def _own_page(
    request: HttpRequest, point: Point, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    place, language = Place(point_id=point.pk), reader_language()
    context = {
        "point": point,
        "form": form,
        "reminders": _reminders(place, language),
        "inspections": _inspections(place, language),
        "asked": request.POST.get("lan", ""),
    }
    return render(request, "checkins/inspections/own.html", context, status=status)


def _reminders(place: Place, language: str) -> list[dict[str, object]]:
    rows = queries.reminders_of(place)
    return [{"row": one, "words": one.reason.in_language(language)} for one in rows]


def _inspections(place: Place, language: str) -> list[dict[str, object]]:
    rows = queries.inspections_of(place)
    return [{"row": one, "words": one.result.in_language(language)} for one in rows]
