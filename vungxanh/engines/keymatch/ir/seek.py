"""The whole loop: TEKs to keys of identifiers to identifiers, each looked up in two filters.

`width` keys are taken at once, four in each vector of words. An identifier that both filters know
is written out as a candidate: whether it was really seen is for the caller to compare.
"""

from functools import cache
from typing import Final

from vungxanh.engines.keymatch.ir import aes, hkdf
from vungxanh.engines.keymatch.ir.aes import Blocks
from vungxanh.engines.keymatch.ir.lanes import Lanes, Text, bare, splat

PERIOD: Final = 144
GROUPS: Final = 4  # vectors that hold the keys taken at once
_AT_ONCE: Final = 8  # vectors of identifiers in one turn: hides how long a round takes
_PREFIX: Final = (0x522D4E45, 0x00004950, 0)  # "EN-RPI" and six zero bytes


@cache
def module(width: int) -> str:
    """`@seek(keys, starts, n, near, near_shift, far, far_shift, out)` for vectors of `width` words.

    `n` keys, a multiple of `width`; `near` and `far` are the words of the filters and how far the
    word of an identifier is moved to find its place there. Writes candidates of 24 bytes behind
    `out`: 256 × row of the key + interval, and the identifier; gives how many.
    """
    n = width // GROUPS
    parts = (_declarations(width), aes.declarations(n), hkdf.functions(width), _function(width))
    return "\n".join(parts)


def _declarations(width: int) -> str:
    words, pointers, bits = f"<{width} x i32>", f"<{width} x ptr>", f"<{width} x i1>"
    return f"""declare {words} @llvm.fshr.v{width}i32({words}, {words}, {words})
declare {words} @llvm.fshl.v{width}i32({words}, {words}, {words})
declare {words} @llvm.bswap.v{width}i32({words})
declare {words} @llvm.masked.gather.v{width}i32.v{width}p0({pointers}, i32, {bits}, {words})
declare i32 @llvm.fshl.i32(i32, i32, i32)
declare i64 @llvm.cttz.i64(i64, i1)"""


def _function(width: int) -> str:
    n = width // GROUPS
    return f"""define i64 @seek(ptr %keys, ptr %starts, i64 %n, ptr %near, i32 %near_shift,
                 ptr %far, i32 %far_shift, ptr %out) {{
entry:
  %state = alloca [8 x <{width} x i32>], align 64
  %words = alloca [16 x <{width} x i32>], align 64
  %rpik = alloca [{GROUPS} x <{width} x i32>], align 64
  %rounds = alloca [{GROUPS * (aes.ROUNDS + 1)} x <{width} x i32>], align 64
  %ids = alloca [{PERIOD * 16 * n} x i8], align 64
  %masks = alloca [{PERIOD // 4} x i16], align 64
{_entry(width)}
  br label %batch
batch:
  %row = phi i64 [0, %entry], [%row.next, %batch.end]
  %found.batch = phi i64 [0, %entry], [%found.end, %batch.end]
  %taken = getelementptr [16 x i8], ptr %keys, i64 %row
{_derivation(width)}
  br label %group
group:
  %g = phi i64 [0, %batch], [%g.next, %group.end]
  %found.group = phi i64 [%found.batch, %batch], [%found.end, %group.end]
  %g.row = mul i64 %g, {n}
  %first = add i64 %row, %g.row
  %g.rounds = mul i64 %g, {aes.ROUNDS + 1}
  %schedule = getelementptr <{width} x i32>, ptr %rounds, i64 %g.rounds
{_counters(width)}
  br label %turn
turn:
  %j = phi i64 [0, %group], [%j.next, %turn]
  %counter = phi <{width} x i32> [%counter.first, %group], [%counter.next, %turn]
{_turn(width)}
  %j.next = add i64 %j, {_AT_ONCE}
  %j.more = icmp ult i64 %j.next, {PERIOD}
  br i1 %j.more, label %turn, label %scan
{_scan(n)}
group.end:
  %g.next = add i64 %g, 1
  %g.more = icmp ult i64 %g.next, {GROUPS}
  br i1 %g.more, label %group, label %batch.end
batch.end:
  %row.next = add i64 %row, {width}
  %row.more = icmp ult i64 %row.next, %n
  br i1 %row.more, label %batch, label %done
done:
  ret i64 %found.end
}}"""


