"""Codes of other countries' apps: their own test data are met, what was changed is refused."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.protocol.vectors import vectors
from vungxanh.protocol import scanned, wire
from vungxanh.protocol.places import cwa, nhs, nz
from vungxanh.protocol.refusals import ProtocolError

CWA, NHS, NZ = vectors("cwa"), vectors("nhs"), vectors("nz")
NAMED = scanned.public_key(f"{NHS['key_id']},{NHS['public_key']}")
OWN_KEY = generate_private_key(SECP256R1())
GOOD_CWA: str = CWA["codes"][0]["text"]
GOOD_NZ = {"gln": "7000000243950", "ver": "c19:1", "typ": "entry", "opn": "Shop", "adr": "A\nB"}
GOOD_CLAIMS = {"id": "4WT59M5Y", "opn": "Shop"}
GOOD_HEADER = {"alg": "ES256", "typ": "JWT", "kid": "3"}


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", cases, ids=[case["name"] for case in cases])


def code_of(read: Callable[[], object]) -> str:
    with pytest.raises(ProtocolError) as refused:
        read()
    return refused.value.code


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@named(CWA["codes"])
def test_locations_of_cwa_are_read_as_its_tests_say(vector: dict[str, Any]) -> None:
    found = scanned.read(vector["text"])
    assert (found.format, found.verified) == ("cwa.location", None)
    assert vector["fields"].items() <= found.fields.items()


@named([case for case in CWA["codes"] if "location_id_base64" in case])
def test_ids_of_locations_are_those_of_cwas_tests(vector: dict[str, Any]) -> None:
    found = cwa.read(vector["text"]).location_id
    assert base64.b64encode(found).decode() == vector["location_id_base64"]


@pytest.mark.parametrize("text", CWA["refused"])
def test_addresses_that_cwa_rejects_are_refused(text: str) -> None:
    assert code_of(lambda: cwa.read(text)) == "protocol.not_cwa_location"
    assert code_of(lambda: scanned.read(text)) in {"protocol.strange_link", "protocol.unknown_qr"}


@named(NHS["verified"])
def test_venues_of_nhs_hold_by_its_test_key(vector: dict[str, Any]) -> None:
    found = scanned.read(vector["text"], [NAMED])
    assert (found.format, found.verified) == ("nhs.venue", True)
    assert vector["fields"].items() <= found.fields.items()


@named(NHS["not_verified"])
def test_venues_that_nhs_rejects_are_not_verified(vector: dict[str, Any]) -> None:
    assert scanned.read(vector["text"], [NAMED]).verified is vector["verified"]


@named(NHS["refused"])
def test_texts_that_nhs_rejects_are_refused(vector: dict[str, str]) -> None:
    assert code_of(lambda: scanned.read(vector["text"], [NAMED])).startswith("protocol.")
    refused = code_of(lambda: nhs.read(vector["text"], lambda _: []))
    assert refused in {"protocol.not_nhs_venue", "protocol.nhs_algorithm"}


@named(NZ["codes"])
def test_locations_of_new_zealand_are_read_as_its_tests_say(vector: dict[str, Any]) -> None:
    found = scanned.read(vector["text"])
    assert (found.format, found.fields, found.verified) == ("nz.location", vector["fields"], None)


def signed(header: object, claims: object) -> str:
    """A venue by a key of ours; objects as JSON, bytes as they are."""
    parts = [
        one if isinstance(one, bytes) else json.dumps(one).encode() for one in (header, claims)
    ]
    text = ".".join(map(base64url, parts))
    r, s = decode_dss_signature(OWN_KEY.sign(text.encode(), ECDSA(SHA256())))
    return f"{nhs.PREFIX}1:{text}." + base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def venue(header: object = GOOD_HEADER, claims: object = GOOD_CLAIMS) -> nhs.Venue:
    return nhs.read(signed(header, claims), lambda _: [OWN_KEY.public_key()])


def test_venue_by_a_known_key_is_verified() -> None:
    assert venue() == nhs.Venue("4WT59M5Y", "Shop", None, None, "3", verified=True)


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "RS256", "ES384", "es256", "", 5])
def test_venue_of_another_algorithm_is_refused_before_a_key_is_looked_at(algorithm: object) -> None:
    def keys_of(_: str) -> list[Any]:
        raise AssertionError

    text = signed({**GOOD_HEADER, "alg": algorithm}, GOOD_CLAIMS)
    assert code_of(lambda: nhs.read(text, keys_of)) == "protocol.nhs_algorithm"


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "3"},
        {**GOOD_HEADER, "typ": "JWE"},
        {**GOOD_HEADER, "crit": ["exp"]},
    ],
)
def test_header_that_asks_for_more_is_refused(header: dict[str, object]) -> None:
    assert code_of(lambda: venue(header)) == "protocol.nhs_algorithm"


@pytest.mark.parametrize(
    "header",
    [
        b'{"alg":"ES256","alg":"none","kid":"3"}',
        b'{"alg":"ES256","kid":"a\\u202eb"}',
        b'{"alg":"ES256","kid":7}',
        b'{"alg":"ES256"}',
        b"[" * 900,
        b"null",
        b"",
    ],
)
def test_header_that_is_no_plain_object_is_refused(header: bytes) -> None:
    assert code_of(lambda: venue(header)) == "protocol.not_nhs_venue"


@pytest.mark.parametrize(
    "claims",
    [
        {**GOOD_CLAIMS, "id": "4WT59M5"},
        {**GOOD_CLAIMS, "id": "4WT59M5/"},
        {**GOOD_CLAIMS, "opn": ""},
        {**GOOD_CLAIMS, "opn": "Shop\u202e"},
        {**GOOD_CLAIMS, "opn": "a\nb"},
        {**GOOD_CLAIMS, "opn": "a" * 201},
        {**GOOD_CLAIMS, "opn": ["Shop"]},
        {**GOOD_CLAIMS, "pc": "\u2066"},
        {**GOOD_CLAIMS, "pc": 5},
        {"opn": "Shop"},
        b'{"id":"4WT59M5Y","opn":"Shop","opn":"Other"}',
        b'{"id":"4WT59M5Y","opn":"Shop","n":' + b"9" * 600 + b"}",
        b'{"id":"4WT59M5Y","opn":"Shop","n":1e999999999999999999999}',
        b'{"id":"4WT59M5Y","opn":"Shop","n":' + b'{"a":' * 150 + b"1" + b"}" * 149 + b"}",
        b'{"id":"4WT59M5Y","opn":"\xff"}',
        b"[]",
    ],
)
def test_claims_that_no_venue_has_are_refused(claims: object) -> None:
    text = signed(GOOD_HEADER, claims)
    refused = [code_of(lambda: nhs.read(text, lambda _: [])), code_of(lambda: scanned.read(text))]
    assert refused == ["protocol.not_nhs_venue"] * 2


@pytest.mark.parametrize("signature", [bytes(63), bytes(65), bytes(0)])
def test_signature_of_another_length_is_refused(signature: bytes) -> None:
    text = signed(GOOD_HEADER, GOOD_CLAIMS).rpartition(".")[0] + "." + base64url(signature)
    assert code_of(lambda: nhs.read(text, lambda _: [])) == "protocol.not_nhs_venue"


@pytest.mark.parametrize("signature", [bytes(64), b"\xff" * 64])
def test_signature_of_impossible_numbers_does_not_hold(signature: bytes) -> None:
    text = signed(GOOD_HEADER, GOOD_CLAIMS).rpartition(".")[0] + "." + base64url(signature)
    assert nhs.read(text, lambda _: [OWN_KEY.public_key()]).verified is False


def new_zealand(found: object) -> str:
    content = found if isinstance(found, bytes) else json.dumps(found).encode()
    return nz.PREFIX + base64.b64encode(content).decode()


@pytest.mark.parametrize(
    "found",
    [
        {**GOOD_NZ, "ver": "c19:2"},
        {**GOOD_NZ, "typ": "exit"},
        {**GOOD_NZ, "gln": 7000000243950},
        {**GOOD_NZ, "gln": "1 2"},
        {**GOOD_NZ, "opn": "\u202eShop"},
        {**GOOD_NZ, "adr": "a\u0000"},
        {**GOOD_NZ, "adr": "\n"},
        {**GOOD_NZ, "adr": "a" * 501},
        {name: value for name, value in GOOD_NZ.items() if name != "opn"},
        b'{"gln":"1","ver":"c19:1","typ":"entry","opn":"A","opn":"B","adr":"C"}',
        b'{"gln":"1","ver":"c19:1","typ":"entry","opn":"A","adr":"C","n":' + b"1" * 1000 + b"}",
        b'{"gln":"1","ver":"c19:1","typ":"entry","opn":"A","adr":"C","n":NaN}',
        b"[" * 1400,
        b"\xef\xbb\xbf{}",
        "text",
    ],
)
def test_what_no_location_of_new_zealand_says_is_refused(found: object) -> None:
    assert code_of(lambda: scanned.read(new_zealand(found))) == "protocol.not_nz_location"


def test_addresses_of_new_zealand_have_lines() -> None:
    assert nz.read(new_zealand(GOOD_NZ)).address == "A\nB"


@pytest.mark.parametrize("end", ["=", "===", "A", "*", "A===", " ", "\u00e9"])
def test_base64_that_is_written_another_way_is_refused(end: str) -> None:
    text = new_zealand({**GOOD_NZ, "opn": "Shop"}).rstrip("=") + "=="
    assert code_of(lambda: nz.read(text + end)) == "protocol.not_nz_location"


FORM = wire.classes(
    "tests.cwa",
    {
        "Payload": (
            ("version", 1, "int64"),
            ("location", 2, "bytes*"),
            ("crowd_notifier", 3, "bytes*"),
            ("vendor", 4, "bytes*"),
        ),
        "Location": (
            ("version", 1, "int64"),
            ("description", 2, "bytes"),
            ("address", 3, "bytes"),
            ("start", 5, "int64"),
            ("end", 6, "int64"),
        ),
        "Vendor": (("version", 1, "int64"), ("kind", 2, "int64"), ("stay", 3, "int64")),
    },
)
PLACE = {"version": 1, "description": b"Shop", "address": b"Street"}
NOTIFIER = b"\x08\x01"


def location(place: dict[str, Any], of_app: dict[str, Any] | None = None, **payload: Any) -> str:
    inner = FORM["Location"](**{**PLACE, **place}).SerializeToString()
    data = FORM["Vendor"](**{"version": 1, "kind": 4, **(of_app or {})}).SerializeToString()
    whole: dict[str, Any] = {
        "version": 1,
        "location": [inner],
        "crowd_notifier": [NOTIFIER],
        "vendor": [data],
    }
    return cwa.PREFIXES[0] + base64url(FORM["Payload"](**{**whole, **payload}).SerializeToString())


def test_location_in_the_form_of_cwa_is_read() -> None:
    found = cwa.read(location({"description": "Phở 24".encode()}, {"stay": 30}))
    assert (found.description, found.kind.name) == ("Phở 24", "PERMANENT_FOOD_SERVICE")
    assert (found.default_stay_minutes, found.start, found.end) == (30, None, None)


@pytest.mark.parametrize(
    "text",
    [
        location({"version": 2}),
        location({"description": b""}),
        location({"description": b"\xff\xfe"}),
        location({"description": "\u202egnp.exe".encode()}),
        location({"description": b"a\x00b"}),
        location({"description": b"a" * 101}),
        location({"address": b"a\nb"}),
        location({"start": 2, "end": 1}),
        location({"start": -1}),
        location({"end": 253_402_300_800}),
        location({}, {"kind": 13}),
        location({}, {"kind": -1}),
        location({}, {"stay": 2**31}),
        location({}, version=2),
        location({}, location=[]),
        location({}, location=[b"\x08\x01\x12\x01a\x1a\x01b"] * 2),
        location({}, vendor=[b"\x08\x01"] * 2),
        location({}, crowd_notifier=[]),
        location({}, location=[b"\x12\xff\xff\xff\xff\x0f"]),
    ],
)
def test_what_no_location_of_cwa_says_is_refused(text: str) -> None:
    assert code_of(lambda: scanned.read(text)) == "protocol.not_cwa_location"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x08",
        b"\x08" + b"\xff" * 11,
        b"\x12\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x12\xff\xff\xff\x7f" + bytes(20),
        b"\x0b" * 1400,
        b"\x08\x01" * 700,
    ],
)
def test_lengths_that_promise_more_than_there_is_are_refused(content: bytes) -> None:
    text = cwa.PREFIXES[0] + base64url(content)
    assert code_of(lambda: scanned.read(text)) == "protocol.not_cwa_location"


@pytest.mark.parametrize(
    "prefix",
    [
        "http://e.coronawarn.app?v=1#",
        "https://e.coronawarn.app:443?v=1#",
        "https://e.coronawarn.app?v=2#",
        "https://e.coronawarn.app.evil.example?v=1#",
        "https://e.coronawarn.app@evil.example?v=1#",
        "https://user@e.coronawarn.app?v=1#",
        "https://e.coronawarn.apр?v=1#",  # a Cyrillic letter at the end
        "https://ee.coronawarn.app?v=1#",
        "https://www.luca-app.de?v=1#",
    ],
)
def test_other_hosts_than_the_documented_one_are_strange_links(prefix: str) -> None:
    payload = GOOD_CWA.partition("#")[2]
    assert code_of(lambda: scanned.read(prefix + payload)) == "protocol.strange_link"
    assert code_of(lambda: cwa.read(prefix + payload)) == "protocol.not_cwa_location"


def test_address_as_browsers_write_it_is_read() -> None:
    assert cwa.read(GOOD_CWA.replace("?v", "/?v")) == cwa.read(GOOD_CWA)
