"""The directives room."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.directives"
    label = "directives"
