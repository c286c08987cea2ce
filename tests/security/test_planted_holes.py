"""One planted hole of each kind: the attacks that try the product find every one."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import places
from tests.security import attacks, planted, sending
from tests.security.attacks import SHORT_PAYLOAD
from tests.security.counting import Tries
from tests.security.doors import Door, Thing, door, entries
from tests.security.markup import Form, forms_of
from tests.security.scene import GROUND, People, people
from vungxanh.accounts.models import Staff

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.urls("tests.security.planted"),
    pytest.mark.usefixtures(places.places_of_both_eras.__name__),
]


@pytest.fixture
def everybody() -> People:
    """The people of the attacks; the owner has a hostile name."""
    found = people()
    Staff.objects.filter(pk=found.owner.staff.pk).update(name=SHORT_PAYLOAD)
    GROUND.keep()
    return found


def hole(name: str, everybody: People) -> Door:
    """The door of one planted hole."""
    entry = next(e for e in entries("tests.security.planted") if e.path.startswith(f"/ho/{name}/"))
    owner = str(everybody.owner.staff.pk)
    return door(entry, [Thing("/ho/", "staff_id", owner), Thing("/ho/", "name", "x")])


def test_a_thing_shown_without_a_check_of_its_unit_is_found(everybody: People) -> None:
    neighbour = everybody.neighbours["the next district"].client
    tries = attacks.reaches_over(hole("don-vi", everybody), neighbour)
    assert "told apart by" in " ".join(tries.holes)


def test_a_forgotten_capability_is_found(everybody: People) -> None:
    assert attacks.changes(hole("quyen", everybody), everybody.powerless.client).holes


def test_a_trusted_hidden_field_is_found(everybody: People) -> None:
    said = {"hidden_id": str(everybody.owner.staff.pk)}
    neighbour = everybody.neighbours["the next district"].client
    assert attacks.changes(hole("truong-an", everybody), neighbour, said).holes


def test_a_form_that_takes_every_field_is_found(everybody: People) -> None:
    forms = forms_of('<form method="post"><input type="text" name="name"></form>')
    found = hole("moi-truong", everybody)
    assert attacks.takes_more(found, everybody.owner.client, forms).holes


@pytest.mark.parametrize(
    ("name", "told"),
    [("chu", "became an element"), ("bang", "is a formula"), ("so-tinh", "the cell B2")],
)
def test_stored_words_that_run_are_found(name: str, told: str, everybody: People) -> None:
    tries = attacks.shows(hole(name, everybody), everybody.owner.client)
    assert told in " ".join(tries.holes)


def test_a_way_to_another_site_is_found(everybody: People) -> None:
    tries = attacks.leads_astray(hole("dan", everybody), Client())
    assert "leads to //evil.example/" in " ".join(tries.holes)


def test_a_file_of_the_machine_is_found(everybody: People) -> None:
    tries = attacks.leads_astray(hole("tep", everybody), everybody.owner.client)
    assert "200 for ../../../../etc/passwd" in " ".join(tries.holes)


def test_reading_that_writes_is_found(everybody: People) -> None:
    tries = attacks.shows(hole("xem", everybody), everybody.owner.client)
    assert "changed accounts_staff" in " ".join(tries.holes)


def test_a_missing_token_is_found(everybody: People) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = everybody.owner.client.cookies
    assert attacks.forgets_forgery(hole("the", everybody), checked).holes
    assert attacks.forgets_forgery(hole("quyen", everybody), checked).holes == []


def test_a_session_kept_over_sign_in_is_found(everybody: People) -> None:
    assert attacks.keeps_session(Client(), ("/ho/phien/", {})).holes


def test_a_page_of_somebody_in_caches_is_found(everybody: People, settings: Settings) -> None:
    lets = f"{planted.__name__}.{planted.letting_caches_keep.__name__}"
    settings.MIDDLEWARE = [lets, *settings.MIDDLEWARE]
    tries = attacks.shows(hole("nho", everybody), everybody.owner.client)
    assert "Cache-Control is 'public" in " ".join(tries.holes)


@pytest.mark.parametrize(
    ("attack", "name", "told"),
    [
        (sending.keeps_markup, "loi", "name: <vxhole> became an element"),
        (sending.takes_names, "loi", "a name with markup <vxhole> became an element"),
        (sending.fetches, "goi", "asks ('127.0.0.1', 9)"),
    ],
    ids=["words", "name of a file", "address"],
)
def test_what_is_sent_and_trusted_is_found(
    attack: Callable[[Door, Client, Form], Tries], name: str, told: str, everybody: People
) -> None:
    (form,) = forms_of(planted.ASKING)
    tries = attack(hole(name, everybody), everybody.owner.client, form)
    assert told in " ".join(tries.holes)


def test_a_page_that_reads_thousands_of_fields_is_found(everybody: People) -> None:
    tries = sending.takes_thousands(hole("nhieu", everybody), everybody.owner.client)
    assert tries.holes == ["POST /ho/nhieu/: 200"]
