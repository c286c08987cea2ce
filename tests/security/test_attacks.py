"""Every URL of the table, attacked in every way; nothing may be found."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.people import PASSWORD
from tests.security import attacks
from tests.security.counting import together
from tests.security.doors import door
from tests.security.objects import accounts
from tests.security.scene import rolled_back
from tests.security.standing import NOON, Scene
from vungxanh.accounts.models import Staff
from vungxanh.core.access import Entry

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# Attacks that are really tried; a URL that goes takes those on it with it by hand.
AT_LEAST = {
    "another area": 340,  # by each of two people
    "a stranger": 750,
    "an ended session": 210,
    "a locked account": 210,
    "without the capability": 270,
    "without the token": 258,
    "reading": 720,
    "other sites and files": 298,
    "fields that no form has": 50,
}


def test_no_fewer_attacks_are_tried_than_before() -> None:
    assert sum(AT_LEAST.values()) + AT_LEAST["another area"] >= 3446


@pytest.mark.parametrize("who", ["the next district", "another province of today"])
def test_another_area_cannot_tell_what_is_there_nor_change_it(who: str, scene: Scene) -> None:
    tries = scene.tries(attacks.reaches_over, scene.people.neighbours[who].client)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["another area"]


def test_a_stranger_gets_nothing(scene: Scene) -> None:
    tries = scene.tries(attacks.gets_in, Client())
    assert tries.holes == []
    assert tries.n >= AT_LEAST["a stranger"]


def test_an_ended_session_opens_nothing(scene: Scene) -> None:
    stale = Client()
    stale.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    tries = scene.tries(attacks.lets_in, stale)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["an ended session"]


def test_a_locked_account_opens_nothing(scene: Scene) -> None:
    with rolled_back():
        Staff.objects.filter(pk=scene.people.owner.staff.pk).update(is_active=False)
        tries = scene.tries(attacks.lets_in, scene.people.owner.client)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["a locked account"]


def test_who_lacks_the_capability_changes_nothing(scene: Scene) -> None:
    tries = scene.tries(attacks.changes, scene.people.powerless.client)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["without the capability"]


def test_a_call_without_the_page_s_token_changes_nothing(scene: Scene) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = scene.people.owner.client.cookies
    tries = scene.tries(attacks.forgets_forgery, checked)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["without the token"]


def test_reading_changes_nothing_is_kept_by_no_cache_and_shows_words_as_words(
    scene: Scene,
) -> None:
    tries = scene.tries(attacks.shows, scene.people.owner.client)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["reading"]


def test_nothing_leads_to_another_site_or_a_file_of_the_machine(scene: Scene) -> None:
    tries = scene.tries(attacks.leads_astray, scene.people.owner.client)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["other sites and files"]


def test_fields_that_no_form_has_are_not_taken(scene: Scene) -> None:
    owner = scene.people.owner.client
    forms = attacks.forms_of_all(scene.doors, owner)
    tries = together(attacks.takes_more(one, owner, found) for one, found in forms)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["fields that no form has"]


def test_a_url_without_an_example_says_what_to_add() -> None:
    with pytest.raises(LookupError, match="add a Thing for it in tests/security/objects"):
        door(Entry("/x/<uuid:secret_id>/", "*", "open"), [])


def test_another_host_is_refused(scene: Scene) -> None:
    answer = attacks.sent(Client(), "GET", "/dang-nhap/", HTTP_HOST="evil.example")
    assert answer.status_code == 400


def test_a_session_from_before_sign_in_is_not_the_one_after(scene: Scene) -> None:
    said = {"email": scene.people.powerless.email, "password": PASSWORD}
    assert attacks.keeps_session(Client(), ("/dang-nhap/", said)).holes == []


def test_a_session_from_before_the_second_step_is_not_the_one_after(scene: Scene) -> None:
    said = {"email": scene.people.owner.email, "password": PASSWORD}
    code = {"code": accounts.code_at(NOON)}
    steps = (("/dang-nhap/", said), ("/dang-nhap/buoc-hai/", code))
    assert attacks.keeps_session(Client(), *steps).holes == []
