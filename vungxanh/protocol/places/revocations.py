"""The list of revoked codes of control points, which a phone keeps and asks without a network.

Codes are numbered upward as they are issued. A list speaks of the numbers up to `upto`: of those
issued, it names exactly the revoked ones, so that no valid code is ever refused; a number that was
never issued may be answered either way. `engines.revocation` makes what this module writes.

Numbers big-endian:

| bytes | what |
|---|---|
| 4 | `VXRV` |
| 1 | version, 1 |
| 1 | how many sieves, 0 to 2 |
| 4 | id of the signing key |
| 5 | `upto`, the highest number that the list speaks of |
| 4 | built at, seconds since 1970 |
| 4 | how many numbers up to `upto` were issued |
| 4 | how many of these are revoked |
| 32 | SHA-256 of all these numbers, as `engines.revocation` takes it |
| 16 each | heads of the sieves |
| each | slots of the sieves: (S + 3) · 2^L, packed from the highest bit on, 0 to a whole byte |
| 64 | Ed25519 (RFC 8032) over `vungxanh.revoked` and all bytes before |

| bytes of a head | what |
|---|---|
| 1 | bits of a slot, 1 to 16 |
| 1 | L: a segment has 2^L slots, L from 0 to 16 |
| 2 | S: in how many segments a number may begin, from 1 |
| 12 | three seeds |

A number is revoked when it passes every sieve; without sieves either all are revoked or none, as
the counts say. Let `low` be the number's lower 32 bits, `high` the rest, and `mix` the last steps
of MurmurHash3 (32 bits); all modulo 2^32. A sieve makes three words of a number,

    word[j] = mix(mix(low ^ seed[j]) ^ high)

and reads one slot in each of four segments from number (word[0] · S) >> 32 on: in their order by
the lower and the upper half of word[1], the lower and the upper half of word[2], modulo 2^L. It
passes when the four slots, combined by exclusive or, are the lowest bits of word[0]. The first
sieve lets pass all that are revoked and few others; the second is right for whatever passes it.

Sources: four-wise binary fuse filters (Graf, Lemire, 2022), in two sieves of which the second is
exact (Schanck, Clubcards for the WebPKI, 2025).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from vungxanh.protocol.lengths import exactly, within
from vungxanh.protocol.places import revocation_refusals as refusals

MAGIC: Final = b"VXRV"
VERSION: Final = 1
DOMAIN: Final = b"vungxanh.revoked"
LAST_NUMBER: Final = 2**40 - 1
N_SLOTS: Final = 4  # that a number reads
MOST_SIEVES: Final = 2
MOST_BITS: Final = 16
MOST_POWER: Final = 16
KEY_ID_SIZE: Final = 4
SIGNATURE_SIZE: Final = 64

_HEAD: Final = struct.Struct(">4sBB4sBIIII32s")
_SIEVE: Final = struct.Struct(">BBH3I")
_WORD: Final = 2**32 - 1


class Verdict(StrEnum):
    """What a list says of a number."""

    REVOKED = "revoked"
    NOT_REVOKED = "not_revoked"
    NOT_COVERED = "not_covered"
    """Issued after the list was made: no reason to refuse it, but to fetch a newer list."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """One question to a number. `content` holds the packed slots."""

    bits: int
    power: int
    n_starts: int
    seeds: tuple[int, int, int]
    content: bytes

    @property
    def n_slots(self) -> int:
        """All slots of all segments."""
        return n_slots_of(self.n_starts, self.power)

    def passes(self, number: int) -> bool:
        """Whether the number passes."""
        low, high = number & _WORD, number >> 32
        start, first, second = (mix(mix(low ^ seed) ^ high) for seed in self.seeds)
        segment, last = start * self.n_starts >> 32, (1 << self.power) - 1
        found = start & ((1 << self.bits) - 1)
        for place in (first, first >> 16, second, second >> 16):
            found ^= self._slot((segment << self.power) + (place & last))
            segment += 1
        return found == 0

    def _slot(self, number: int) -> int:
        at, skipped = divmod(number * self.bits, 8)
        window = int.from_bytes(self.content[at : at + 3].ljust(3, b"\0"))
        return window >> (24 - skipped - self.bits) & ((1 << self.bits) - 1)


@dataclass(frozen=True, slots=True)
class Revocations:
    """Which of the numbers issued up to `upto` are revoked; `digest` is that of the numbers."""

    upto: int
    n_issued: int
    n_revoked: int
    digest: bytes
    sieves: tuple[Sieve, ...]

    def holds(self, number: int) -> Verdict:
        """What the list says of a number; of one that was never issued it may say anything.

        Raises `protocol.out_of_bounds` (a number that 40 bits cannot hold).
        """
        if within(number, (0, LAST_NUMBER), name="number") > self.upto:
            return Verdict.NOT_COVERED
        is_revoked = self.n_revoked > 0 and all(sieve.passes(number) for sieve in self.sieves)
        return Verdict.REVOKED if is_revoked else Verdict.NOT_REVOKED


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list as it was signed, at the second `built_at`.

    `verified`: True where the key of `key_id` signed it, False where it did not, None where no
    such key is known here. Only True is to be trusted.
    """

    revocations: Revocations
    built_at: int
    key_id: bytes
    verified: bool | None = None

    def holds(self, number: int) -> Verdict:
        """What the list says of a number; see `Revocations.holds`."""
        return self.revocations.holds(number)


