"""Reading accounts."""

from vungxanh.accounts.queries.areas import lies_in
from vungxanh.accounts.queries.authorising import authorised
from vungxanh.accounts.queries.staff import own_card, ref_of, staff_card, viewer_for

__all__ = ["authorised", "lies_in", "own_card", "ref_of", "staff_card", "viewer_for"]
