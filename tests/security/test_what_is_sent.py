"""Words, names of files, addresses and thousands of fields, sent to every page that takes any."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.security import attacks, sending
from tests.security.counting import Tries, together
from tests.security.doors import Door
from tests.security.markup import Form, holes_of_table
from tests.security.standing import Scene
from vungxanh.documents.escaping import escaped

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# Fields, names of files, forms and pages that are really tried.
AT_LEAST = {"fields": 70, "names": 30, "forms": 50, "pages": 120}
Attack = Callable[[Door, Client, Form], Tries]


def on_every_form(scene: Scene, *tried: Attack) -> list[Tries]:
    """Attacks on every form of every page, those of all pages but once."""
    owner = scene.people.owner.client
    forms = [
        (door, form) for door, found in attacks.forms_of_all(scene.doors, owner) for form in found
    ]
    return [together(attack(door, owner, form) for door, form in forms) for attack in tried]


def test_words_names_and_addresses_in_forms_stay_what_they_are(scene: Scene) -> None:
    fields, names, forms = on_every_form(
        scene, sending.keeps_markup, sending.takes_names, sending.fetches
    )
    assert fields.holes + names.holes + forms.holes == []
    assert fields.n >= AT_LEAST["fields"]
    assert names.n >= AT_LEAST["names"]
    assert forms.n >= AT_LEAST["forms"]


def test_thousands_of_fields_are_refused_with_our_own_page(scene: Scene) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = scene.people.owner.client.cookies
    tries = scene.tries(sending.takes_thousands, checked)
    assert tries.holes == []
    assert tries.n >= AT_LEAST["pages"]


def test_no_beginning_of_a_formula_survives_in_a_table() -> None:
    hostile = [f"{beginning}cmd|'x'" for beginning in ("=", "+", "-", "@", "\t", "\t=", "\r=")]
    assert len(holes_of_table(";".join(hostile).replace("\r", ""))) == len(hostile)
    assert holes_of_table(";".join(map(escaped, hostile)).replace("\r", "")) == []
