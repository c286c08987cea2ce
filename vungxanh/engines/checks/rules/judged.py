"""Printed shares held against every base that stands beside them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vungxanh.engines.checks.arithmetic import Verdict, half_up, judge_share, share
from vungxanh.engines.checks.rules.counted import base_count, known_count
from vungxanh.engines.checks.types import SHARE_BASES, PrintedShare, Row


@dataclass(frozen=True, slots=True)
class Over:
    """A printed share held against one base: both counts and the verdict."""

    numerator: int
    denominator: int
    decimals: int
    verdict: Verdict

    @property
    def exact(self) -> Decimal:
        """The recomputed share, with two decimals or as many as were printed."""
        return half_up(share(self.numerator, self.denominator), max(2, self.decimals))


@dataclass(frozen=True, slots=True)
class Judged:
    """A printed share and its line, held against each base that the line counts."""

    row: Row
    printed: PrintedShare
    over: Mapping[str, Over]

    @property
    def named(self) -> Over | None:
        """Over the base that the head names."""
        return self.over.get(self.printed.base or "")

    def fits(self, base: str) -> bool:
        """Whether the share is right, or cut off, over a base."""
        return base in self.over and self.over[base].verdict != "wrong"


def judged(rows: Iterable[Row]) -> list[Judged]:
    """Every printed share of `rows` whose numerator is counted."""
    return [
        Judged(row, printed, _over_bases(row, printed, numerator))
        for row in rows
        for printed in row.shares
        if (numerator := known_count(row, printed.numerator)) is not None
    ]


def _over_bases(row: Row, printed: PrintedShare, numerator: int) -> dict[str, Over]:
    bases = dict.fromkeys((printed.base or "", *SHARE_BASES))
    return {
        base: _over(printed, numerator, denominator)
        for base in bases
        if (denominator := base_count(row, base))
    }


def _over(printed: PrintedShare, numerator: int, denominator: int) -> Over:
    verdict = judge_share(printed.percent, numerator, denominator, decimals=printed.decimals)
    return Over(numerator, denominator, printed.decimals, verdict)


def columns_of(entries: Iterable[Judged]) -> list[list[Judged]]:
    """The judged shares of each share column."""
    by_column: dict[int, list[Judged]] = defaultdict(list)
    for entry in entries:
        by_column[entry.printed.position].append(entry)
    return list(by_column.values())


def better_base(entries: Sequence[Judged]) -> str | None:
    """The base that most lines fit where most do not fit the named one (or none is named)."""
    if not any(entry.over for entry in entries):
        return None
    named = sum(entry.fits(entry.printed.base or "") for entry in entries)
    fits = {base: sum(entry.fits(base) for entry in entries) for base in SHARE_BASES}
    best = max(fits, key=lambda base: fits[base])
    is_better = 2 * fits[best] > len(entries) and 2 * named <= len(entries)
    return best if is_better else None
