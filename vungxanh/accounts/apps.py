"""The accounts room."""

from datetime import datetime

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.accounts"
    label = "accounts"

    def purge(self, at: datetime) -> int:
        """Forget failed sign-ins, exported files and openings whose time is over."""
        from vungxanh.accounts.actions import forget_exports, forget_failures, forget_glass

        return forget_failures(at=at) + forget_exports(at=at) + forget_glass(at=at)
