"""Codes of control points read and verified on one core, beside a library's ES256 token.

Ours: the address taken apart, the payload parsed, its Ed25519 signature checked. The peer checks as
many tokens as NHS venues carry them (`py_vapid`, ES256 by the same `cryptography`), without reading
what they say. Every code has its own point and signature; each run's answers are checked.
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import date
from time import process_time

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from py_vapid import Vapid01

from bench.harness import Row
from vungxanh.protocol.places import links, nhs, payloads
from vungxanh.protocol.places.payloads import PlaceCode

LEAST_RATE = 10_000.0
REPEAT = 3
KEY_ID = b"\0\0\0\1"
SITE = "https://vungxanh.example"


def run(full: bool) -> list[Row]:
    """Codes a second; the small form reads few."""
    n = 20_000 if full else 200
    key, peers_key = (
        Ed25519PrivateKey.from_private_bytes(bytes(32)),
        derive_private_key(7, SECP256R1()),
    )
    texts = [_link(number, key) for number in range(n)]
    known = {KEY_ID: key.public_key()}
    tokens = [_token(number, peers_key) for number in range(n)]
    peer = Vapid01()
    peer._public_key = peers_key.public_key()
    venues = [f"{nhs.PREFIX}1:{signed.decode()}.{signature}" for signed, signature in tokens]
    ours = _rate(n, lambda: sum(links.read(one, known).place.verified is True for one in texts))
    theirs = _rate(n, lambda: sum(peer.verify_token(*one) for one in tokens))
    keys = [peers_key.public_key()]
    foreign = _rate(
        n, lambda: sum(nhs.read(one, lambda _: keys).verified is True for one in venues)
    )
    note = f"{n:,} codes, best of {REPEAT}, load {os.getloadavg()[0]:.1f}"
    return [
        Row("QR: points verified", ours, theirs, ours / theirs, LEAST_RATE, "codes/s", note),
        Row("QR: NHS venues verified", foreign, theirs, foreign / theirs, None, "codes/s", note),
    ]


def _rate(n: int, verify_all: Callable[[], int]) -> float:
    """Codes for each second of processor time, in the quickest of some runs."""
    best = 0.0
    for _ in range(REPEAT):
        began = process_time()
        n_verified = verify_all()
        took = process_time() - began
        assert n_verified == n
        best = max(best, n / took)
    return best


def _link(number: int, key: Ed25519PrivateKey) -> str:
    place = PlaceCode(number * 0x9E3779B9 % 2**40, number % 4, date(2021, 10, 1), number, KEY_ID)
    return links.write(SITE, payloads.write(place, key))


def _token(number: int, key: EllipticCurvePrivateKey) -> tuple[bytes, str]:
    header = _base64(b'{"alg":"ES256","typ":"JWT","kid":"1"}')
    claims = _base64(b'{"id":"%08d","opn":"Venue","pc":"CM1"}' % number)
    signed = f"{header}.{claims}".encode()
    r, s = decode_dss_signature(key.sign(signed, ECDSA(SHA256())))
    return signed, _base64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
