"""The messaging room."""

from collections.abc import Mapping
from datetime import datetime

from django.apps import AppConfig

from vungxanh.refusals import Words


class MessagingConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.messaging"
    label = "messaging"

    def detail_words(self) -> Mapping[str, Mapping[str, Words]]:
        """The sorts of messages, as the log and the outbox name them."""
        from vungxanh.messaging.values import KIND_WORDS

        return {"kind": KIND_WORDS}

    def purge(self, at: datetime) -> int:
        """Forget messages that went, or were given up, a month ago, and mails dealt with then."""
        from vungxanh.messaging.actions import forget, forget_incoming

        return forget(at=at) + forget_incoming(at=at)
