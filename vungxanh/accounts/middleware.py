"""Gives each request its viewer, and keeps the list of sessions true."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from vungxanh.accounts import actions
from vungxanh.accounts.models import Staff, StaffSession
from vungxanh.accounts.queries import (
    idle_limit,
    session_viewer,
    session_with,
    why_over,
)
from vungxanh.accounts.rules import FACTOR, Why, capabilities
from vungxanh.accounts.values import Browser
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import wants_json
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import PUBLIC, ForbiddenError
from vungxanh.refusals import Words


class ViewerMiddleware:
    """Sets `request.viewer` by the session; a request without one asks the database nothing.

    Enrolled devices are let in after it, by `api.DeviceMiddleware`.

    Whoever is signed in gets answers that no cache and no "back" button keeps. What was read
    through broken glass is recorded before the answer leaves: without the record, no answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the viewer, pass the request on, and keep what became of the session."""
        at = clock.now()
        session = _going_on(request, at)
        _see(request, session, at)
        response = self.get_response(request)
        actions.note_glass(viewer=viewer_of(request), at=at)
        is_private = session is not None or viewer_of(request).is_signed_in
        _settle(request, session, at)
        if is_private:
            response["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Lead somebody whose right waits for the second factor to where it is shown."""
        if not isinstance(error, ForbiddenError) or wants_json(request):
            return None
        viewer = viewer_of(request)
        waits = not viewer.capabilities and error.capability in capabilities(viewer.roles)
        return redirect("factors") if waits else None


def _see(request: HttpRequest, session: StaffSession | None, at: datetime) -> None:
    viewer = PUBLIC
    if session is not None:
        request.user = session.staff
        viewer = session_viewer(session, factor=request.session.get(FACTOR), at=at)
    request.viewer = viewer  # type: ignore[attr-defined]
    request.staff_session = session  # type: ignore[attr-defined]


def _going_on(request: HttpRequest, at: datetime) -> StaffSession | None:
    """The session of a request, if it may go on; one that may not is ended and told so."""
    key = request.session.session_key
    if key is None or SESSION_KEY not in request.session:
        return None
    session = session_with(key) or _first_seen(request, key, at)
    if session is None:
        return None
    why = why_over(session, at) or _broken(request, session)
    if why is None:
        actions.note_seen(session=session, at=at)
        return session
    actions.close_session(session=session, why=why, at=at)
    logout(request)
    _say(request, why)
    return None


def _first_seen(request: HttpRequest, key: str, at: datetime) -> StaffSession | None:
    """A session that nobody has kept yet, as those begun before sessions were kept."""
    user = request.user
    return _start(request, user, key=key, at=at) if isinstance(user, Staff) else None


def _start(request: HttpRequest, staff: Staff, *, key: str, at: datetime) -> StaffSession:
    browser = Browser(
        key=key,
        address=str(request.META.get("REMOTE_ADDR", "")),
        user_agent=request.headers.get("User-Agent", ""),
        factor=request.session.get(FACTOR, ""),
    )
    return actions.start_session(staff=staff, browser=browser, at=at)


def _broken(request: HttpRequest, session: StaffSession) -> Why | None:
    """A session is of one account and one password: a new password ends all others."""
    kept = request.session
    is_whole = kept.get(SESSION_KEY) == str(session.staff_id) and constant_time_compare(
        kept.get(HASH_SESSION_KEY, ""), session.staff.get_session_auth_hash()
    )
    return None if is_whole else Why.PASSWORD


def _settle(request: HttpRequest, session: StaffSession | None, at: datetime) -> None:
    """Keep what the view did: signed in, signed out, another key, another factor."""
    kept = request.session
    if not kept.modified:
        return
    key = kept.session_key
    is_same = session is not None and kept.get(SESSION_KEY) == str(session.staff_id)
    if session is not None and not is_same:
        actions.close_session(session=session, why=Why.SIGNED_OUT, at=at)
    if key is None or SESSION_KEY not in kept:
        return
    if session is not None and is_same:
        actions.carry_on(session=session, key=key, factor=kept.get(FACTOR, ""))
    elif isinstance(request.user, Staff):
        _start(request, request.user, key=key, at=at)


def _say(request: HttpRequest, why: Why) -> None:
    """Tell kindly why the session is over."""
    words = _words(why)
    if words:
        text = words.in_language(reader_language())
        if request.method == "POST":
            text = f"{text} {_LOST.in_language(reader_language())}"
        messages.info(request, text, fail_silently=True)


def _words(why: Why) -> Words | None:
    minutes = round(idle_limit().total_seconds() / 60)
    said = {
        Why.IDLE: Words(
            vi=f"Hết phiên vì không dùng {minutes} phút. Đăng nhập lại để làm tiếp.",
            en=f"The session ended after {minutes} minutes without use. Sign in to go on.",
        ),
        Why.TOO_LONG: Words(
            vi="Hết phiên sau 12 giờ. Đăng nhập lại để làm tiếp.",
            en="The session ended after 12 hours. Sign in to go on.",
        ),
        Why.REVOKED: Words(
            vi="Phiên này đã được kết thúc từ nơi khác.", en="This session was ended elsewhere."
        ),
        Why.PASSWORD: Words(
            vi="Mật khẩu đã đổi. Đăng nhập bằng mật khẩu mới.",
            en="The password has changed. Sign in with the new one.",
        ),
        Why.RECOVERY: Words(
            vi="Bước hai cũ đã được gỡ. Đăng nhập lại để lập bước hai mới.",
            en="The second factor was removed. Sign in to enrol a new one.",
        ),
        Why.CLOSED: Words(
            vi="Tài khoản đã khóa hoặc hết hạn. Liên hệ người quản trị của đơn vị.",
            en="The account is locked or has ended. Ask your unit's administrator.",
        ),
    }
    return said.get(why)


_LOST = Words(vi="Nội dung vừa nhập chưa được lưu.", en="What you had just entered was not stored.")
