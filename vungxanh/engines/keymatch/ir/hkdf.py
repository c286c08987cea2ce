"""The keys of identifiers (RPIK) of as many TEKs at once as a vector has lanes.

HKDF-SHA256 without salt, info `EN-RPIK`, 16 bytes. The first block of both hashes that extract is
the same for every key: their states are reckoned while writing. Source: RFC 2104, RFC 5869.
"""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.keymatch.ir import sha
from vungxanh.engines.keymatch.ir.lanes import Lanes, Text, Value

_INNER, _OUTER = 0x36363636, 0x5C5C5C5C
_END: Final = 0x80000000  # of a message
_WORDS: Final = 4  # of a key


def declarations(width: int) -> str:
    """What LLVM has for vectors of words."""
    words = f"<{width} x i32>"
    return f"""declare {words} @llvm.fshr.v{width}i32({words}, {words}, {words})
declare {words} @llvm.bswap.v{width}i32({words})"""


def functions(width: int) -> str:
    """What `derived` calls."""
    return sha.functions(width, _padded(_big_endian(b"EN-RPIK\x01")))


def derived(lanes: Lanes, keys: str, out: str) -> None:
    """Write `width` RPIKs behind `out` from as many TEKs behind `keys`, 16 bytes each.

    Uses the places `%state` (8 vectors) and `%words` (16).
    """
    tek = _turned_to_words(lanes, [lanes.load(keys, at, align=1) for at in range(_WORDS)])
    inner = _hashed(lanes, _constant_state(_INNER), _padded(tek))
    prk = _hashed(lanes, _constant_state(_OUTER), _padded(inner))
    _hashed(lanes, sha.START, _keyed(lanes, prk, _INNER))
    lanes.text.put("call void @label(ptr %state)")
    inner = [lanes.load("%state", at) for at in range(sha.STATE)]
    _hashed(lanes, sha.START, _keyed(lanes, prk, _OUTER))
    rpik = _hashed(lanes, None, _padded(inner))[:_WORDS]
    for at, vector in enumerate(_turned_to_keys(lanes, rpik)):
        lanes.store(vector, out, at)


def _hashed(lanes: Lanes, state: Sequence[Value] | None, block: Sequence[Value]) -> list[Value]:
    """The state after a block; without a state, after the one that stands there."""
    for at, value in enumerate(state or ()):
        lanes.store(value, "%state", at)
    for at, value in enumerate(block):
        lanes.store(value, "%words", at)
    lanes.text.put("call void @block(ptr %state, ptr %words)")
    return [lanes.load("%state", at) for at in range(sha.STATE)]


def _keyed(lanes: Lanes, key: Sequence[Value], pad: int) -> list[Value]:
    return [*(lanes.xor(word, pad) for word in key), *(pad,) * sha.STATE]


def _constant_state(pad: int) -> tuple[Value, ...]:
    """The state after the key of 32 zero bytes."""
    return sha.compressed(Lanes(Text("none"), 1), sha.START, (pad,) * sha.BLOCK)


def _padded(message: Sequence[Value]) -> list[Value]:
    """A message that follows one block, filled up to a block with its length in bits."""
    n_bits = 512 + 32 * len(message)
    return [*message, _END, *(0,) * (sha.BLOCK - 2 - len(message)), n_bits]


def _big_endian(content: bytes) -> list[Value]:
    return [int.from_bytes(content[at : at + 4]) for at in range(0, len(content), 4)]


def _turned_to_words(lanes: Lanes, rows: Sequence[str]) -> list[Value]:
    """From keys one after the other to first words, second words, and so on."""
    each, width = lanes.width // _WORDS, lanes.width
    words: list[Value] = []
    for word in range(_WORDS):
        order = [start + 4 * at + word for start in (0, width) for at in range(each)]
        halves = [lanes.picked(rows[0], rows[1], order), lanes.picked(rows[2], rows[3], order)]
        joined = Lanes(lanes.text, width // 2).picked(halves[0], halves[1], range(width))
        words.append(lanes.swapped(joined))
    return words


def _turned_to_keys(lanes: Lanes, words: Sequence[Value]) -> list[str]:
    """The inverse of `_turned_to_words`."""
    each, width = lanes.width // _WORDS, lanes.width
    swapped = [lanes.swapped(lanes.word(word)) for word in words]
    half = Lanes(lanes.text, width // 2)
    keys = []
    for first in range(0, width, each):
        order = [lane for at in range(first, first + each) for lane in (at, width + at)]
        pairs = [
            lanes.picked(swapped[0], swapped[1], order),
            lanes.picked(swapped[2], swapped[3], order),
        ]
        places = [at for key in range(each) for at in _four(2 * key, 2 * each)]
        keys.append(half.picked(pairs[0], pairs[1], places))
    return keys


def _four(at: int, apart: int) -> tuple[int, int, int, int]:
    return at, at + 1, apart + at, apart + at + 1
