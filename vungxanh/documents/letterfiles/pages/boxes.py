"""What stands on a page: words and drawn lines. Lengths are points, y runs down from the top."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Signs without a blank between them; `size` is the size of the type, `base` its baseline."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        """Half its width."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Where its small letters have their middle."""
        return self.base - self.size / 4


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line drawn along the page: at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `across` are horizontal strokes, `down` vertical ones."""

    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Stroke, ...] = ()
    down: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: whether a paragraph or block begins with it, whether one ends."""

    text: str
    opens: bool = False
    closes: bool = True
