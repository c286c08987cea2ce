"""The uptake room."""

from django.apps import AppConfig


class UptakeConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.uptake"
    label = "uptake"
