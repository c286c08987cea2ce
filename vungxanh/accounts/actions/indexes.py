"""Where the room's digests lie, for a change of the index key."""

from vungxanh.accounts.models import EMAIL_INDEX, TOKENS, Invitation, Staff
from vungxanh.accounts.models import devices as enrolled
from vungxanh.core.index_places import Digests
from vungxanh.core.sealed import IndexKey
from vungxanh.core.sealed_places import Place


def index_places() -> tuple[Place, ...]:
    """The addresses by which accounts and invitations are found."""
    return (
        Digests(Staff.objects.all, "email_index", EMAIL_INDEX, lambda row: row.email),
        Digests(Invitation.objects.all, "email_index", EMAIL_INDEX, lambda row: row.email),
    )


def lasting_indexes() -> tuple[IndexKey, ...]:
    """Secrets of links and devices, which only their holders have."""
    return (TOKENS, enrolled.LINKS, enrolled.TOKENS)
