"""Sessions: begun, seen, carried on under a new key, ended."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from vungxanh.accounts.models import ADDRESSES, SESSIONS, Staff, StaffSession
from vungxanh.accounts.models.sessions import KEPT
from vungxanh.accounts.queries import ref_of, staff_in_reach
from vungxanh.accounts.rules import LONGEST, SEEN_EVERY, Why, browser_of
from vungxanh.accounts.values import Browser
from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer


def start_session(*, staff: Staff, browser: Browser, at: datetime) -> StaffSession:
    """Keep that somebody is signed in; the sign-in itself is recorded where it is proved."""
    row = StaffSession(
        key=SESSIONS.digest(browser.key),
        staff=staff,
        started_at=at,
        seen_at=at,
        address=ADDRESSES.digest(browser.address),
        browser=browser_of(browser.user_agent),
        factor=browser.factor,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # two requests of one browser came at once, the other was first
        return StaffSession.objects.select_related("staff").get(key=row.key)
    return row


def note_seen(*, session: StaffSession, at: datetime) -> None:
    """Keep when the session was last used, at most once a minute."""
    if at - session.seen_at >= SEEN_EVERY:
        StaffSession.objects.filter(pk=session.pk, seen_at__lt=at).update(seen_at=at)


def carry_on(*, session: StaffSession, key: str, factor: str) -> None:
    """Keep the session's new key and the second factor shown in it, where they changed."""
    digest = SESSIONS.digest(key)
    if bytes(session.key) != digest or session.factor != factor:
        StaffSession.objects.filter(pk=session.pk).update(key=digest, factor=factor)


def close_session(*, session: StaffSession, why: Why, at: datetime) -> None:
    """Keep that a session ended by itself or by signing out.

    Records accounts.session_ended, but for signing out, which is recorded on its own.
    """
    with transaction.atomic():
        ended = _end(Q(pk=session.pk), why, at)
        if ended and why is not Why.SIGNED_OUT:
            _record(session.staff, why, ended, by=SYSTEM, at=at)


def revoke_session(*, session_id: UUID, by: Viewer, at: datetime) -> None:
    """End one session, one's own or of somebody in the own area; records accounts.session_ended.

    Its browser is signed out with its next request.
    """
    row = StaffSession.objects.select_related("staff").filter(pk=session_id).first()
    if row is None:
        raise MissingError
    staff_in_reach(ref_of(row.staff), viewer=by)
    with transaction.atomic():
        if _end(Q(pk=session_id), Why.REVOKED, at):
            _record(row.staff, Why.REVOKED, 1, by=by, at=at)


def revoke_others(*, ref: str, keep: UUID | None, by: Viewer, at: datetime) -> int:
    """End every session of an account but the one to keep; records accounts.session_ended.

    Returns how many ended.
    """
    staff = staff_in_reach(ref, viewer=by)
    return end_sessions(staff=staff, why=Why.REVOKED, by=by, at=at, keep=keep)


def end_sessions(
    *, staff: Staff, why: Why, by: Viewer, at: datetime, keep: UUID | None = None
) -> int:
    """End the sessions of an account, for whatever reason; records accounts.session_ended."""
    with transaction.atomic():
        n_ended = _end(Q(staff=staff) & ~Q(pk=keep), why, at)
        if n_ended:
            _record(staff, why, n_ended, by=by, at=at)
    return n_ended


def forget_sessions(*, at: datetime) -> int:
    """Delete sessions past their retention; returns how many."""
    long_ago = at - KEPT.period
    left = Q(ended_at__isnull=True, started_at__lt=long_ago - LONGEST)
    return int(StaffSession.objects.filter(Q(ended_at__lt=long_ago) | left).delete()[0])


def _end(chosen: Q, why: Why, at: datetime) -> int:
    return int(StaffSession.objects.filter(chosen, ended_at=None).update(ended_at=at, why=why))


def _record(staff: Staff, why: Why, n_ended: int, *, by: Viewer, at: datetime) -> None:
    detail: dict[str, str | int | None] = {"why": str(why), "sessions": n_ended}
    record(event="accounts.session_ended", by=by, at=at, subject=ref_of(staff), detail=detail)
