"""Venues of NHS COVID-19 (England and Wales): `UKC19TRACING:1:` and a JWT signed with ES256.

The token's header names the key (`kid`), its claims are `id` of the venue, `opn` its name, perhaps
`pc` the postcode and `vt` the kind of venue. A later version is read as the first, as the app does.

The algorithm is the format's, never the token's: another `alg` is refused before any key is looked
at, so that neither "none" nor a public key used as a secret passes.

Source: `VenueDecoder` of the published iOS app, `QrCodeParser` of the Android app, RFC 7515, 7518.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from vungxanh.protocol.places import refusals
from vungxanh.protocol.places.door import bytes_of_url, object_of, text_of

PREFIX: Final = "UKC19TRACING:"
LONGEST: Final = 2048
ALGORITHM: Final = "ES256"
_CODE: Final = re.compile(
    r"UKC19TRACING:[1-9][0-9]{0,3}:(?P<signed>(?P<header>[\w-]+)\.(?P<claims>[\w-]+))"
    r"\.(?P<signature>[\w-]*)",
    re.ASCII,
)
_ID: Final = re.compile(r"[A-Za-z0-9]{8}", re.ASCII)
_HALF: Final = 32  # bytes of each of the two numbers of a signature

KeysOf = Callable[[str], Sequence[EllipticCurvePublicKey]]
"""The keys on P-256 that may have signed under a `kid`."""


@dataclass(frozen=True, slots=True)
class Venue:
    """One venue. `verified`: True where a key of `key_id` signed it, None where none is known."""

    venue_id: str
    name: str
    postcode: str | None
    venue_type: str | None
    key_id: str
    verified: bool | None


def is_meant(text: str) -> bool:
    """Whether a scanned text begins as one of these codes; read it to know."""
    return text.startswith(PREFIX)


def read(text: str, keys_of: KeysOf) -> Venue:
    """The venue of a scanned text.

    Raises `protocol.not_nhs_venue`, `protocol.nhs_algorithm`. A signature that does not hold is no
    refusal: see `Venue.verified`.
    """
    found = _CODE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise refusals.not_nhs_venue()
    key_id = _key_id(found["header"])
    signature = bytes_of_url(found["signature"])
    claims = object_of(bytes_of_url(found["claims"]))
    if claims is None or signature is None or len(signature) != 2 * _HALF:
        raise refusals.not_nhs_venue()
    venue_id, name = text_of(claims.get("id"), 8), text_of(claims.get("opn"), 200)
    if venue_id is None or name is None or not _ID.fullmatch(venue_id):
        raise refusals.not_nhs_venue()
    keys = keys_of(key_id)
    verified = any(_holds(key, signature, found["signed"].encode()) for key in keys)
    return Venue(
        venue_id,
        name,
        _perhaps(claims.get("pc")),
        _perhaps(claims.get("vt")),
        key_id,
        verified if keys else None,
    )


def _key_id(written: str) -> str:
    """The `kid` of a header that says ES256 and asks for nothing that is not known here."""
    header = object_of(bytes_of_url(written))
    if header is None:
        raise refusals.not_nhs_venue()
    if header.get("alg") != ALGORITHM or header.get("typ", "JWT") != "JWT" or "crit" in header:
        raise refusals.not_es256()
    key_id = text_of(header.get("kid"), 100)
    if key_id is None:
        raise refusals.not_nhs_venue()
    return key_id


def _perhaps(found: object) -> str | None:
    """A short text that may lack. Raises `protocol.not_nhs_venue` where it is no text."""
    if found is None or found == "":
        return None
    text = text_of(found, 20)
    if text is None:
        raise refusals.not_nhs_venue()
    return text


def _holds(key: EllipticCurvePublicKey, signature: bytes, signed: bytes) -> bool:
    r, s = (int.from_bytes(half, "big") for half in (signature[:_HALF], signature[_HALF:]))
    try:
        key.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
