"""The people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.people"
    label = "people"
