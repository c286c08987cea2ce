"""A head whose cells run together over lines, cut into cells where each most likely begins."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from vungxanh.engines.letters.tables.rows import Line, Token, cell_of, gap_between
from vungxanh.engines.letters.tables.types import RawCell
from vungxanh.engines.letters.tables.vocabulary import hangs, opens_head

_LIKELY: Final = 3  # what a cell needs to begin where the number of columns is not known
_POSSIBLE: Final = -1  # the least where it is
_WIDE: Final = 3  # blanks within a line that part cells more surely than not


def head_cells(lines: Sequence[Line], n_columns: int | None = None) -> tuple[RawCell, ...]:
    """The cells of a head in their order; at most `n_columns` where the body tells how many.

    A cell begins where the layout leaves blanks and where a word that opens heads ("Tỷ lệ",
    "Dân số") stands with a capital; never after a word that asks for more ("số", "có").

    >>> line = Line(0, 0, "STT Địa phương Số người cài đặt Tỷ lệ")
    >>> [cell.text for cell in head_cells([line])]
    ['STT', 'Địa phương', 'Số người cài đặt', 'Tỷ lệ']
    """
    tokens = [token for line in lines for token in line.tokens]
    scores = [_score(tokens, i) for i in range(1, len(tokens))]
    cuts = _likely(scores) if n_columns is None else _best(scores, n_columns - 1)
    edges = [0, *cuts, len(tokens)]
    return tuple(cell_of(tokens[a:b]) for a, b in pairwise(edges) if b > a)


def _likely(scores: Sequence[int]) -> list[int]:
    return [i + 1 for i, score in enumerate(scores) if score >= _LIKELY]


def _best(scores: Sequence[int], n_cuts: int) -> list[int]:
    possible = [i for i, score in enumerate(scores) if score > _POSSIBLE]
    best = sorted(possible, key=lambda i: (-scores[i], i))[: max(0, n_cuts)]
    return sorted(i + 1 for i in best)


def _score(tokens: Sequence[Token], i: int) -> int:
    """How likely a cell begins at token `i`."""
    before, token = tokens[i - 1], tokens[i]
    score = _layout(before, token) + _beginning(tokens, i)
    if score <= _POSSIBLE:
        return score
    return score - 4 if hangs(" ".join(t.text for t in tokens[max(0, i - 2) : i])) else score


def _layout(before: Token, token: Token) -> int:
    if before.line.number == token.line.number:
        gap = gap_between(before, token)
        return 5 if gap > _WIDE else 3 if gap > 1 else 0
    trailing = len(before.line.text) - before.end
    return 1 + 2 * (trailing > 1) + 2 * (token.start > 0)


def _beginning(tokens: Sequence[Token], i: int) -> int:
    first = tokens[i].text[0]
    if not first.isupper():
        return -2 if first in "%(" or first.isdecimal() else -4
    return 3 if opens_head(" ".join(t.text for t in tokens[i : i + 3])) else 1
