"""Examples computed by hand; the arithmetic stands beside them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.engines.risk.worlds import DAY, MIDNIGHT, Row, scans_from
from vungxanh.engines.risk import (
    CWA_1,
    CWA_1_15,
    SWISSCOVID_2020,
    Infectiousness,
    KeyFacts,
    KeyMapping,
    ReportType,
    RiskClass,
    RiskError,
    Scans,
    ScoreTables,
    SummaryParameters,
    assessed_days,
    changed_report_type,
    daily_summaries,
    scored,
    window_score,
    windows,
)
from vungxanh.engines.risk.assessment import Fired
from vungxanh.engines.risk.deployed import CWA_MAPPING
from vungxanh.engines.risk.scores import duration_s

NINE = MIDNIGHT + 9 * 3600
DAY_S = 86_400
HIGH_TEST = KeyFacts(MIDNIGHT, report_type=1, days_since_onset=2)
STANDARD_CLINICAL = KeyFacts(MIDNIGHT, report_type=2, days_since_onset=1)

TABLES = ScoreTables(
    attenuation=(0, 1, 2, 3, 4, 5, 6, 7),
    days=(1, 2, 3, 4, 5, 6, 7, 8),
    duration=(0, 0, 1, 2, 3, 4, 5, 6),
    transmission=(1, 2, 3, 4, 5, 6, 7, 8),
    thresholds_db=(40, 60),
)


def exact(*values: int) -> tuple[Fraction, ...]:
    """Exact numbers, as the engine gives them."""
    return tuple(Fraction(value) for value in values)


def heard(*rows: tuple[int, int], previous: bool = True) -> Scans:
    """Sightings (seconds after nine, attenuation); the scan before was five minutes earlier."""
    made: list[Row] = [(NINE + s, db, NINE + s - 300 if previous else None) for s, db in rows]
    return scans_from(made)


def test_a_run_of_v1() -> None:
    # Holding: 150 + 240 = 390 s at 20 dB, 300 s at 40 dB, 150 s at 60 dB; together 840 s.
    # Mean: (390 * 20 + 300 * 40 + 150 * 60) / 840 = 28,800 / 840 = 34.29, rounded 34 dB.
    # Duration: 540 + 300 = 840 s, 240 s over two times five minutes, so up to 900 s.
    # Scores: 34 dB is over 33: entry 3 = 3. Three days ago is 2 and more: entry 6 = 7.
    # 15 minutes are no more than 15: entry 3 = 2. Level 4: entry 3 = 4. 3 * 7 * 2 * 4 = 168.
    key = KeyFacts(MIDNIGHT - 2 * DAY_S, transmission_risk=4)
    (run,) = scored(key, heard((0, 20), (240, 40), (540, 60)), TABLES, as_of=MIDNIGHT + DAY_S).runs
    assert (run.first_at, run.last_at) == (NINE, NINE + 540)
    assert (run.duration_s, run.attenuation_db, run.score) == (900, 34, 168)
    assert (run.below_s, run.between_s, run.above_s) == (390, 300, 150)


def test_runs_of_v1_end_after_ten_minutes_and_add_up() -> None:
    # 600 s apart is one run, 601 s are two. One sighting: 300 s, entry 1 = 0 of 5 minutes; two
    # 600 s apart: 900 s, entry 3 = 2. At 30 dB entry 4 = 4; the same day entry 7 = 8; no level: 1.
    found = scored(HIGH_TEST, heard((0, 30), (600, 30), (1201, 30)), TABLES, as_of=NINE)
    assert [(run.duration_s, run.score) for run in found.runs] == [(900, 4 * 8 * 2), (300, 0)]
    assert (found.maximum_score, found.total_score) == (64, 64)
    least = replace(TABLES, minimum_score=64)
    assert scored(HIGH_TEST, heard((0, 30), (600, 30)), least, as_of=NINE).total_score == 64
    strict = replace(TABLES, minimum_score=65)
    assert scored(HIGH_TEST, heard((0, 30), (600, 30)), strict, as_of=NINE).total_score == 0


@pytest.mark.parametrize(
    ("seen_s", "rounded"), [(0, 300), (150, 300), (151, 600), (300, 600), (450, 600), (451, 900)]
)
def test_durations_of_v1_go_to_the_nearest_five_minutes_a_half_down(
    seen_s: int, rounded: int
) -> None:
    assert duration_s(seen_s) == rounded


@pytest.mark.parametrize(
    ("attenuation", "entry"),
    [(74, 0), (73, 1), (64, 1), (63, 2), (52, 2), (51, 3), (34, 3), (33, 4), (28, 4), (27, 5),
     (16, 5), (15, 6), (11, 6), (10, 7), (0, 7)],
)  # fmt: skip
def test_attenuations_of_v1_find_their_entry(attenuation: int, entry: int) -> None:
    tables = ScoreTables(tuple(range(8)), (1,) * 8, (1,) * 8, (1,) * 8)
    assert scored(HIGH_TEST, heard((0, attenuation)), tables, as_of=NINE).total_score == entry


@pytest.mark.parametrize(
    ("days", "entry"), [(15, 0), (14, 0), (13, 1), (12, 1), (10, 2), (8, 3), (6, 4), (4, 5),
                        (3, 6), (2, 6), (1, 7), (0, 7)],
)  # fmt: skip
def test_days_of_v1_find_their_entry(days: int, entry: int) -> None:
    tables = ScoreTables((1,) * 8, tuple(range(8)), (1,) * 8, (1,) * 8)
    now = MIDNIGHT + days * DAY_S
    assert scored(HIGH_TEST, heard((0, 30)), tables, as_of=now).total_score == entry


@pytest.mark.parametrize(
    ("minutes", "entry"), [(5, 1), (10, 2), (15, 3), (20, 4), (25, 5), (30, 6), (35, 7), (60, 7)]
)
def test_durations_of_v1_find_their_entry(minutes: int, entry: int) -> None:
    tables = ScoreTables((1,) * 8, (1,) * 8, tuple(range(8)), (1,) * 8)
    rows = [(at, 30) for at in range(0, 60 * minutes - 299, 300)]
    assert scored(HIGH_TEST, heard(*rows), tables, as_of=NINE).total_score == entry


@pytest.mark.parametrize(("level", "score"), [(None, 1), (0, 1), (9, 1), (1, 5), (8, 7)])
def test_levels_of_v1_that_say_nothing_weigh_one(level: int | None, score: int) -> None:
    tables = ScoreTables((1,) * 8, (1,) * 8, (1,) * 8, (5, 6, 6, 6, 6, 6, 6, 7))
    key = KeyFacts(MIDNIGHT, transmission_risk=level)
    assert scored(key, heard((0, 30)), tables, as_of=NINE).total_score == score


MAPPING = KeyMapping(
    (Infectiousness.NONE,) * 14 + (Infectiousness.HIGH,) + (Infectiousness.STANDARD,) * 14,
    Infectiousness.STANDARD,
    ReportType.CONFIRMED_TEST,
)
WEIGHTS = SummaryParameters(
    thresholds_db=(53, 60, 70),
    bucket_weights=(Decimal("1.5"), Decimal(1), Decimal("0.5"), Decimal(0)),
    report_weights=(Decimal(0), Decimal(1), Decimal("0.5"), Decimal("0.2"), Decimal(0), Decimal(0)),
    infectiousness_weights=(Decimal(0), Decimal(1), Decimal(2)),
)
MORNING: list[Row] = [
    (NINE, 50, NINE - 270),  # minute 540, the scan before in minute 535: 5 minutes, 300 s
    (NINE + 3, 55, NINE - 270),  # the same scan: mean 52.5, rounded 53
    (NINE + 250, 61, NINE),  # minute 544 after 540: 240 s
    (NINE + 1860, 70, None),  # 31 minutes after the begin: another window; not known: 120 s
]


def test_windows_of_v2() -> None:
    key = KeyFacts(MIDNIGHT, report_type=1, days_since_onset=0)
    first, second = windows(key, scans_from(MORNING), MAPPING)
    assert (first.starts_at, second.starts_at) == (NINE, NINE + 1860)
    assert first.infectiousness is Infectiousness.HIGH
    instances = [(s.n_sightings, s.typical_db, s.minimum_db, s.since_last_s) for s in first.scans]
    assert instances == [(2, 53, 50, 300), (1, 61, 61, 240)]
    assert [(scan.since_last_s, scan.is_assumed) for scan in second.scans] == [(120, True)]


def test_daily_summary_of_v2() -> None:
    # First window: 300 s at 53 dB (immediate, 1.5) and 240 s at 61 dB (medium, 0.5):
    # 450 + 120 = 570 s; highly infectious (2), by test (1): 1,140. Second: 120 * 0.5 = 60; 120.
    # Sum 1,260, maximum 1,140, weighted 630. At a minimum of 121 the second is left out.
    key = KeyFacts(MIDNIGHT, report_type=1, days_since_onset=0)
    found = windows(key, scans_from(MORNING), MAPPING)
    weighed = [window_score(one, WEIGHTS) for one in found]
    assert [(one.weighted_s, one.score) for one in weighed] == [exact(570, 1140), exact(60, 120)]
    (day,) = daily_summaries(found, WEIGHTS, as_of=NINE)
    assert day.day == DAY
    total = day.total
    assert (total.score_sum, total.score_maximum, total.weighted_s) == exact(1260, 1140, 630)
    strict = replace(WEIGHTS, minimum_window_score=Decimal(121))
    (day,) = daily_summaries(found, strict, as_of=NINE)
    assert (day.total.score_sum, day.total.weighted_s) == exact(1140, 570)


def test_report_types_are_summed_apart() -> None:
    # Self report, standard: 570 * 0.2 * 1 = 114 and 60 * 0.2 = 12; with the test of above.
    by_test = windows(KeyFacts(MIDNIGHT, 1, 0), scans_from(MORNING), MAPPING)
    by_self = windows(KeyFacts(MIDNIGHT, 3, 1), scans_from(MORNING), MAPPING)
    (day,) = daily_summaries((*by_test, *by_self), WEIGHTS, as_of=NINE)
    sums = {kind: one.score_sum for kind, one in day.by_report_type}
    assert sums == {
        ReportType.CONFIRMED_TEST: 1260, ReportType.CLINICAL_DIAGNOSIS: 0,
        ReportType.SELF_REPORT: 126,
    }  # fmt: skip
    assert (day.total.score_sum, day.total.score_maximum) == exact(1386, 1140)


def test_windows_count_for_the_utc_day_they_begin_on() -> None:
    late: list[Row] = [(MIDNIGHT + DAY_S - 1, 50, None), (MIDNIGHT + DAY_S + 60, 50, None)]
    found = windows(KeyFacts(MIDNIGHT, 1, 1), scans_from(late), MAPPING)
    (day,) = daily_summaries(found, WEIGHTS, as_of=NINE)
    assert (day.day, day.total.weighted_s) == (DAY, Fraction(360))  # twice 120 s at 1.5


@pytest.mark.parametrize(("oldest", "after", "n"), [(0, 400, 1), (5, 5, 1), (5, 6, 0)])
def test_days_too_long_ago_are_left_out(oldest: int, after: int, n: int) -> None:
    found = windows(KeyFacts(MIDNIGHT, 1, 1), scans_from(MORNING), MAPPING)
    parameters = replace(WEIGHTS, days_since_exposure=oldest)
    assert len(daily_summaries(found, parameters, as_of=NINE + after * DAY_S)) == n


@pytest.mark.parametrize(
    ("since", "seconds"), [(0, 0), (59, 60), (60, 60), (330, 300), (9999, 300)]
)
def test_time_since_the_last_scan_is_whole_minutes_of_the_clock(since: int, seconds: int) -> None:
    (window,) = windows(HIGH_TEST, scans_from([(NINE, 50, NINE - since)]), CWA_MAPPING)
    assert window.scans[0].since_last_s == seconds


@pytest.mark.parametrize(("apart", "n_scans"), [(25, 1), (26, 2)])
def test_sightings_over_25_seconds_apart_are_two_scans(apart: int, n_scans: int) -> None:
    (window,) = windows(HIGH_TEST, heard((0, 50), (apart, 50)), CWA_MAPPING)
    assert len(window.scans) == n_scans


@pytest.mark.parametrize(("report_type", "n"), [(None, 1), (0, 1), (9, 1), (3, 1), (4, 0), (5, 0)])
def test_recursive_and_revoked_keys_give_no_windows(report_type: int | None, n: int) -> None:
    key = KeyFacts(MIDNIGHT, report_type, 2)
    assert len(windows(key, heard((0, 50)), CWA_MAPPING)) == n


@pytest.mark.parametrize(
    ("onset", "infectiousness"),
    [(-14, None), (-1, None), (0, Infectiousness.HIGH), (14, Infectiousness.STANDARD),
     (15, Infectiousness.STANDARD), (-15, Infectiousness.STANDARD),
     (None, Infectiousness.STANDARD)],
)  # fmt: skip
def test_days_since_onset_say_how_infectious(
    onset: int | None, infectiousness: Infectiousness | None
) -> None:
    found = windows(KeyFacts(MIDNIGHT, 1, onset), heard((0, 50)), MAPPING)
    assert [one.infectiousness for one in found] == [infectiousness] * (infectiousness is not None)


def test_a_report_type_changes_once_from_clinical_to_test_or_revoked() -> None:
    clinical, test = ReportType.CLINICAL_DIAGNOSIS, ReportType.CONFIRMED_TEST
    assert changed_report_type(clinical, test, n_changes=0) is test
    revoked = changed_report_type(clinical, ReportType.REVOKED, n_changes=0)
    assert revoked is ReportType.REVOKED
    assert changed_report_type(test, test, n_changes=1) is test


@pytest.mark.parametrize(
    ("before", "after", "n_changes"), [(1, 2, 0), (1, 5, 0), (3, 1, 0), (2, 1, 1), (5, 2, 0)]
)
def test_other_changes_of_a_report_type_are_refused(
    before: int, after: int, n_changes: int
) -> None:
    with pytest.raises(RiskError, match="report_type_change"):
        changed_report_type(ReportType(before), ReportType(after), n_changes=n_changes)


def test_swisscovid_warns_from_fifteen_minutes_a_day() -> None:
    # Holding: 150 + 300 + 300 = 750 s under 50 dB, 600 s from 50 to under 55, 150 s from 55 on.
    # 12.5 + 10 / 2 = 17.5 minutes.
    near = heard((0, 48), (300, 48), (600, 52), (900, 52), (1200, 60))
    (day,) = assessed_days([(HIGH_TEST, near)], SWISSCOVID_2020, as_of=NINE)
    assert day.pieces[0].seconds == (750, 600, 150)
    assert day.verdict.weighted_minutes == Fraction(35, 2)
    assert day.verdict.assessed.risk_class is RiskClass.HIGH


def test_swisscovid_says_what_is_missing() -> None:
    # 450 s under 50 dB, 300 s from 50 on: 7.5 + 2.5 = 10 minutes, 5 short of 15.
    (day,) = assessed_days(
        [(HIGH_TEST, heard((0, 48), (300, 52), (600, 60)))], SWISSCOVID_2020, as_of=NINE
    )
    assert day.verdict.assessed.risk_class is RiskClass.BELOW
    assert (day.verdict.weighted_minutes, day.verdict.missing_minutes) == exact(10, 5)


def test_exactly_the_threshold_is_high() -> None:
    # Swiss: 150 + 300 + 300 + 150 = 900 s under 50 dB. German: 300 + 240 s at 65 dB, value 1.0.
    fifteen = heard((0, 40), (300, 40), (600, 40))
    (day,) = assessed_days([(HIGH_TEST, fifteen)], SWISSCOVID_2020, as_of=NINE)
    assert (day.verdict.weighted_minutes, day.verdict.fired) == (Fraction(15), Fired.HIGH_IN_ONE)
    nine = scans_from([(NINE, 65, NINE - 300), (NINE + 240, 65, NINE)])
    (day,) = assessed_days([(STANDARD_CLINICAL, nine)], CWA_1_15, as_of=NINE)
    assert (day.verdict.weighted_minutes, day.verdict.fired) == (Fraction(9), Fired.HIGH_IN_ONE)


def test_german_rule_of_2020_adds_over_all_days() -> None:
    # Each day 450 + 150 s at 54 dB, under 55: 10 minutes; two days: 20. The Swiss rule weighs a
    # half and does not add days: 5 and 5.
    other = KeyFacts(MIDNIGHT - DAY_S, 1)
    today, before = (
        heard((0, 54), (300, 54)),
        scans_from([(NINE - DAY_S + s, 54, None) for s in (0, 300)]),
    )
    both = [(HIGH_TEST, today), (other, before)]
    (all_days,) = assessed_days(both, CWA_1, as_of=NINE)
    assert (all_days.first_day, all_days.last_day) == (DAY - 1, DAY)
    assert all_days.verdict.weighted_minutes == 20
    assert all_days.verdict.fired is Fired.HIGH_IN_SUM
    swiss = assessed_days(both, SWISSCOVID_2020, as_of=NINE)
    assert [one.verdict.weighted_minutes for one in swiss] == [5, 5]


def test_german_rule_of_2021_in_one_window() -> None:
    # Test (6) and high (2): level 8, value 1.6. Scans of 300 s at 58, 60 (0.8), 66, 70 (1.0) and
    # 75 dB (0.1): 1.6 * (0.8 * 10 + 1.0 * 10 + 0.1 * 5) = 1.6 * 18.5 = 29.6 minutes.
    scans = heard((0, 58), (300, 60), (600, 66), (900, 75), (1200, 70))
    (day,) = assessed_days([(HIGH_TEST, scans)], CWA_1_15, as_of=NINE)
    assert day.verdict.weighted_minutes == Fraction("29.6")
    assert (day.verdict.fired, day.verdict.missing_minutes) == (Fired.HIGH_IN_ONE, None)


def test_german_rule_of_2021_is_low_from_five_minutes() -> None:
    # Clinical (4) and standard (1): level 5, value 1.0; 300 s at 65 dB: 5 minutes, 4 short of 9.
    (day,) = assessed_days([(STANDARD_CLINICAL, heard((0, 65)))], CWA_1_15, as_of=NINE)
    assert day.verdict.assessed.risk_class is RiskClass.LOW
    assert (day.verdict.weighted_minutes, day.verdict.missing_minutes) == exact(5, 4)


def test_german_rule_of_2021_adds_keys_of_one_day() -> None:
    both = [(STANDARD_CLINICAL, heard((0, 65))), (STANDARD_CLINICAL, heard((60, 72)))]
    (day,) = assessed_days(both, CWA_1_15, as_of=NINE)
    assert (day.verdict.weighted_minutes, day.verdict.fired) == (Fraction(10), Fired.HIGH_IN_SUM)


def test_german_rule_of_2021_takes_the_strongest_of_a_scan() -> None:
    # 62 and 90 dB in one scan, mean 76: the minimum weighs, 5 * 0.8 = 4 minutes, 1 short of 5.
    (day,) = assessed_days([(STANDARD_CLINICAL, heard((0, 90), (2, 62)))], CWA_1_15, as_of=NINE)
    assert (day.verdict.weighted_minutes, day.verdict.missing_minutes) == exact(4, 1)


@pytest.mark.parametrize(
    ("report_type", "onset", "value"),
    [(3, 1, "0.6"), (3, 2, "0.8"), (2, 1, "1.0"), (2, 2, "1.2"), (1, 1, "1.4"), (1, 2, "1.6"),
     (None, 2, "1.6"), (4, 1, "0"), (4, 2, "0"), (1, 0, "0"), (1, None, "0"), (5, 2, "0")],
)  # fmt: skip
def test_transmission_risk_of_2021_out_of_two_fields(
    report_type: int | None, onset: int | None, value: str
) -> None:
    assert CWA_1_15.factor_of(KeyFacts(MIDNIGHT, report_type, onset)) == Decimal(value)


@pytest.mark.parametrize(("after", "n"), [(10, 1), (11, 0)])
def test_days_over_ten_days_ago_do_not_count(after: int, n: int) -> None:
    heard_then = [(HIGH_TEST, heard((0, 50)))]
    now = NINE + after * DAY_S
    assert len(assessed_days(heard_then, SWISSCOVID_2020, as_of=now)) == n
    assert len(assessed_days(heard_then, CWA_1_15, as_of=now)) == n
