"""The people room."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig

if TYPE_CHECKING:
    from vungxanh.accounts.values.exports import PersonList
    from vungxanh.accounts.values.purposes import CampaignBasis

from vungxanh.core.subjects import HeldLine, Rows, Subject

if TYPE_CHECKING:
    from vungxanh.core.sealed import IndexKey
    from vungxanh.core.sealed_places import Place
    from vungxanh.core.upkeep import Purged
    from vungxanh.messaging.values.templates import Template


class PeopleConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.people"
    label = "people"
    # Where keys of persons lie wrapped, for a change of the key above them.
    envelopes = (("people.Person", "key"),)

    def index_places(self) -> "tuple[Place, ...]":
        """Digests of numbers and search tokens, made again under a new index key."""
        from vungxanh.people.actions.indexes import index_places

        return index_places()

    def lasting_indexes(self) -> "tuple[IndexKey, ...]":
        """Tokens of devices, whose digests outlive the index key under a key of their own."""
        from vungxanh.people.models import TOKENS

        return (TOKENS,)

    @property
    def codes_live(self) -> timedelta:
        """How long a code signed today may be shown: the printed one, longest."""
        from vungxanh.people.actions.personal_codes import CARD_LIVES

        return CARD_LIVES

    @property
    def person_lists(self) -> "dict[str, PersonList]":
        """The lists of persons that officers may export; no query."""
        from vungxanh.people.overview.officers_lists import person_lists

        return person_lists()

    def held(self, subject: Subject, at: datetime) -> Iterable[HeldLine]:
        """What the register keeps of somebody."""
        from vungxanh.people.queries.held import own_held

        return own_held(subject, at)

    def export(self, subject: Subject) -> Rows:
        """The same, whole and opened."""
        from vungxanh.people.queries.held import own_export

        return own_export(subject)

    def erase(self, subject: Subject, at: datetime) -> Mapping[str, int]:
        """Take somebody out of the register and of the live counts."""
        from vungxanh.people.actions.erasing import erase_own

        return erase_own(subject)

    def left(self, subject: Subject) -> Mapping[str, int]:
        """What still points at somebody, in the tables of every room."""
        from vungxanh.people.queries.held import own_left

        return own_left(subject)

    def purge(self, at: datetime) -> int:
        """Let go what is past its time, persons from every room."""
        from vungxanh.people.actions.purging import purge

        return sum(purge(at=at).values())

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table."""
        from vungxanh.people.queries.purging import overdue

        return overdue(at)

    def keep_proof(self, *, purged: "Purged") -> UUID:
        """Keep what a night's purge did in every room."""
        from vungxanh.people.actions.purging import keep_proof

        return keep_proof(purged=purged)

    def processing_bases(self, day: date) -> "Iterable[CampaignBasis]":
        """The laws that campaigns rest on without consent, for the public page."""
        from vungxanh.people.queries.bases import told_on

        return told_on(day)

    def message_templates(self) -> "tuple[Template, ...]":
        """What this room tells people by message."""
        from vungxanh.people.queries.messages import message_templates

        return message_templates()
