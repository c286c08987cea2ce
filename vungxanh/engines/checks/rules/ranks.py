"""Ranks and the order of lines: which key they follow, and that they say which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from vungxanh.engines.checks.arithmetic import places, share
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.rules.counted import base_count, known_count
from vungxanh.engines.checks.sentences import listed, say
from vungxanh.engines.checks.types import BASES, USERS, Column, Finding, Row
from vungxanh.refusals import Words

_FEWEST: Final = 3
_NAMED_MOVES: Final = 12


@dataclass(frozen=True, slots=True)
class Key:
    """Something to rank by: an element, or an element over a base; its value for every line."""

    numerator: str
    base: str | None
    values: tuple[Fraction, ...]

    @property
    def words(self) -> Words:
        """The key in a sentence."""
        if self.base is None:
            return label(self.numerator)
        return say("{n} / {b}", "{n} over {b}", n=label(self.numerator), b=label(self.base))

    @property
    def places(self) -> list[int]:
        """The competition rank of every line."""
        return places(self.values)


_SHARES: Final = (
    *((numerator, base) for numerator in USERS for base in BASES),
    ("points_active", "points_registered"),
)


def _share_keys(case: Case, rows: Sequence[Row]) -> list[Key]:
    keys = []
    elements = case.table.elements
    for numerator, base in _SHARES:
        if rows and not {numerator, base} <= set(elements):
            continue
        values = [
            share(n, d)
            for row in rows
            if (n := known_count(row, numerator)) is not None and (d := base_count(row, base))
        ]
        if len(values) == len(rows):
            keys.append(Key(numerator, base, tuple(values)))
    return keys


def _count_keys(case: Case, rows: Sequence[Row]) -> list[Key]:
    keys = []
    for element in case.table.elements:
        values = [Fraction(n) for row in rows if (n := known_count(row, element)) is not None]
        if len(values) == len(rows):
            keys.append(Key(element, None, tuple(values)))
    return keys


def rank_against_column(case: Case) -> Iterator[Finding]:
    """Printed ranks that follow no count and no share, or not the one that the head names."""
    rows = [row for row in case.table.rows if row.rank is not None]
    column = next((c for c in case.table.columns if c.role == "rank"), None)
    keys = [*_share_keys(case, rows), *_count_keys(case, rows)]
    if column is None or len(rows) < _FEWEST or not keys:
        return
    ranks = [row.rank for row in rows]
    matching = [key for key in keys if key.places == ranks]
    named = [key for key in keys if _is_named(key, column)]
    if named and not any(key in matching for key in named):
        yield _mismatch(case, rows, column, key=named[0])
    elif not matching:
        nearest = min(keys, key=lambda key: len(_wrong_lines(rows, key)))
        yield _mismatch(case, rows, column, key=nearest)
    elif not named:
        yield _unnamed(rows, matching[0], keys, where=f"cột “{column.head}”")


def _is_named(key: Key, column: Column) -> bool:
    return column.base is not None and column.base == key.base


def _wrong_lines(rows: Sequence[Row], key: Key) -> list[tuple[Row, int]]:
    pairs = zip(rows, key.places, strict=True)
    return [(row, place) for row, place in pairs if row.rank != place]


def _mismatch(case: Case, rows: Sequence[Row], column: Column, *, key: Key) -> Finding:
    wrong = _wrong_lines(rows, key)
    moves = [f"{name_of(row)} {row.rank} → {place}" for row, place in wrong[:_NAMED_MOVES]]
    return Finding(
        code="rank.differs_from_column",
        severity="warning",
        where=f"cột “{column.head}”",
        message=say(
            "Thứ hạng ghi trong bảng không khớp số liệu. Xếp theo {key}: {moves}.",
            "The printed ranks do not follow the figures. By {key}: {moves}.",
            key=key.words,
            moves=listed(moves),
        ),
        claim=", ".join(str(row.rank) for row, _ in wrong[:_NAMED_MOVES]),
        expected=", ".join(str(place) for _, place in wrong[:_NAMED_MOVES]),
        unit=wrong[0][0].unit,
        element=key.numerator,
    )


def rank_names_no_key(case: Case) -> Iterator[Finding]:
    """Lines that stand in the order of one share while another share would order them otherwise."""
    rows = case.table.rows
    if len(rows) < _FEWEST or any(column.role == "rank" for column in case.table.columns):
        return
    keys = _share_keys(case, rows)
    followed = [key for key in keys if _falls(key.values)]
    if followed and len(followed) < len(keys) and len(set(followed[0].values)) > 1:
        yield _unnamed(rows, followed[0], keys, where=f"dòng {rows[0].number}–{rows[-1].number}")


def _falls(values: Sequence[Fraction]) -> bool:
    return all(one >= other for one, other in pairwise(values))


def _unnamed(rows: Sequence[Row], key: Key, keys: Sequence[Key], *, where: str) -> Finding:
    others = [other for other in keys if other.base and other.places != key.places]
    moves = _moves(rows, key, others[0]) if others else ""
    return Finding(
        code="rank.names_no_key",
        severity="info",
        where=where,
        message=say(
            "Thứ tự trong bảng theo {key} nhưng bảng không ghi rõ{moves}. Mỗi thứ hạng cần nêu"
            " xếp theo gì.",
            "The order of the table follows {key}, which the table does not say{moves}. Every"
            " rank must name its key.",
            key=key.words,
            moves=moves,
        ),
        found=key.words.vi,
        element=key.numerator,
    )


def _moves(rows: Sequence[Row], key: Key, other: Key) -> Words:
    triples = zip(rows, key.places, other.places, strict=True)
    moved = [f"{name_of(row)} {old} → {new}" for row, old, new in triples if old != new]
    return say(
        "; theo {other} thì {moves}",
        "; by {other} {moves}",
        other=other.words,
        moves=listed([*moved[:_NAMED_MOVES], *(["…"] if len(moved) > _NAMED_MOVES else [])]),
    )
