"""Signatures of export files: ECDSA on P-256 with SHA-256 over the whole `export.bin`."""

import base64
import binascii
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

from vungxanh.protocol.exports import trust_refusals
from vungxanh.protocol.exports.values import ECDSA_SHA256, Archive, Head, Signature, Signer

PublicKey = EllipticCurvePublicKey
_LONGEST: Final = 8192  # characters of a key; one on P-256 takes 124


def signed(body: bytes, head: Head, signers: Sequence[Signer]) -> tuple[Signature, ...]:
    """The signature of each signer over a whole `export.bin`; new ones each time."""
    return tuple(
        Signature(
            one.signs_as, one.key.sign(body, ECDSA(SHA256())), head.batch_num, head.batch_size
        )
        for one in signers
    )


def verified(archive: Archive, public_keys: Sequence[PublicKey]) -> tuple[Signature, ...]:
    """All signatures, each of which holds by one of `public_keys`.

    Raises `protocol.unsigned`, `protocol.wrong_signature` (by no key given, or over other bytes),
    `protocol.malformed_signature` (no DER sequence of two numbers),
    `protocol.unknown_algorithm`.
    """
    if not archive.signatures:
        raise trust_refusals.unsigned()
    for row, one in enumerate(archive.signatures, start=1):
        checked_form(one, row)
        if not any(holds(archive.body, one, key) for key in public_keys):
            raise trust_refusals.wrong_signature(row, len(archive.signatures))
    return archive.signatures


def checked_form(one: Signature, row: int) -> None:
    """Raises `protocol.unknown_algorithm|malformed_signature`. An absent algorithm is ECDSA."""
    if one.of.algorithm not in {"", ECDSA_SHA256}:
        raise trust_refusals.unknown_algorithm(row)
    try:
        decode_dss_signature(one.signature)
    except ValueError:
        raise trust_refusals.malformed_signature(row) from None


def holds(body: bytes, one: Signature, key: PublicKey) -> bool:
    """Whether `key` made this signature over `body`."""
    try:
        key.verify(one.signature, body, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def public_key(text: str) -> PublicKey:
    """A public key on P-256: SPKI as base64, or PEM. Raises `protocol.bad_public_key`."""
    if len(text) > _LONGEST:
        raise trust_refusals.bad_public_key()
    try:
        if "-----BEGIN" in text:
            key = load_pem_public_key(text.encode())
        else:
            key = load_der_public_key(base64.b64decode("".join(text.split()), validate=True))
    except (ValueError, UnsupportedAlgorithm, binascii.Error):
        raise trust_refusals.bad_public_key() from None
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise trust_refusals.bad_public_key()
    return key


def signing_key(pem: bytes) -> EllipticCurvePrivateKey:
    """A private key on P-256, PEM without a password. Raises `protocol.bad_signing_key`."""
    if len(pem) > _LONGEST:
        raise trust_refusals.bad_signing_key()
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise trust_refusals.bad_signing_key() from None
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise trust_refusals.bad_signing_key()
    return key
