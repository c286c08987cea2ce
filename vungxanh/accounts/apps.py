"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.accounts"
    label = "accounts"
