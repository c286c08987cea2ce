"""How many attacks are really tried, and what they found: one count and one list for many URLs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec

Said = ParamSpec("Said")


@dataclass(frozen=True, slots=True)
class Tries:
    """So many attacks that fitted what they were tried on, and the holes that they found."""

    n: int = 0
    holes: list[str] = field(default_factory=list)

    def __add__(self, other: "Tries") -> "Tries":
        return Tries(self.n + other.n, self.holes + other.holes)


def counted(attack: Callable[Said, Iterator[str]]) -> Callable[Said, Tries]:
    """An attack that tells holes, as one try."""

    @wraps(attack)
    def tried(*args: Said.args, **kwargs: Said.kwargs) -> Tries:
        return Tries(1, list(attack(*args, **kwargs)))

    return tried


def together(tries: Iterable[Tries]) -> Tries:
    """All of them as one."""
    return sum(tries, Tries())
