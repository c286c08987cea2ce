"""The country's rules with a province's own beside them, and the examples of both."""

from collections.abc import Iterator
from dataclasses import replace

from vungxanh.engines.decisions.core import compiled
from vungxanh.engines.decisions.types import Example, Outcome, RulesError, RuleSet


def joined(country: RuleSet, own: RuleSet) -> RuleSet:
    """One set: the country's, with a province's own rules, texts and times; its version is `own`'s.

    `in_force` chooses among them; in a province without rules of its own nothing changes.
    """
    return replace(
        own,
        rules=(*country.rules, *own.rules),
        advice_texts={**country.advice_texts, **own.advice_texts},
        work={**country.work, **own.work},
        examples=(*country.examples, *own.examples),
    )


def wrong_examples(rules: RuleSet) -> Iterator[tuple[Example, Outcome]]:
    """Examples that come out otherwise than written, with what came out."""
    for example in rules.examples:
        outcome = compiled(rules, on=example.on, province=example.province)(example.facts)
        if (outcome.colour, outcome.rules) != (example.colour, example.rules):
            yield example, outcome


def must_agree(rules: RuleSet) -> None:
    """RulesError names the first example that comes out otherwise than written."""
    for example, _ in wrong_examples(rules):
        raise RulesError("example", example.id)
