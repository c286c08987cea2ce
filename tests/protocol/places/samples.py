"""Codes of places with a key that everybody knows, and the file of vectors made of them.

`python -m tests.protocol.places.samples` writes the file again.
"""

import hashlib
import json
from datetime import date
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.protocol.vectors import FOLDER
from vungxanh.protocol.places import links, payloads, short_codes
from vungxanh.protocol.places.payloads import PlaceCode

FILE: Final = FOLDER / "places.json"
PHRASE: Final = "vungxanh.place example key, never used"
SEED: Final = hashlib.sha256(PHRASE.encode()).digest()
KEY: Final = Ed25519PrivateKey.from_private_bytes(SEED)
OTHER_KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_ID: Final = bytes.fromhex("00000001")
KEYS: Final = {KEY_ID: KEY.public_key()}
SITE: Final = "https://vungxanh.example"

PLACES: Final = (
    PlaceCode(0, 0, date(2020, 1, 1), 0, KEY_ID),
    PlaceCode(0x3CC20BA7AD, 1, date(2021, 10, 1), 3_700_001, KEY_ID),
    PlaceCode(2**40 - 1, 255, date(2199, 6, 6), 2**40 - 1, KEY_ID),
)


def signed_again(content: bytes, key: Ed25519PrivateKey = KEY) -> str:
    """Any 18 bytes in the form of a payload, signed."""
    return payloads._text(content + key.sign(payloads.DOMAIN + content))


def content_of(place: PlaceCode) -> bytes:
    """The 18 bytes of a payload before its signature."""
    return payloads._bytes(payloads.write(place, KEY))[: -payloads.SIGNATURE_SIZE]


def refused() -> list[tuple[str, str, str]]:
    """Texts that a reader turns away: text, code, why."""
    good = payloads.write(PLACES[1], KEY)
    link, bad = links.write(SITE, good), "protocol.not_place_code"
    other = links.write(SITE, payloads.write(PLACES[2], KEY)).partition("#")[0]
    unused = good[:-1] + {"A": "B", "Q": "R", "g": "h", "w": "x"}[good[-1]]
    newer = signed_again(b"\x02" + content_of(PLACES[1])[1:])
    return [
        (f"{SITE}/c/{PLACES[1].short_code}#", bad, "no payload"),
        (link[:-1], bad, "a character is missing"),
        (link + "A", bad, "a character too many"),
        (link.removesuffix(good) + unused, bad, "the four unused bits at the end are not 0"),
        (link.replace("https:", "ftp:"), bad, "another scheme"),
        (link.replace("//", "//someone@"), bad, "a user's name in the address"),
        (link.replace("#", "?x=1#"), bad, "a question in the address"),
        (link.replace("vungxanh.", "xn--vngxanh-jya."), bad, "a host in disguised letters"),
        (link.removesuffix(good) + newer, "protocol.newer_place_code", "version 2"),
        (f"{other}#{good}", "protocol.mixed_place_codes", "the short code of another place"),
    ]


def one_vector(place: PlaceCode) -> dict[str, Any]:
    """A code with everything that it is made of."""
    text = payloads.write(place, KEY)
    content = payloads._bytes(text)
    return {
        "code": place.code,
        "short_code": place.short_code,
        "shown": short_codes.shown(place.short_code),
        "entrance": place.entrance,
        "valid_from": place.valid_from.isoformat(),
        "issue": place.issue,
        "key_id_hex": place.key_id.hex(),
        "signed_hex": content[: -payloads.SIGNATURE_SIZE].hex(),
        "signature_hex": content[-payloads.SIGNATURE_SIZE :].hex(),
        "payload": text,
        "url": links.write(SITE, text),
    }


def made() -> dict[str, Any]:
    """All vectors."""
    code = PLACES[1].short_code
    return {
        "source": "ours (Vùng Xanh), Apache-2.0; made by vungxanh.protocol.places itself with the "
        "key given here, which is for examples only",
        "format": "base64url (RFC 4648, no padding) of: version u8 = 1 | key_id 4 | code u40 | "
        "entrance u8 | valid_from u16, days since 2020-01-01 in UTC+7 | issue u40 | Ed25519 over "
        "'vungxanh.place' and all before; numbers big-endian; address: https://site/c/SHORT#TEXT",
        "short_code": "eight characters of Crockford's base32 of the 40 bits and a ninth: v1*a + "
        "v2*a^2 + … + v8*a^8 in GF(32), a a root of x^5 + x^2 + 1",
        "phrase": PHRASE,
        "private_key_hex": SEED.hex(),
        "public_key_hex": KEY.public_key().public_bytes_raw().hex(),
        "codes": [one_vector(place) for place in PLACES],
        "not_verified": links.write(SITE, payloads.write(PLACES[1], OTHER_KEY)),
        "typed": [
            code,
            code.lower(),
            f" {short_codes.shown(code)} ",
            code.replace("1", "l").replace("0", "o"),
        ],
        "refused": [{"text": text, "code": code, "why": why} for text, code, why in refused()],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
