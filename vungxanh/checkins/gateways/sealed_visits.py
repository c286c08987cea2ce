"""Boxes that doors seal with HPKE (RFC 9180, base mode) and only this installation opens.

DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM: what browsers have in WebCrypto. A box is the
65 bytes of the sender's key and the ciphertext. It is bound to one scan at one point.
"""

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SUITE: Final = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_CURVE: Final = ec.SECP256R1()
_PRIVATE_BYTES: Final = 32


def new_pair() -> tuple[bytes, str]:
    """A new public part, and the private one in hexadecimal."""
    key = ec.generate_private_key(_CURVE)
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return public, f"{key.private_numbers().private_value:0{2 * _PRIVATE_BYTES}x}"


def opened(box: bytes, private: str, info: bytes) -> bytes | None:
    """What a box holds; None where it was sealed to another key or for another scan, or changed."""
    try:
        return SUITE.decrypt(box, _key(private), info=info)
    except (InvalidTag, ValueError):
        return None


def sealed(content: bytes, public: bytes, info: bytes) -> bytes:
    """A box as a door makes it."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
    return SUITE.encrypt(content, key, info=info)


@lru_cache(maxsize=8)
def _key(private: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int(private, 16), _CURVE)
