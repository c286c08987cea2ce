"""The definition of a cluster, claim by claim, on the plain engine."""

from collections.abc import Sequence

import pytest

from tests.engines.tracing.worlds import visits_of, windows_of
from vungxanh.engines.tracing import TracingError
from vungxanh.engines.tracing.cluster_types import ClusterParameters
from vungxanh.engines.tracing.reference_clusters import clusters, present

HOUR = 3600
DAY = 24 * HOUR
MIDNIGHT = 17 * HOUR  # in Viet Nam
PLACE = 9
FIRST, SECOND, THIRD, GUEST = 1, 2, 3, 4
PAIR = ClusterParameters(min_cases=2)
EVER = [(FIRST, 0, 9 * DAY), (SECOND, 0, 9 * DAY)]
Rows = Sequence[tuple[int, int, int, int | None]]


def found(
    visits: Rows,
    windows: Sequence[tuple[int, int, int]] = EVER,
    *,
    parameters: ClusterParameters = PAIR,
    as_of: int | None = 9 * DAY,
) -> list[tuple[int, ...]]:
    """Rows of clusters, times in hours after midnight."""
    answer = clusters(visits_of(visits), windows_of(windows), parameters, as_of=as_of)
    return [
        (row[0], (row[1] - MIDNIGHT) // HOUR, (row[2] - MIDNIGHT) // HOUR, row[3], row[4])
        for row in answer.rows()
    ]


def visit(
    person: int, begin: float, end: float | None, place: int = PLACE
) -> tuple[int, int, int, int | None]:
    """A visit in hours after midnight."""
    until = None if end is None else MIDNIGHT + int(end * HOUR)
    return person, place, MIDNIGHT + int(begin * HOUR), until


def test_two_cases_in_one_slot_need_not_have_met() -> None:
    assert found([visit(FIRST, 0, 0.5), visit(SECOND, 1, 1.5)]) == [(PLACE, 0, 2, 2, 2)]


def test_one_case_too_few_is_no_cluster() -> None:
    visits = [visit(FIRST, 0, 0.5), visit(FIRST, 1, 1.5), visit(GUEST, 0, 1)]
    assert found(visits) == []


def test_slots_begin_at_midnight_in_viet_nam() -> None:
    assert found([visit(FIRST, -0.5, -0.25), visit(SECOND, 0, 0.5)]) == []


def test_a_stay_touches_every_slot_that_it_meets_but_not_the_one_it_ends_at() -> None:
    visits = [visit(FIRST, 1, 4), visit(SECOND, 0, 6)]
    assert found(visits) == [(PLACE, 0, 2, 2, 2), (PLACE, 2, 4, 2, 2)]


def test_a_stay_of_no_length_touches_the_slot_that_holds_it() -> None:
    assert found([visit(FIRST, 2, 2), visit(SECOND, 2.5, 3)]) == [(PLACE, 2, 4, 2, 2)]


def test_what_lies_outside_the_window_does_not_touch() -> None:
    windows = [(FIRST, MIDNIGHT, MIDNIGHT + HOUR), (SECOND, 0, 9 * DAY)]
    visits = [visit(FIRST, 0.5, 5), visit(SECOND, 0, 6)]
    assert found(visits, windows) == [(PLACE, 0, 2, 2, 2)]


def test_a_case_in_two_windows_counts_once() -> None:
    windows = [(FIRST, 0, DAY), (FIRST, 0, 2 * DAY)]
    assert found([visit(FIRST, 0, 1), visit(SECOND, 0, 1)], windows) == []


def test_everybody_present_is_counted_outside_windows_too() -> None:
    visits = [visit(FIRST, 0, 1), visit(SECOND, 0, 1), visit(GUEST, -3, 0.01), visit(GUEST, 1, 1)]
    assert found(visits) == [(PLACE, 0, 2, 2, 3)]


def test_a_missing_end_is_an_hour_after_the_start_and_not_after_now() -> None:
    visits = [visit(FIRST, 1.5, None), visit(SECOND, 0, 6)]
    assert [row[1] for row in found(visits)] == [0, 2]
    assert [row[1] for row in found(visits, as_of=MIDNIGHT + 2 * HOUR)] == [0]


def test_a_visit_after_now_does_not_exist() -> None:
    visits = [visit(FIRST, 0, 1), visit(SECOND, 0.5, 1)]
    assert found(visits, as_of=MIDNIGHT + HOUR // 4) == []


def test_most_cases_come_first_then_fewest_present_then_the_earliest() -> None:
    visits = [
        *[visit(person, 0, 1) for person in (FIRST, SECOND, GUEST)],
        *[visit(person, 2, 3) for person in (FIRST, SECOND)],
        *[visit(person, 2, 3, place=8) for person in (FIRST, SECOND)],
        *[visit(person, 8, 9) for person in (FIRST, SECOND, THIRD)],
    ]
    windows = [*EVER, (THIRD, 0, 9 * DAY)]
    assert found(visits, windows) == [
        (PLACE, 8, 10, 3, 3),
        (8, 2, 4, 2, 2),
        (PLACE, 2, 4, 2, 2),
        (PLACE, 0, 2, 2, 3),
    ]


def test_the_people_present_are_named_cases_first() -> None:
    visits = visits_of([visit(GUEST, 0, 1), visit(SECOND, 0, 1), visit(FIRST, 0, 1)])
    windows = windows_of([(SECOND, 0, 9 * DAY), (GUEST, 0, 9 * DAY), (THIRD, 0, 9 * DAY)])
    shared = clusters(visits, windows, PAIR)
    people = present(visits, windows, PAIR, clusters=shared)
    assert [(row[2], row[3]) for row in people.rows()] == [(2, True), (4, True), (1, False)]


def test_some_clusters_can_be_chosen_for_their_people() -> None:
    visits = visits_of([visit(FIRST, 0, 4), visit(SECOND, 0, 4)])
    shared = clusters(visits, windows_of(EVER), PAIR)
    people = present(visits, windows_of(EVER), PAIR, clusters=shared.chosen(slice(1, 2)))
    assert people.slot_from.tolist() == [MIDNIGHT + 2 * HOUR] * 2


@pytest.mark.parametrize(
    "wrong",
    [{"default_stay_s": -1}, {"slot_s": 0}, {"min_cases": 0}, {"origin_s": 2**60}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_parameter_out_of_bounds_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(TracingError) as refusal:
        ClusterParameters(**wrong)
    assert (refusal.value.code, refusal.value.field) == ("tracing.bad_parameter", *wrong)
