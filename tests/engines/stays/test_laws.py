"""What holds of visits whatever the scans."""

from dataclasses import fields
from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.engines.stays.worlds import (
    HOUR,
    MIDNIGHT,
    Row,
    World,
    points_of,
    rows_of,
    scans_of,
    times,
    worlds,
)
from vungxanh.engines.stays import (
    IN,
    NONE,
    OUT,
    Corrections,
    Doubt,
    EndedBy,
    StartedBy,
    Visits,
    visits_of,
)

scanned = worlds(is_corrected=False)


def of(world: World, rows: list[Row] | None = None, as_of: int | None = None) -> Visits:
    """The visits of a world, or of other scans in it."""
    return visits_of(
        world.scans if rows is None else scans_of(rows),
        world.points,
        corrections=world.corrections,
        parameters=world.parameters,
        as_of=world.as_of if as_of is None else as_of,
    )


def columns(visits: Visits) -> list[list[int]]:
    """What a visit says, without the rows of its scans."""
    return [getattr(visits, field.name).tolist() for field in fields(Visits)[:-2]]


def followed(visits: Visits) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Visits after which the same person has another."""
    return np.flatnonzero(visits.person_id[1:] == visits.person_id[:-1])


@given(world=scanned, order=st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(world: World, order: Random) -> None:
    rows = rows_of(world.scans)
    mixed = order.sample(rows, len(rows))
    assert columns(of(world, mixed)) == columns(of(world))


@given(world=worlds(), order=st.randoms(use_true_random=False))
def test_nor_does_it_where_visits_are_corrected(world: World, order: Random) -> None:
    rows = rows_of(world.scans)
    assume(len(set(rows)) == len(rows))
    place = order.sample(range(len(rows)), len(rows))
    moved = np.argsort(np.array(place, np.int64))
    said = world.corrections
    mixed = World(
        scans_of([rows[row] for row in place]),
        world.points,
        Corrections(moved[said.scan], said.t_in, said.t_out),
        world.parameters,
        world.as_of,
    )
    assert columns(of(mixed)) == columns(of(world))


@given(world=worlds(), chosen=st.data())
def test_scans_sent_again_change_nothing(world: World, chosen: st.DataObject) -> None:
    rows = rows_of(world.scans)
    again = chosen.draw(st.lists(st.sampled_from(rows), max_size=5)) if rows else []
    assert columns(of(world, [*rows, *again])) == columns(of(world))


@given(world=scanned)
def test_visits_of_a_person_follow_each_other_and_never_overlap(world: World) -> None:
    visits = of(world)
    one = followed(visits)
    assert (visits.t_in <= visits.t_out).all()
    assert (visits.t_out[one] <= visits.t_in[one + 1]).all()


@given(world=worlds())
def test_only_visits_that_are_doubted_overlap(world: World) -> None:
    visits = of(world)
    sure = np.flatnonzero((visits.doubts & Doubt.SAME_TIME_ELSEWHERE) == 0)
    person, t_in, t_out = visits.person_id[sure], visits.t_in[sure], visits.t_out[sure]
    one, other = np.triu_indices(len(sure), 1)
    is_same = person[one] == person[other]
    overlap = np.minimum(t_out[one], t_out[other]) - np.maximum(t_in[one], t_in[other])
    assert (overlap[is_same] <= 0).all()


@given(world=scanned)
def test_in_elsewhere_ends_a_visit(world: World) -> None:
    visits = of(world)
    one = followed(visits)
    is_in = visits.start_by[one + 1] == StartedBy.SCANNED
    assert (visits.t_out[one[is_in]] <= visits.t_in[one[is_in] + 1]).all()
    is_next = visits.ended_by[one] == EndedBy.NEXT
    assert (visits.t_out[one[is_next]] == visits.t_in[one[is_next] + 1]).all()
    assert (visits.point[one[is_next]] != visits.point[one[is_next] + 1]).all()


@given(world=scanned)
def test_every_scan_is_in_exactly_one_visit_of_its_person_and_place(world: World) -> None:
    visits, scans = of(world), world.scans
    late = np.zeros(len(scans), bool) if world.as_of is None else scans.at > world.as_of
    assert ((visits.visit_of == NONE) == late).all()
    kept = np.flatnonzero(~late)
    visit = visits.visit_of[kept]
    assert (visits.person_id[visit] == scans.person_id[kept]).all()
    assert (visits.point[visit] == scans.point[kept]).all()
    assert (visits.t_in[visit] <= scans.at[kept]).all()
    assert (visits.t_out[visit] >= scans.at[kept]).all()


@given(world=worlds())
def test_every_visit_has_a_first_scan_that_is_its_own(world: World) -> None:
    visits = of(world)
    assert visits.visit_of[visits.first].tolist() == list(range(len(visits)))


@given(gaps=st.lists(st.integers(0, HOUR), max_size=12))
def test_a_second_scan_extends_and_never_doubles(gaps: list[int]) -> None:
    """Scans in at one place, each within the usual stay of the one before, are one visit."""
    moments = np.cumsum([MIDNIGHT + 8 * HOUR, *gaps])
    visits = visits_of(scans_of([(1, 0, at, IN, 0) for at in moments.tolist()]), points_of([HOUR]))
    assert visits.t_in.tolist() == [moments[0]]
    assert visits.t_out.tolist() == [moments[-1] + HOUR]


@given(world=scanned, moments=st.tuples(times, times))
def test_later_only_lengthens_what_is_assumed(world: World, moments: tuple[int, int]) -> None:
    sooner, later = sorted(moments)
    rows = [row for row in rows_of(world.scans) if row[2] <= sooner]
    before, after = of(world, rows, sooner), of(world, rows, later)
    assert before.t_in.tolist() == after.t_in.tolist()
    assert (before.t_out <= after.t_out).all()
    assert (after.t_out == np.maximum(before.t_out, np.minimum(after.t_out, later))).all()


@given(world=scanned, moments=st.tuples(times, times))
def test_what_is_over_stays_as_it_is_when_more_becomes_known(
    world: World, moments: tuple[int, int]
) -> None:
    """All visits of a person but the last are the same later on, but for doubts of the ways."""
    sooner, later = sorted(moments)
    before, after = of(world, as_of=sooner), of(world, as_of=later)
    old = followed(before)
    new = after.visit_of[before.first[old]]
    for name in ("t_in", "t_out", "start_by", "ended_by", "entrance_in", "entrance_out", "first"):
        assert getattr(before, name)[old].tolist() == getattr(after, name)[new].tolist(), name


@given(world=worlds())
def test_corrected_times_win(world: World) -> None:
    said = world.corrections
    visits = of(world)
    visit = visits.visit_of[said.scan]
    last = {at: row for row, at in enumerate(visit.tolist()) if at != NONE}
    rows = np.array(list(last.values()), np.int64)
    assert (visits.start_by[visit[rows]] == StartedBy.CORRECTED).all()
    assert (visits.ended_by[visit[rows]] == EndedBy.CORRECTED).all()
    assert visits.t_in[visit[rows]].tolist() == said.t_in[rows].tolist()
    assert visits.t_out[visit[rows]].tolist() == said.t_out[rows].tolist()


@given(world=scanned)
def test_who_only_scans_in_and_out_is_there_as_scanned(world: World) -> None:
    visits = of(world)
    is_out = visits.ended_by == EndedBy.SCANNED
    known = {(row[0], row[1], row[2]) for row in rows_of(world.scans) if row[3] == OUT}
    ends = zip(
        visits.person_id[is_out].tolist(),
        visits.point[is_out].tolist(),
        visits.t_out[is_out].tolist(),
        strict=True,
    )
    assert set(ends) <= known


@given(one=scanned, other=scanned)
def test_a_person_may_be_cut_where_nothing_was_scanned_for_long(one: World, other: World) -> None:
    rows, later = rows_of(one.scans), rows_of(other.scans)
    apart = max(18 * HOUR, 2 * int(one.points.usual_s.max())) + 1
    shift = apart + 90 * HOUR  # all scans of a world lie within fewer
    later = [(who, where, at + shift, way, door) for who, where, at, way, door in later]
    parts = [visits_of(scans_of(part), one.points) for part in (rows, later)]
    whole = visits_of(scans_of([*rows, *later]), one.points)
    told = [list(zip(*columns(visits), strict=True)) for visits in (*parts, whole)]
    assert sorted(told[0] + told[1]) == sorted(told[2])
