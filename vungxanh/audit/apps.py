"""The audit room."""

from datetime import datetime

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.audit"
    label = "audit"

    def purge(self, at: datetime) -> int:
        """Take away the rows of days past their time; their signatures stay."""
        from vungxanh.audit.actions import purge_days

        return purge_days(at=at)
