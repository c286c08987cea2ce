"""SHA-256 on as many messages at once as a vector has lanes.

`compressed` writes one block straight out; with numbers alone it reckons it. `functions` writes the
two loops that matching calls: a block of sixteen words, and one block that never changes.
Source: FIPS 180-4.
"""

from collections.abc import Sequence
from math import isqrt
from typing import Final

from vungxanh.engines.keymatch.ir.lanes import Lanes, Text, Value

STATE: Final = 8  # words
BLOCK: Final = 16
_ROUNDS: Final = 64


def _cube_root(value: int) -> int:
    low, high = 0, 1 << (value.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= value else (low, middle - 1)
    return low


# The first 32 bits behind the point of the square and cube roots of the first primes.
_PRIMES: Final = [n for n in range(2, 312) if all(n % d for d in range(2, isqrt(n) + 1))]
START: Final = tuple(isqrt(prime << 64) % 2**32 for prime in _PRIMES[:STATE])
_ADDED: Final = tuple(_cube_root(prime << 96) % 2**32 for prime in _PRIMES[:_ROUNDS])


def compressed(lanes: Lanes, state: Sequence[Value], block: Sequence[Value]) -> tuple[Value, ...]:
    """The eight words of `state` after one block of sixteen words."""
    now = tuple(state)
    for added in scheduled(lanes, block):
        now = _round(lanes, now, added)
    return tuple(lanes.add(before, after) for before, after in zip(state, now, strict=True))


def scheduled(lanes: Lanes, block: Sequence[Value]) -> tuple[Value, ...]:
    """What each of the 64 rounds adds for a block: its word and the round's constant."""
    words, added = list(block), []
    for at, constant in enumerate(_ADDED):
        added.append(lanes.add(words[at % BLOCK], constant))
        words[at % BLOCK] = _next_word(lanes, words, at)
    return tuple(added)


def functions(width: int, label: Sequence[Value]) -> str:
    """`@block(state, words)` and `@label(state)`, which takes the block of words `label`.

    `state` points to 8 vectors, changed in place; `words` to 16.
    """
    numbers = Lanes(Text("none"), width)
    return "\n".join(
        (
            _table("added", _ADDED),
            _table("labelled", scheduled(numbers, label)),
            _block(width),
            _label(width),
        )
    )


def _table(name: str, values: Sequence[Value]) -> str:
    cells = ", ".join(f"i32 {value}" for value in values)
    return f"@{name} = private constant [{len(values)} x i32] [{cells}]"


def _block(width: int) -> str:
    """Three turns of sixteen rounds that make the next sixteen words, and one that does not."""
    text = Text("b")
    lanes = Lanes(text, width)
    state, words = _loaded(lanes, "%state", STATE), _loaded(lanes, "%words", BLOCK)
    text.put("br label %turn")
    text.label("turn")
    text.put("%t = phi i64 [0, %entry], [%t.next, %turn]")
    turning = _taken(lanes, [*state, *words])
    made = _sixteen(lanes, turning, ("@added", "%t"), is_last=False)
    _handed_on(lanes, made)
    text.put("%t.next = add i64 %t, 16")
    text.put("%more = icmp ult i64 %t.next, 48")
    text.put("br i1 %more, label %turn, label %last")
    text.label("last")
    _add_to(lanes, state, _sixteen(lanes, made, ("@added", "48"), is_last=True))
    return f"define internal void @block(ptr %state, ptr %words) noinline {{\nentry:\n{text}\n}}"


def _label(width: int) -> str:
    """Four turns of sixteen rounds whose words are known."""
    text = Text("l")
    lanes = Lanes(text, width)
    state = _loaded(lanes, "%state", STATE)
    text.put("br label %turn")
    text.label("turn")
    text.put("%t = phi i64 [0, %entry], [%t.next, %turn]")
    now = tuple(_taken(lanes, state))
    for at in range(BLOCK):
        now = _round(lanes, now, _spread(lanes, ("@labelled", "%t"), at))
    _handed_on(lanes, now)
    text.put("%t.next = add i64 %t, 16")
    text.put("%more = icmp ult i64 %t.next, 64")
    text.put("br i1 %more, label %turn, label %last")
    text.label("last")
    _add_to(lanes, state, now)
    return f"define internal void @label(ptr %state) noinline {{\nentry:\n{text}\n}}"


def _sixteen(
    lanes: Lanes, values: Sequence[Value], table: tuple[str, str], *, is_last: bool
) -> list[Value]:
    """Sixteen rounds on state and words."""
    now, words = tuple(values[:STATE]), list(values[STATE:])
    for at in range(BLOCK):
        now = _round(lanes, now, lanes.add(words[at], _spread(lanes, table, at)))
        if not is_last:
            words[at] = _next_word(lanes, words, at)
    return list(now) if is_last else [*now, *words]


def _round(lanes: Lanes, state: Sequence[Value], added: Value) -> tuple[Value, ...]:
    a, b, c, d, e, f, g, h = state
    chosen = lanes.xor(g, lanes.both(e, lanes.xor(f, g)))
    most = lanes.xor(b, lanes.both(lanes.xor(a, b), lanes.xor(b, c)))
    first = lanes.add(lanes.add(h, added), lanes.add(_turned(lanes, e, (6, 11, 25)), chosen))
    second = lanes.add(_turned(lanes, a, (2, 13, 22)), most)
    return lanes.add(first, second), a, b, c, lanes.add(d, first), e, f, g


def _next_word(lanes: Lanes, words: Sequence[Value], at: int) -> Value:
    """The word of sixteen rounds later, to stand in place `at`."""
    far, near = words[(at + 1) % BLOCK], words[(at + 14) % BLOCK]
    small = lanes.xor(lanes.rotated(far, 7), lanes.rotated(far, 18), lanes.shifted(far, 3))
    large = lanes.xor(lanes.rotated(near, 17), lanes.rotated(near, 19), lanes.shifted(near, 10))
    return lanes.add(words[at % BLOCK], words[(at + 9) % BLOCK], small, large)


def _turned(lanes: Lanes, value: Value, turns: Sequence[int]) -> Value:
    return lanes.xor(*(lanes.rotated(value, n) for n in turns))


def _loaded(lanes: Lanes, place: str, n: int) -> list[Value]:
    return [lanes.load(place, at) for at in range(n)]


def _add_to(lanes: Lanes, state: Sequence[Value], made: Sequence[Value]) -> None:
    for at, (before, after) in enumerate(zip(state, made, strict=True)):
        lanes.store(lanes.add(before, after), "%state", at)
    lanes.text.put("ret void")


def _spread(lanes: Lanes, table: tuple[str, str], at: int) -> str:
    """Word `at` after an offset in a table, in every lane."""
    text, (name, offset) = lanes.text, table
    first = text.let(f"getelementptr i32, ptr {name}, i64 {offset}")
    place = text.let(f"getelementptr i32, ptr {first}, i64 {at}")
    return lanes.spread(text.let(f"load i32, ptr {place}, align 4"))


def _taken(lanes: Lanes, before: Sequence[Value]) -> list[Value]:
    """The values at the head of a turn; `_handed_on` gives the next turn's."""
    return [
        lanes.text.let(f"phi {lanes.type} [{value}, %entry], [%next.{at}, %turn]")
        for at, value in enumerate(before)
    ]


def _handed_on(lanes: Lanes, made: Sequence[Value]) -> None:
    for at, value in enumerate(made):
        lanes.text.put(f"%next.{at} = bitcast {lanes.type} {value} to {lanes.type}")
