"""Tables drawn with lines: the grid that the lines make, and the words in its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vungxanh.documents.letterfiles.pages.boxes import Page, Stroke, Word
from vungxanh.documents.letterfiles.pages.rows import rows_of

_TOUCHING: Final = 3.0
_SHORTEST: Final = 4.0
_OPEN_EDGE: Final = 8.0
_MOST_STROKES: Final = 1_500


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A grid of lines: `xs` and `ys` are where they stand, from left and from the top."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.ys[-1]

    def holds(self, word: Word) -> bool:
        """Whether a word stands inside."""
        is_inside = self.xs[0] < word.middle < self.xs[-1]
        return is_inside and self.ys[0] < word.height < self.ys[-1]

    def rows(self, words: Iterable[Word]) -> list[list[str]]:
        """The cells of each row; what a merged cell covers is empty."""
        held: dict[tuple[int, int], list[Word]] = {}
        owners = self._owners()
        for word in words:
            row, column = _place(self.ys, word.height), _place(self.xs, word.middle)
            held.setdefault(owners[row, column], []).append(word)
        return [
            [_text(held.get((row, column), [])) for column in range(len(self.xs) - 1)]
            for row in range(len(self.ys) - 1)
        ]

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place of the grid the upper left place of the cell that covers it."""
        owners: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in owners:
                    for place in self._covered(row, column, owners):
                        owners[place] = (row, column)
        return owners

    def _covered(
        self, row: int, column: int, owners: dict[tuple[int, int], tuple[int, int]]
    ) -> list[tuple[int, int]]:
        right, below = column + 1, row + 1
        while right < len(self.xs) - 1 and (row, right) not in owners and self._is_open(row, right):
            right += 1
        columns = range(column, right)
        while below < len(self.ys) - 1 and all(self._is_open_above(below, c) for c in columns):
            below += 1
        return [(r, c) for r in range(row, below) for c in columns if (r, c) not in owners]

    def _is_open(self, row: int, column: int) -> bool:
        """Whether no line stands at the left of a place."""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return not _is_drawn(self.down, self.xs[column], middle)

    def _is_open_above(self, row: int, column: int) -> bool:
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return not _is_drawn(self.across, self.ys[row], middle)


def tables_of(page: Page) -> list[RuledTable]:
    """The ruled tables of a page from the top down; a frame around one cell is none."""
    across, down = _joined(page.across), _joined(page.down)
    if len(across) + len(down) > _MOST_STROKES:
        return []
    tables = [_table(*group) for group in _groups(across, down)]
    kept = [table for table in tables if len(table.xs) > 2 or len(table.ys) > 2]
    return sorted((t for t in kept if len(t.xs) > 1 and len(t.ys) > 1), key=lambda t: t.top)


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes that continue each other as one, without those too short for a table."""
    joined: list[Stroke] = []
    for level in _levels(strokes):
        for stroke in sorted(level, key=lambda s: s.start):
            last = joined[-1] if joined else None
            if last and last.at == level[0].at and stroke.start <= last.end + _TOUCHING:
                joined[-1] = Stroke(last.at, last.start, max(last.end, stroke.end))
            else:
                joined.append(Stroke(level[0].at, stroke.start, stroke.end))
    return [stroke for stroke in joined if stroke.end - stroke.start >= _SHORTEST]


def _levels(strokes: Iterable[Stroke]) -> list[list[Stroke]]:
    """Strokes on the same straight line, give or take the width of a line."""
    levels: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: s.at):
        if levels and stroke.at - levels[-1][0].at < _TOUCHING:
            levels[-1].append(stroke)
        else:
            levels.append([stroke])
    return levels


def _groups(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Strokes that hang together: each touches another of its group."""
    left_across, left_down = list(across), list(down)
    groups = []
    while left_down:
        group: tuple[list[Stroke], list[Stroke]] = ([], [left_down.pop()])
        while True:
            more = [a for a in left_across if any(_touch(a, d) for d in group[1])]
            left_across = [a for a in left_across if a not in more]
            group[0].extend(more)
            more_down = [d for d in left_down if any(_touch(a, d) for a in more)]
            left_down = [d for d in left_down if d not in more_down]
            group[1].extend(more_down)
            if not more_down:
                break
        groups.append(group)
    return groups


def _touch(across: Stroke, down: Stroke) -> bool:
    return (
        across.start - _TOUCHING <= down.at <= across.end + _TOUCHING
        and down.start - _TOUCHING <= across.at <= down.end + _TOUCHING
    )


def _table(across: list[Stroke], down: list[Stroke]) -> RuledTable:
    """The grid of a group; an edge that is not drawn stands where the lines end."""
    xs, ys = _places(down), _places(across)
    if across:
        xs = _with_edges(xs, min(a.start for a in across), max(a.end for a in across))
    if down:
        ys = _with_edges(ys, min(d.start for d in down), max(d.end for d in down))
    return RuledTable(tuple(xs), tuple(ys), tuple(across), tuple(down))


def _places(strokes: Iterable[Stroke]) -> list[float]:
    places: list[float] = []
    for at in sorted(stroke.at for stroke in strokes):
        if not places or at - places[-1] > _TOUCHING:
            places.append(at)
    return places


def _with_edges(places: list[float], start: float, end: float) -> list[float]:
    before = [start] if not places or start < places[0] - _OPEN_EDGE else []
    after = [end] if not places or end > places[-1] + _OPEN_EDGE else []
    return before + places + after


def _is_drawn(strokes: Iterable[Stroke], at: float, middle: float) -> bool:
    return any(abs(s.at - at) <= _TOUCHING and s.start <= middle <= s.end for s in strokes)


def _place(edges: Sequence[float], at: float) -> int:
    """Between which edges a place lies."""
    return next((n for n, edge in enumerate(edges[1:-1]) if at < edge), len(edges) - 2)


def _text(words: list[Word]) -> str:
    lines = rows_of(words) if words else []
    return " ".join(segment.text for row in lines for segment in row.segments)
