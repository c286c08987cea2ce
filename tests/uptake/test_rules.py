"""Which figure stands for a unit, and ratios over the same units."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from vungxanh.locations.values import Level, Unit, UnitId
from vungxanh.uptake.rules import (
    FactRow,
    FigureState,
    Node,
    figure,
    nice_edges,
    node_of,
    pair,
    series_of,
)

MAY = datetime(2021, 5, 26, tzinfo=UTC)
JUNE = datetime(2021, 6, 1, tzinfo=UTC)


def unit(code: str, level: Level = Level.DISTRICT) -> Unit:
    return Unit(UnitId(f"vn-2021:{code}"), "vn-2021", code, None, level, code, "", code, code, code)


def fact(code: str, element: str, value: int, as_of: datetime = MAY) -> FactRow:
    return FactRow(f"vn-2021:{code}", element, value, as_of, as_of, 1, "nguồn", "x", True)


def leaf(code: str, as_of: datetime = MAY, **counts: int) -> Node:
    return Node(unit(code), {name: fact(code, name, n, as_of) for name, n in counts.items()})


def province(*parts: Node, as_of: datetime = MAY, **counts: int) -> Node:
    own = {name: fact("52", name, n, as_of) for name, n in counts.items()}
    return node_of(unit("52", Level.PROVINCE), own, parts)


def test_sum_of_complete_parts_is_complete() -> None:
    found = figure(province(leaf("540", scans=3), leaf("541", scans=4)), "scans")
    assert (found.value, found.state, found.n_parts) == (7, FigureState.COMPLETE, 2)


def test_sum_with_a_missing_part_names_it() -> None:
    found = figure(province(leaf("540", scans=3), leaf("541")), "scans")
    assert (found.value, found.state, found.missing) == (3, FigureState.PARTIAL, ("541",))


def test_nothing_known_is_missing_and_never_zero() -> None:
    found = figure(province(leaf("540"), leaf("541")), "scans")
    assert (found.value, found.state) == (None, FigureState.MISSING)


def test_zero_is_a_figure() -> None:
    assert figure(province(leaf("540", scans=0)), "scans").value == 0


def test_own_figure_stands_before_an_incomplete_sum() -> None:
    found = figure(province(leaf("540", scans=3), leaf("541"), scans=9), "scans")
    assert (found.value, found.state) == (9, FigureState.COMPLETE)


def test_newer_complete_sum_stands_before_an_older_own_figure() -> None:
    node = province(leaf("540", JUNE, scans=3), leaf("541", JUNE, scans=4), scans=5)
    assert figure(node, "scans").value == 7


def test_own_figure_that_contradicts_its_parts_is_disputed() -> None:
    found = figure(province(leaf("540", scans=3), leaf("541", scans=4), scans=8), "scans")
    assert (found.value, found.state) == (8, FigureState.DISPUTED)


def test_ratio_is_taken_over_the_units_that_have_both_counts() -> None:
    node = province(
        leaf("540", bluezone_with_phone=10, population=100),
        leaf("541", population=300),
    )
    found = pair(node, "bluezone_with_phone", "population")
    assert (found.numerator.value, found.denominator.value) == (10, 100)
    assert found.missing == ("541",)


def test_series_of_a_whole_exists_only_where_every_part_has_a_count() -> None:
    node = province(leaf("540"), leaf("541"))
    own = {"vn-2021:540": [(MAY, 1), (JUNE, 2)], "vn-2021:541": [(JUNE, 5)]}
    assert series_of(node, own) == [(JUNE, 7)]


counts = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@given(counts)
def test_sum_of_parts_equals_the_counts_in_any_order(values: list[int]) -> None:
    parts = [leaf(f"{500 + i}", scans=value) for i, value in enumerate(values)]
    forwards, backwards = province(*parts), province(*reversed(parts))
    assert figure(forwards, "scans").value == sum(values) == figure(backwards, "scans").value


shares = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=40)


@given(shares)
def test_map_bands_always_have_four_ascending_whole_edges(values: list[Decimal]) -> None:
    edges = nice_edges(values)
    assert len(edges) == 4
    assert list(edges) == sorted(set(edges))
    assert all(edge == edge.to_integral_value() for edge in edges)
