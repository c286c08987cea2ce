"""Re-basing by example: merges, splits, what is missing, what cannot be carried."""

from fractions import Fraction

import numpy as np
import pytest

from vungxanh.engines.coverage import CoverageError
from vungxanh.engines.coverage.rebase import (
    Basis,
    Left,
    Missing,
    NotCarried,
    Part,
    Splitting,
    UnitTable,
    Way,
    backward,
    rebase,
    table_of,
)

MERGE = (Way("a", "x"), Way("b", "x"))
SPLIT = (Way("a", "x", is_default=True), Way("a", "y"), Way("b", "y"))


def test_whole_units_add_up_exactly() -> None:
    found = rebase(table_of(("a", "b"), [[3, 5], [4, 0]]), MERGE)
    assert found.values.tolist() == [[7, 5]]
    assert found.is_exact.all()
    assert found.left == ()


def test_sum_with_a_part_missing_is_partial_and_names_it() -> None:
    found = rebase(table_of(("a", "b"), [[3], [None]]), MERGE)
    assert found.values.tolist() == [[3]]
    assert found.is_partial.all()
    assert [part.old for part in found.parts("x", 0) if part.missing] == ["b"]


def test_unit_without_a_row_is_a_missing_part_too() -> None:
    found = rebase(table_of(("a",), [[3]]), MERGE)
    assert found.parts("x", 0) == (
        Part("a", 3, is_estimated=False, basis=Basis.WHOLE),
        Part("b", None, is_estimated=False, basis=Basis.WHOLE, missing=Missing.NOT_KNOWN),
    )


def test_nothing_known_is_not_zero() -> None:
    found = rebase(table_of(("a", "b"), [[None], [None]]), MERGE)
    assert not found.is_known.any()


def test_unit_is_divided_by_its_known_shares_and_marked() -> None:
    ways = (Way("a", "x", Fraction(1, 3)), Way("a", "y", Fraction(2, 3)))
    found = rebase(table_of(("a",), [[10]]), ways)
    assert found.values.tolist() == [[3], [7]]
    assert found.is_estimated.all()
    assert not found.is_exact.any()


def test_printed_shares_that_miss_one_by_rounding_still_keep_the_total() -> None:
    ways = [Way("a", new, Fraction(33, 100)) for new in "xyz"]
    assert rebase(table_of(("a",), [[100]]), ways).values.sum() == 100


def test_unit_is_divided_by_the_people_of_its_parts_where_shares_are_unknown() -> None:
    weights = Splitting(weights={("a", "x"): 1000, ("a", "y"): 3000})
    found = rebase(table_of(("a", "b"), [[8], [1]]), SPLIT, weights)
    assert found.values.tolist() == [[2], [7]]
    assert found.parts("y", 0)[0] == Part("a", 6, is_estimated=True, basis=Basis.WEIGHT)


def test_unit_without_a_basis_is_left_with_the_reason() -> None:
    found = rebase(table_of(("a", "b"), [[8], [1]]), SPLIT)
    assert found.left == (Left("a", NotCarried.NO_BASE),)
    assert found.is_known.tolist() == [[False], [True]]
    assert found.parts("y", 0)[0].missing is Missing.NO_BASE
    assert found.is_partial.tolist() == [[False], [True]]


def test_default_takes_all_only_when_asked_and_every_target_is_marked() -> None:
    found = rebase(table_of(("a", "b"), [[8], [1]]), SPLIT, Splitting(default_takes_all=True))
    assert found.values.tolist() == [[8], [1]]
    assert found.is_estimated.tolist() == [[True], [True]]


def test_inferred_target_is_marked() -> None:
    found = rebase(table_of(("a",), [[8]]), (Way("a", "x", is_sure=False),))
    assert found.values.tolist() == [[8]]
    assert found.is_estimated.all()


def test_unit_without_successor_is_left_with_the_reason() -> None:
    found = rebase(table_of(("a", "z"), [[8], [9]]), (Way("a", "x"),))
    assert found.left == (Left("z", NotCarried.NO_SUCCESSOR),)


def test_merged_unit_is_not_divided_backward_without_shares() -> None:
    found = rebase(table_of(("x",), [[7]]), backward(MERGE))
    assert found.left == (Left("x", NotCarried.NO_BASE),)
    assert not found.is_known.any()


def test_unit_that_only_changed_its_name_goes_back_exactly() -> None:
    found = rebase(table_of(("x",), [[7]]), backward((Way("a", "x"),)))
    assert found.units == ("a",)
    assert found.values.tolist() == [[7]]
    assert found.is_exact.all()


def test_divided_unit_is_whole_again_where_its_parts_hold_nothing_else() -> None:
    ways = backward((Way("a", "x", Fraction(1, 4)), Way("a", "y", Fraction(3, 4))))
    found = rebase(table_of(("x", "y"), [[2], [5]]), ways)
    assert found.values.tolist() == [[7]]
    assert found.is_exact.all()


def test_value_of_an_unknown_figure_is_never_read() -> None:
    table = UnitTable(("a", "b"), np.array([[3], [99]]), np.array([[True], [False]]))
    assert rebase(table, MERGE).values.tolist() == [[3]]


@pytest.mark.parametrize(
    ("units", "rows", "ways", "code"),
    [
        (("a", "a"), [[1], [2]], MERGE, "coverage.duplicate_unit"),
        (("a", "b"), [[-1], [2]], MERGE, "coverage.negative_count"),
        (("a",), [[1]], (Way("a", "x"), Way("a", "x")), "coverage.succession_twice"),
        (("a",), [[1]], (Way("a", "x", Fraction(1, 2)),), "coverage.shares"),
        (("a",), [[1]], (Way("a", "x", Fraction(0)),), "coverage.shares"),
        (("a",), [[1]], (Way("a", "x", Fraction(3, 2)), Way("a", "y")), "coverage.shares"),
        (
            ("a",),
            [[2**40]],
            (Way("a", "x", Fraction(1, 2**30)), Way("a", "y", 1 - Fraction(1, 2**30))),
            "coverage.too_large",
        ),
    ],
)
def test_bad_input_is_refused_by_name(
    units: tuple[str, ...], rows: list[list[int | None]], ways: tuple[Way, ...], code: str
) -> None:
    with pytest.raises(CoverageError) as refused:
        rebase(table_of(units, rows), ways)
    assert refused.value.code == code
    assert refused.value.where


def test_people_counted_in_the_parts_stand_before_shares_of_the_succession() -> None:
    ways = (Way("a", "x", Fraction(1, 2)), Way("a", "y", Fraction(1, 2)))
    people = Splitting(weights={("a", "x"): 1, ("a", "y"): 3})
    found = rebase(table_of(("a",), [[8]]), ways, people)
    assert found.values.tolist() == [[2], [6]]
    assert found.parts("x", 0)[0].basis is Basis.WEIGHT


def test_shares_serve_where_the_people_of_one_part_are_not_known() -> None:
    ways = (Way("a", "x", Fraction(1, 2)), Way("a", "y", Fraction(1, 2)))
    found = rebase(table_of(("a",), [[8]]), ways, Splitting(weights={("a", "x"): 1}))
    assert found.values.tolist() == [[4], [4]]
    assert found.parts("x", 0)[0].basis is Basis.SHARE
