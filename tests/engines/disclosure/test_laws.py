"""What holds of told tables whatever the counts."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.disclosure.worlds import tables
from vungxanh.engines.disclosure import DisclosureError, Table, core, protect
from vungxanh.engines.disclosure.network import summed


@given(table=tables())
def test_what_is_told_is_true(table: Table) -> None:
    told = protect(table).cells
    sums = summed(table)
    assert told.keys() == sums.keys()
    assert {cell: n for cell, n in told.items() if n is not None}.items() <= sums.items()


@given(table=tables(), least=st.integers(2, 6))
def test_small_counts_are_withheld_and_zeros_are_told(table: Table, least: int) -> None:
    told = protect(table, least=least)
    small = {cell for cell, n in summed(table).items() if 0 < n < least}
    assert {cell for cell in small if told.cells[cell] is not None} == set()
    assert {told.cells[cell] for cell, n in summed(table).items() if n == 0} <= {0}
    assert told.n_small == len(small)
    assert told.n_small + told.n_besides == sum(n is None for n in told.cells.values())


@given(table=tables(), least=st.integers(7, 9))
def test_where_nothing_is_small_everything_is_told(table: Table, least: int) -> None:
    large = Table(table.parents, table.columns, {c: 10 * n for c, n in table.counts.items()})
    told = protect(large, least=least)
    assert told.cells == summed(large)


@given(table=tables())
def test_the_order_of_units_and_columns_does_not_matter(table: Table) -> None:
    again = Table(
        dict(sorted(table.parents.items(), reverse=True)),
        table.columns[::-1],
        dict(sorted(table.counts.items(), reverse=True)),
    )
    assert protect(again) == protect(table)


def test_the_smallest_neighbour_is_withheld_besides() -> None:
    parents = dict.fromkeys(("a", "b", "c"), "huyện")
    told = protect(Table(parents, (), {("a", ""): 1, ("b", ""): 900, ("c", ""): 12}))
    assert {unit for (unit, _), n in told.cells.items() if n is None} == {"a", "c"}


def test_the_whole_of_the_top_unit_is_withheld_last() -> None:
    parents = {"tỉnh a": "nước", "tỉnh b": "nước", "a": "tỉnh a", "b": "tỉnh b"}
    counts = {("a", "ill"): 2, ("a", "well"): 1248, ("b", "ill"): 40, ("b", "well"): 50}
    told = protect(Table(parents, ("ill", "well"), counts)).cells
    assert (told["nước", ""], told["nước", "ill"]) == (1340, 42)


def test_all_of_a_place_being_ill_is_not_told_by_the_few_who_are_well() -> None:
    parents = {"a": "tỉnh", "b": "tỉnh"}
    counts = {("a", "ill"): 30, ("a", "well"): 2, ("b", "ill"): 40, ("b", "well"): 60}
    told = protect(Table(parents, ("ill", "well"), counts)).cells
    assert told["a", "well"] is None
    assert None in (told["a", "ill"], told["a", ""])


@pytest.mark.parametrize(
    "parents",
    [{"a": "b", "b": "a"}, {"a": "b", "c": "d"}, {"a": "a"}, {"a": "b", "b": "c", "c": "b"}],
)
def test_units_that_are_no_tree_are_refused(parents: dict[str, str]) -> None:
    with pytest.raises(DisclosureError) as refused:
        protect(Table(parents, (), {}))
    assert refused.value.code == "disclosure.tree"


@pytest.mark.parametrize(
    ("cell", "n"), [(("a", ""), -1), (("all", ""), 4), (("a", "ill"), 4), (("a", ""), True)]
)
def test_a_count_that_cannot_be_is_refused(cell: tuple[str, str], n: int) -> None:
    with pytest.raises(DisclosureError) as refused:
        protect(Table({"a": "all", "b": "all"}, (), {cell: n}))
    assert refused.value.code == "disclosure.count"


def test_a_column_cannot_have_the_name_of_the_whole() -> None:
    with pytest.raises(DisclosureError):
        protect(Table({"a": "all"}, ("", "ill"), {}))


def test_a_table_of_nothing_is_told_as_nothing() -> None:
    assert protect(Table({}, (), {})).cells == {}


def test_examples_are_true() -> None:
    failed, tried = doctest.testmod(core)
    assert (failed, tried > 0) == (0, True)
