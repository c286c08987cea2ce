"""The number that people send SMS to."""

from django.conf import settings


def number_taken() -> str:
    """A short code or a telephone number; empty where SMS come in by none, or under a name."""
    sender = settings.SMS.sender
    return sender if sender.removeprefix("+").isdecimal() else ""
