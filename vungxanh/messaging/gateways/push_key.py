"""The key by which push services know this installation (VAPID, RFC 8292): `push.pem`.

A P-256 key beside the other keys, readable by the owner alone, made when first needed. Browsers
bind each subscription to it: with another key, everybody must subscribe anew.
"""

import base64
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from vungxanh.core.durable import sync_folder, write_draft
from vungxanh.core.keys import KeysMissingError, folder

FILE: Final = "push.pem"
VALID_FOR: Final = timedelta(hours=12)  # RFC 8292, 2: at most 24 hours


def key() -> EllipticCurvePrivateKey:
    """The installation's key; made where there is none yet."""
    path = folder() / FILE
    if not path.exists():
        _make(path)
    try:
        found = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as broken:
        raise KeysMissingError from broken
    if not isinstance(found, EllipticCurvePrivateKey) or found.curve.name != SECP256R1.name:
        raise KeysMissingError
    return found


def public_key() -> str:
    """What a page gives to the browser as `applicationServerKey`: 65 bytes in base64url."""
    return b64(key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def authorization(origin: str, contact: str, at: datetime) -> str:
    """The header that says who sends, to one push service alone (RFC 8292, 2 and 3)."""
    signer = key()
    claims: Mapping[str, object] = {
        "aud": origin,
        "exp": int((at + VALID_FOR).timestamp()),
        "sub": contact,
    }
    said = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    r, s = decode_dss_signature(signer.sign(said.encode(), ECDSA(SHA256())))
    token = f"{said}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    public = signer.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return f"vapid t={token},k={b64(public)}"


def b64(content: bytes) -> str:
    """Base64url without padding (RFC 4648, 5)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _part(fields: Mapping[str, object]) -> str:
    return b64(json.dumps(fields, separators=(",", ":")).encode())


def _make(path: Path) -> None:
    """Appear whole or not at all; the first of two processes wins."""
    made = generate_private_key(SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = write_draft(path, made)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
        sync_folder(path.parent)
