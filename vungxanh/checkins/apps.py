"""The room of control points."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig

from vungxanh.core.subjects import HeldLine, Rows, Subject

if TYPE_CHECKING:
    from vungxanh.core.sealed_places import Place
    from vungxanh.messaging.values import Asked, Taken
    from vungxanh.messaging.values.templates import Template
    from vungxanh.people.values.own_day import DayLine
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
        """Points that somebody owns, those that name them, their draft, their scans."""
        from vungxanh.checkins.queries.held import held
        from vungxanh.checkins.queries.held_scans import held_scans

        return (*held(subject), *held_scans(subject))

    def export(self, subject: Subject) -> Rows:
        """The same, whole."""
        from vungxanh.checkins.queries.held import export
        from vungxanh.checkins.queries.held_scans import export_scans

        return {**export(subject), **export_scans(subject)}

    def erase(self, subject: Subject, at: datetime) -> Mapping[str, int]:
        """Take them out; their points stay without owner and contact."""
        from vungxanh.checkins.actions.erasing import erase
        from vungxanh.checkins.actions.erasing_scans import erase_scans

        return {**erase(subject=subject, at=at), **erase_scans(subject=subject, at=at)}

    def absorb(self, absorbed: int, kept: int, at: datetime) -> int:
        """Give somebody's scans to the person who they turned out to be."""
        from vungxanh.checkins.actions.erasing_scans import absorb

        return absorb(absorbed=absorbed, kept=kept, at=at)

    def left(self, subject: Subject) -> Mapping[str, int]:
        """What is still found of somebody."""
        from vungxanh.checkins.queries.held import left
        from vungxanh.checkins.queries.held_scans import scans_left

        return {**left(subject), **scans_left(subject)}

    def purge(self, at: datetime) -> int:
        """Let go of scans, people in points closed long ago, drafts, spreadsheets and so on."""
        from vungxanh.checkins.actions.purging import purge

        return purge(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table."""
        from vungxanh.checkins.queries.purging import overdue

        return overdue(at)

    def take_sms(
        self, *, asked: "Asked", sender: str, original: UUID, at: datetime
    ) -> "Taken | None":
        """Visits told by SMS."""
        from vungxanh.checkins.actions.sms_visits import take_visit

        return take_visit(asked=asked, sender=sender, original=original, at=at)

    def own_day(self, person_id: int, at: datetime) -> "tuple[DayLine, ...]":
        """Today's visits, for the first page of a citizen's phone."""
        from vungxanh.checkins.queries.own_day import own_day

        return own_day(person_id, at)

    def message_templates(self) -> "tuple[Template, ...]":
        """What this room tells owners of points by message."""
        from vungxanh.checkins.queries.messages import message_templates

        return message_templates()
