"""The accounts room."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

from vungxanh.refusals import Words

if TYPE_CHECKING:
    from vungxanh.core.sealed import IndexKey
    from vungxanh.core.sealed_places import Place
    from vungxanh.core.subjects import Store


class AccountsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.accounts"
    label = "accounts"
    # What core.reseal seals again besides sealed fields.
    sealed_json: ClassVar = (("mfa.Authenticator", "data"),)

    def index_places(self) -> "tuple[Place, ...]":
        """Digests of addresses of accounts, made again under a new index key."""
        from vungxanh.accounts.actions.indexes import index_places

        return index_places()

    def lasting_indexes(self) -> "tuple[IndexKey, ...]":
        """Secrets of links and devices, whose digests outlive the index key."""
        from vungxanh.accounts.actions.indexes import lasting_indexes

        return lasting_indexes()

    def purpose_words(self) -> Mapping[str, Words]:
        """The purposes of looking at persons, in words, for the log; those that ended too."""
        from vungxanh.accounts.queries.purposes import purposes

        return {purpose.code: purpose.words for purpose in purposes()}

    def detail_words(self) -> Mapping[str, Mapping[str, Words]]:
        """What the room's codes in the log mean, by the key of the detail; no query."""
        from vungxanh.accounts.queries.spoken import detail_words

        return detail_words()

    def message_keepers(self, at: datetime) -> tuple[str, ...]:
        """Addresses of who looks after the outbox; one query."""
        from vungxanh.accounts.queries.acting import holding

        return tuple(one.email for one in holding("messaging.manage", at=at))

    def stores(self) -> "tuple[Store, ...]":
        """Files of exported persons, which go when somebody in them is erased."""
        from vungxanh.accounts.actions.exported import ExportedFiles

        return (ExportedFiles(),)

    def purge(self, at: datetime) -> int:
        """Forget what the room keeps for a time: each action knows its own retention."""
        from vungxanh.accounts.actions import (
            forget_exports,
            forget_failures,
            forget_glass,
            forget_invitations,
            forget_recoveries,
            forget_sessions,
        )
        from vungxanh.accounts.actions.closing import forget_particulars
        from vungxanh.accounts.actions.devices import forget_devices

        forgotten = forget_failures(at=at) + forget_exports(at=at) + forget_glass(at=at)
        forgotten += forget_sessions(at=at) + forget_invitations(at=at) + forget_recoveries(at=at)
        return forgotten + forget_devices(at=at) + forget_particulars(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table; nothing is deleted."""
        from vungxanh.accounts.queries.overdue import overdue

        return overdue(at)
