"""The words of purposes: those that every installation has, and those that rooms above register."""

from collections.abc import Mapping

from django.apps import apps

from vungxanh.audit.values import PURPOSES
from vungxanh.refusals import Words


def purpose_words() -> Mapping[str, Words]:
    """Words by code; a room names its own in its AppConfig's `purpose_words`, a query or none."""
    words = dict(PURPOSES)
    for room in apps.get_app_configs():
        registered = getattr(room, "purpose_words", None)
        words |= registered() if registered else {}
    return words
