"""The audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.audit"
    label = "audit"
