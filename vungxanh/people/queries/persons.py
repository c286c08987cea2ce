"""Rows of persons, opened only where somebody may look."""

from vungxanh.core.envelope import Envelope, opened
from vungxanh.people.models import Person


def envelope_of(person: Person) -> Envelope:
    """The person's own key, opened; no query."""
    return opened(bytes(person.key))
