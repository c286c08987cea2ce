"""Small worlds full of nasty things: gaps at every limit, equal seconds, unknown scans, edges."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import numpy as np
from hypothesis import strategies as st

from vungxanh.engines.risk import (
    CWA_1,
    CWA_1_15,
    MISSING,
    SWISSCOVID_2020,
    Infectiousness,
    KeyFacts,
    KeyMapping,
    ReportType,
    Scans,
    ScoreTables,
    SummaryParameters,
    scans_of,
)

Row = tuple[int, int, int | None]  # at, attenuation, previous

DAY: Final = 18_772  # 25 May 2021
MIDNIGHT: Final = DAY * 86_400
GAPS: Final = (0, 1, 24, 25, 26, 59, 60, 150, 300, 301, 600, 601, 1799, 1800, 1801, 7000)
ATTENUATIONS: Final = (0, 10, 11, 27, 33, 34, 49, 50, 51, 55, 62, 63, 64, 72, 73, 78, 79, 80, 255)
SINCE: Final = (0, 1, 59, 60, 61, 210, 299, 300, 301, 4000)

ALL_STANDARD: Final = KeyMapping(
    (Infectiousness.STANDARD,) * 29, Infectiousness.STANDARD, ReportType.CONFIRMED_TEST
)
ONES: Final = SummaryParameters(
    thresholds_db=(50, 60, 70),
    bucket_weights=(Decimal(1),) * 4,
    report_weights=(Decimal(1),) * 6,
    infectiousness_weights=(Decimal(1),) * 3,
)
ONE_TABLES: Final = ScoreTables((1,) * 8, (1,) * 8, (1,) * 8, (1,) * 8)


def scans_from(rows: Sequence[Row]) -> Scans:
    """Sightings from rows, in any order."""
    at, attenuation, previous = (list(column) for column in zip(*rows, strict=True)) if rows else (
        [], [], []
    )  # fmt: skip
    known = [MISSING if one is None else one for one in previous]
    return scans_of(int64s(at), int64s(attenuation), previous=int64s(known))


def int64s(values: Sequence[int | None]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A column."""
    return np.array(values, dtype=np.int64)


@st.composite
def rows(draw: st.DrawFn, *, min_size: int = 0) -> list[Row]:
    """Sightings of one key, shuffled."""
    gaps = draw(st.lists(st.sampled_from(GAPS), min_size=min_size, max_size=12))
    times = np.cumsum([MIDNIGHT + draw(st.sampled_from((0, 31, 85_000))), *gaps]).tolist()[1:]
    made = [_row(draw, at) for at in times]
    return draw(st.permutations(made))


def _row(draw: st.DrawFn, at: int) -> Row:
    since = draw(st.none() | st.sampled_from(SINCE))
    return at, draw(st.sampled_from(ATTENUATIONS)), None if since is None else at - since


keys = st.builds(
    KeyFacts,
    starts_at=st.just(MIDNIGHT),
    report_type=st.none() | st.integers(0, 6),
    days_since_onset=st.none() | st.integers(-16, 16) | st.sampled_from((1, 2)),
    transmission_risk=st.none() | st.integers(0, 9),
)
moments = st.integers(0, 17 * 86_400).map(lambda after: MIDNIGHT + after)
weights = st.sampled_from([Decimal(one) for one in ("0", "0.1", "0.5", "1", "1.6", "2.5")])
scores = st.tuples(*[st.integers(0, 8)] * 8)
mappings = st.builds(
    KeyMapping,
    infectiousness=st.tuples(*[st.sampled_from(Infectiousness)] * 29),
    infectiousness_when_missing=st.sampled_from(Infectiousness),
    report_type_when_missing=st.sampled_from((ReportType(1), ReportType(2), ReportType(3))),
)
summary_parameters = st.builds(
    SummaryParameters,
    thresholds_db=st.sampled_from(((50, 60, 70), (0, 1, 255), (49, 50, 63))),
    bucket_weights=st.tuples(*[weights] * 4),
    report_weights=st.tuples(*[weights] * 6),
    infectiousness_weights=st.tuples(*[weights] * 3),
    minimum_window_score=st.sampled_from((Decimal(0), Decimal(120), Decimal("300.5"))),
    days_since_exposure=st.sampled_from((0, 1, 14)),
)
tables = st.builds(
    ScoreTables,
    attenuation=scores,
    days=scores,
    duration=scores,
    transmission=scores,
    minimum_score=st.sampled_from((0, 1, 100, 4096)),
    thresholds_db=st.sampled_from(((50, 63), (0, 255), (55, 56))),
)
rules = st.sampled_from((SWISSCOVID_2020, CWA_1, CWA_1_15))
