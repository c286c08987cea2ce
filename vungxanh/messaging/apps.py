"""The messaging room."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.refusals import Words

if TYPE_CHECKING:
    from vungxanh.core.sealed_places import Place


class MessagingConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.messaging"
    label = "messaging"

    def index_places(self) -> "tuple[Place, ...]":
        """Digests of addresses, made again under a new index key."""
        from vungxanh.messaging.actions.indexes import index_places

        return index_places()

    def detail_words(self) -> Mapping[str, Mapping[str, Words]]:
        """The sorts of messages, as the log and the outbox name them."""
        from vungxanh.messaging.values import KIND_WORDS

        return {"kind": KIND_WORDS}

    def purge(self, at: datetime) -> int:
        """Forget what went, its words before it, what came in or was reported, each in its time."""
        from vungxanh.messaging import actions

        forgotten = (
            actions.forget,
            actions.erase_texts,
            actions.forget_incoming,
            actions.forget_sms,
            actions.forget_reports,
        )
        return sum(forget(at=at) for forget in forgotten)

    def held(self, subject: Subject, at: datetime) -> Iterable[HeldLine]:
        """Messages to and from somebody."""
        from vungxanh.messaging.queries.held import held

        return held(subject)

    def export(self, subject: Subject) -> Rows:
        """The same, with their words where they are still kept."""
        from vungxanh.messaging.queries.held import export

        return export(subject)

    def erase(self, subject: Subject, at: datetime) -> Mapping[str, int]:
        """Delete them."""
        from vungxanh.messaging.actions.erasing import erase

        return erase(subject=subject)

    def left(self, subject: Subject) -> Mapping[str, int]:
        """What is still found of somebody."""
        from vungxanh.messaging.queries.held import left

        return left(subject)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table; nothing is deleted."""
        from vungxanh.messaging.queries.overdue import overdue

        return overdue(at)
