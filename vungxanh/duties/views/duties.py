"""Duties as they were written down: the list, one of them, its end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vungxanh.accounts.queries.acting import roles_with
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.paging import pages_of
from vungxanh.duties import actions, queries
from vungxanh.duties.forms import EndForm
from vungxanh.duties.queries import DutyLine
from vungxanh.duties.values import MANAGE, SOURCE_WORDS, VIEW
from vungxanh.duties.views.shown import all_shown, refuse, said, schedule_words

ENDED = "da-ket-thuc"


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is owed in my area and by it; those that ended apart."""
    viewer = viewer_of(request)
    has_ended = request.GET.get("xem") == ENDED
    page = queries.duties(viewer, page=request.GET.get("trang", 1), has_ended=has_ended)
    context = {
        "rows": [_row(one) for one in page],
        "has_ended": has_ended,
        "views": [
            {"label": _("Đang theo dõi"), "url": "?", "current": not has_ended},
            {"label": _("Đã kết thúc"), "url": f"?xem={ENDED}", "current": has_ended},
        ],
        "manages": viewer.may(MANAGE),
        **pages_of(page, {"xem": ENDED if has_ended else ""}),
    }
    return render(request, "duties/list.html", context)


@never_cache
@require_safe
def duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """One, with every time that it fell due."""
    viewer, at = viewer_of(request), clock.now()
    line = queries.duty(duty_id, viewer=viewer)
    page = queries.for_duty(duty_id, viewer=viewer, at=at, page=request.GET.get("trang", 1))
    may = queries.rights(line.holder, line.owed_to, viewer=viewer)
    context = {
        "row": _row(line),
        "times": all_shown(page, at),
        "can_end": may.settles and line.ended_at is None,
        **pages_of(page),
    }
    return render(request, "duties/duty.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Owe it no longer, with a reason."""
    viewer = viewer_of(request)
    line = queries.duty(duty_id, viewer=viewer)
    if not queries.rights(line.holder, line.owed_to, viewer=viewer).settles:
        raise MissingError
    form, status = EndForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                actions.end_duty(duty_id=duty_id, reason=reason, by=viewer, at=clock.now())
            except actions.DutyError as refusal:
                refuse(form, refusal)
                status = status_of(refusal)
            else:
                messages.success(request, _("Đã kết thúc. Các lần chưa đến hạn đã hủy."))
                return redirect("duties-duty", duty_id)
    context = {"row": _row(line), "form": form}
    return render(request, "duties/end.html", context, status=status)


def _row(line: DutyLine) -> dict[str, object]:
    roles = dict(roles_with(VIEW))
    words = roles.get(line.holder.role)
    return {
        "line": line,
        "when": schedule_words(line.schedule),
        "role": said(words) if words else line.holder.role,
        "source": f"{said(SOURCE_WORDS[line.source_kind])}: {line.source}",
    }
