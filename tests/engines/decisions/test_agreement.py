"""The function, the columns and the plain twin answer alike, for any rules and any facts."""

from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.engines.decisions import strategies as some
from vungxanh.engines.decisions import (
    COLOURS,
    Facts,
    RuleSet,
    Trial,
    columns_of,
    compiled,
    dry_run,
    packed,
    read_rules,
    to_data,
    unpacked,
)
from vungxanh.engines.decisions.conditions import read_condition, written_condition
from vungxanh.engines.decisions.dry_run import holding
from vungxanh.engines.decisions.reference import decide_plainly, holds_plainly
from vungxanh.engines.decisions.satisfying import can_hold
from vungxanh.engines.decisions.types import Expr

days = st.sampled_from(some.DAYS)
provinces = st.sampled_from(["", *some.PROVINCES])


@given(some.rule_sets, some.facts, days, provinces)
def test_compiled_rules_answer_as_the_plain_ones(
    rules: RuleSet, facts: Facts, on: date, province: str
) -> None:
    told = compiled(rules, on=on, province=province)(facts)
    assert told == decide_plainly(rules, facts, on=on, province=province)


@given(some.conditions, st.lists(some.facts, min_size=1, max_size=8))
def test_condition_holds_for_the_same_rows_in_columns(expr: Expr, people: list[Facts]) -> None:
    rows = columns_of([packed(facts) for facts in people])
    assert list(holding(expr, rows)) == [holds_plainly(expr, facts) for facts in people]


@given(some.rule_sets, some.rule_sets, st.lists(some.facts, max_size=8), days)
def test_dry_run_counts_what_the_plain_rules_answer(
    before: RuleSet, after: RuleSet, people: list[Facts], on: date
) -> None:
    province = some.PROVINCES[0]
    units = np.arange(len(people), dtype=np.int32) % 3
    rows = columns_of([packed(facts) for facts in people])
    changes = dry_run(rows, units, Trial(before, after, on, province))
    former = [decide_plainly(before, facts, on=on, province=province) for facts in people]
    latter = [decide_plainly(after, facts, on=on, province=province) for facts in people]
    assert [COLOURS[number] for number in changes.before] == [one.colour for one in former]
    assert [COLOURS[number] for number in changes.after] == [one.colour for one in latter]
    assert changes.counts.sum() == len(people)
    assert changes.n_ill == (
        sum(one.is_ill for one in former),
        sum(one.is_ill for one in latter),
    )
    assert changes.n_told_otherwise == sum(
        one.colour == other.colour and set(one.advice + one.work) != set(other.advice + other.work)
        for one, other in zip(former, latter, strict=True)
    )


@given(some.facts)
def test_facts_come_out_of_their_packing_as_they_were(facts: Facts) -> None:
    assert unpacked(packed(facts)) == facts


@given(some.conditions)
def test_condition_is_read_as_it_was_written(expr: Expr) -> None:
    assert read_condition(written_condition(expr), "when") == expr


def test_words_that_no_rule_can_name_are_left_out_of_the_packing() -> None:
    facts = Facts(signs=frozenset({"fever", "chills"}), form="school", dose_days=99_999)
    assert unpacked(packed(facts)) == Facts(signs=frozenset({"fever"}), dose_days=30_000)


def test_nobody_declared_and_nothing_changes() -> None:
    trial = Trial(some.rule_set(), some.rule_set(), some.DAYS[0])
    changes = dry_run(columns_of([]), np.zeros(0, dtype=np.int32), trial)
    assert (changes.counts.shape, changes.n_told_otherwise) == ((0, 4, 4), 0)


@pytest.mark.parametrize("text", ["", "A" * 27, "?" * 28, "A" * 28])
def test_what_is_not_packed_is_not_unpacked(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(text)


@given(some.rule_sets)
def test_rules_are_read_as_they_were_written(rules: RuleSet) -> None:
    assume(all(can_hold(rule.when) for rule in rules.rules))
    assert read_rules(to_data(rules)) == rules
