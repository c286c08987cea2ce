"""The core room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.core"
    label = "core"
