"""Figures on two time axes: the latest one found as by hand, whatever the order of arrival."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.coverage import CoverageError, Fact, known_facts, latest_facts

START = datetime(2021, 5, 1, tzinfo=UTC)
moments = st.integers(0, 4).map(lambda n: START + timedelta(days=n))
facts = st.lists(
    st.builds(
        Fact,
        unit=st.sampled_from("ab"),
        element=st.sampled_from(["installs", "population"]),
        as_of=moments,
        value=st.none() | st.integers(0, 9),
        source=st.just("mẫu"),
        received_at=moments,
        revision=st.integers(1, 2),
    ),
    max_size=12,
).map(lambda made: [replace(fact, sequence=i) for i, fact in enumerate(made)])


def plain_latest(
    all_facts: list[Fact], pair: tuple[str, str], as_of: datetime, known_at: datetime
) -> Fact | None:
    """By hand: step back from the latest as-of until one stands that was not withdrawn."""
    known = [
        fact
        for fact in all_facts
        if (fact.unit, fact.element) == pair
        and fact.as_of <= as_of
        and fact.received_at <= known_at
    ]
    for moment in sorted({fact.as_of for fact in known}, reverse=True):
        last = max(
            (fact for fact in known if fact.as_of == moment),
            key=lambda fact: (fact.received_at, fact.revision, fact.sequence),
        )
        if last.value is not None:
            return last
    return None


@pytest.mark.slow
@given(facts, moments, moments)
def test_latest_figure_is_found_as_by_hand(
    all_facts: list[Fact], as_of: datetime, known_at: datetime
) -> None:
    found = latest_facts(all_facts, as_of=as_of, known_at=known_at)
    pairs = {(fact.unit, fact.element) for fact in all_facts}
    expected = {pair: plain_latest(all_facts, pair, as_of, known_at) for pair in pairs}
    assert found == {pair: fact for pair, fact in expected.items() if fact is not None}


@pytest.mark.slow
@given(facts, moments, moments, st.randoms())
def test_order_of_arrival_in_the_list_changes_nothing(
    all_facts: list[Fact], as_of: datetime, known_at: datetime, random: Random
) -> None:
    shuffled = sorted(all_facts, key=lambda _: random.random())
    assert latest_facts(shuffled, as_of=as_of, known_at=known_at) == latest_facts(
        all_facts, as_of=as_of, known_at=known_at
    )


@pytest.mark.slow
@given(facts, moments, moments)
def test_what_arrives_later_never_changes_what_was_known(
    all_facts: list[Fact], as_of: datetime, known_at: datetime
) -> None:
    arrived = [fact for fact in all_facts if fact.received_at <= known_at]
    assert latest_facts(all_facts, as_of=as_of, known_at=known_at) == latest_facts(
        arrived, as_of=as_of
    )


@pytest.mark.slow
@given(facts, moments)
def test_history_ends_with_the_latest_figure(all_facts: list[Fact], as_of: datetime) -> None:
    history = known_facts(all_facts, as_of=as_of)
    assert latest_facts(all_facts, as_of=as_of) == {
        (fact.unit, fact.element): fact for fact in history
    }
    assert [fact.as_of for fact in history] == sorted(fact.as_of for fact in history)


def test_moment_without_offset_is_refused() -> None:
    naive = START.replace(tzinfo=None)
    with pytest.raises(CoverageError) as refusal:
        latest_facts([Fact("a", "installs", naive, 1, "", naive)], as_of=START)
    assert refusal.value.code == "coverage.moment_without_offset"
