"""Two bitmaps that know every identifier seen, and hardly any other.

The first (`near`) is asked for every identifier made; it is small, so that it stays close to the
processor, and asks two bits of one word. The second (`far`) is asked for what is left. Who is known
to both may still be another: `candidates.confirmed` compares all sixteen bytes.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.keymatch.types import UInt8s, UInt32s

_NEAR_BITS: Final = 48  # for each identifier, at least
_FAR_BITS: Final = 128
_SMALLEST, _NEAR_LARGEST, _FAR_LARGEST = 15, 24, 26  # as powers of two, in bits
_TOP: Final = np.uint32(1 << 31)


class Filters(NamedTuple):
    """uint32 words of both, and how far right a word of an identifier is moved to give an index.

    Bit `h % 32` from the top of word `h >> shift`; in `near` also bit `(h >> 5) % 32`. `h` is the
    first word of an identifier (little endian) for `near`, the second for `far`.
    """

    near: UInt32s
    near_shift: np.uint32
    far: UInt32s
    far_shift: np.uint32


def filters_of(ids: UInt8s) -> Filters:
    """Filters that know `ids`, uint8 (m, 16)."""
    words = ids.view("<u4")
    near, near_shift = _empty(len(ids) * _NEAR_BITS, _NEAR_LARGEST)
    far, far_shift = _empty(len(ids) * _FAR_BITS, _FAR_LARGEST)
    first, second = words[:, 0], words[:, 1]
    np.bitwise_or.at(near, first >> near_shift, _bit(first) | _bit(first >> np.uint32(5)))
    np.bitwise_or.at(far, second >> far_shift, _bit(second))
    return Filters(near, near_shift, far, far_shift)


def may_know(filters: Filters, words: UInt32s) -> NDArray[np.bool_]:
    """Which identifiers `near` knows: `words` uint32 of any shape, the first of each."""
    asked = _bit(words) | _bit(words >> np.uint32(5))
    is_known: NDArray[np.bool_] = filters.near[words >> filters.near_shift] & asked == asked
    return is_known


def _empty(n_bits: int, largest: int) -> tuple[UInt32s, np.uint32]:
    power = min(max(n_bits.bit_length(), _SMALLEST), largest)
    return np.zeros(1 << (power - 5), np.uint32), np.uint32(37 - power)


def _bit(words: UInt32s) -> UInt32s:
    return _TOP >> (words & np.uint32(31))
