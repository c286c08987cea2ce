"""The definition of a contact, claim by claim, on the plain engine."""

from collections.abc import Sequence

import pytest

from tests.engines.tracing.worlds import MINUTE, visits_of, windows_of
from vungxanh.engines.tracing import Parameters, TracingError, checked_visits, checked_windows
from vungxanh.engines.tracing.reference import contacts

HOUR = 60 * MINUTE
CASE, OTHER, THIRD, PLACE = 1, 2, 3, 9
ALWAYS = [(CASE, 0, 100 * HOUR)]


def met(
    visits: Sequence[tuple[int, int, int, int | None]],
    windows: Sequence[tuple[int, int, int]] = ALWAYS,
    *,
    generations: int = 1,
    as_of: int | None = 100 * HOUR,
) -> list[tuple[int, ...]]:
    """Rows of contacts."""
    found = contacts(
        visits_of(visits), windows_of(windows), Parameters(), generations=generations, as_of=as_of
    )
    return list(found.rows())


def test_fifteen_minutes_together_are_a_direct_contact() -> None:
    visits = [(CASE, PLACE, HOUR, 2 * HOUR), (OTHER, PLACE, 2 * HOUR - 15 * MINUTE, 3 * HOUR)]
    assert met(visits) == [(OTHER, 900, 2 * HOUR - 900, 2 * HOUR, 1, 1, 1)]


def test_fourteen_minutes_together_are_none() -> None:
    visits = [(CASE, PLACE, HOUR, 2 * HOUR), (OTHER, PLACE, 2 * HOUR - 14 * MINUTE, 3 * HOUR)]
    assert met(visits) == []


def test_who_comes_within_ten_minutes_after_the_case_left_lingers() -> None:
    visits = [(CASE, PLACE, HOUR, 2 * HOUR), (OTHER, PLACE, 2 * HOUR + 600, 3 * HOUR)]
    assert met(visits) == [(OTHER, 0, 2 * HOUR + 600, 2 * HOUR + 600, 1, 1, 1)]


def test_nobody_lingers_after_an_end_that_the_window_cut() -> None:
    visits = [(CASE, PLACE, HOUR, 3 * HOUR), (OTHER, PLACE, 2 * HOUR + 60, 2 * HOUR + 120)]
    assert met(visits, [(CASE, 0, 2 * HOUR)]) == []


def test_a_missing_end_is_an_hour_after_the_start_and_not_after_now() -> None:
    visits = [(CASE, PLACE, HOUR, None), (OTHER, PLACE, HOUR, 5 * HOUR)]
    assert met(visits)[0][1] == HOUR
    assert met(visits, as_of=HOUR + 20 * MINUTE)[0][1] == 20 * MINUTE


def test_a_visit_after_now_does_not_exist() -> None:
    visits = [(CASE, PLACE, HOUR, 3 * HOUR), (OTHER, PLACE, 2 * HOUR, 3 * HOUR)]
    assert met(visits, as_of=2 * HOUR - 1) == []


def test_a_case_is_never_a_contact() -> None:
    visits = [(CASE, PLACE, HOUR, 2 * HOUR), (OTHER, PLACE, HOUR, 2 * HOUR)]
    assert met(visits, [*ALWAYS, (OTHER, 0, 0)]) == []


def test_a_contact_is_infectious_two_days_after_the_first_exposure() -> None:
    later = HOUR + 48 * HOUR
    visits = [
        (CASE, PLACE, HOUR, 2 * HOUR),
        (OTHER, PLACE, HOUR, 2 * HOUR),
        (OTHER, PLACE, later, later + HOUR),
        (THIRD, PLACE, later, later + HOUR),
    ]
    found = met(visits, [(CASE, 0, 3 * HOUR)], generations=2)
    assert [(row[0], row[6]) for row in found] == [(OTHER, 1), (THIRD, 2)]


def test_an_end_before_its_start_names_its_row() -> None:
    visits = visits_of([(1, 1, 10, 20), (1, 1, 10, 9)])
    with pytest.raises(TracingError) as refusal:
        checked_visits(visits)
    assert (refusal.value.code, refusal.value.where) == ("tracing.out_before_in", "2")


def test_a_window_that_ends_before_it_begins_names_its_row() -> None:
    with pytest.raises(TracingError) as refusal:
        checked_windows(windows_of([(1, 5, 5), (2, 6, 5)]))
    assert (refusal.value.code, refusal.value.where) == ("tracing.window_reversed", "2")


def test_a_time_that_is_no_second_is_refused() -> None:
    with pytest.raises(TracingError) as refusal:
        checked_visits(visits_of([(1, 1, 2**50, None)]))
    assert refusal.value.code == "tracing.time_out_of_range"


def test_a_parameter_below_zero_is_refused() -> None:
    with pytest.raises(TracingError) as refusal:
        Parameters(linger_s=-1)
    assert refusal.value.code == "tracing.bad_parameter"
