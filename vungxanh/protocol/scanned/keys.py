"""Public keys by which scanned codes may hold: Ed25519 for ours, P-256 for NHS venues.

A key is written `SPKI` as base64 or PEM, one of Ed25519 also as its 32 bytes in base64 (as
`GET /api/v1/devices/code-keys` tells it), with `ID,` before it where it is to count for codes of
that key id only: eight hex digits for ours, the `kid` for NHS.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key

from vungxanh.protocol.scanned import refusals

PublicKey = Ed25519PublicKey | EllipticCurvePublicKey
LONGEST: Final = 8192
_RAW: Final = 32  # bytes of a key of Ed25519 alone
_NAMED: Final = re.compile(r"(?:(?P<key_id>[\w.-]{1,100}),)?(?P<key>[^,]*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A public key, and the id of codes for which it counts; None for all."""

    key_id: str | None
    key: PublicKey


def public_key(text: str) -> NamedKey:
    """The key of a text. Raises `protocol.bad_qr_key`."""
    found = _NAMED.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        raise refusals.bad_key()
    try:
        key = _loaded(found["key"])
    except (ValueError, UnsupportedAlgorithm):
        raise refusals.bad_key() from None
    if isinstance(key, EllipticCurvePublicKey) and not isinstance(key.curve, SECP256R1):
        raise refusals.bad_key()
    if not isinstance(key, Ed25519PublicKey | EllipticCurvePublicKey):
        raise refusals.bad_key()
    return NamedKey(found["key_id"], key)


def ed25519(keys: Sequence[NamedKey], key_id: bytes) -> list[Ed25519PublicKey]:
    """The keys that may have signed a code of ours."""
    counted = [one.key for one in keys if one.key_id in {None, key_id.hex()}]
    return [key for key in counted if isinstance(key, Ed25519PublicKey)]


def p256(keys: Sequence[NamedKey], key_id: str) -> list[EllipticCurvePublicKey]:
    """The keys that may have signed an NHS venue."""
    counted = [one.key for one in keys if one.key_id in {None, key_id}]
    return [key for key in counted if isinstance(key, EllipticCurvePublicKey)]


def _loaded(written: str) -> object:
    if "-----BEGIN" in written:
        return load_pem_public_key(written.encode())
    content = base64.b64decode("".join(written.split()), validate=True)
    if len(content) == _RAW:
        return Ed25519PublicKey.from_public_bytes(content)
    return load_der_public_key(content)
