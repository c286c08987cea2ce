"""Codes of our own with a key that everybody knows, and the file of vectors made of them.

`python -m tests.protocol.personal.samples` writes the file again.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vungxanh.protocol.personal import own
from vungxanh.protocol.personal.own import Kind

FILE: Final = Path(__file__).with_name("vectors") / "own.json"
PHRASE: Final = "vungxanh.person example key, never used"
SEED: Final = hashlib.sha256(PHRASE.encode()).digest()
KEY: Final = Ed25519PrivateKey.from_private_bytes(SEED)
OTHER_KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_ID: Final = bytes.fromhex("00000001")
KEYS: Final = {KEY_ID: KEY.public_key()}
FROM: Final = 1_633_046_400  # 1/10/2021 00:00 UTC
ENDS: Final = {Kind.SCREEN: FROM + 60, Kind.ONE_TIME: FROM + 900, Kind.CARD: FROM + 365 * 86_400}


def written(kind: Kind, *, key: Ed25519PrivateKey = KEY, key_id: bytes = KEY_ID) -> str:
    """One code of a kind, its handle a pattern."""
    return own.write(
        kind,
        bytes([kind]) * own.HANDLE_SIZE,
        valid_from=FROM,
        valid_until=ENDS[kind],
        key_id=key_id,
        private_key=key,
    )


def rewritten(content: bytes) -> str:
    """Any bytes in the form of a code, their signature made again."""
    signed = content[: -own.SIGNATURE_SIZE]
    return own._text(signed + KEY.sign(signed))


def changed(kind: Kind, place: int, value: int) -> str:
    """A code with one byte of what is signed changed, and signed again."""
    content = bytearray(own._bytes(written(kind)))
    content[place] = value
    return rewritten(bytes(content))


def refused() -> list[tuple[str, str, str]]:
    """Texts that a reader turns away: text, code, why."""
    good = written(Kind.SCREEN)
    body = good.removeprefix(own.PREFIX)
    return [
        ("", "protocol.not_own_code", "empty"),
        ("VX2P." + body, "protocol.not_own_code", "another prefix"),
        (good.lower(), "protocol.not_own_code", "small letters"),
        (good[:-1], "protocol.not_own_code", "a character is missing"),
        (good + "A", "protocol.not_own_code", "a character too many"),
        (good[:-1] + "1", "protocol.not_own_code", "a character that base32 does not have"),
        (unused_bits(good), "protocol.not_own_code", "the four unused bits at the end are not 0"),
        (changed(Kind.SCREEN, 0, 2), "protocol.newer_own_code", "version 2"),
        (changed(Kind.SCREEN, 1, 0), "protocol.not_own_code", "kind 0"),
        (changed(Kind.SCREEN, 1, 4), "protocol.not_own_code", "kind 4"),
        (changed(Kind.CARD, 10, 0), "protocol.not_own_code", "ends before it begins"),
        (changed(Kind.CARD, 1, 1), "protocol.not_own_code", "a screen code of more than 60 s"),
    ]


def unused_bits(text: str) -> str:
    """The same bytes with a bit set that no byte has."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return text[:-1] + alphabet[alphabet.index(text[-1]) + 1]


def one_vector(kind: Kind) -> dict[str, Any]:
    """A code with everything that it is made of."""
    text = written(kind)
    content = own._bytes(text)
    return {
        "kind": int(kind),
        "kind_name": kind.name.lower(),
        "handle_hex": (bytes([kind]) * own.HANDLE_SIZE).hex(),
        "valid_from": FROM,
        "valid_until": ENDS[kind],
        "key_id_hex": KEY_ID.hex(),
        "signed_hex": content[: -own.SIGNATURE_SIZE].hex(),
        "signature_hex": content[-own.SIGNATURE_SIZE :].hex(),
        "text": text,
    }


def made() -> dict[str, Any]:
    """All vectors."""
    return {
        "source": "ours (Vùng Xanh), Apache-2.0; made by vungxanh.protocol.personal.own itself "
        "with the key given here, which is for examples only",
        "format": "VX1P. + base32 (RFC 4648, capitals, no padding) of: version u8 | kind u8 | "
        "key_id 4 | valid_from u32 | valid_until u32 | handle 44 | Ed25519 over all before; "
        "numbers big-endian",
        "phrase": PHRASE,
        "private_key_hex": SEED.hex(),
        "public_key_hex": KEY.public_key().public_bytes_raw().hex(),
        "codes": [one_vector(kind) for kind in Kind],
        "not_verified": written(Kind.CARD, key=OTHER_KEY),
        "unknown_key": written(Kind.CARD, key_id=bytes(4)),
        "refused": [{"text": text, "code": code, "why": why} for text, code, why in refused()],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