def _entry(width: int) -> str:
    text, kind = Text("e"), f"<{width} x i32>"
    text.put(f"%shifts = bitcast {kind} {Lanes(text, width).spread('%near_shift')} to {kind}")
    return str(text)


def _derivation(width: int) -> str:
    """Keys of identifiers and their rounds: all four groups, so that their waiting overlaps."""
    text = Text("d")
    hkdf.derived(Lanes(text, width), "%taken", "%rpik")
    blocks = Blocks(text, width // GROUPS)
    for group in range(GROUPS):
        for at, key in enumerate(aes.schedule(blocks, blocks.load("%rpik", group))):
            blocks.store(key, "%rounds", group * (aes.ROUNDS + 1) + at)
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


def _turn(width: int) -> str:
    """Some identifiers of each key: made, kept in `%ids`, looked up; a bit each in `%masks`."""
    text = Text("t")
    blocks, lanes = Blocks(text, width // GROUPS), Lanes(text, width)
    plain = [blocks.of_words(_later(text, width, at)) for at in range(_AT_ONCE)]
    made = aes.encrypted(blocks, plain, "%schedule")
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


def _scan(n: int) -> str:
    """Ask the far filter for what is marked; what it does not know is written over."""
    return f"""scan:
  %w = phi i64 [0, %turn], [%w.next, %scan.next]
  %found.word = phi i64 [%found.group, %turn], [%found.end, %scan.next]
  %w.place = getelementptr i64, ptr %masks, i64 %w
  %w.mask = load i64, ptr %w.place, align 8
  %w.base = shl i64 %w, 6
  %w.none = icmp eq i64 %w.mask, 0
  br i1 %w.none, label %scan.next, label %mark
mark:
  %m = phi i64 [%w.mask, %scan], [%m.next, %mark]
  %found = phi i64 [%found.word, %scan], [%found.next, %mark]
  %m.bit = call i64 @llvm.cttz.i64(i64 %m, i1 true)
  %m.at = or i64 %w.base, %m.bit
  %m.turn = lshr i64 %m.at, 4
  %m.four = shl i64 %m.turn, 2
  %m.vector = and i64 %m.at, 3
  %m.interval = or i64 %m.four, %m.vector
  %m.lane = lshr i64 %m.at, 2
  %m.key = and i64 %m.lane, 3
  %m.ids = mul i64 %m.interval, {n}
  %m.block = add i64 %m.ids, %m.key
  %m.place = getelementptr [16 x i8], ptr %ids, i64 %m.block
  %m.low = load i64, ptr %m.place, align 8
  %m.high.place = getelementptr i64, ptr %m.place, i64 1
  %m.high = load i64, ptr %m.high.place, align 8
  %m.row = add i64 %first, %m.key
  %m.shifted = shl i64 %m.row, 8
  %m.named = or i64 %m.shifted, %m.interval
  %o = getelementptr [24 x i8], ptr %out, i64 %found
  store i64 %m.named, ptr %o, align 8
  %o.low = getelementptr i64, ptr %o, i64 1
  store i64 %m.low, ptr %o.low, align 8
  %o.high = getelementptr i64, ptr %o, i64 2
  store i64 %m.high, ptr %o.high, align 8
  %f.upper = lshr i64 %m.low, 32
  %f.word = trunc i64 %f.upper to i32
  %f.index = lshr i32 %f.word, %far_shift
  %f.wide = zext i32 %f.index to i64
  %f.place = getelementptr i32, ptr %far, i64 %f.wide
  %f.held = load i32, ptr %f.place, align 4
  %f.turned = call i32 @llvm.fshl.i32(i32 %f.held, i32 %f.held, i32 %f.word)
  %f.bit = lshr i32 %f.turned, 31
  %f.known = zext i32 %f.bit to i64
  %found.next = add i64 %found, %f.known
  %m.less = sub i64 %m, 1
  %m.next = and i64 %m, %m.less
  %m.none = icmp eq i64 %m.next, 0
  br i1 %m.none, label %scan.next, label %mark
scan.next:
  %found.end = phi i64 [%found.word, %scan], [%found.next, %mark]
  %w.next = add i64 %w, 1
  %w.more = icmp ult i64 %w.next, 9
  br i1 %w.more, label %scan, label %group.end"""
