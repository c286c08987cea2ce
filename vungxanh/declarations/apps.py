"""The room of health declarations."""

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.declarations"
    label = "declarations"
