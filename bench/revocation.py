"""The list of revoked codes of 3.7 million points, one in a hundred of them revoked.

Peers in the same run: a cascade of Bloom filters with the best parameters (Larisch et al., CRLite,
2017: the first filter lets pass sqrt(1/2) of their share, each further one a half), and the revoked
numbers themselves, ascending, as differences: seven bits a byte, and by a Golomb-Rice code. Ours
and the cascade must say of every number what the plain set says before anything is reported.
"""

import math
import os
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray

from bench.harness import Row
from vungxanh.engines.revocation import answers, revocations_of
from vungxanh.protocol.places import revocations

N_POINTS, N_REVOKED = 3_700_000, 37_000
MOST_SECONDS, MOST_BYTES, LEAST_RATE = 60.0, 64_000.0, 20_000.0
N_ASKED = 20_000
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
UInt64s = NDArray[np.uint64]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]
Result = TypeVar("Result")


class Bloom(NamedTuple):
    """One filter of the cascade: its bits, how many a number sets, and its place."""

    bits: Bools
    n_hashes: int
    place: int


def run(full: bool) -> list[Row]:
    """Seconds, bytes, and single questions a second; the small form has few points."""
    n = N_POINTS if full else 20_000
    issued = np.arange(1, n + 1)
    revoked = np.sort(np.random.default_rng(7).choice(issued, n // 100, replace=False))
    content, ours = timed(lambda: written(issued, revoked))
    cascade, theirs = timed(lambda: cascade_of(np.setdiff1d(issued, revoked), revoked))
    held = revocations.read(content, {bytes(4): KEY.public_key()}).revocations
    compare(answers(held, issued).is_revoked, issued, revoked)
    compare(known_to(cascade, issued), issued, revoked)
    n_bloom = sum(-(-len(one.bits) // 8) for one in cascade) + 64 + 27
    plain, rice = len(differences(revoked)), rice_size(revoked)
    note = f"{len(revoked):,} of {n:,}; peer: Bloom cascade, {len(cascade)} filters"
    load = f"load {os.getloadavg()[0]:.1f}"
    return [
        Row("revocation list: built, signed", ours, theirs, theirs / ours,
            MOST_SECONDS if full else None, "s", f"{note}; {load}"),
        Row("revocation list: size", len(content), n_bloom, n_bloom / len(content),
            MOST_BYTES if full else None, "bytes", note),
        Row("revocation list: size beside the numbers", len(content), plain, plain / len(content),
            MOST_BYTES if full else None, "bytes", "peer: sorted differences, 7 bits a byte"),
        Row("revocation list: size beside their Rice code", len(content), rice, rice / len(content),
            MOST_BYTES if full else None, "bytes", "peer: the same differences, Golomb-Rice"),
        rate(held, issued, limit=LEAST_RATE if full else None),
    ]  # fmt: skip


def written(issued: Int64s, revoked: Int64s) -> bytes:
    """Ours, from numbers to signed bytes."""
    made = revocations_of(issued, revoked, upto=int(issued[-1]))
    return revocations.write(made, built_at=0, key_id=bytes(4), private_key=KEY)


def rate(held: revocations.Revocations, issued: Int64s, *, limit: float | None) -> Row:
    """Questions a second one by one in plain Python, as a door asks them."""
    asked = np.random.default_rng(8).choice(issued, N_ASKED).tolist()
    seconds = min(timed(lambda: [held.holds(number) for number in asked])[1] for _ in range(3))
    note = "one by one, plain Python"
    return Row("revocation list: asked", N_ASKED / seconds, None, None, limit, "numbers/s", note)


def cascade_of(valid: Int64s, revoked: Int64s) -> list[Bloom]:
    """The peer: each filter holds what the one before let pass wrongly, until none is left."""
    made: list[Bloom] = []
    inside, outside = revoked, valid
    while len(inside):
        share = len(inside) * math.sqrt(0.5) / len(outside) if not made and len(outside) else 0.5
        made.append(bloom_of(inside, min(share, 0.5), len(made)))
        inside, outside = outside[passing(made[-1], outside)], inside
    return made


def bloom_of(numbers: Int64s, share: float, place: int) -> Bloom:
    """A filter that lets pass all `numbers` and about `share` of the others."""
    n_bits = math.ceil(len(numbers) * math.log2(1 / share) / math.log(2))
    bloom = Bloom(np.zeros(n_bits, np.bool_), max(1, round(math.log2(1 / share))), place)
    bloom.bits[places(bloom, numbers)] = True
    return bloom


def passing(bloom: Bloom, numbers: Int64s) -> Bools:
    """Which numbers find all their bits set."""
    return cast(Bools, bloom.bits[places(bloom, numbers)].all(axis=1))


def places(bloom: Bloom, numbers: Int64s) -> Int64s:
    """The bits of each number, (n, hashes): two halves of one hash, combined."""
    mixed = splitmix(numbers.astype(np.uint64) + np.uint64(bloom.place << 48))
    first, second = mixed >> np.uint64(32), mixed & np.uint64(2**32 - 1) | np.uint64(1)
    steps = np.arange(bloom.n_hashes, dtype=np.uint64)
    spread = splitmix(first[:, None] + steps * second[:, None])
    return (spread % np.uint64(len(bloom.bits))).astype(np.int64)


def splitmix(words: UInt64s) -> UInt64s:
    """The last steps of SplitMix64."""
    words = (words ^ words >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ words >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return words ^ words >> np.uint64(31)


def known_to(cascade: list[Bloom], numbers: Int64s) -> Bools:
    """Which numbers the cascade says are revoked: those that an even filter stops are not."""
    is_revoked = np.zeros(len(numbers), np.bool_)
    left = np.arange(len(numbers))
    for bloom in cascade:
        left = left[passing(bloom, numbers[left])]
        is_revoked[left] = bloom.place % 2 == 0
    return is_revoked


def differences(numbers: Int64s) -> bytes:
    """Ascending numbers as differences, seven bits a byte, the eighth where more follow."""
    found = bytearray()
    for step in np.diff(numbers, prepend=0).tolist():
        while step >= 128:
            found.append(step & 127 | 128)
            step >>= 7
        found.append(step)
    return bytes(found)


def rice_size(numbers: Int64s) -> int:
    """Bytes of the differences by the best Golomb-Rice code; smallest where numbers lie close."""
    steps = np.diff(numbers, prepend=0)
    bits = [int((steps >> lower).sum()) + (lower + 1) * len(steps) for lower in range(40)]
    return -(-min(bits) // 8)


def compare(is_revoked: Bools, issued: Int64s, revoked: Int64s) -> None:
    """Raise unless exactly the revoked numbers are told."""
    if not np.array_equal(issued[is_revoked], revoked):
        raise RuntimeError("a list is wrong")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What `work` gives, and its seconds."""
    began = time.perf_counter()
    found = work()
    return found, time.perf_counter() - began
