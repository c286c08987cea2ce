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
        """Forget what went, came in or was reported, each after its time."""
        from vungxanh.messaging import actions

        forgotten = (
            actions.forget,
            actions.forget_incoming,
            actions.forget_sms,
            actions.forget_reports,
        )
        return sum(forget(at=at) for forget in forgotten)
