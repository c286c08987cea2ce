"""AES-128 on several blocks in a vector, each under a key of its own, with the processor's rounds.

Source: FIPS 197; the key schedule takes its S-box from a last round on one word four times over.
"""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.keymatch.ir.lanes import Text, splat, vector

ROUNDS: Final = 10
_CONSTANTS: Final = (1, 2, 4, 8, 16, 32, 64, 128, 0x1B, 0x36)
_SUFFIX: Final = {1: "", 2: ".256", 4: ".512"}


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

    def round(self, block: str, key: str, *, is_last: bool = False) -> str:
        """One round of the cipher."""
        name = "aesenclast" if is_last else "aesenc"
        call = f"call {self.type} @llvm.x86.aesni.{name}{_SUFFIX[self.n]}"
        return self.text.let(f"{call}({self.type} {block}, {self.type} {key})")

    def shuffled(self, block: str, order: Sequence[int]) -> str:
        """Bytes in another order, the same in every block; 16 stands for zero."""
        whole = [16 * self.n if at == 16 else 16 * b + at for b in range(self.n) for at in order]
        cast = self.text.let(f"bitcast {self.type} {block} to {self._bytes}")
        operands = f"{self._bytes} {cast}, {self._bytes} zeroinitializer, {vector(whole)}"
        mixed = self.text.let(f"shufflevector {operands}")
        return self.text.let(f"bitcast {self._bytes} {mixed} to {self.type}")

    def constant(self, word: int) -> str:
        """One word everywhere, as blocks."""
        zero = f"{splat(word, 4 * self.n)}, zeroinitializer"
        return self.of_words(self.text.let(f"add {self.words} {zero}"))

    def _place(self, place: str, at: int) -> str:
        return self.text.let(f"getelementptr {self.type}, ptr {place}, i64 {at}")


def declarations(n: int) -> str:
    """The processor's rounds."""
    blocks = Blocks(Text("none"), n)
    names = ("aesenc", "aesenclast")
    return "\n".join(
        f"declare {blocks.type} @llvm.x86.aesni.{name}{_SUFFIX[n]}({blocks.type}, {blocks.type})"
        for name in names
    )


def schedule(blocks: Blocks, key: str) -> list[str]:
    """The eleven keys of rounds of each block's key."""
    keys = [key]
    for constant in _CONSTANTS:
        # The last word turned by a byte, four times: shifting rows changes nothing then.
        turned = blocks.shuffled(keys[-1], (13, 14, 15, 12) * 4)
        boxed = blocks.round(turned, blocks.constant(constant), is_last=True)
        sums = blocks.xor(keys[-1], _moved(blocks, keys[-1], 4))
        sums = blocks.xor(sums, _moved(blocks, sums, 8))
        keys.append(blocks.xor(sums, boxed))
    return keys


def encrypted(blocks: Blocks, plain: Sequence[str], keys: str) -> list[str]:
    """Several vectors under the keys of rounds behind `keys`, round by round side by side."""
    first = blocks.load(keys, 0)
    now = [blocks.xor(block, first) for block in plain]
    for at in range(1, ROUNDS + 1):
        key = blocks.load(keys, at)
        now = [blocks.round(block, key, is_last=at == ROUNDS) for block in now]
    return now


def _moved(blocks: Blocks, block: str, n: int) -> str:
    """Bytes moved up by `n`, zeros before them."""
    return blocks.shuffled(block, (*(16,) * n, *range(16 - n)))
