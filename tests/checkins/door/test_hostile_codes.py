"""Codes that are not what they seem, shown to everything that reads them: page, field, command."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from tests.factories.points import a_point, code_of
from vungxanh.checkins.actions.codes import rotate_codes
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.revocations import newest_read
from vungxanh.checkins.values.verdicts import Known, Verdict, checked
from vungxanh.config.cli import root
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.queries.code_keys import public_keys, signing_key
from vungxanh.protocol.places import links, payloads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
SITE = "http://testserver"
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@dataclass(frozen=True)
class Shown:
    """What stands in a QR, and what each reader says of it; `signed` as the command tells it."""

    payload: str
    words: str
    offline: Verdict
    signed: bool | None
    site: str = SITE


def genuine(point: Point) -> Shown:
    return Shown(code_of(point).payload, "Mã thật", Verdict.GENUINE, signed=True)


def forged(point: Point) -> Shown:
    """The right words and the right key's name, signed by somebody else."""
    found = payloads.read(code_of(point).payload, {})
    text = payloads.write(found, STRANGER)
    return Shown(text, "Mã giả hoặc bị sửa", Verdict.FORGED, signed=False)


def another_entrance(point: Point) -> Shown:
    """One bit was changed: the signature is of another entrance."""
    content = bytearray(payloads._bytes(code_of(point).payload))
    content[10] ^= 1
    text = payloads._text(bytes(content))
    return Shown(text, "Mã giả hoặc bị sửa", Verdict.FORGED, signed=False)


def unknown_key(point: Point) -> Shown:
    """Signed by a key of which this installation never heard."""
    found = payloads.read(code_of(point).payload, {})
    text = payloads.write(replace(found, key_id=b"\1\2\3\4"), STRANGER)
    return Shown(text, "Chưa kiểm được", Verdict.UNKNOWN_KEY, signed=None)


def early(point: Point) -> Shown:
    """A poster of a week that has not begun."""
    found = payloads.read(code_of(point).payload, {})
    later = replace(found, valid_from=clock.today().replace(year=clock.today().year + 1, day=1))
    text = payloads.write(later, signing_key()[1])
    return Shown(text, "Mã chưa đến ngày dùng", Verdict.EARLY, signed=True)


def revoked(point: Point) -> Shown:
    """Replaced at once; the newest list tells it."""
    text = code_of(point).payload
    rotate_codes(point=point, until=clock.today(), by=SYSTEM, at=clock.now())
    return Shown(text, "Mã đã được thay", Verdict.REVOKED, signed=True)


def another_site(point: Point) -> Shown:
    """A genuine signature behind somebody else's address."""
    site = "https://vungxanh.example.evil.example"
    return Shown(code_of(point).payload, "Mã của trang khác", Verdict.OTHER_SITE, True, site)


every_code = pytest.mark.parametrize(
    "made",
    [genuine, forged, another_entrance, unknown_key, early, revoked, another_site],
    ids=lambda one: one.__name__,
)
Made = Callable[[Point], Shown]


def url_of(shown: Shown) -> str:
    return links.write(shown.site, shown.payload)


@every_code
def test_the_field_for_addresses_says_what_it_is_and_opens_no_other_site(made: Made) -> None:
    shown = made(a_point(at=clock.now()))
    reply = Client().post("/c/", {"ma": url_of(shown)})
    page = reply.content.decode()
    assert reply.status_code in {200, 422}
    assert f"<h2>{shown.words}" in page
    assert 'href="https://vungxanh.example.evil' not in page
    assert ("<h2>Mã thật" in page) is (made is genuine)


@pytest.mark.parametrize(
    "made", [forged, another_entrance, unknown_key, early, revoked], ids=lambda one: one.__name__
)
def test_the_point_s_page_says_what_it_is(made: Made) -> None:
    point = a_point(at=clock.now())
    shown = made(point)
    page = Client().post(f"/c/{point.code}/kiem-tra/", {"ma": shown.payload}).content.decode()
    assert f"<h2>{shown.words}" in page
    assert "Mã thật" not in page


@every_code
def test_whoever_holds_keys_and_list_says_it_without_a_network(made: Made) -> None:
    shown = made(a_point(at=clock.now()))
    list_revoked(by=SYSTEM, at=clock.now())
    known = Known(public_keys(), newest_read(), SITE)
    found = checked(url_of(shown), known, at=int(clock.now().timestamp()))
    assert found.verdict is shown.offline


@every_code
def test_the_command_says_whether_it_is_signed_and_where_it_leads(made: Made) -> None:
    shown = made(a_point(at=clock.now()))
    keys = [
        word
        for key_id, key in public_keys().items()
        for word in ("--public-key", _named(key_id, key.public_bytes_raw()))
    ]
    result = CliRunner().invoke(root, ["qr", "read", url_of(shown), "--json", *keys])
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert document["verified"] is shown.signed
    assert document["fields"]["site"] == shown.site


def _named(key_id: bytes, key: bytes) -> str:
    """A key as `GET /api/v1/devices/code-keys` tells it."""
    return f"{key_id.hex()},{base64.b64encode(key).decode()}"
