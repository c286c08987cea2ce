"""Reading sessions: the one behind a request, and those of an account."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from vungxanh.accounts.models import SESSIONS, BrokenGlass, StaffSession
from vungxanh.accounts.queries.glass import opening_of
from vungxanh.accounts.queries.staff import staff_in_reach, viewer_for
from vungxanh.accounts.rules import LONGEST, Lifetime, Why, browser_words, must_prove
from vungxanh.accounts.values import STAFF, SessionLine
from vungxanh.core.viewer import Viewer


def idle_limit() -> timedelta:
    """How long a session may lie unused."""
    return timedelta(minutes=settings.IDLE_MINUTES)


def session_with(key: str) -> StaffSession | None:
    """The session that has this key, with its account; one query.

    `has_opening` on it tells whether its holder may have broken the glass, so that only they cost
    the query that reads the opening.
    """
    ref = Concat(Value(STAFF), Cast(OuterRef("staff_id"), CharField()))
    openings = BrokenGlass.objects.filter(by=ref, ended_at__isnull=True)
    return (
        StaffSession.objects.select_related("staff")
        .annotate(has_opening=Exists(openings))
        .filter(key__in=SESSIONS.digests(key))
        .first()
    )


def session_viewer(session: StaffSession, *, factor: str | None, at: datetime) -> Viewer:
    """Who is looking in a session: by the account, the factor shown and the glass broken.

    Without the second factor that the roles need, the viewer has no capability.
    """
    staff = session.staff
    viewer = viewer_for(staff)
    if must_prove(staff.roles, factor, is_demo=staff.is_demo):
        return replace(viewer, capabilities=frozenset())
    opening = opening_of(viewer.id, at) if getattr(session, "has_opening", False) else None
    if opening is None:
        return viewer
    return replace(viewer, opened=opening.units, glass=str(opening.id), purpose=opening.purpose)


def why_over(session: StaffSession, at: datetime) -> Why | None:
    """Why a session may not go on: it was ended, its account is closed, or its time is over."""
    if session.ended_at is not None:
        return Why(session.why)
    ends_at = session.staff.ends_at
    if not session.staff.is_active or (ends_at is not None and ends_at <= at):
        return Why.CLOSED
    return Lifetime(session.started_at, session.seen_at, idle_limit()).over(at)


def going_on(at: datetime) -> QuerySet[StaffSession]:
    """The sessions that neither ended nor ran out."""
    return StaffSession.objects.filter(
        ended_at__isnull=True, seen_at__gte=at - idle_limit(), started_at__gte=at - LONGEST
    )


def sessions_of(
    ref: str, *, viewer: Viewer, at: datetime, this: UUID | None = None
) -> tuple[SessionLine, ...]:
    """Where somebody is signed in, last used first; for themselves and their administrators."""
    staff = staff_in_reach(ref, viewer=viewer)
    rows = going_on(at).filter(staff=staff).order_by("-seen_at", "-id")
    return tuple(_line(row, this) for row in rows)


def _line(row: StaffSession, this: UUID | None) -> SessionLine:
    return SessionLine(
        id=row.id,
        browser=browser_words(row.browser),
        started_at=row.started_at,
        seen_at=row.seen_at,
        factor=row.factor,
        is_this=row.id == this,
    )
