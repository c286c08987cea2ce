"""A device with a passkey: what a browser would answer (Web Authentication Level 2)."""

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN = "http://localhost"


def _cose(key: ec.EllipticCurvePrivateKey) -> dict[int, object]:
    """The public key as passkeys write it."""
    made: Any = ES256
    return dict(made.from_cryptography_key(key.public_key()))


@dataclass
class Device:
    """Holds one passkey for `localhost`."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    user_handle: str = ""
    counter: int = 0

    def made(self, options: str, *, flags: int = PRESENT | VERIFIED) -> str:
        """The answer to being asked to make a passkey."""
        asked = json.loads(options)["publicKey"]
        self.user_handle = asked["user"]["id"]
        public = cbor.encode(dict(_cose(self.key)))
        credential = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id
        data = _head(flags | ATTESTED, self.counter) + credential + public
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = {"attestationObject": websafe_encode(attestation)}
        return self._answer(said, _client("webauthn.create", asked["challenge"]))

    def shown(self, options: str, *, flags: int = PRESENT | VERIFIED, origin: str = ORIGIN) -> str:
        """The answer to being asked to prove it holds the passkey."""
        asked = json.loads(options)["publicKey"]
        client = _client("webauthn.get", asked["challenge"], origin)
        data = _head(flags, self.counter)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": self.user_handle,
        }
        return self._answer(said, client)

    def _answer(self, said: dict[str, Any], client: bytes) -> str:
        own_id = websafe_encode(self.credential_id)
        response = {**said, "clientDataJSON": websafe_encode(client)}
        return json.dumps(
            {"id": own_id, "rawId": own_id, "type": "public-key", "response": response}
        )


def _head(flags: int, counter: int) -> bytes:
    return hashlib.sha256(b"localhost").digest() + struct.pack(">BI", flags, counter)


def _client(kind: str, challenge: str, origin: str = ORIGIN) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
