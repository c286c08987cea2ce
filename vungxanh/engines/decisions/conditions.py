"""Conditions as they are written, `{"all": [...]}` and the like, made into expressions and back."""

from vungxanh.engines.decisions.types import (
    FLAGS,
    NUMBERS,
    SETS,
    WORDS,
    Expr,
    Op,
    RulesError,
    Value,
)

DEEPEST = 8
MOST_NODES = 200
_GROUPS = (Op.ALL, Op.ANY)
_ORDERED = (Op.AT_LEAST, Op.AT_MOST)


def read_condition(found: object, where: str) -> Expr:
    """One condition; deeper than eight, longer than two hundred, or within itself is refused."""
    room = [MOST_NODES]
    return _read(found, where, room)


def written_condition(expr: Expr) -> dict[str, object]:
    """What `read_condition` reads back as the same."""
    if expr.op in _GROUPS:
        return {str(expr.op): [written_condition(part) for part in expr.parts]}
    if expr.op is Op.NOT:
        return {str(expr.op): written_condition(expr.parts[0])}
    value = list(expr.value) if isinstance(expr.value, tuple) else expr.value
    return {str(expr.op): [expr.fact, value]}


def _read(found: object, where: str, room: list[int]) -> Expr:
    """`room` is what may still be read, one for all parts."""
    room[0] -= 1
    if room[0] < 0 or where.count("/") > DEEPEST:
        raise RulesError("too_deep", where.partition("/")[0])
    if not isinstance(found, dict) or len(found) != 1:
        raise RulesError("form", where)
    ((word, inner),) = found.items()
    try:
        op = Op(word)
    except ValueError as error:
        raise RulesError("form", where) from error
    return _node(op, inner, (f"{where}/{op}", room))


def _node(op: Op, inner: object, place: tuple[str, list[int]]) -> Expr:
    where, room = place
    if op in _GROUPS:
        if not isinstance(inner, list):
            raise RulesError("form", where)
        return Expr(op, tuple(_read(part, where, room) for part in inner))
    if op is Op.NOT:
        return Expr(op, (_read(inner, where, room),))
    if not isinstance(inner, list) or len(inner) != 2 or not isinstance(inner[0], str):
        raise RulesError("form", where)
    return Expr(op, fact=inner[0], value=_value(op, inner, where))


def _value(op: Op, inner: list[object], where: str) -> Value:
    fact, value = str(inner[0]), inner[1]
    if fact in SETS:
        return _of_set(op, fact, value, where=where)
    if fact in FLAGS and op is Op.IS and isinstance(value, bool):
        return value
    if fact in NUMBERS:
        return _of_number(op, fact, value, where=where)
    if fact in WORDS:
        return _of_words(op, fact, value, where=where)
    raise RulesError("form" if fact in FLAGS else "unknown_fact", f"{where} {fact[:60]}")


def _of_set(op: Op, fact: str, value: object, *, where: str) -> Value:
    if op is Op.HAS and isinstance(value, str):
        return _known((value,), SETS[fact], where)[0]
    if op is Op.ANY_OF and isinstance(value, list):
        return _known(tuple(value), SETS[fact], where)
    raise RulesError("form", where)


def _of_words(op: Op, fact: str, value: object, *, where: str) -> Value:
    if op is Op.IS and isinstance(value, str):
        return _known((value,), WORDS[fact], where)[0]
    if op is Op.ANY_OF and isinstance(value, list):
        return _known(tuple(value), WORDS[fact], where)
    raise RulesError("form", where)


def _of_number(op: Op, fact: str, value: object, *, where: str) -> Value:
    low, high = NUMBERS[fact]
    if op not in (*_ORDERED, Op.IS) or not isinstance(value, int) or isinstance(value, bool):
        raise RulesError("form", where)
    if not low <= value <= high:
        raise RulesError("form", where)
    return value


def _known(given: tuple[object, ...], words: tuple[str, ...], where: str) -> tuple[str, ...]:
    """The words as given, each known, none empty and none twice."""
    found = tuple(word for word in given if isinstance(word, str) and word in words and word)
    if len(found) != len(given):
        raise RulesError("unknown_word", where)
    if len(set(found)) != len(found):
        raise RulesError("twice", where)
    return found
