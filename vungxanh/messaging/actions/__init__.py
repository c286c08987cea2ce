"""Writes of the room: messages on their way out, mails that came in."""

from vungxanh.messaging.actions.incoming import forget_incoming, receive
from vungxanh.messaging.actions.outbox import BadAddressError, deliver, forget, post, retry

__all__ = [
    "BadAddressError",
    "deliver",
    "forget",
    "forget_incoming",
    "post",
    "receive",
    "retry",
]
