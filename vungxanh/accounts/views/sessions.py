"""Where I am signed in, ending sessions, and changing the user of a shared computer."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.models import StaffSession
from vungxanh.accounts.queries import idle_limit, sessions_of
from vungxanh.accounts.values import STAFF, SessionLine
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import reader_language


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in, with a button to end each session."""
    viewer, this = viewer_of(request), this_session(request)
    lines = sessions_of(viewer.id, viewer=viewer, at=clock.now(), this=this)
    context = {
        "sessions": rows(lines),
        "n_others": sum(not line.is_this for line in lines),
        "idle_minutes": round(idle_limit().total_seconds() / 60),
    }
    return render(request, "accounts/sessions.html", context)


@require_POST
def end(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """End one of my sessions."""
    actions.revoke_session(session_id=session_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã kết thúc phiên đó."))
    return redirect("sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    viewer = viewer_of(request)
    n_ended = actions.revoke_others(
        ref=viewer.id, keep=this_session(request), by=viewer, at=clock.now()
    )
    messages.success(request, ended_words(n_ended))
    return redirect("sessions")


@require_POST
def end_of_staff(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """End sessions of somebody in the own area: one that is named, or all."""
    viewer, at = viewer_of(request), clock.now()
    chosen = request.POST.get("session", "")
    if chosen:
        actions.revoke_session(session_id=_uuid(chosen), by=viewer, at=at)
        messages.success(request, _("Đã kết thúc phiên đó."))
    else:
        n_ended = actions.revoke_others(ref=f"{STAFF}{staff_id}", keep=None, by=viewer, at=at)
        messages.success(request, ended_words(n_ended))
    return redirect("staff", staff_id)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """End the session and leave nothing of it in the browser, for the next person at the desk.

    `Clear-Site-Data` works on HTTPS and this machine; the cookies are also taken one by one.
    """
    viewer = viewer_of(request)
    if viewer.is_signed_in:
        actions.sign_out(by=viewer, at=clock.now())
    logout(request)
    response = redirect("sign-in")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Cache-Control"] = "no-store"
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"):
        response.delete_cookie(name, samesite="Lax")
    return response


def this_session(request: HttpRequest) -> UUID | None:
    """The id of the session that asks."""
    found = getattr(request, "staff_session", None)
    return found.pk if isinstance(found, StaffSession) else None


def rows(lines: tuple[SessionLine, ...]) -> list[dict[str, object]]:
    """Sessions in words."""
    language = reader_language()
    factors = {
        "totp": _("ứng dụng mã"),
        "passkey": _("khóa"),
        "recovery": _("mã dự phòng"),
    }
    return [
        {
            "line": line,
            "browser": line.browser.in_language(language),
            "factor": factors.get(line.factor, _("mật khẩu")),
        }
        for line in lines
    ]


def ended_words(n_ended: int) -> str:
    """How many sessions ended."""
    if not n_ended:
        return _("Không còn phiên nào khác.")
    return ngettext("Đã kết thúc %(n)s phiên.", "Đã kết thúc %(n)s phiên.", n_ended) % {
        "n": n_ended
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
