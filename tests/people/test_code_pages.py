"""A citizen's pages of codes: their own and their family's, nobody else's."""

import re
from base64 import b64decode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from tests.factories.register import AT, a_citizen, a_device, a_neighbour
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device, Person, PrintedCard
from vungxanh.people.values import Origin
from vungxanh.people.values.entries import NewPerson, PersonChange
from vungxanh.people.values.standing import Colour, NewCard
from vungxanh.protocol.personal import own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def signed_in(person: Person | None = None) -> tuple[Client, dict[str, str]]:
    """A browser, and the header of the same phone as a program shows it."""
    device, token = a_device(clock.now())
    Device.objects.filter(pk=device.pk).update(person=person)
    client = Client()
    client.cookies[COOKIE] = token
    return client, {"Authorization": f"Bearer {token}"}


def page(client: Client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200
    return reply.content.decode()


def test_an_anonymous_phone_is_led_to_its_number() -> None:
    client, _ = signed_in()
    shown = page(client, "/toi/ma/")
    assert "/toi/dien-thoai/" in shown
    assert "<path d=" not in shown


def test_code_with_a_card_is_drawn_four_modules_wider() -> None:
    person = a_citizen()
    card = NewCard(person.pk, Colour.GREEN, AT, clock.now() + timedelta(days=1), "declaration:1")
    actions.write_card(card=card, by=SYSTEM, at=AT)
    client, _ = signed_in(person)
    for path in ("/toi/ma/", "/toi/ma/anh/"):
        assert 'viewBox="0 0 61 61"' in page(client, path)


def test_the_page_shows_a_code_and_fetches_the_next_before_it_ends() -> None:
    client, _ = signed_in(a_citizen())
    shown = page(client, "/toi/ma/")
    assert 'http-equiv="refresh" content="50"' in shown
    assert re.search(r'viewBox="0 0 57 57"', shown)  # version 8: 49 modules, four of white around


def test_one_s_family_is_shown_and_a_stranger_is_not_there() -> None:
    person = a_citizen()
    child = actions.add_person(
        person=NewPerson(Origin.DEPENDANT, "Bé Mẫu", guardian=person.pk), by=SYSTEM, at=clock.now()
    )
    stranger = a_neighbour()
    client, _ = signed_in(person)
    assert "Bé Mẫu" in page(client, f"/toi/ma/?nguoi={child.pk}")
    assert client.get(f"/toi/ma/?nguoi={stranger.pk}").status_code == 404
    assert client.get("/toi/ma/?nguoi=x").status_code == 404
    assert client.post("/toi/the/in/", {"nguoi": stranger.pk}).status_code == 404


def test_the_national_code_is_masked_until_it_is_asked_for() -> None:
    person = a_citizen()
    change = PersonChange("Người Mẫu Một", "1985-03-20", papers=(("", "052185000001"),))
    actions.change_person(person_id=person.pk, change=change, by=SYSTEM, at=clock.now())
    client, _ = signed_in(person)
    assert "******000001|NGUOI MAU MOT|1985-**-**|0||" in page(client, "/toi/ma/1405/")
    assert "052185000001|NGUOI MAU MOT|1985-03-20|0||" in page(client, "/toi/ma/1405/?hien=1")


def test_without_a_paper_the_page_says_what_is_missing() -> None:
    client, _ = signed_in(a_citizen())
    assert "/toi/thong-tin/" in page(client, "/toi/ma/1405/")


def test_a_card_is_printed_by_post_alone_and_revoked_once_confirmed() -> None:
    person = a_citizen()
    client, _ = signed_in(person)
    assert client.get("/toi/the/in/").status_code == 405
    assert client.post("/toi/the/in/", {"nguoi": person.pk}).status_code == 200
    card = PrintedCard.objects.get()
    assert str(card.pk) in page(client, "/toi/the/")
    page(client, f"/toi/the/{card.pk}/huy/")
    card.refresh_from_db()
    assert card.revoked_at is None
    assert client.post(f"/toi/the/{card.pk}/huy/").status_code == 302
    card.refresh_from_db()
    assert card.revoked_at is not None
    assert client.post(f"/toi/the/{card.pk}/huy/").status_code == 404


def test_codes_to_take_along_are_verified_with_the_published_keys() -> None:
    _, header = signed_in(a_citizen())
    keys = Client().get("/api/v1/devices/code-keys").json()
    public = {
        bytes.fromhex(one["id"]): Ed25519PublicKey.from_public_bytes(b64decode(one["public_key"]))
        for one in keys
    }
    reply = Client().post("/api/v1/devices/me/codes", {"n": 3}, "application/json", headers=header)
    read = [own.read(one["text"], public) for one in reply.json()]
    assert [one.verified for one in read] == [True, True, True]
    assert len({one.handle for one in read}) == 3


def test_an_anonymous_phone_gets_no_codes_to_take_along() -> None:
    _, header = signed_in()
    reply = Client().post("/api/v1/devices/me/codes", {}, "application/json", headers=header)
    assert (reply.status_code, reply.json()["code"]) == (409, "people.number_needed")
