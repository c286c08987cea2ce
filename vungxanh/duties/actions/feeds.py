"""The secret address of somebody's calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.duties.models import CalendarFeed
from vungxanh.duties.queries.feeds import FEEDS
from vungxanh.duties.values import VIEW


def make_feed(*, by: Viewer, at: datetime) -> str:
    """A new secret for the viewer's calendar; the one before ends. Records duties.feed_made.

    The secret is shown once: only its digest is kept.
    """
    by.require(VIEW)
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        made = {"digest": FEEDS.digest(secret), "created_at": at}
        CalendarFeed.objects.update_or_create(owner=by.id, defaults=made)
        record(event="duties.feed_made", by=by, at=at, subject=by.id)
    return secret


def remove_feed(*, by: Viewer, at: datetime) -> None:
    """End the viewer's calendar address. Records duties.feed_removed."""
    with transaction.atomic():
        n_gone, _ = CalendarFeed.objects.filter(owner=by.id).delete()
        if n_gone:
            record(event="duties.feed_removed", by=by, at=at, subject=by.id)
