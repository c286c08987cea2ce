"""The locations room."""

from django.apps import AppConfig


class LocationsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.locations"
    label = "locations"
