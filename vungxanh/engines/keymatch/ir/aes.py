"""AES-128 by the processor's own instructions, round by round on eight vectors side by side."""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.keymatch.ir.blocks import (
    CONSTANTS,
    ROUNDS,
    Blocks,
    Cipher,
    last_words,
    next_key,
)
from vungxanh.engines.keymatch.ir.lanes import Text

_SUFFIX: Final = {1: "", 2: ".256", 4: ".512"}


def _functions(n: int) -> str:
    kind = Blocks(Text("none"), n).type
    names = ("aesenc", "aesenclast")
    calls = (f"declare {kind} @llvm.x86.aesni.{name}{_SUFFIX[n]}({kind}, {kind})" for name in names)
    return "\n".join(calls)


def _round(blocks: Blocks, block: str, key: str, *, is_last: bool = False) -> str:
    name = "aesenclast" if is_last else "aesenc"
    call = f"call {blocks.type} @llvm.x86.aesni.{name}{_SUFFIX[blocks.n]}"
    return blocks.text.let(f"{call}({blocks.type} {block}, {blocks.type} {key})")


def _prepare(blocks: Blocks, key: str, place: str) -> None:
    """The S-box is a last round: with one word four times over, shifting rows changes nothing."""
    blocks.store(key, place, 0)
    for at, constant in enumerate(CONSTANTS, start=1):
        added = blocks.constant(constant)
        boxed = _round(blocks, last_words(blocks, key), added, is_last=True)
        key = next_key(blocks, key, boxed)
        blocks.store(key, place, at)


def _encrypted(blocks: Blocks, plain: Sequence[str], place: str) -> list[str]:
    first = blocks.load(place, 0)
    now = [blocks.xor(block, first) for block in plain]
    for at in range(1, ROUNDS + 1):
        key = blocks.load(place, at)
        now = [_round(blocks, block, key, is_last=at == ROUNDS) for block in now]
    return now


CIPHER: Final = Cipher(ROUNDS + 1, _functions, _prepare, _encrypted)
