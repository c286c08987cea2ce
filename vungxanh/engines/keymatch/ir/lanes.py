"""Writing arithmetic on vectors of 32-bit words; what is constant is reckoned while writing.

LLVM's code generator is run without its optimiser, so that a constant is folded here or never.
"""

from collections.abc import Sequence
from functools import reduce
from importlib.resources import files
from string import Template
from typing import Final

Value = int | str  # one number in every lane, or the name of a vector
_ALL: Final = 2**32 - 1


class Text:
    """Lines of one function; every result has a name of its own."""

    def __init__(self, prefix: str) -> None:
        self._lines: list[str] = []
        self._prefix = prefix

    def let(self, expression: str) -> str:
        """Write `name = expression`; give the name."""
        name = f"%{self._prefix}.{len(self._lines)}"
        self._lines.append(f"  {name} = {expression}")
        return name

    def put(self, line: str) -> None:
        """Write a line without a result."""
        self._lines.append(f"  {line}")

    def label(self, name: str) -> None:
        """Begin a block."""
        self._lines.append(f"{name}:")

    def __str__(self) -> str:
        return "\n".join(self._lines)


class Lanes:
    """Vectors of `width` words in `text`."""

    def __init__(self, text: Text, width: int) -> None:
        self.text, self.width = text, width
        self.type = f"<{width} x i32>"
        self._align = 4 * width

    def word(self, value: Value) -> str:
        """How a value is written as an operand."""
        return value if isinstance(value, str) else splat(value, self.width)

    def load(self, place: str, at: int, *, align: int | None = None) -> str:
        """Vector `at` behind a pointer."""
        bytes_ = self._align if align is None else align
        return self.text.let(f"load {self.type}, ptr {self._place(place, at)}, align {bytes_}")

    def store(self, value: Value, place: str, at: int) -> None:
        """Put a vector behind a pointer; aligned."""
        to = self._place(place, at)
        self.text.put(f"store {self.type} {self.word(value)}, ptr {to}, align {self._align}")

    def spread(self, scalar: str) -> str:
        """A scalar i32 in every lane."""
        one = self.text.let(f"insertelement {self.type} poison, i32 {scalar}, i32 0")
        order = f"{self.type} zeroinitializer"
        return self.text.let(f"shufflevector {self.type} {one}, {self.type} poison, {order}")

    def picked(self, left: str, right: str, order: Sequence[int]) -> str:
        """Lanes of two vectors in an order; those of the right one count on from the width."""
        operands = f"{self.type} {left}, {self.type} {right}, {vector(order)}"
        return self.text.let(f"shufflevector {operands}")

    def swapped(self, value: str) -> str:
        """The bytes of each word the other way round."""
        return self.text.let(f"call {self.type} @llvm.bswap.v{self.width}i32({self.type} {value})")

    def add(self, *values: Value) -> Value:
        """Their sum; constants are added up first."""
        constant = sum(value for value in values if isinstance(value, int)) & _ALL
        names: list[Value] = [value for value in values if isinstance(value, str)]
        return reduce(self._sum, [*names, constant] if constant or not names else names)

    def xor(self, *values: Value) -> Value:
        """Exclusive or of all."""
        constant = reduce(int.__xor__, (value for value in values if isinstance(value, int)), 0)
        names: list[Value] = [value for value in values if isinstance(value, str)]
        return reduce(self._difference, [*names, constant] if constant or not names else names)

    def both(self, left: Value, right: Value) -> Value:
        """Bitwise and."""
        if isinstance(left, int) and isinstance(right, int):
            return left & right
        return self._op("and", left, right)

    def rotated(self, value: Value, n: int) -> Value:
        """Turned right by `n` bits."""
        if isinstance(value, int):
            return (value >> n | value << (32 - n)) & _ALL
        call = f"call {self.type} @llvm.fshr.v{self.width}i32"
        by = splat(n, self.width)
        return self.text.let(f"{call}({self.type} {value}, {self.type} {value}, {self.type} {by})")

    def shifted(self, value: Value, n: int) -> Value:
        """Moved right by `n` bits."""
        return value >> n if isinstance(value, int) else self._op("lshr", value, n)

    def _place(self, place: str, at: int) -> str:
        return self.text.let(f"getelementptr {self.type}, ptr {place}, i64 {at}")

    def _sum(self, left: Value, right: Value) -> Value:
        if isinstance(left, int) and isinstance(right, int):
            return (left + right) & _ALL
        return self._op("add", left, right)

    def _difference(self, left: Value, right: Value) -> Value:
        if isinstance(left, int) and isinstance(right, int):
            return left ^ right
        return self._op("xor", left, right)

    def _op(self, name: str, left: Value, right: Value) -> str:
        return self.text.let(f"{name} {self.type} {self.word(left)}, {self.word(right)}")


def vector(values: Sequence[int]) -> str:
    """A constant vector of words, with its type."""
    return f"<{len(values)} x i32> {bare(values)}"


def bare(values: Sequence[int]) -> str:
    """A constant vector of words, where its type is written already."""
    return "<" + ", ".join(f"i32 {value}" for value in values) + ">"


def splat(value: int, width: int) -> str:
    """One number in every lane, where the type is written already."""
    return bare([value] * width)


def filled(name: str, **holes: str | int) -> str:
    """A file of this folder with its holes filled."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return Template(text).substitute(holes)
