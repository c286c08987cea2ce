"""The examples in the shipped rules are what a page shows: each must come true."""

from datetime import date

import pytest

from tests.engines.decisions.shipped import country
from vungxanh.engines.decisions import Example, Facts, compiled, read_rules, to_data


@pytest.mark.parametrize("example", country().examples, ids=lambda example: example.id)
def test_example_of_the_country_comes_true(example: Example) -> None:
    outcome = compiled(country(), on=example.on, province=example.province)(example.facts)
    assert (outcome.colour, outcome.rules) == (example.colour, example.rules)


def test_every_rule_of_the_country_speaks_in_an_example() -> None:
    spoken = {rule for example in country().examples for rule in example.rules}
    assert {rule.id for rule in country().rules} == spoken


def test_shipped_rules_are_written_as_they_are_read() -> None:
    assert read_rules(to_data(country())) == country()


def test_ill_person_is_called_within_two_hours() -> None:
    outcome = compiled(country(), on=date(2021, 11, 15))(Facts(signs=frozenset({"fever"})))
    assert outcome.is_ill
    assert [country().work[name].within_minutes for name in outcome.work] == [120]
