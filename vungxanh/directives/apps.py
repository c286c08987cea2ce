"""The directives room."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

from vungxanh.refusals import Words

if TYPE_CHECKING:
    from vungxanh.core.sealed_places import Place


class DirectivesConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.directives"
    label = "directives"

    def index_places(self) -> "tuple[Place, ...]":
        """Digests of letters, made again under a new index key."""
        from vungxanh.directives.actions.indexes import index_places

        return index_places()

    def detail_words(self) -> Mapping[str, Mapping[str, Words]]:
        """What was done to items of letters, as the log names it."""
        from vungxanh.directives.values.changes import CHANGE_WORDS

        return {"kind": {str(kind): words for kind, words in CHANGE_WORDS.items()}}

    def purge(self, at: datetime) -> int:
        """Forget letters that were discarded a month ago."""
        from vungxanh.directives.actions.forgetting import forget_discarded

        return forget_discarded(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table; nothing is deleted."""
        from vungxanh.directives.actions.forgetting import past

        return {"directives_receivedletter": past(at).count()}
