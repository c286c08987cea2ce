"""The accounts room."""

from datetime import datetime

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.accounts"
    label = "accounts"

    def purge(self, at: datetime) -> int:
        """Forget counts of failed sign-ins whose day is over."""
        from vungxanh.accounts.actions import forget_failures

        return forget_failures(at=at)
