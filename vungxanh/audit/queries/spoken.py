"""The words of codes in the log: those of every installation, and those that rooms register."""

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


def detail_words() -> Mapping[str, Mapping[str, Words]]:
    """Words of values by key of the detail and code; no query.

    A room names those that it records in its AppConfig's `detail_words`.
    """
    words: dict[str, dict[str, Words]] = {}
    for room in apps.get_app_configs():
        registered = getattr(room, "detail_words", None)
        for key, known in (registered() if registered else {}).items():
            words.setdefault(key, {}).update(known)
    return words
