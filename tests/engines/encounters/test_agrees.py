"""The rules over columns give what the rules as worded give, on small nasty worlds."""

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.encounters import worlds
from vungxanh.engines.encounters import Log, of_bluezone, of_gaen, reference, scans
from vungxanh.engines.keymatch import KeyColumns, match
from vungxanh.protocol.bluezone import CaseKey

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
times = st.lists(st.integers(0, 4000), min_size=1, max_size=40)


@pytest.mark.slow
@MANY
@given(worlds.key_sets, worlds.logs)
def test_gaen_over_columns_is_gaen_as_worded(keys: KeyColumns, log: Log) -> None:
    found = of_gaen(keys, match(keys, log.ids), log)
    assert found == reference.of_gaen(keys, log)


@pytest.mark.slow
@MANY
@given(st.lists(st.sampled_from(worlds.CASES), max_size=5), worlds.bluezone_logs)
def test_bluezone_over_columns_is_bluezone_as_worded(cases: list[CaseKey], log: Log) -> None:
    assert of_bluezone(cases, log) == reference.of_bluezone(cases, log)


@given(times, times)
def test_minutes_over_columns_are_minutes_as_worded(at: list[int], others: list[int]) -> None:
    rows = sorted(at + others)
    told = scans.minutes(np.sort(np.array(at)), np.array(rows))
    assert told == reference.minutes(at, rows)


@given(times, times)
def test_minutes_are_never_more_than_went_by(at: list[int], others: list[int]) -> None:
    rows = sorted(at + others)
    told = scans.minutes(np.sort(np.array(at)), np.array(rows))
    assert told <= (max(at) // 60 - min(at) // 60) + scans.MOST_MINUTES


@pytest.mark.slow
@MANY
@given(worlds.key_sets, st.lists(worlds.rows(), max_size=10), st.randoms())
def test_the_order_of_rows_in_a_log_says_nothing(
    keys: KeyColumns, rows: list[worlds.Row], chance: Random
) -> None:
    shuffled = chance.sample(rows, len(rows))
    first, second = worlds.log(rows), worlds.log(shuffled)
    told = of_gaen(keys, match(keys, first.ids), first)
    assert told == of_gaen(keys, match(keys, second.ids), second)
