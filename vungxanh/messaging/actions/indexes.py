"""Where digests of addresses lie, for a change of the index key."""

from vungxanh.core.index_places import Digests
from vungxanh.core.sealed_places import Place
from vungxanh.messaging.models import ADDRESS, SENDER, IncomingMail, IncomingSms, Message, OptOut


def index_places() -> tuple[Place, ...]:
    """Whom messages go to and come from, and who takes none."""
    sent = Message.objects.filter(to_index__isnull=False)
    return (
        Digests(sent.all, "to_index", ADDRESS, lambda row: row.to),
        Digests(IncomingMail.objects.all, "sender_index", SENDER, lambda row: row.sender),
        Digests(IncomingSms.objects.all, "sender_index", ADDRESS, lambda row: row.sender),
        Digests(OptOut.objects.all, "address_index", ADDRESS, lambda row: row.address),
    )
