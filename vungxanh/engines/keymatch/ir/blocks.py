"""Vectors of blocks of 16 bytes, each under a key of its own, and what ciphers on them share.

Source: FIPS 197.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from vungxanh.engines.keymatch.ir.lanes import Text, splat, vector

ROUNDS: Final = 10
CONSTANTS: Final = (1, 2, 4, 8, 16, 32, 64, 128, 0x1B, 0x36)


class Blocks:
    """Vectors of `n` blocks of 16 bytes."""

    def __init__(self, text: Text, n: int) -> None:
        self.text, self.n = text, n
        self.type, self.words, self._bytes = (
            f"<{2 * n} x i64>",
            f"<{4 * n} x i32>",
            f"<{16 * n} x i8>",
        )

    def as_words(self, block: str) -> str:
        """The same bits as 32-bit words."""
        return self.text.let(f"bitcast {self.type} {block} to {self.words}")

    def of_words(self, words: str) -> str:
        """The same bits as blocks."""
        return self.text.let(f"bitcast {self.words} {words} to {self.type}")

    def load(self, place: str, at: int) -> str:
        """Vector `at` behind a pointer; aligned."""
        return self.text.let(f"load {self.type}, ptr {self._place(place, at)}, align {16 * self.n}")

    def store(self, block: str, place: str, at: int) -> None:
        """Put a vector behind a pointer; aligned."""
        to = self._place(place, at)
        self.text.put(f"store {self.type} {block}, ptr {to}, align {16 * self.n}")

    def xor(self, left: str, right: str) -> str:
        """Exclusive or."""
        return self.text.let(f"xor {self.type} {left}, {right}")

    def shuffled(self, block: str, order: Sequence[int]) -> str:
        """Bytes in another order, the same in every block; 16 stands for zero."""
        whole = [16 * self.n if at == 16 else 16 * b + at for b in range(self.n) for at in order]
        cast = self.text.let(f"bitcast {self.type} {block} to {self._bytes}")
        operands = f"{self._bytes} {cast}, {self._bytes} zeroinitializer, {vector(whole)}"
        mixed = self.text.let(f"shufflevector {operands}")
        return self.text.let(f"bitcast {self._bytes} {mixed} to {self.type}")

    def op(self, name: str, left: str, right: str) -> str:
        """One of LLVM's operations on 64-bit parts."""
        return self.text.let(f"{name} {self.type} {left}, {right}")

    def splat(self, part: int) -> str:
        """The same 64 bits everywhere, as an operand."""
        return "<" + ", ".join([f"i64 {part}"] * (2 * self.n)) + ">"

    def constant(self, word: int) -> str:
        """One word everywhere, as blocks."""
        zero = f"{splat(word, 4 * self.n)}, zeroinitializer"
        return self.of_words(self.text.let(f"add {self.words} {zero}"))

    def _place(self, place: str, at: int) -> str:
        return self.text.let(f"getelementptr {self.type}, ptr {place}, i64 {at}")


class Cipher(NamedTuple):
    """AES-128 in one way: its functions, the vectors it keeps of a key, and eight vectors at once.

    `functions(n)` defines what it calls; `prepare(blocks, key, place)` puts `keys_each` vectors
    behind a place; `encrypted(blocks, plain, place)` finds them there.
    """

    keys_each: int
    functions: Callable[[int], str]
    prepare: Callable[[Blocks, str, str], None]
    encrypted: Callable[[Blocks, Sequence[str], str], list[str]]


def next_key(blocks: Blocks, key: str, boxed: str) -> str:
    """The key of the next round; `boxed` is `last_words` after the S-box and the constant."""
    sums = blocks.xor(key, _moved(blocks, key, 4))
    sums = blocks.xor(sums, _moved(blocks, sums, 8))
    return blocks.xor(sums, boxed)


def last_words(blocks: Blocks, key: str) -> str:
    """The last word of each key, turned by a byte, four times over."""
    return blocks.shuffled(key, (13, 14, 15, 12) * 4)


def _moved(blocks: Blocks, block: str, n: int) -> str:
    """Bytes moved up by `n`, zeros before them."""
    return blocks.shuffled(block, (*(16,) * n, *range(16 - n)))
