"""Any scanned text: sorted, read by its own reader, refused in one sentence; keys as given."""

import base64
import socket

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.personal import samples as persons
from tests.protocol.places import samples as places
from vungxanh.protocol import scanned
from vungxanh.protocol.personal import own
from vungxanh.protocol.places import links, payloads
from vungxanh.protocol.refusals import ProtocolError
from vungxanh.protocol.scanned import NamedKey

PAYLOAD = payloads.write(places.PLACES[1], places.KEY)
LINK = links.write(places.SITE, PAYLOAD)
PERSON = persons.written(own.Kind.CARD)
PLACE_KEY = NamedKey(None, places.KEY.public_key())
PERSON_KEY = NamedKey(persons.KEY_ID.hex(), persons.KEY.public_key())
OTHER_ID = NamedKey("000000ff", places.KEY.public_key())
P256 = NamedKey(None, ec.derive_private_key(7, ec.SECP256R1()).public_key())
CARD = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, Quy Nhơn|01052021"
INSURANCE = "GD4520000000001|4e67c6b0e1bb9d69|20/03/1985|2|-|52 - 001|01/01/2021|-"


def spki(key: PublicKeyTypes, encoding: Encoding = Encoding.DER) -> bytes:
    return key.public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


def base64_of(key: PublicKeyTypes) -> str:
    return base64.b64encode(spki(key)).decode()


def code_of(text: str) -> str:
    with pytest.raises(ProtocolError) as refused:
        scanned.read(text, [PLACE_KEY, P256])
    return refused.value.code


def test_code_of_a_place_tells_what_it_holds_and_where_it_leads() -> None:
    found = scanned.read(LINK, [PLACE_KEY])
    assert (found.format, found.verified) == ("vungxanh.place", True)
    assert found.fields == {
        "code": places.PLACES[1].short_code,
        "entrance": 1,
        "valid_from": "2021-10-01",
        "issue": 3_700_001,
        "key_id": "00000001",
        "site": "https://vungxanh.example",
    }
    assert scanned.read(PAYLOAD, [PLACE_KEY]).fields == {**found.fields, "site": None}


def test_code_of_a_person_tells_nothing_of_its_bearer() -> None:
    found = scanned.read(f" {PERSON}\r\n", [PERSON_KEY])
    assert (found.format, found.verified) == ("vungxanh.person", True)
    assert set(found.fields) == {"kind", "handle", "valid_from", "valid_until", "key_id"}


@pytest.mark.parametrize(
    ("known", "verified"),
    [
        ([], None),
        ([P256], None),
        ([OTHER_ID], None),
        ([PERSON_KEY], False),
        ([PERSON_KEY, PLACE_KEY], True),
        ([PLACE_KEY, OTHER_ID, P256], True),
    ],
)
def test_keys_count_for_their_kind_and_their_id(
    known: list[NamedKey], verified: bool | None
) -> None:
    assert scanned.read(LINK, known).verified is verified


@pytest.mark.parametrize(
    ("text", "found", "field"),
    [
        ("******000001|NGUOI MAU MOT|1985-**-**|0|Q1|2", "vn.person", ("NgaySinh", "1985-**-**")),
        (CARD, "vn.cccd", ("born", "1985-03-20")),
        (INSURANCE, "bhyt", ("number", "GD4520000000001")),
    ],
)
def test_papers_are_told_apart(text: str, found: str, field: tuple[str, str]) -> None:
    code = scanned.read(text, [PLACE_KEY])
    assert (code.format, code.verified) == (found, None)
    assert code.fields[field[0]] == field[1]


