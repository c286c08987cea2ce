"""Levels by example and by law; the criteria here are invented for tests."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.arealevels import (
    AreaLevelError,
    Assessment,
    Criteria,
    Missing,
    assess,
    criteria_of,
    per_100k,
    percent,
    reference,
)

WORDS = {"vi": "mẫu", "en": "sample"}
WRITTEN: dict[str, object] = {
    "version": "mau",
    "title": WORDS,
    "source": "Mẫu để kiểm thử",
    "valid_from": "2021-10-12",
    "valid_to": "2022-01-27",
    "measures": [
        {"name": "cases", "label": WORDS, "unit": WORDS, "edges": ["10", "30", "90"]},
        {"name": "dosed", "label": WORDS, "unit": WORDS, "edges": ["60"]},
    ],
    "holds": [{"name": "capacity", "label": WORDS}],
    "levels": [[1, 1], [2, 1], [3, 2], [4, 3]],
}
CRITERIA = criteria_of(WRITTEN)
EMPTY = criteria_of({**WRITTEN, "levels": []})


def told(found: Assessment) -> tuple[int | None, tuple[int, ...]]:
    return found.level, found.possible


@pytest.mark.parametrize(
    ("cases", "dosed", "level"),
    [(0, 0, 1), (Fraction(99, 10), 0, 1), (10, 59, 2), (10, 60, 1), (90, 60, 3), (90, 0, 4)],
)
def test_edge_belongs_to_the_band_above(cases: int | Fraction, dosed: int, level: int) -> None:
    found = assess(CRITERIA, {"cases": cases, "dosed": dosed, "capacity": True})
    assert told(found) == (level, (level,))
    assert found.missing == ()


def test_missing_input_leaves_what_is_possible_and_is_named() -> None:
    found = assess(CRITERIA, {"cases": 40, "capacity": True})
    assert told(found) == (None, (2, 3))
    assert found.missing == (("dosed", Missing.INPUT),)


def test_missing_input_that_changes_nothing_is_not_asked_for() -> None:
    found = assess(CRITERIA, {"cases": 5, "capacity": True})
    assert told(found) == (1, (1,))
    assert found.missing == ()


def test_level_does_not_fall_while_the_condition_is_not_met() -> None:
    inputs = {"cases": 5, "dosed": 80, "capacity": False}
    held = assess(CRITERIA, inputs, previous=3)
    assert (held.level, held.is_held) == (3, True)
    assert [step.name for step in held.steps if step.decides] == ["capacity"]


def test_level_may_rise_while_the_condition_is_not_met() -> None:
    found = assess(CRITERIA, {"cases": 95, "dosed": 0, "capacity": False}, previous=2)
    assert (found.level, found.is_held) == (4, False)


def test_level_before_is_asked_for_where_it_matters() -> None:
    found = assess(CRITERIA, {"cases": 5, "dosed": 80, "capacity": False})
    assert told(found) == (None, (1, 2, 3, 4))
    assert found.missing == (("previous", Missing.PREVIOUS),)


def test_input_that_decides_is_named_with_its_band() -> None:
    found = assess(CRITERIA, {"cases": 40, "dosed": 80, "capacity": True}, previous=1)
    step = found.steps[0]
    assert (step.name, step.band, step.low, step.high) == ("cases", 2, Decimal(30), Decimal(90))
    assert step.decides


def test_criteria_without_a_table_compute_nothing() -> None:
    found = assess(EMPTY, {"cases": 40, "dosed": 80, "capacity": True})
    assert told(found) == (None, ())
    assert found.missing == (("", Missing.TABLE),)


def test_unverified_criteria_say_so() -> None:
    assert not CRITERIA.is_verified
    assert not assess(CRITERIA, {"cases": 5}).is_verified


@pytest.mark.parametrize(
    ("inputs", "previous", "field"),
    [
        ({"cases": -1}, None, "cases"),
        ({"cases": True}, None, "cases"),
        ({"capacity": 3}, None, "capacity"),
        ({"cases": 1}, 5, "previous"),
    ],
)
def test_bad_input_is_refused_at_its_field(
    inputs: dict[str, int | bool], previous: int | None, field: str
) -> None:
    with pytest.raises(AreaLevelError) as refused:
        assess(CRITERIA, inputs, previous=previous)
    assert (refused.value.code, refused.value.field) == ("arealevels.bad_input", field)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"version": ""}, "version"),
        ({"title": "chữ"}, "title"),
        ({"valid_from": "hôm qua"}, "valid_from"),
        ({"levels": [[1, 1]]}, "levels"),
        ({"levels": [[1, 1], [2, 1], [3, 2], [4, 5]]}, "levels"),
        ({"levels": [[1, 1], [2, 1], [3, 2], [4, True]]}, "levels"),
        ({"levels": "không"}, "levels"),
        ({"measures": [3]}, "measures"),
        (
            {"measures": [{"name": "x", "label": WORDS, "unit": WORDS, "edges": ["3", "2"]}]},
            "edges",
        ),
        ({"measures": [{"name": "x", "label": WORDS, "unit": WORDS, "edges": ["NaN"]}]}, "edges"),
        ({"measures": [{"name": "x", "label": WORDS, "unit": WORDS, "edges": ["a"]}]}, "edges"),
    ],
)
def test_criteria_that_cannot_be_read_are_refused_with_the_place(
    change: dict[str, object], where: str
) -> None:
    with pytest.raises(AreaLevelError) as refused:
        criteria_of({**WRITTEN, **change})
    assert (refused.value.code, refused.value.where) == ("arealevels.bad_criteria", where)


def test_rates_are_exact_and_unknown_without_people() -> None:
    assert per_100k(1, 3) == Fraction(100_000, 3)
    assert percent(1, 3) == Fraction(100, 3)
    assert (per_100k(1, 0), per_100k(None, 5), percent(1, None)) == (None, None, None)


numbers = st.none() | st.integers(0, 100)
worlds = st.fixed_dictionaries(
    {"cases": numbers, "dosed": numbers, "capacity": st.none() | st.booleans()}
)
before = st.none() | st.sampled_from((1, 2, 3, 4))


@pytest.mark.slow
@given(st.sampled_from((CRITERIA, EMPTY)), worlds, before)
def test_rule_agrees_with_trying_everything(
    criteria: Criteria, inputs: dict[str, int | bool | None], previous: int | None
) -> None:
    found = assess(criteria, inputs, previous=previous)
    assert set(found.possible) == reference.possible_levels(criteria, inputs, previous)
    assert (found.level is None) == (len(found.possible) != 1)


@pytest.mark.slow
@given(worlds, before, st.integers(0, 100))
def test_more_cases_never_lower_the_level(
    inputs: dict[str, int | bool | None], previous: int | None, more: int
) -> None:
    calm = assess(CRITERIA, {**inputs, "cases": 0}, previous=previous)
    worse = assess(CRITERIA, {**inputs, "cases": more}, previous=previous)
    assert max(calm.possible) <= max(worse.possible)


@pytest.mark.slow
@given(worlds, before, st.integers(0, 100))
def test_knowing_more_never_adds_a_possible_level(
    inputs: dict[str, int | bool | None], previous: int | None, value: int
) -> None:
    less = assess(CRITERIA, {**inputs, "dosed": None}, previous=previous)
    more = assess(CRITERIA, {**inputs, "dosed": value}, previous=previous)
    assert set(more.possible) <= set(less.possible)
