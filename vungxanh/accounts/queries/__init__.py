"""Reading accounts."""

from vungxanh.accounts.queries.areas import lies_in
from vungxanh.accounts.queries.authorising import authorised
from vungxanh.accounts.queries.devices import device_viewer
from vungxanh.accounts.queries.factors import factor_rows, factors_of
from vungxanh.accounts.queries.glass import opening_of
from vungxanh.accounts.queries.listing import in_reach, invitations, staff_list, units_within
from vungxanh.accounts.queries.reading import Place, may_read, readable, readable_units
from vungxanh.accounts.queries.recovery import asker, askers, colleagues, may_vouch
from vungxanh.accounts.queries.sessions import (
    going_on,
    idle_limit,
    session_viewer,
    session_with,
    sessions_of,
    why_over,
)
from vungxanh.accounts.queries.staff import (
    account_behind,
    card_of,
    own_card,
    place_of,
    reached,
    ref_of,
    staff_card,
    staff_in_reach,
    viewer_for,
)
from vungxanh.accounts.queries.unit_texts import UnitTextError, units_of_text, written

__all__ = [
    "Place",
    "UnitTextError",
    "account_behind",
    "asker",
    "askers",
    "authorised",
    "card_of",
    "colleagues",
    "device_viewer",
    "factor_rows",
    "factors_of",
    "going_on",
    "idle_limit",
    "in_reach",
    "invitations",
    "lies_in",
    "may_read",
    "may_vouch",
    "opening_of",
    "own_card",
    "place_of",
    "reached",
    "readable",
    "readable_units",
    "ref_of",
    "session_viewer",
    "session_with",
    "sessions_of",
    "staff_card",
    "staff_in_reach",
    "staff_list",
    "units_of_text",
    "units_within",
    "viewer_for",
    "why_over",
    "written",
]
