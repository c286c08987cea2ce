"""Reading accounts."""

from vungxanh.accounts.queries.areas import lies_in
from vungxanh.accounts.queries.authorising import Place, authorised
from vungxanh.accounts.queries.devices import device_viewer
from vungxanh.accounts.queries.factors import factor_rows, factors_of
from vungxanh.accounts.queries.glass import opening_of
from vungxanh.accounts.queries.staff import own_card, ref_of, staff_card, viewer_for

__all__ = [
    "Place",
    "authorised",
    "device_viewer",
    "factor_rows",
    "factors_of",
    "lies_in",
    "opening_of",
    "own_card",
    "ref_of",
    "staff_card",
    "viewer_for",
]
