"""A point that is offered to a citizen: what it is, taken or declined."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.checkins.actions.offering import decline_point, take_point
from vungxanh.checkins.queries.offers import offered_point
from vungxanh.checkins.queries.own_points import place_of
from vungxanh.checkins.values.kinds import KINDS, STATE_WORDS, Kind, State
from vungxanh.checkins.views.citizen_points import LIST, POINT, TONES
from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError


@never_cache
@require_http_methods(["GET", "POST"])
def offered(request: HttpRequest, code: str) -> HttpResponse:
    """Read what is offered; nothing of who had it before is there to read."""
    by, at = citizen_of(request), clock.now()
    row = offered_point(by, code, at)
    if request.method == "GET":
        return _page(request, code)
    if request.POST.get("viec") == "tu-choi":
        decline_point(code=code, by=by, at=at)
        messages.success(request, _("Đã từ chối. Cán bộ xã sẽ tìm người khác."))
        return redirect(LIST)
    try:
        take_point(code=code, by=by, at=at)
    except RefusalError as refusal:
        said = refusal.words.in_language(reader_language())
        return _page(request, code, refused=said, status=status_of(refusal))
    messages.success(request, _("Bạn là chủ điểm. Kiểm lại thông tin và ghi liên hệ của điểm."))
    return redirect(POINT, row.code)


def _page(request: HttpRequest, code: str, *, refused: str = "", status: int = 200) -> HttpResponse:
    row = offered_point(citizen_of(request), code, clock.now())
    state = State(row.state)
    context = {
        "point": row,
        "shown_code": short_codes.shown(row.code),
        "kind": KINDS[Kind(row.kind)].words.in_language(reader_language()),
        "place": place_of(row),
        "tone": TONES[state],
        "state_words": STATE_WORDS[state].in_language(reader_language()),
        "refused": refused,
    }
    return render(request, "checkins/me/offer.html", context, status=status)
