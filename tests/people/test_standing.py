"""Standings and cards: written by the rooms above, ended at once, never with a reason."""

from datetime import datetime, timedelta

import pytest

from tests.factories.register import AT, a_neighbour
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.models import Card, Person, Standing
from vungxanh.people.values.standing import Class, Colour, NewCard, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def give(person: Person, cls: Class = Class.CONTACT, ends_at: datetime | None = None) -> None:
    standing = NewStanding(person.pk, cls, AT, ends_at, "case:1")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)


def test_one_source_gives_one_standing_which_it_may_change() -> None:
    person = a_neighbour()
    give(person)
    give(person, Class.QUARANTINED)
    assert [row.cls for row in Standing.objects.all()] == ["quarantined"]


def test_a_standing_keeps_the_person_until_long_after_its_end() -> None:
    person = a_neighbour()
    give(person, ends_at=AT + timedelta(days=400))
    person.refresh_from_db()
    assert person.kept_until == (AT + timedelta(days=580)).date()


def test_an_ended_standing_ends_at_once_and_only_once() -> None:
    person = a_neighbour()
    give(person)
    at = AT + timedelta(days=1)
    assert actions.end_standing(person=person.pk, source="case:1", by=SYSTEM, at=at)
    assert Standing.objects.get().ends_at == at
    assert not actions.end_standing(person=person.pk, source="case:1", by=SYSTEM, at=at)


def test_a_new_card_takes_the_place_of_the_old_and_goes_when_it_is_taken_away() -> None:
    person = a_neighbour()
    for colour in (Colour.GREEN, Colour.RED):
        card = NewCard(person.pk, colour, AT, AT + timedelta(days=3), "declaration:1")
        actions.write_card(card=card, by=SYSTEM, at=AT)
    assert Card.objects.get().colour == "red"
    actions.end_card(person=person.pk, by=SYSTEM, at=AT)
    assert not Card.objects.exists()
