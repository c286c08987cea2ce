"""The accounts room."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.apps import AppConfig

from vungxanh.refusals import Words


class AccountsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.accounts"
    label = "accounts"
    # What core.reseal seals again besides sealed fields.
    sealed_json: ClassVar = (("mfa.Authenticator", "data"),)

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
        from vungxanh.accounts.actions.devices import forget_devices

        forgotten = forget_failures(at=at) + forget_exports(at=at) + forget_glass(at=at)
        forgotten += forget_sessions(at=at) + forget_invitations(at=at) + forget_recoveries(at=at)
        return forgotten + forget_devices(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table; nothing is deleted."""
        from vungxanh.accounts.queries.overdue import overdue

        return overdue(at)
