"""The keys of personal codes: one to sign, which doors know the other half of; one to seal."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vungxanh.core import keys
from vungxanh.core.keys import Use


def signing_key() -> tuple[bytes, Ed25519PrivateKey]:
    """The present key's id and the key."""
    ring = keys.ring(Use.QR)
    return ring.current, Ed25519PrivateKey.from_private_bytes(ring.keys[ring.current])


def public_keys() -> dict[bytes, Ed25519PublicKey]:
    """Every key under which a living code may be signed, by its id."""
    return {
        key_id: Ed25519PrivateKey.from_private_bytes(seed).public_key()
        for key_id, seed in keys.ring(Use.QR).keys.items()
    }


def handle_key(key_id: bytes) -> bytes:
    """The key that seals the handles of codes signed under `key_id`: it goes when that one goes."""
    return keys.derived(keys.key_of(Use.QR, key_id), "people.handle")
