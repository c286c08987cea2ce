"""The numbers of a condition, so that a page can offer them as plain fields."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vungxanh.engines.decisions.types import NUMBERS, Expr, RulesError


def bounds_of(expr: Expr) -> Iterator[Expr]:
    """The comparisons with a number, in the order in which they are written."""
    if expr.fact in NUMBERS:
        yield expr
    for part in expr.parts:
        yield from bounds_of(part)


def with_bounds(expr: Expr, bounds: Sequence[int]) -> Expr:
    """The condition with other numbers, one for each of `bounds_of`; RulesError otherwise."""
    found = list(bounds_of(expr))
    if len(found) != len(bounds):
        raise RulesError("form", "bounds")
    for leaf, value in zip(found, bounds, strict=True):
        low, high = NUMBERS[leaf.fact]
        if not low <= value <= high:
            raise RulesError("form", leaf.fact)
    return _with(expr, list(bounds))


def _with(expr: Expr, left: list[int]) -> Expr:
    if expr.fact in NUMBERS:
        return replace(expr, value=left.pop(0))
    return replace(expr, parts=tuple(_with(part, left) for part in expr.parts))
