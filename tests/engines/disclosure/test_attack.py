"""A reader who calculates with all that is told does not learn what is withheld."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.disclosure.worlds import tables
from vungxanh.engines.disclosure import Cell, DisclosureError, Table, protect
from vungxanh.engines.disclosure.network import summed
from vungxanh.engines.disclosure.reference import bounds, equations

Span = tuple[Fraction, Fraction | None]


def width(span: Span) -> Fraction:
    """How far least and greatest are apart; beyond every threshold where there is no greatest."""
    low, high = span
    return Fraction(10**6) if high is None else high - low


@settings(max_examples=120, deadline=None)
@given(table=tables(), least=st.integers(2, 6))
def test_no_withheld_count_is_narrowed_below_the_threshold(table: Table, least: int) -> None:
    found = bounds(protect(table, least=least).cells, equations(table))
    assert {cell: span for cell, span in found.items() if width(span) < least - 1} == {}


@settings(max_examples=60, deadline=None)
@given(table=tables(), least=st.integers(2, 6))
def test_a_small_count_cannot_be_told_from_one_that_is_not(table: Table, least: int) -> None:
    found = bounds(protect(table, least=least).cells, equations(table))
    small = [cell for cell, n in summed(table).items() if 0 < n < least]
    assert [cell for cell in small if width((Fraction(0), found[cell][1])) < least] == []


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 9), min_size=2, max_size=5))
def test_a_whole_that_is_told_elsewhere_narrows_nothing_either(counts: list[int]) -> None:
    names = [str(at) for at in range(len(counts))]
    given_ = {(name, ""): n for name, n in zip(names, counts, strict=True)}
    table = Table(dict.fromkeys(names, "all"), (), given_ | {("0", ""): counts[0] + 40})
    told = protect(table, told={("all", "")}).cells
    assert told["all", ""] == sum(counts) + 40
    found = bounds(told, equations(table))
    assert [cell for cell, span in found.items() if width(span) < 4] == []


def test_a_table_that_a_told_whole_gives_away_is_refused() -> None:
    table = Table({"a": "all", "b": "all"}, (), {("a", ""): 4, ("b", ""): 1})
    with pytest.raises(DisclosureError) as refused:
        protect(table, told={("all", "")})
    assert refused.value.code == "disclosure.told_elsewhere"


def test_a_reader_sees_what_one_subtraction_gives_away() -> None:
    table = Table({"a": "all", "b": "all"}, (), {("a", ""): 3, ("b", ""): 40})
    naive: dict[Cell, int | None] = {("all", ""): 43, ("a", ""): None, ("b", ""): 40}
    assert bounds(naive, equations(table)) == {("a", ""): (Fraction(3), Fraction(3))}


@settings(max_examples=8, deadline=None)
@given(counts=st.lists(st.integers(1, 4), min_size=4, max_size=4))
def test_a_reader_finds_what_trying_all_numbers_finds(counts: list[int]) -> None:
    cells: list[Cell] = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    parents = {"a": "all", "b": "all"}
    table = Table(parents, ("x", "y"), dict(zip(cells, counts, strict=True)))
    sums = summed(table)
    told = {**sums, **dict.fromkeys(cells), ("a", ""): None, ("b", ""): None}
    tried = [
        summed(Table(parents, ("x", "y"), dict(zip(cells, one, strict=True))))
        for one in product(range(1, 9), repeat=4)
    ]
    alike = [one for one in tried if all(n in (None, one[cell]) for cell, n in told.items())]
    for cell, span in bounds(told, equations(table)).items():
        values = [Fraction(one[cell]) for one in alike]
        assert (min(values), max(values)) == span
