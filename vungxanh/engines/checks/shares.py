"""Printed shares: what a share column prints per line, in percent, with its numerator and base."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from vungxanh.engines.checks.figures import Figures
from vungxanh.engines.checks.types import SHARE_BASES, USERS, Column, PrintedShare

Counts = Mapping[int, Mapping[str, int]]
_PER_CENT: Final = 100
_LARGEST_FRACTION: Final = Fraction(3, 2)


def printed_shares(column: Column, figures: Figures, counts: Counts) -> dict[int, PrintedShare]:
    """The shares of a column by grid row; `counts` are the counts of each row.

    A column that prints fractions of one (0.2614) is brought to percent where the counts show it.
    """
    shares = {
        row: PrintedShare(
            percent=read.value,
            decimals=read.decimals,
            numerator=column.numerator or _numerator(column.base, counts),
            base=column.base,
            row=row,
            position=column.position,
            text=figures.texts[row],
        )
        for row, read in figures.values.items()
    }
    return _to_percent(shares) if _are_fractions(shares, counts) else shares


def _numerator(base: str | None, counts: Counts) -> str | None:
    """The head names only a base: the share is of the users whom the table counts."""
    if base == "points_registered":
        return "points_active"
    elements = next(iter(counts.values()), {})
    return next((element for element in elements if element in USERS), None)


def _are_fractions(shares: Mapping[int, PrintedShare], counts: Counts) -> bool:
    if not shares or any(Fraction(s.percent) > _LARGEST_FRACTION for s in shares.values()):
        return False
    nearer = [
        n for row, share in shares.items() if (n := _is_nearer(share, counts[row])) is not None
    ]
    return bool(nearer) and all(nearer)


def _is_nearer(share: PrintedShare, counts: Mapping[str, int]) -> bool | None:
    """Whether 100 times the printed number is nearer to a recomputed share than the number is."""
    numerator = counts.get(share.numerator or "")
    bases: Sequence[str] = (share.base,) if share.base else SHARE_BASES
    exact = (
        [Fraction(numerator * _PER_CENT, counts[b]) for b in bases if counts.get(b)]
        if numerator
        else []
    )
    if not exact:
        return None
    printed = Fraction(share.percent)
    return min(abs(printed * _PER_CENT - e) for e in exact) < min(abs(printed - e) for e in exact)


def _to_percent(shares: Mapping[int, PrintedShare]) -> dict[int, PrintedShare]:
    return {
        row: replace(share, percent=share.percent * _PER_CENT, decimals=max(0, share.decimals - 2))
        for row, share in shares.items()
    }
