"""The messaging room."""

from datetime import datetime

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.messaging"
    label = "messaging"

    def purge(self, at: datetime) -> int:
        """Forget messages that went, or were given up, a month ago."""
        from vungxanh.messaging.actions import forget

        return forget(at=at)
