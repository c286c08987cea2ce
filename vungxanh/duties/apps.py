"""The duties room."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.duties"
    label = "duties"