def write(
    revocations: Revocations, *, built_at: int, key_id: bytes, private_key: Ed25519PrivateKey
) -> bytes:
    """A signed list; the same for the same input (Ed25519 draws nothing).

    Raises `protocol.wrong_length`, `protocol.out_of_bounds` (a time that 32 bits cannot hold).
    """
    exactly(key_id, KEY_ID_SIZE, name="key_id")
    within(built_at, (0, _WORD), name="built_at")
    sieves, upto = revocations.sieves, revocations.upto
    counts = (revocations.n_issued, revocations.n_revoked)
    head = _HEAD.pack(
        MAGIC, VERSION, len(sieves), key_id, upto >> 32, upto & _WORD, built_at, *counts,
        revocations.digest,
    )  # fmt: skip
    heads = [_SIEVE.pack(one.bits, one.power, one.n_starts, *one.seeds) for one in sieves]
    body = b"".join([head, *heads, *(one.content for one in sieves)])
    return body + private_key.sign(DOMAIN + body)


def read(content: bytes, public_keys: Mapping[bytes, Ed25519PublicKey]) -> RevocationList:
    """The list in these bytes, whole or not at all; `public_keys` by their id of four bytes.

    Raises `protocol.not_revocations` (another file; cut off, longer, or with counts and sizes that
    cannot be), `protocol.newer_revocations`. A signature that does not hold is no refusal: see
    `RevocationList.verified`.
    """
    body, signature = content[:-SIGNATURE_SIZE], content[-SIGNATURE_SIZE:]
    if not body.startswith(MAGIC) or len(body) < _HEAD.size:
        raise refusals.not_revocations()
    _, version, n_sieves, key_id, *rest = _HEAD.unpack_from(body)
    if version != VERSION:
        raise refusals.newer_revocations()
    high, low, built_at, n_issued, n_revoked, digest = rest
    sieves = _sieves(body, n_sieves)
    found = Revocations(high << 32 | low, n_issued, n_revoked, digest, sieves)
    if not _is_possible(found):
        raise refusals.not_revocations()
    key = public_keys.get(key_id)
    verified = None if key is None else _is_signed(key, signature, body)
    return RevocationList(found, built_at, key_id, verified)


def n_slots_of(n_starts: int, power: int) -> int:
    """How many slots a sieve of this shape has."""
    return (n_starts + N_SLOTS - 1) << power


def mix(word: int) -> int:
    """The last steps of MurmurHash3, 32 bits (Appleby, public domain).

    >>> hex(mix(1))
    '0x514e28b7'
    """
    word = (word ^ word >> 16) * 0x85EBCA6B & _WORD
    word = (word ^ word >> 13) * 0xC2B2AE35 & _WORD
    return word ^ word >> 16


def _sieves(body: bytes, n_sieves: int) -> tuple[Sieve, ...]:
    """The sieves of a list, which end where it ends. Raises `protocol.not_revocations`."""
    at = _HEAD.size + n_sieves * _SIEVE.size
    if n_sieves > MOST_SIEVES or len(body) < at:
        raise refusals.not_revocations()
    found: list[Sieve] = []
    for head in range(_HEAD.size, at, _SIEVE.size):
        bits, power, n_starts, *seeds = _SIEVE.unpack_from(body, head)
        if not (1 <= bits <= MOST_BITS and power <= MOST_POWER and n_starts):
            raise refusals.not_revocations()
        size = -(-n_slots_of(n_starts, power) * bits // 8)
        found.append(Sieve(bits, power, n_starts, (*seeds,), body[at : at + size]))
        at += size
    if at != len(body):
        raise refusals.not_revocations()
    return tuple(found)


def _is_possible(found: Revocations) -> bool:
    """Whether the counts can be, and there are sieves unless all or none are revoked."""
    is_mixed = 0 < found.n_revoked < found.n_issued
    return found.n_revoked <= found.n_issued <= found.upto + 1 and bool(found.sieves) == is_mixed


def _is_signed(key: Ed25519PublicKey, signature: bytes, body: bytes) -> bool:
    try:
        key.verify(signature, DOMAIN + body)
    except InvalidSignature:
        return False
    return True
