"""The array forms give what the plain ones give, sighting by sighting and second by second."""

from fractions import Fraction

import pytest
from hypothesis import given

from tests.engines.risk import worlds
from vungxanh.engines.risk import (
    KeyFacts,
    KeyMapping,
    Rule,
    ScoreTables,
    SummaryParameters,
    daily_summaries,
    reference,
    scored,
    windows,
)
from vungxanh.engines.risk.pieces import timed

pytestmark = pytest.mark.slow


@given(worlds.rows(), worlds.keys, worlds.tables, worlds.moments)
def test_scores_of_runs_agree(
    rows: list[worlds.Row], key: KeyFacts, tables: ScoreTables, as_of: int
) -> None:
    scans = worlds.scans_from(rows)
    plain = reference.scored(key, scans, tables, as_of=as_of)
    assert scored(key, scans, tables, as_of=as_of) == plain


@given(worlds.rows(), worlds.keys, worlds.mappings)
def test_windows_agree(rows: list[worlds.Row], key: KeyFacts, mapping: KeyMapping) -> None:
    scans = worlds.scans_from(rows)
    assert windows(key, scans, mapping) == reference.windows(key, scans, mapping)


@given(
    worlds.rows(), worlds.rows(), worlds.keys, worlds.mappings, worlds.summary_parameters,
    worlds.moments,
)  # fmt: skip
def test_daily_summaries_agree(
    rows: list[worlds.Row],
    others: list[worlds.Row],
    key: KeyFacts,
    mapping: KeyMapping,
    parameters: SummaryParameters,
    as_of: int,
) -> None:
    found = windows(key, worlds.scans_from(rows), mapping)
    other_key = KeyFacts(worlds.MIDNIGHT, 3, 0, None)
    found += windows(other_key, worlds.scans_from(others), mapping)
    plain = reference.daily_summaries(found, parameters, as_of=as_of)
    assert daily_summaries(found, parameters, as_of=as_of) == plain


@given(worlds.rows(), worlds.keys, worlds.rules)
def test_weighted_minutes_of_rules_agree(rows: list[worlds.Row], key: KeyFacts, rule: Rule) -> None:
    scans = worlds.scans_from(rows)
    found = sum((one.weighted_minutes for one in timed(key, scans, rule)), Fraction(0))
    assert found == reference.weighted_minutes(key, scans, rule)
