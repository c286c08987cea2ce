"""The whole loop: TEKs to keys of identifiers to identifiers, each looked up in two filters.

`width` keys are taken at once, four in each vector of words. An identifier that both filters know
is written out as a candidate: whether it was really seen is for the caller to compare.
"""

from functools import cache
from typing import Final

from vungxanh.engines.keymatch.ir import hkdf
from vungxanh.engines.keymatch.ir.blocks import Blocks, Cipher
from vungxanh.engines.keymatch.ir.lanes import Lanes, Text, bare, filled, splat

PERIOD: Final = 144
GROUPS: Final = 4  # vectors that hold the keys taken at once
_AT_ONCE: Final = 8  # vectors of identifiers in one turn: hides how long a round takes
_PREFIX: Final = (0x522D4E45, 0x00004950, 0)  # "EN-RPI" and six zero bytes


@cache
def module(width: int, cipher: Cipher) -> str:
    """`@seek(keys, starts, n, near, near_shift, far, far_shift, out)` for vectors of `width` words.

    `n` keys, a multiple of `width`; `near` and `far` are the words of the filters and how far the
    word of an identifier is moved to find its place there. Writes candidates of 24 bytes behind
    `out`: 256 × row of the key + interval, and the identifier; gives how many.
    """
    n = width // GROUPS
    declared = (_declarations(width), cipher.functions(n), hkdf.functions(width))
    return "\n".join((*declared, _function(width, cipher)))


def _declarations(width: int) -> str:
    words, pointers, bits = f"<{width} x i32>", f"<{width} x ptr>", f"<{width} x i1>"
    return f"""{hkdf.declarations(width)}
declare {words} @llvm.fshl.v{width}i32({words}, {words}, {words})
declare {words} @llvm.masked.gather.v{width}i32.v{width}p0({pointers}, i32, {bits}, {words})
declare i32 @llvm.fshl.i32(i32, i32, i32)
declare i64 @llvm.cttz.i64(i64, i1)"""


def _function(width: int, cipher: Cipher) -> str:
    n = width // GROUPS
    return filled(
        "seek.ll",
        width=width,
        n=n,
        groups=GROUPS,
        keys_each=cipher.keys_each,
        n_round_keys=GROUPS * cipher.keys_each,
        id_bytes=PERIOD * 16 * n,
        n_masks=PERIOD // 4,
        at_once=_AT_ONCE,
        period=PERIOD,
        spread_shift=_entry(width),
        derivation=_derivation(width, cipher),
        counters=_counters(width),
        turn=_turn(width, cipher),
    )


def _entry(width: int) -> str:
    text, kind = Text("e"), f"<{width} x i32>"
    text.put(f"%shifts = bitcast {kind} {Lanes(text, width).spread('%near_shift')} to {kind}")
    return str(text)


def _derivation(width: int, cipher: Cipher) -> str:
    """Keys of identifiers and their rounds: all four groups, so that their waiting overlaps."""
    text = Text("d")
    hkdf.derived(Lanes(text, width), "%taken", "%rpik")
    blocks = Blocks(text, width // GROUPS)
    for group in range(GROUPS):
        place = f"getelementptr {blocks.type}, ptr %rounds, i64 {group * cipher.keys_each}"
        cipher.prepare(blocks, blocks.load("%rpik", group), text.let(place))
    return str(text)


def _counters(width: int) -> str:
    """The plain blocks of each key's first interval, which stands in the last word."""
    text, now = Text("c"), bare([*_PREFIX, 0] * (width // 4))
    for key in range(width // GROUPS):
        row = text.let(f"add i64 %first, {key}")
        start = text.let(f"load i32, ptr {text.let(f'getelementptr i32, ptr %starts, i64 {row}')}")
        now = text.let(f"insertelement <{width} x i32> {now}, i32 {start}, i32 {4 * key + 3}")
    text.put(f"%counter.first = bitcast <{width} x i32> {now} to <{width} x i32>")
    return str(text)


def _turn(width: int, cipher: Cipher) -> str:
    """Some identifiers of each key: made, kept in `%ids`, looked up; a bit each in `%masks`."""
    text = Text("t")
    blocks, lanes = Blocks(text, width // GROUPS), Lanes(text, width)
    plain = [blocks.of_words(_later(text, width, at)) for at in range(_AT_ONCE)]
    made = cipher.encrypted(blocks, plain, "%schedule")
    offset = text.let(f"mul i64 %j, {4 * width}")
    ids = text.let(f"getelementptr i8, ptr %ids, i64 {offset}")
    masks = text.let(f"getelementptr i8, ptr %masks, i64 {text.let('lshr i64 %j, 1')}")
    for at, block in enumerate(made):
        blocks.store(block, ids, at)
    for at in range(0, _AT_ONCE, 4):
        words = [blocks.as_words(block) for block in made[at : at + 4]]
        mask = _known(lanes, _first_words(lanes, words))
        place = text.let(f"getelementptr i16, ptr {masks}, i64 {at // 4}")
        text.put(f"store i16 {mask}, ptr {place}, align 2")
    text.put(f"%counter.next = add <{width} x i32> %counter, {_steps(width, _AT_ONCE)}")
    return str(text)


def _later(text: Text, width: int, n: int) -> str:
    return text.let(f"add <{width} x i32> %counter, {_steps(width, n)}")


def _steps(width: int, n: int) -> str:
    return bare([0, 0, 0, n] * (width // 4))


def _first_words(lanes: Lanes, blocks: list[str]) -> str:
    """The first word of each block of four vectors: lane 4 × block + vector."""
    w, n = lanes.width, lanes.width // 4
    pairs = [at for block in range(n) for at in _pairs(4 * block, w)]
    left, right = (lanes.picked(blocks[at], blocks[at + 1], pairs) for at in (0, 2))
    order = [at for b in range(0, w, 4) for at in (b, b + 1, w + b, w + b + 1)]
    return lanes.picked(left, right, order)


def _pairs(at: int, width: int) -> tuple[int, int, int, int]:
    return at, width + at, at + 1, width + at + 1


def _known(lanes: Lanes, words: str) -> str:
    """Which words the near filter knows, as bits of an i16: it has set two bits of one word."""
    text, kind, w = lanes.text, lanes.type, lanes.width
    index = text.let(f"lshr {kind} {words}, %shifts")
    places = text.let(f"getelementptr i32, ptr %near, {kind} {index}")
    every = "<" + ", ".join(["i1 true"] * w) + ">"
    gather = f"call {kind} @llvm.masked.gather.v{w}i32.v{w}p0"
    held = text.let(f"{gather}(<{w} x ptr> {places}, i32 4, <{w} x i1> {every}, {kind} poison)")
    other = text.let(f"lshr {kind} {words}, {splat(5, w)}")
    turned = [
        text.let(f"call {kind} @llvm.fshl.v{w}i32({kind} {held}, {kind} {held}, {kind} {by})")
        for by in (words, other)
    ]
    both = text.let(f"and {kind} {turned[0]}, {turned[1]}")
    is_known = text.let(f"icmp slt {kind} {both}, zeroinitializer")
    bits = text.let(f"bitcast <{w} x i1> {is_known} to i{w}")
    return bits if w == 16 else text.let(f"zext i{w} {bits} to i16")
