"""Laws of re-basing, and agreement with its slow twin."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.engines.coverage import rebase as rebasing
from vungxanh.engines.coverage import rebase_reference as reference
from vungxanh.engines.coverage.rebase import Splitting, Way, backward, rebase, table_of

pytestmark = pytest.mark.slow

OLDS = tuple("abcdefgh")
NEWS = tuple("uvwxyz")
figures = st.none() | st.integers(0, 10**6)


@st.composite
def successions(draw: st.DrawFn) -> tuple[Way, ...]:
    """Each old unit goes somewhere, some to several, some with shares or a default."""
    return tuple(way for old in OLDS[:-1] for way in draw(_ways(old)))


@st.composite
def _ways(draw: st.DrawFn, old: str) -> list[Way]:
    news = draw(st.lists(st.sampled_from(NEWS), max_size=4, unique=True))
    sizes = [draw(st.integers(1, 9)) for _ in news]
    has_shares = draw(st.booleans())
    default = draw(st.integers(-1, 3))
    is_sure = draw(st.booleans())
    return [
        Way(old, new, Fraction(size, sum(sizes)) if has_shares else None, n == default, is_sure)
        for n, (new, size) in enumerate(zip(news, sizes, strict=True))
    ]


@st.composite
def splittings(draw: st.DrawFn) -> Splitting:
    pairs = st.tuples(st.sampled_from(OLDS), st.sampled_from(NEWS))
    weights = draw(st.dictionaries(pairs, st.integers(0, 10**5), max_size=48))
    return Splitting(weights, default_takes_all=draw(st.booleans()))


tables = st.lists(st.lists(figures, min_size=2, max_size=2), min_size=8, max_size=8)


def as_plain(found: rebasing.Rebased, column: int) -> dict[str, reference.Figure]:
    """One column in the words of the slow twin."""
    return {unit: _plain(found, unit, column) for unit in found.units}


def _plain(found: rebasing.Rebased, unit: str, column: int) -> reference.Figure:
    parts, place = found.parts(unit, column), found.units.index(unit)
    return reference.Figure(
        int(found.values[place, column]) if found.is_known[place, column] else None,
        bool(found.is_estimated[place, column]),
        tuple(part.old for part in parts if part.missing is None),
        tuple(part.old for part in parts if part.missing),
    )


def whole(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Only what went to one unit, as a sure merge."""
    counted = [way.old for way in ways]
    return tuple(Way(way.old, way.new) for way in ways if counted.count(way.old) == 1)


@settings(max_examples=200)
@given(tables, successions(), splittings(), st.integers(0, 1))
def test_fast_form_agrees_with_its_slow_twin(
    rows: list[list[int | None]], ways: tuple[Way, ...], splitting: Splitting, column: int
) -> None:
    found = rebase(table_of(OLDS, rows), ways, splitting)
    figures = {old: row[column] for old, row in zip(OLDS, rows, strict=True)}
    assert as_plain(found, column) == reference.rebased(figures, ways, splitting)


@given(tables, successions(), splittings())
def test_parts_add_up_to_the_figure(
    rows: list[list[int | None]], ways: tuple[Way, ...], splitting: Splitting
) -> None:
    found = rebase(table_of(OLDS, rows), ways, splitting)
    sums = [sum(part.value or 0 for part in found.parts(unit, 0)) for unit in found.units]
    assert found.values[:, 0].tolist() == sums


@given(tables, successions(), splittings())
def test_total_of_what_was_carried_is_kept(
    rows: list[list[int | None]], ways: tuple[Way, ...], splitting: Splitting
) -> None:
    table = table_of(OLDS, rows)
    found = rebase(table, ways, splitting)
    left = {one.old for one in found.left}
    carried = [place for place, old in enumerate(OLDS) if old not in left]
    assert found.values.sum(axis=0).tolist() == table.values[carried].sum(axis=0).tolist()


@given(tables, successions(), splittings(), st.randoms())
def test_order_of_rows_changes_nothing(
    rows: list[list[int | None]], ways: tuple[Way, ...], splitting: Splitting, chance: Random
) -> None:
    order = list(range(len(OLDS)))
    chance.shuffle(order)
    mixed = list(ways)
    chance.shuffle(mixed)
    one = rebase(table_of(OLDS, rows), ways, splitting)
    other = rebase(table_of([OLDS[n] for n in order], [rows[n] for n in order]), mixed, splitting)
    assert one.units == other.units
    assert np.array_equal(one.values, other.values)
    assert np.array_equal(one.is_estimated, other.is_estimated)
    assert [one.parts(unit, 0) for unit in one.units] == [
        other.parts(unit, 0) for unit in other.units
    ]


@given(tables)
def test_identity_changes_nothing(rows: list[list[int | None]]) -> None:
    table = table_of(OLDS, rows)
    found = rebase(table, [Way(old, old) for old in OLDS])
    assert found.units == table.units
    assert np.array_equal(found.values, table.values)
    assert np.array_equal(found.is_known, table.is_known)
    assert np.array_equal(found.is_exact, table.is_known)


@given(tables, successions())
def test_there_and_back_of_whole_units_gives_the_sums(
    rows: list[list[int | None]], ways: tuple[Way, ...]
) -> None:
    merges = whole(ways)
    there = rebase(table_of(OLDS, rows), merges)
    table = rebasing.UnitTable(there.units, there.values, there.is_known)
    back = rebase(table, backward(merges))
    alone = {way.old for way in merges if [w.new for w in merges].count(way.new) == 1}
    sums = dict(zip(there.units, there.values.tolist(), strict=True))
    targets = {way.old: way.new for way in merges}
    for place, old in enumerate(back.units):
        assert back.is_known[place].any() <= (old in alone)
        expected = sums[targets[old]] if old in alone else [0, 0]
        assert back.values[place].tolist() == expected


@given(tables, tables, successions(), splittings())
def test_one_more_known_part_never_makes_a_sum_smaller(
    rows: list[list[int | None]],
    other: list[list[int | None]],
    ways: tuple[Way, ...],
    splitting: Splitting,
) -> None:
    filled = [
        [b if a is None else a for a, b in zip(row, more, strict=True)]
        for row, more in zip(rows, other, strict=True)
    ]
    before = rebase(table_of(OLDS, rows), ways, splitting)
    after = rebase(table_of(OLDS, filled), ways, splitting)
    assert (after.values >= before.values).all()
    assert (after.n_missing <= before.n_missing).all()
