"""One sieve made and asked: slots chosen so that four of them, combined, are what they must be."""

import hashlib
import math
import struct
from typing import Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.revocation.peeling import Order, Slots, order_of
from vungxanh.engines.revocation.types import Bools, Int64s, UInt32s
from vungxanh.protocol.places.revocations import MOST_POWER, N_SLOTS, Sieve, n_slots_of

_TRIES: Final = 4  # seeds for a size, before it grows by a hundredth
_HALF: Final = np.uint32(16)
Seeds = tuple[int, int, int]


class Shape(NamedTuple):
    """2^`power` slots in a segment; `n_starts` segments in which a number may begin."""

    power: int
    n_starts: int


class Laid(NamedTuple):
    """A size and seeds by which slots can be chosen, and the order in which."""

    shape: Shape
    seeds: Seeds
    words: list[UInt32s]
    slots: Slots
    order: Order


def sieve_of(numbers: Int64s, *, bits: int, seed: bytes, is_barred: Bools | None = None) -> Sieve:
    """A sieve that all `numbers` (n, each once, n > 0) pass but those of `is_barred`, bool (n).

    Numbers that are not given pass with a chance of 2^-bits. `seed` decides what is left to chance.
    """
    laid = _laid(numbers, seed)
    wanted = laid.words[0] & _mask(bits)
    if is_barred is not None:
        wanted = wanted ^ is_barred
    table = np.zeros(n_slots_of(laid.shape.n_starts, laid.shape.power), np.uint32)
    for rows, chosen in reversed(laid.order):
        table[chosen] = wanted[rows] ^ np.bitwise_xor.reduce(table[laid.slots[rows]], axis=1)
    return Sieve(bits, laid.shape.power, laid.shape.n_starts, laid.seeds, _packed(table, bits))


def passes(sieve: Sieve, numbers: Int64s) -> Bools:
    """Which of `numbers`, int64 (n), pass."""
    words = _words(numbers, sieve.seeds)
    slots = _slots(words, Shape(sieve.power, sieve.n_starts))
    found = np.bitwise_xor.reduce(_table(sieve)[slots], axis=1)
    return cast(Bools, found == words[0] & _mask(sieve.bits))


def shape_of(n: int) -> Shape:
    """The shape with which to begin for `n` numbers.

    Segments as Graf and Lemire (2022) measured them best for four slots; a little fewer slots than
    theirs, since a list is made once and fetched often: some more seeds are tried.
    """
    logarithm = math.log(max(n, 2))
    power = min(max(math.floor(logarithm / math.log(2.91) - 0.5), 2), MOST_POWER)
    share = max(1.075, 0.72 + 0.305 * math.log(600_000) / logarithm)
    n_segments = math.ceil(n * share / (1 << power))
    return Shape(power, max(n_segments - (N_SLOTS - 1), 1))


def _laid(numbers: Int64s, seed: bytes) -> Laid:
    """The first seeds that allow an order; the sieve grows after every few that do not."""
    shape, attempt = shape_of(len(numbers)), 0
    while True:
        seeds = _seeds(seed, attempt)
        words = _words(numbers, seeds)
        slots = _slots(words, shape)
        order = order_of(slots, n_slots_of(shape.n_starts, shape.power))
        if order is not None:
            return Laid(shape, seeds, words, slots, order)
        attempt += 1
        if attempt % _TRIES == 0:
            shape = shape._replace(n_starts=shape.n_starts + 1 + shape.n_starts // 100)


def _seeds(seed: bytes, attempt: int) -> Seeds:
    drawn = hashlib.sha256(seed + struct.pack(">I", attempt)).digest()
    return cast(Seeds, struct.unpack(">3I", drawn[:12]))


def _words(numbers: Int64s, seeds: Seeds) -> list[UInt32s]:
    low, high = numbers.astype(np.uint32), (numbers >> 32).astype(np.uint32)
    return [_mix(_mix(low ^ np.uint32(seed)) ^ high) for seed in seeds]


def _mix(words: UInt32s) -> UInt32s:
    """`protocol.places.revocations.mix`, of many."""
    words = (words ^ words >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    words = (words ^ words >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    return words ^ words >> np.uint32(16)


def _slots(words: list[UInt32s], shape: Shape) -> Slots:
    """Which four slots each number reads, int64 (n, 4)."""
    start, first, second = words
    segment = (start.astype(np.int64) * shape.n_starts) >> 32
    places = np.stack([first, first >> _HALF, second, second >> _HALF], axis=1)
    segments = segment[:, None] + np.arange(N_SLOTS)
    return (segments << shape.power) + (places & _mask(shape.power))


def _mask(bits: int) -> np.uint32:
    return np.uint32((1 << bits) - 1)


def _packed(table: UInt32s, bits: int) -> bytes:
    """Slots without gaps, the highest bit first."""
    weights = np.arange(bits - 1, -1, -1, dtype=np.uint32)
    return np.packbits((table[:, None] >> weights & np.uint32(1)).astype(np.uint8)).tobytes()


def _table(sieve: Sieve) -> NDArray[np.uint32]:
    """The slots out of the bytes of a sieve."""
    flat = np.unpackbits(np.frombuffer(sieve.content, np.uint8), count=sieve.n_slots * sieve.bits)
    weights = np.uint32(1) << np.arange(sieve.bits - 1, -1, -1, dtype=np.uint32)
    found = flat.reshape(-1, sieve.bits).astype(np.uint32) @ weights
    return cast(UInt32s, found)
