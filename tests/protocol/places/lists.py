"""Lists of revoked codes with a key that everybody knows, and the file of vectors made of them.

`python -m tests.protocol.places.lists` writes the file again.
"""

import hashlib
import json
from base64 import b64encode
from typing import Any, Final

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.protocol.vectors import FOLDER
from vungxanh.engines.revocation import revocations_of
from vungxanh.protocol.places import revocations
from vungxanh.protocol.places.revocations import DOMAIN, SIGNATURE_SIZE

NAME: Final = "revocations"
PHRASE: Final = "vungxanh.revoked example key, never used"
SEED: Final = hashlib.sha256(PHRASE.encode()).digest()
KEY: Final = Ed25519PrivateKey.from_private_bytes(SEED)
OTHER_KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_ID: Final = bytes.fromhex("00000002")
KEYS: Final = {KEY_ID: KEY.public_key()}
BUILT_AT: Final = 1_633_046_400  # 1/10/2021 00:00 UTC
_NEAR_32_BITS: Final = range(2**32 - 20, 2**32 + 20)
WORLDS: Final[dict[str, tuple[range, list[int], int]]] = {
    "one in ten": (range(1, 301), list(range(7, 301, 10)), 300),
    "one in a hundred": (range(1, 1001), list(range(50, 1001, 100)), 1000),
    "every second, beyond 32 bits": (_NEAR_32_BITS, list(_NEAR_32_BITS[::2]), 2**33),
    "far apart, up to 40 bits": (range(5, 2**40, 2**35), [5 + 2**35, 5 + 2**39], 2**40 - 1),
    "none revoked": (range(1, 4), [], 3),
    "all revoked": (range(1, 4), [1, 2, 3], 3),
    "none issued": (range(0), [], 0),
}  # fmt: skip
"""Numbers issued, those revoked, `upto`."""


def written(issued: range, revoked: list[int], upto: int) -> bytes:
    """A signed list."""
    made = revocations_of(np.array(issued, np.int64), np.array(revoked, np.int64), upto=upto)
    return revocations.write(made, built_at=BUILT_AT, key_id=KEY_ID, private_key=KEY)


def signed_again(content: bytes) -> bytes:
    """Any bytes in the place of a list, their signature made again."""
    body = content[:-SIGNATURE_SIZE]
    return body + KEY.sign(DOMAIN + body)


def changed(place: int, value: int, *, of: str = "one in ten") -> bytes:
    """A list with one byte of what is signed changed, and signed again."""
    content = bytearray(written(*WORLDS[of]))
    content[place] = value
    return signed_again(bytes(content))


def refused() -> list[tuple[bytes, str, str]]:
    """Bytes that a reader turns away: bytes, code, why."""
    good, wrong = written(*WORLDS["one in ten"]), "protocol.not_revocations"
    two_sieves, one_sieve = good, written(*WORLDS["every second, beyond 32 bits"])
    return [
        (b"", wrong, "empty"),
        (good[:60], wrong, "cut off in its head"),
        (good[:-1], wrong, "a byte is missing"),
        (good + b"\0", wrong, "a byte too many"),
        (signed_again(two_sieves[:-65] + two_sieves[-64:]), wrong, "a slot is missing"),
        (changed(0, 0x57), wrong, "another file"),
        (changed(4, 2), "protocol.newer_revocations", "version 2"),
        (changed(5, 0), wrong, "no sieves though some are revoked"),
        (changed(5, 1), wrong, "fewer sieves than there are"),
        (changed(5, 3), wrong, "three sieves"),
        (changed(5, 1, of="none revoked"), wrong, "a sieve that is not there"),
        (changed(25, 255), wrong, "more revoked than issued"),
        (changed(14, 3), wrong, "more issued than numbers"),
        (changed(26, 0), wrong, "none revoked though there are sieves"),
        (changed(59, 0), wrong, "slots without bits"),
        (changed(59, 17), wrong, "slots of 17 bits"),
        (changed(60, 17), wrong, "segments of 2^17 slots"),
        (changed(62, 0), wrong, "no segment to begin in"),
        (changed(62, 200), wrong, "more segments than there are"),
        (signed_again(one_sieve[:75] + good[75:]), wrong, "slots of another list"),
    ]


def one_vector(name: str) -> dict[str, Any]:
    """A list with everything that it is made of, and what it says."""
    issued, revoked, upto = WORLDS[name]
    gone = set(revoked)
    return {
        "name": name,
        "issued": {"from": issued.start, "until": issued.stop, "step": issued.step},
        "revoked": revoked,
        "upto": upto,
        "list_base64": b64encode(written(issued, revoked, upto)).decode(),
        "not_revoked": [one for one in issued if one not in gone][:30],
        "not_covered": [upto + 1] if upto < revocations.LAST_NUMBER else [],
    }


def made() -> dict[str, Any]:
    """All vectors."""
    return {
        "source": "ours (Vùng Xanh), Apache-2.0; made by vungxanh.engines.revocation and "
        "vungxanh.protocol.places.revocations, which says what the bytes are; the key given here "
        "is for examples only",
        "phrase": PHRASE,
        "private_key_hex": SEED.hex(),
        "public_key_hex": KEY.public_key().public_bytes_raw().hex(),
        "key_id_hex": KEY_ID.hex(),
        "built_at": BUILT_AT,
        "lists": [one_vector(name) for name in WORLDS],
        "not_verified_base64": b64encode(written(range(9), [1], 8)[:-1] + b"\x7f").decode(),
        "refused": [
            {"why": why, "code": code, "base64": b64encode(content).decode()}
            for content, code, why in refused()
        ],
    }


if __name__ == "__main__":
    text = json.dumps(made(), ensure_ascii=False, indent=1)
    (FOLDER / f"{NAME}.json").write_text(text + "\n", encoding="utf-8")
