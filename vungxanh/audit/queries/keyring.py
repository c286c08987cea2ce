"""The keys of the log, each for one purpose alone."""

from functools import lru_cache

from vungxanh.audit.rules import Tagger, public_key
from vungxanh.core import keys
from vungxanh.core.keys import Use

# The current key's id, and every key by its id.
_Held = tuple[bytes, tuple[tuple[bytes, bytes], ...]]


def row_tagger() -> Tagger:
    """Tags rows; every process that writes the log holds `audit.json`."""
    return _tagger(Use.AUDIT, "audit:row", _held(Use.AUDIT))


def seal_tagger() -> Tagger:
    """Tags seals; only the worker, and whoever checks, needs `seal.json`."""
    return _tagger(Use.SEAL, "audit:seal", _held(Use.SEAL))


def signing_key() -> bytes:
    """The secret bytes that sign days."""
    ring = keys.ring(Use.SEAL)
    return _signing(ring.keys[ring.current])


def own_public_key() -> bytes:
    """The key that a day's seal must name."""
    return public_key(signing_key())


def signing_keys() -> tuple[bytes, ...]:
    """Those of former keys too."""
    return tuple(_signing(key) for key in keys.ring(Use.SEAL).keys.values())


def _signing(key: bytes) -> bytes:
    return keys.derived(key, "audit:day")


def _held(use: Use) -> _Held:
    ring = keys.ring(use)
    return ring.current, tuple(ring.keys.items())


@lru_cache(maxsize=8)
def _tagger(use: Use, purpose: str, held: _Held) -> Tagger:
    current, known = held
    return Tagger(current, {key_id: keys.derived(key, purpose) for key_id, key in known})
