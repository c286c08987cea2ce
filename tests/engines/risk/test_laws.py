"""Laws of risk: order changes nothing, weights scale, another sighting never makes it less."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.risk import worlds
from tests.engines.risk.worlds import ALL_STANDARD, MIDNIGHT, ONE_TABLES, ONES, Row
from vungxanh.engines.risk import (
    DEPLOYED,
    KeyFacts,
    Rule,
    ScoreTables,
    SummaryParameters,
    assessed_days,
    daily_summaries,
    explained,
    scored,
    windows,
)

pytestmark = pytest.mark.slow

KEY = KeyFacts(MIDNIGHT, 1, 2, 4)
NOW = MIDNIGHT + 3 * 86_400
cases = st.lists(st.tuples(worlds.keys, worlds.rows()), min_size=1, max_size=4)


def total_s(rows: Sequence[Row], parameters: SummaryParameters = ONES) -> Fraction:
    """Weighted seconds of all days."""
    found = windows(KEY, worlds.scans_from(rows), ALL_STANDARD)
    summaries = daily_summaries(found, parameters, as_of=NOW)
    return sum((one.total.weighted_s for one in summaries), Fraction(0))


@given(worlds.rows(min_size=1), worlds.tables, st.randoms(use_true_random=False))
def test_order_of_sightings_changes_nothing(
    rows: list[Row], tables: ScoreTables, chance: Random
) -> None:
    shuffled = chance.sample(rows, len(rows))
    one, other = worlds.scans_from(rows), worlds.scans_from(shuffled)
    assert scored(KEY, one, tables, as_of=NOW) == scored(KEY, other, tables, as_of=NOW)
    assert windows(KEY, one, ALL_STANDARD) == windows(KEY, other, ALL_STANDARD)
    for rule in DEPLOYED.values():
        assert explained(KEY, one, rule, as_of=NOW) == explained(KEY, other, rule, as_of=NOW)


@given(cases, worlds.rules, st.randoms(use_true_random=False))
def test_order_of_keys_changes_nothing(
    heard: list[tuple[KeyFacts, list[Row]]], rule: Rule, chance: Random
) -> None:
    made = [(key, worlds.scans_from(rows)) for key, rows in heard]
    shuffled = chance.sample(made, len(made))
    assert assessed_days(made, rule, as_of=NOW) == assessed_days(shuffled, rule, as_of=NOW)


def test_keys_heard_in_the_same_seconds_stand_in_one_order() -> None:
    scans = worlds.scans_from([(MIDNIGHT, 60, None)])
    others = (KeyFacts(MIDNIGHT, 1, 1), KeyFacts(MIDNIGHT, 1, 2), KeyFacts(MIDNIGHT, 2, 1))
    heard = [(key, scans) for key in others]
    rule = DEPLOYED["cwa-1.15"]
    backward = assessed_days(heard[::-1], rule, as_of=NOW)
    assert assessed_days(heard, rule, as_of=NOW) == backward


def test_sightings_of_one_second_stand_in_one_order() -> None:
    rows: list[Row] = [(MIDNIGHT + 600, 60, since) for since in (MIDNIGHT + 540, MIDNIGHT + 300)]
    made = [windows(KEY, worlds.scans_from(some), ALL_STANDARD) for some in (rows, rows[::-1])]
    assert made[0] == made[1]
    assert made[0][0].scans[0].since_last_s == 300


@given(worlds.rows(), st.sampled_from(("0", "0.5", "1", "2", "2.5")))
def test_scores_scale_with_weights(rows: list[Row], factor: str) -> None:
    scaled = replace(ONES, bucket_weights=(Decimal(factor),) * 4)
    assert total_s(rows, scaled) == total_s(rows) * Fraction(factor)


@given(worlds.rows())
def test_an_hour_later_changes_no_score(rows: list[Row]) -> None:
    later = [(at + 3600, db, None if prev is None else prev + 3600) for at, db, prev in rows]
    assert total_s(later) == total_s(rows)


@given(worlds.rows(min_size=1))
def test_stronger_signals_never_weigh_less_where_near_weighs_more(rows: list[Row]) -> None:
    falling = replace(ONES, bucket_weights=tuple(map(Decimal, ("2.5", "1", "0.5", "0"))))
    stronger = [(at, max(db - 7, 0), prev) for at, db, prev in rows]
    assert total_s(stronger, falling) >= total_s(rows, falling)


@given(st.lists(st.integers(0, 1400), min_size=2, max_size=12, unique=True), st.data())
def test_another_scan_never_lowers_the_score_at_equal_weights(
    minutes: list[int], data: st.DataObject
) -> None:
    rows = [(MIDNIGHT + 60 * m, 60, MIDNIGHT + 60 * m - 300) for m in minutes]
    fewer = data.draw(st.lists(st.sampled_from(rows), unique=True))
    assert total_s(rows) >= total_s(fewer)


@given(worlds.rows(min_size=1), st.data())
def test_another_sighting_never_shortens_a_run_nor_lowers_its_score_at_equal_tables(
    rows: list[Row], data: st.DataObject
) -> None:
    fewer = data.draw(st.lists(st.sampled_from(rows), unique=True))
    more = scored(KEY, worlds.scans_from(rows), ONE_TABLES, as_of=NOW)
    less = scored(KEY, worlds.scans_from(fewer), ONE_TABLES, as_of=NOW)
    assert more.maximum_score >= less.maximum_score
    lengths = [sum(run.duration_s for run in one.runs) for one in (more, less)]
    assert lengths[0] >= lengths[1]


@given(worlds.rows())
def test_times_of_a_run_add_up_and_scores_stay_in_bounds(rows: list[Row]) -> None:
    full = ScoreTables((8,) * 8, (8,) * 8, (8,) * 8, (8,) * 8)
    for run in scored(KEY, worlds.scans_from(rows), full, as_of=NOW).runs:
        held = run.last_at - run.first_at + 300
        assert run.below_s + run.between_s + run.above_s == held
        assert run.duration_s % 300 == 0
        assert abs(run.duration_s - held) <= 150
        assert run.score == 4096


@given(worlds.rows(min_size=1))
def test_windows_cover_every_sighting_once_and_begin_half_an_hour_apart(rows: list[Row]) -> None:
    found = windows(KEY, worlds.scans_from(rows), ALL_STANDARD)
    assert sum(scan.n_sightings for one in found for scan in one.scans) == len(rows)
    assert all(b.starts_at - a.starts_at >= 1800 for a, b in pairwise(found))
    ends = [(one.starts_at, one.scans[-1].last_at) for one in found]
    assert all(end - start < 1800 for start, end in ends)


@given(worlds.rows(), worlds.summary_parameters)
def test_a_day_is_the_sum_of_its_types_and_its_maximum_no_more(
    rows: list[Row], parameters: SummaryParameters
) -> None:
    found = windows(KEY, worlds.scans_from(rows), ALL_STANDARD)
    for day in daily_summaries(found, parameters, as_of=NOW):
        sums = [one for _, one in day.by_report_type]
        assert day.total.score_sum == sum(one.score_sum for one in sums)
        assert day.total.score_maximum == max(one.score_maximum for one in sums)
        assert day.total.score_maximum <= day.total.score_sum


def test_nothing_heard_gives_nothing() -> None:
    nothing = worlds.scans_from([])
    assert scored(KEY, nothing, ONE_TABLES, as_of=NOW).runs == ()
    assert windows(KEY, nothing, ALL_STANDARD) == ()
    assert [assessed_days([(KEY, nothing)], rule, as_of=NOW) for rule in DEPLOYED.values()] == [
        (), (), ()
    ]  # fmt: skip
