"""Parameters and sightings are checked at the door, each with one sentence that says what to do."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.engines.risk.worlds import ALL_STANDARD, ONE_TABLES, ONES, int64s, scans_from
from vungxanh.engines.risk import (
    CWA_1_15,
    DEPLOYED,
    MISSING,
    SWISSCOVID_2020,
    KeyMapping,
    ReportType,
    RiskError,
    TransmissionValues,
    scans_of,
)

HALF, LONG = (Decimal("0.5"),), Decimal("NaN")

REFUSED: list[tuple[str, Callable[[], Any]]] = [
    ("risk.bad_thresholds", lambda: replace(ONES, thresholds_db=(50, 50, 60))),
    ("risk.bad_thresholds", lambda: replace(ONES, thresholds_db=(60, 50, 70))),
    ("risk.bad_thresholds", lambda: replace(ONES, thresholds_db=(50, 60))),
    ("risk.bad_thresholds", lambda: replace(ONES, thresholds_db=(-1, 60, 70))),
    ("risk.bad_thresholds", lambda: replace(ONES, thresholds_db=(50, 60, 256))),
    ("risk.bad_thresholds", lambda: replace(ONES, thresholds_db=(0, True, 70))),
    ("risk.bad_thresholds", lambda: replace(ONE_TABLES, thresholds_db=(50,))),
    ("risk.bad_thresholds", lambda: replace(SWISSCOVID_2020, bounds_db=())),
    ("risk.bad_weights", lambda: replace(ONES, bucket_weights=HALF * 3)),
    ("risk.bad_weights", lambda: replace(ONES, bucket_weights=(*HALF * 3, Decimal("2.51")))),
    ("risk.bad_weights", lambda: replace(ONES, report_weights=(*HALF * 5, Decimal("-0.1")))),
    ("risk.bad_weights", lambda: replace(ONES, infectiousness_weights=(*HALF * 2, LONG))),
    ("risk.bad_weights", lambda: replace(SWISSCOVID_2020, weights=HALF)),
    ("risk.bad_weights", lambda: TransmissionValues(values=HALF, offsets=())),
    ("risk.bad_parameter", lambda: TransmissionValues(HALF * 8, ((ReportType(1), 7),))),
    ("risk.bad_parameter", lambda: replace(ONES, minimum_window_score=Decimal(-1))),
    ("risk.bad_parameter", lambda: replace(ONES, days_since_exposure=-1)),
    ("risk.bad_parameter", lambda: replace(ONE_TABLES, minimum_score=4097)),
    ("risk.bad_parameter", lambda: replace(SWISSCOVID_2020, high_minutes=Decimal(14))),
    ("risk.bad_parameter", lambda: replace(SWISSCOVID_2020, high_minutes=LONG)),
    ("risk.bad_parameter", lambda: replace(SWISSCOVID_2020, low_minutes=Decimal(-1))),
    ("risk.bad_parameter", lambda: replace(SWISSCOVID_2020, max_age_days=-1)),
    ("risk.bad_parameter", lambda: replace(CWA_1_15, mapping=None)),
    ("risk.bad_table", lambda: replace(ONE_TABLES, attenuation=(1,) * 7)),
    ("risk.bad_table", lambda: replace(ONE_TABLES, days=(9, *(1,) * 7))),
    ("risk.bad_table", lambda: replace(ONE_TABLES, duration=(-1, *(1,) * 7))),
    ("risk.bad_table", lambda: replace(ONE_TABLES, transmission=(True, *(1,) * 7))),
    ("risk.bad_infectiousness", lambda: KeyMapping((), *_defaults())),
    ("risk.bad_default", lambda: replace(ALL_STANDARD, report_type_when_missing=ReportType(0))),
    ("risk.bad_default", lambda: replace(ALL_STANDARD, report_type_when_missing=ReportType(5))),
]


def _defaults() -> tuple[Any, Any]:
    return ALL_STANDARD.infectiousness_when_missing, ALL_STANDARD.report_type_when_missing


@pytest.mark.parametrize(("code", "built"), REFUSED)
def test_parameters_that_cannot_be_are_refused(code: str, built: Callable[[], Any]) -> None:
    with pytest.raises(RiskError) as refusal:
        built()
    assert refusal.value.code == code
    assert refusal.value.field is not None
    assert refusal.value.words.vi.count(": ") >= 1


@pytest.mark.parametrize(
    ("row", "field"),
    [((-1, 50, None), "at"), ((2**37 + 1, 50, None), "at"), ((100, 50, 101), "previous"),
     ((100, 50, -1), "previous"), ((100, -1, None), "attenuation_db"),
     ((100, 256, 40), "attenuation_db")],
)  # fmt: skip
def test_sightings_that_cannot_be_are_named_by_row(
    row: tuple[int, int, int | None], field: str
) -> None:
    with pytest.raises(RiskError) as refusal:
        scans_from([(100, 50, None), row, row])
    assert (refusal.value.code, refusal.value.where) == ("risk.bad_sightings", "2")
    assert refusal.value.field == field


def test_columns_of_another_length_or_type_are_refused() -> None:
    two = int64s([100, 200])
    with pytest.raises(RiskError, match="unequal_columns"):
        scans_of(two, two[:1])
    with pytest.raises(RiskError, match="unequal_columns"):
        scans_of(two, two.astype(np.float64))


def test_sightings_at_the_limits_are_taken() -> None:
    scans = scans_from([(2**37, 255, 0), (0, 0, None)])
    assert scans.at.tolist() == [0, 2**37]
    assert scans.previous.tolist() == [MISSING, 0]


def test_rules_in_use_name_their_source() -> None:
    assert set(DEPLOYED) == {"swisscovid-2020", "cwa-1", "cwa-1.15"}
    assert [rule.farthest_db for rule in DEPLOYED.values()] == [55, 63, 79]
    assert all(len(rule.source) > 20 for rule in DEPLOYED.values())


def test_a_rule_that_weighs_everything_has_no_farthest_bound() -> None:
    assert replace(SWISSCOVID_2020, weights=HALF * 3).farthest_db == 255
