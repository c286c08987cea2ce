"""Letting go of people in points closed long ago, of drafts, tables, photos, posters, scans."""

from datetime import datetime

from vungxanh.checkins.actions.door_keys import destroy_door_keys
from vungxanh.checkins.actions.photos import let_photos_go
from vungxanh.checkins.actions.point_imports import forget_tables
from vungxanh.checkins.actions.posters import forget_posters
from vungxanh.checkins.actions.scan_purging import purge_scans
from vungxanh.checkins.queries.activity import past_counts
from vungxanh.checkins.queries.door_devices import past_door_devices
from vungxanh.checkins.queries.offers import past_offers
from vungxanh.checkins.queries.purging import (
    FORGOTTEN,
    past_changes,
    past_drafts,
    past_keepers,
    past_leaving,
    past_points,
)
from vungxanh.core.viewer import SYSTEM


def purge(*, at: datetime) -> int:
    """Let go of everything of this room that is past its time; how many rows."""
    n_changes = past_changes(at).update(by=FORGOTTEN)
    n_points = past_points(at).update(
        owner=None,
        contact_name="",
        contact_phone="",
        contact_phone_index=None,
        registered_by=FORGOTTEN,
        decided_by=FORGOTTEN,
    )
    past = (
        past_keepers(at),
        past_offers(at),
        past_drafts(at),
        past_leaving(at),
        past_door_devices(),
    )
    n_gone = sum(rows.delete()[0] for rows in (*past, *past_counts(at))) + forget_tables(at=at)
    n_gone += purge_scans(at=at) + destroy_door_keys(by=SYSTEM, at=at)
    return n_changes + n_points + n_gone + let_photos_go(at=at) + forget_posters(at=at)
