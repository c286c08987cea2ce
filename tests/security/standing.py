"""The site that is attacked: its people, one of everything, every door."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import unwrap

from django.test import Client

from tests.factories import places
from tests.factories.resource import registered
from tests.security.counting import Tries, together
from tests.security.doors import Door, door, entries
from tests.security.objects import accounts, things
from tests.security.scene import GROUND, People, people, rolled_back
from vungxanh.core.clock import frozen_at

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Scene:
    """The people of the attacks, and every door."""

    people: People
    doors: list[Door]

    def tries(self, attack: Callable[[Door, Client], Tries], client: Client) -> Tries:
        """One attack on every door."""
        return together(attack(one, client) for one in self.doors)


@contextmanager
def standing() -> Iterator[Scene]:
    """One of everything in Quy Nhơn, taken back after all attacks, which left it unharmed."""
    with registered(accounts.LISTED), frozen_at(NOON), rolled_back():
        unwrap(places.places_of_both_eras)(unwrap(places.places)(None))
        found = people()
        made = things(found.owner)
        GROUND.keep()
        yield Scene(found, [door(entry, made) for entry in entries()])
        assert GROUND.is_unharmed()
