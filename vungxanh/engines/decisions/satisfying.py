"""Whether a condition can hold for any facts at all: the ones that cannot are refused at the door.

Facts are tried one after another; a branch is left as soon as what is tried so far decides. Of a
number only the values around those that the condition names are tried: between them nothing turns.
"""

from collections.abc import Iterator, Mapping

from vungxanh.engines.decisions.types import FLAGS, NUMBERS, SETS, WORDS, Expr, Op

MOST_STEPS = 20_000
"""Beyond these steps a condition is believed to be able to hold."""

_Key = tuple[str, str]
_Tried = Mapping[_Key, object]


def can_hold(expr: Expr) -> bool:
    """Whether some facts make it true; believed after twenty thousand steps without an answer."""
    asked = list(_asked(expr))
    return _search(expr, asked, {}, room=[MOST_STEPS])


def _search(expr: Expr, asked: list[_Key], tried: dict[_Key, object], *, room: list[int]) -> bool:
    answer = _told(expr, tried)
    room[0] -= 1
    if answer is not None or room[0] < 0:
        return answer is not False
    key = next(key for key in asked if key not in tried)
    return any(
        _search(expr, asked, {**tried, key: value}, room=room) for value in _values(expr, key)
    )


def _asked(expr: Expr) -> Iterator[_Key]:
    """Every fact that the condition asks for; each word of a set by itself."""
    for leaf in _leaves(expr):
        yield from ((leaf.fact, word) for word in _bits(leaf))


def _bits(leaf: Expr) -> tuple[str, ...]:
    if leaf.fact not in SETS:
        return ("",)
    return leaf.value if isinstance(leaf.value, tuple) else (str(leaf.value),)


def _leaves(expr: Expr) -> Iterator[Expr]:
    if expr.fact:
        yield expr
    for part in expr.parts:
        yield from _leaves(part)


def _values(expr: Expr, key: _Key) -> list[object]:
    """What to try for a fact, the likely first."""
    fact, _ = key
    if fact in SETS:
        return [True, False]
    if fact in FLAGS:
        return [True, False, None]
    if fact in WORDS:
        return [*WORDS[fact]]
    low, high = NUMBERS[fact]
    named = {int(str(leaf.value)) for leaf in _leaves(expr) if leaf.fact == fact}
    near = {value + step for value in named for step in (-1, 0, 1)}
    return [*sorted(value for value in near if low <= value <= high), None]


def _told(expr: Expr, tried: _Tried) -> bool | None:
    """Whether it holds with what is tried so far; None where that is not decided."""
    if expr.op is Op.NOT:
        inner = _told(expr.parts[0], tried)
        return None if inner is None else not inner
    if expr.op in (Op.ALL, Op.ANY):
        ends = expr.op is Op.ANY
        told = [_told(part, tried) for part in expr.parts]
        if ends in told:
            return ends
        return None if None in told else not ends
    return _compared(expr, tried)


def _compared(leaf: Expr, tried: _Tried) -> bool | None:
    if leaf.fact in SETS:
        bits = [tried.get((leaf.fact, word)) for word in _bits(leaf)]
        return True if True in bits else None if None in bits else False
    if (leaf.fact, "") not in tried:
        return None
    value = tried[leaf.fact, ""]
    if leaf.op is Op.ANY_OF:
        return isinstance(leaf.value, tuple) and value in leaf.value
    if leaf.op is Op.IS or value is None:
        return value == leaf.value
    number, bound = int(str(value)), int(str(leaf.value))
    return number >= bound if leaf.op is Op.AT_LEAST else number <= bound
