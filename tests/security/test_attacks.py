"""Every URL of the table, attacked in every way; nothing may be found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import unwrap

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.factories import places
from tests.factories.people import PASSWORD
from tests.factories.resource import registered
from tests.security import attacks
from tests.security.counting import n_tries
from tests.security.doors import Door, Thing, door, entries, key
from tests.security.objects import accounts, things
from tests.security.scene import People, people, rolled_back
from vungxanh.accounts.models import Staff
from vungxanh.core.access import Entry
from vungxanh.core.clock import frozen_at

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ENTRIES = entries()
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
# Attacks that are really tried; a URL that goes takes those on it with it by hand.
AT_LEAST = 1784
every_url = pytest.mark.parametrize("entry", ENTRIES, ids=key)


@dataclass(frozen=True)
class Scene:
    """The people and the things of the attacks."""

    people: People
    things: list[Thing]

    def door(self, entry: Entry) -> Door:
        return door(entry, self.things)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """One of everything in Quy Nhơn, shared by all attacks and taken back after them."""
    listed, stopped = registered(accounts.LISTED), frozen_at(NOON)
    with django_db_blocker.unblock(), stopped, listed, rolled_back():
        unwrap(places.places_of_both_eras)(unwrap(places.places)(None))
        found = people()
        yield Scene(found, things(found.owner))


def test_no_fewer_attacks_are_tried_than_before(scene: Scene) -> None:
    owner = scene.people.owner.client
    doors = [scene.door(entry) for entry in ENTRIES]
    assert sum(n_tries(one, attacks.forms_there(one, owner)) for one in doors) >= AT_LEAST


@every_url
@pytest.mark.parametrize("who", ["the next district", "another province of today"])
def test_another_area_cannot_tell_what_is_there(entry: Entry, who: str, scene: Scene) -> None:
    found = scene.door(entry)
    neighbour = scene.people.neighbours[who]
    told = attacks.reveals(found, neighbour.client) if found.is_secret else ()
    assert list(told) == []


@every_url
@pytest.mark.parametrize("who", ["the next district", "another province of today"])
def test_another_area_changes_nothing(entry: Entry, who: str, scene: Scene) -> None:
    found, neighbour = scene.door(entry), scene.people.neighbours[who]
    told = () if found.is_shared else attacks.changes(found, neighbour.client)
    assert list(told) == []


@every_url
def test_a_stranger_gets_nothing(entry: Entry, scene: Scene) -> None:
    found = scene.door(entry)
    assert [*attacks.lets_in(found, Client()), *attacks.changes(found, Client())] == []


@every_url
def test_an_ended_session_opens_nothing(entry: Entry, scene: Scene) -> None:
    stale = Client()
    stale.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert list(attacks.lets_in(scene.door(entry), stale)) == []


@every_url
def test_a_locked_account_opens_nothing(entry: Entry, scene: Scene) -> None:
    with rolled_back():
        Staff.objects.filter(pk=scene.people.owner.staff.pk).update(is_active=False)
        assert list(attacks.lets_in(scene.door(entry), scene.people.owner.client)) == []


@every_url
def test_who_lacks_the_capability_changes_nothing(entry: Entry, scene: Scene) -> None:
    assert list(attacks.changes(scene.door(entry), scene.people.powerless.client)) == []


@every_url
def test_a_call_without_the_page_s_token_changes_nothing(entry: Entry, scene: Scene) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = scene.people.owner.client.cookies
    assert list(attacks.forgets_forgery(scene.door(entry), checked)) == []


@every_url
def test_reading_changes_nothing(entry: Entry, scene: Scene) -> None:
    assert list(attacks.writes_on_get(scene.door(entry), scene.people.owner.client)) == []


@every_url
def test_nothing_leads_to_another_site(entry: Entry, scene: Scene) -> None:
    assert list(attacks.leads_away(scene.door(entry), scene.people.owner.client)) == []


@every_url
def test_no_address_opens_a_file_of_the_machine(entry: Entry, scene: Scene) -> None:
    assert list(attacks.walks_out(scene.door(entry), scene.people.owner.client)) == []


@every_url
def test_pages_of_somebody_are_kept_by_no_cache(entry: Entry, scene: Scene) -> None:
    assert list(attacks.is_kept_by_caches(scene.door(entry), scene.people.owner.client)) == []


@every_url
def test_stored_words_stay_words(entry: Entry, scene: Scene) -> None:
    found = scene.door(entry)
    told = [*attacks.shows_payload(found, scene.people.owner.client)]
    assert [*told, *attacks.shows_payload(found, Client())] == []


@every_url
def test_fields_that_no_form_has_are_not_taken(entry: Entry, scene: Scene) -> None:
    found, owner = scene.door(entry), scene.people.owner.client
    assert list(attacks.takes_more(found, owner, attacks.forms_there(found, owner))) == []


def test_a_url_without_an_example_says_what_to_add() -> None:
    with pytest.raises(LookupError, match="add a Thing for it in tests/security/objects"):
        door(Entry("/x/<uuid:secret_id>/", "*", "open"), [])


def test_another_host_is_refused(scene: Scene) -> None:
    answer = attacks.sent(Client(), "GET", "/dang-nhap/", HTTP_HOST="evil.example")
    assert answer.status_code == 400


def test_a_session_from_before_sign_in_is_not_the_one_after(scene: Scene) -> None:
    said = {"email": scene.people.powerless.email, "password": PASSWORD}
    assert list(attacks.keeps_session(Client(), ("/dang-nhap/", said))) == []


def test_a_session_from_before_the_second_step_is_not_the_one_after(scene: Scene) -> None:
    said = {"email": scene.people.owner.email, "password": PASSWORD}
    code = {"code": accounts.code_at(NOON)}
    steps = (("/dang-nhap/", said), ("/dang-nhap/buoc-hai/", code))
    assert list(attacks.keeps_session(Client(), *steps)) == []