def test_decision_1405_stays_starred() -> None:
    fields = scanned.read("******000001|NGUOI MAU MOT|1985-**-**|0|Q1|2").fields
    assert fields["SoGiayTo"] == "******000001"


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(document.domain)//|a|b|c",
        "data:text/html;base64,PHNjcmlwdD4=",
        "https://evil.example/",
        "https://user:password@vungxanh.example/",
        "//evil.example/c/000000000",
        "\\\\evil.example\\share",
        "www.evil.example",
        "WIFI:S:net;T:WPA;P:x;;",
        "tel:+84900000001",
        "smsto:1900:VAO",
        "intent://scan/#Intent;scheme=zxing;end",
        "file:///etc/passwd",
        "https://vungxanh.example\\@evil.example/",
    ],
)
def test_links_of_no_known_kind_are_refused(text: str) -> None:
    assert code_of(text) == "protocol.strange_link"


@pytest.mark.parametrize(
    "text",
    [
        LINK.replace("//", "//user@"),
        LINK.replace("//", "//user:password@"),
        LINK.replace("vungxanh.example", "vungxanh.example:99999999"),
        LINK.replace("vungxanh.example", "vùngxanh.example"),
        LINK.replace("vungxanh.example", "vungxanh.example\\@evil.example"),
        LINK.replace("vungxanh.example", ""),
        LINK.replace("/c/", "/c//"),
        LINK.replace("/c/", "/c/../c/"),
        LINK + "#" + PAYLOAD,
        LINK.replace("#", "/bao/#"),
        LINK.replace("#", "%23"),
        LINK + "A" * 500,
    ],
)
def test_addresses_of_points_with_anything_more_are_refused(text: str) -> None:
    assert code_of(text) == "protocol.not_place_code"


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200b", "\x00", "\x1b[2J", "\u2028", "\udcff"]
)
@pytest.mark.parametrize("text", [LINK, PERSON, CARD, "plain"])
def test_hidden_characters_are_refused_in_every_kind(text: str, hidden: str) -> None:
    assert code_of(text[:3] + hidden + text[3:]) == "protocol.qr_hidden"


@pytest.mark.parametrize("text", ["x", "https://a.example/" + "a", LINK, "NZCOVIDTRACER:", "|"])
def test_more_than_a_qr_holds_is_refused(text: str) -> None:
    assert code_of(text + "A" * scanned.MOST) == "protocol.qr_too_long"


@pytest.mark.parametrize("text", ["", " ", "hello", "a|b|c", "|" * 30, "VX2P.AAAA", "0900000001"])
def test_what_is_no_known_code_is_refused(text: str) -> None:
    assert code_of(text) == "protocol.unknown_qr"


@given(st.text(max_size=300) | st.from_regex(r"(https?://|VX1P\.|NZCOVIDTRACER:)[ -~]{0,200}"))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        scanned.read(text, [PLACE_KEY, P256])
    assert refused.value.words.vi
    assert text.strip() == "" or len(text) < 12 or text not in refused.value.words.vi


def test_nothing_is_looked_up_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", opened)
    monkeypatch.setattr(socket, "getaddrinfo", opened)
    assert scanned.read(LINK, [PLACE_KEY]).verified is True
    assert code_of("https://evil.example/") == "protocol.strange_link"


@pytest.mark.parametrize("key", [places.KEY.public_key(), P256.key])
def test_keys_are_read_as_base64_and_pem_with_and_without_an_id(key: PublicKeyTypes) -> None:
    base = base64_of(key)
    pem = spki(key, Encoding.PEM).decode()
    found = [scanned.public_key(text) for text in (base, f"00000001,{base}", pem, f"k-1.x,{pem}")]
    assert [one.key_id for one in found] == [None, "00000001", None, "k-1.x"]
    assert {spki(one.key) for one in found} == {spki(key)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "AAAA",
        "-----BEGIN PUBLIC KEY-----",
        "a,b,c",
        "a b,AAAA",
        "A" * 9000,
        base64_of(ec.derive_private_key(7, ec.SECP384R1()).public_key()),
        base64_of(x25519.X25519PrivateKey.from_private_bytes(bytes(32)).public_key()),
        base64_of(rsa.RSAPublicNumbers(65537, 2**2048 - 1).public_key()),
    ],
    ids=range(10),
)
def test_other_keys_are_refused(text: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        scanned.public_key(text)
    assert refused.value.code == "protocol.bad_qr_key"
