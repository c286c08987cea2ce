"""The room of control points."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig

from vungxanh.core.subjects import HeldLine, Rows, Subject

if TYPE_CHECKING:
    from vungxanh.core.sealed_places import Place
    from vungxanh.messaging.values.templates import Template
    from vungxanh.refusals import Words


class CheckinsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.checkins"
    label = "checkins"
    # Posters hang for years: so long a former key goes on to prove them.
    codes_live = timedelta(days=5 * 365)

    def index_places(self) -> "tuple[Place, ...]":
        """The digests of contacts' numbers, for a change of the index key."""
        from vungxanh.checkins.actions.indexes import index_places

        return index_places()

    def detail_words(self) -> "Mapping[str, Mapping[str, Words]]":
        """Who brought a point in, as the log names it."""
        from vungxanh.checkins.values.kinds import VIA_WORDS

        return {"via": {str(via): words for via, words in VIA_WORDS.items()}}

    def held(self, subject: Subject, at: datetime) -> Iterable[HeldLine]:
        """Points that somebody owns, those that name them, and their draft."""
        from vungxanh.checkins.queries.held import held

        return held(subject)

    def export(self, subject: Subject) -> Rows:
        """The same, whole."""
        from vungxanh.checkins.queries.held import export

        return export(subject)

    def erase(self, subject: Subject, at: datetime) -> Mapping[str, int]:
        """Take them out; their points stay without owner and contact."""
        from vungxanh.checkins.actions.erasing import erase

        return erase(subject=subject, at=at)

    def left(self, subject: Subject) -> Mapping[str, int]:
        """What is still found of somebody."""
        from vungxanh.checkins.queries.held import left

        return left(subject)

    def purge(self, at: datetime) -> int:
        """Let go of people in points closed long ago, of drafts, spreadsheets, photos, posters."""
        from vungxanh.checkins.actions.purging import purge

        return purge(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table."""
        from vungxanh.checkins.queries.purging import overdue

        return overdue(at)

    def message_templates(self) -> "tuple[Template, ...]":
        """What this room tells owners of points by message."""
        from vungxanh.checkins.queries.messages import message_templates

        return message_templates()
