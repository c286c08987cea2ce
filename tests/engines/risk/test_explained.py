"""An exposure is explained: when, how long, how strong, which rule fired, what was missing."""

from fractions import Fraction

import pytest
from hypothesis import given

from tests.engines.risk import worlds
from tests.engines.risk.worlds import MIDNIGHT, scans_from
from vungxanh.engines.risk import (
    CWA_1_15,
    SWISSCOVID_2020,
    BodyPosition,
    Fired,
    KeyFacts,
    RiskClass,
    RiskError,
    Rule,
    Standing,
    assessed_days,
    explained,
    told,
)
from vungxanh.engines.risk.explained import Explained

ONE = MIDNIGHT + 3600  # 08:00 in Viet Nam
ROWS: list[worlds.Row] = [(ONE, 65, ONE - 300), (ONE + 3, 70, ONE - 300), (ONE + 300, 80, None)]
CLINICAL = KeyFacts(MIDNIGHT, 2, 1)


def one_explained(key: KeyFacts = CLINICAL, after: int = 0) -> Explained:
    """By the German rule of 2021."""
    return explained(key, scans_from(ROWS), CWA_1_15, as_of=ONE + after * 86_400)


def test_an_exposure_says_when_how_long_and_how_strong() -> None:
    one = one_explained()
    assert (one.starts_at, one.ends_at, one.n_sightings) == (ONE, ONE + 300, 3)
    assert (one.minimum_db, one.typical_db) == (65, 72)  # 215 / 3 = 71.67
    assert one.minutes == Fraction(7)  # 300 s, and 120 s as the scan before is not known
    assert (one.n_intervals, one.n_assumed) == (2, 1)
    spans = [(one.from_db, one.under_db, one.seconds) for one in one.buckets]
    assert spans == [(0, 63, 0), (63, 73, 300), (73, 79, 0), (79, None, 120)]


def test_an_exposure_says_which_rule_fired_and_what_was_missing() -> None:
    verdict = one_explained().verdict
    assert (verdict.fired, verdict.assessed.risk_class) == (Fired.LOW_IN_SUM, RiskClass.LOW)
    assert verdict.threshold_minutes == Fraction(5)
    assert verdict.missing_minutes == Fraction(4)


@pytest.mark.parametrize(
    ("key", "after", "standing"),
    [(KeyFacts(MIDNIGHT, 5, 1), 0, Standing.REPORT_DOES_NOT_COUNT),
     (KeyFacts(MIDNIGHT, 4, 1), 0, Standing.REPORT_DOES_NOT_COUNT),
     (KeyFacts(MIDNIGHT, 1, 0), 0, Standing.NOT_INFECTIOUS),
     (CLINICAL, 11, Standing.TOO_OLD), (CLINICAL, 10, Standing.COUNTED)],
)  # fmt: skip
def test_an_exposure_that_does_not_count_says_why_and_is_below(
    key: KeyFacts, after: int, standing: Standing
) -> None:
    one = one_explained(key, after)
    assert one.standing is standing
    is_counted = standing is Standing.COUNTED
    assert (one.verdict.weighted_minutes > 0) is is_counted
    assert (one.verdict.assessed.risk_class is RiskClass.BELOW) is not is_counted


def test_nothing_heard_cannot_be_explained() -> None:
    with pytest.raises(RiskError, match="no_sightings"):
        explained(CLINICAL, scans_from([]), SWISSCOVID_2020, as_of=ONE)


def test_an_exposure_is_told_in_both_languages_with_its_error() -> None:
    words = told(one_explained())
    assert words.vi.startswith(
        "Từ 08:00 đến 08:05 ngày 25/5/2021, máy nghe thấy máy của ca bệnh 3 lần, tính ra 7,00 phút"
        " (1 trong 2 lần quét được coi là 2 phút), suy hao thường gặp 72 dB, nhỏ nhất 65 dB; theo"
        " Corona-Warn-App (Đức) từ 1.15, 2021: nguy cơ thấp, cộng lại đủ ngưỡng thấp (5,00 phút quy"
        " đổi, ngưỡng 5,00, còn thiếu 4,00 để lên mức trên); Bluetooth không đo được khoảng cách"
    )
    assert words.en.startswith(
        "From 25 May 2021, 08:00 to 08:05 the phone heard the case's phone 3 times, which counts as"
        " 7.00 minutes (1 of 2 scans are taken for 2 minutes), at a typical attenuation of 72 dB,"
        " least 65 dB; by Corona-Warn-App (Germany) from 1.15, 2021: low risk, the sum reaches the"
        " low threshold (5.00 weighted minutes, threshold 5.00, 4.00 short of the next class);"
        " Bluetooth does not measure distance"
    )
    assert words.en.endswith("it is 45% (24 to 67%), measured worse than a coin.")


def test_an_exposure_over_midnight_is_told_with_both_days() -> None:
    late = MIDNIGHT + 17 * 3600 - 60  # 23:59 in Viet Nam
    scans = scans_from([(late, 60, None), (late + 120, 60, late)])
    one = explained(CLINICAL, scans, SWISSCOVID_2020, as_of=ONE, position=BodyPosition.HAND_HAND)
    words = told(one)
    assert "Từ 23:59 ngày 25/5/2021 đến 00:01 ngày 26/5/2021" in words.vi
    assert "From 25 May 2021, 23:59 to 26 May 2021, 00:01" in words.en
    assert (
        "(hai máy cầm tay): lần nghe ở gần (đến 2 m) mạnh hơn lần nghe ở xa với xác suất 87 %"
        in (words.vi)
    )


def test_why_it_does_not_count_is_told() -> None:
    assert "không tính vì khóa đã thu hồi" in told(one_explained(KeyFacts(MIDNIGHT, 5, 1))).vi
    assert "too long ago" in told(one_explained(after=11)).en


@pytest.mark.slow
@given(worlds.rows(min_size=1), worlds.keys, worlds.rules, worlds.moments)
def test_what_is_explained_is_what_is_assessed_of_that_key_alone(
    rows: list[worlds.Row], key: KeyFacts, rule: Rule, as_of: int
) -> None:
    scans = scans_from(rows)
    one = explained(key, scans, rule, as_of=as_of)
    days = assessed_days([(key, scans)], rule, as_of=as_of)
    found = [day.verdict.weighted_minutes for day in days]
    assert one.verdict.weighted_minutes == max(found, default=Fraction(0))
    assert one.minutes * 60 == sum(bucket.seconds for bucket in one.buckets)
    assert len(told(one).vi) > 200
