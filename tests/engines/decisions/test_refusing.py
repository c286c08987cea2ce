"""Rules that cannot be right are refused at the door, with what and where."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from tests.engines.decisions import strategies as some
from tests.engines.decisions.shipped import country, khanh_hoa, written
from vungxanh.engines.decisions import Facts, RulesError, joined, must_agree, read_rules
from vungxanh.engines.decisions.reference import holds_plainly
from vungxanh.engines.decisions.satisfying import can_hold
from vungxanh.engines.decisions.types import Expr, Op

Edit = Callable[[dict[str, Any]], object]


def deep(levels: int) -> dict[str, Any]:
    """A condition nested so often."""
    found: dict[str, Any] = {"is": ["been", True]}
    for _ in range(levels):
        found = {"not": found}
    return found


def within_itself() -> dict[str, Any]:
    """A condition that contains itself."""
    found: dict[str, Any] = {"all": []}
    found["all"].append(found)
    return found


def whens(condition: object) -> Edit:
    """The first rule with another condition."""
    return lambda data: data["rules"][0].update(when=condition)


@pytest.mark.parametrize(
    ("edit", "fault", "where"),
    [
        (whens({"is": ["shoe_size", 42]}), "unknown_fact", "shoe_size"),
        (whens({"has": ["signs", "hiccups"]}), "unknown_word", "rules[0] case"),
        (whens({"is": ["doses", True]}), "form", "rules[0] case"),
        (whens({"at_least": ["been", 1]}), "form", "rules[0] case"),
        (whens({"at_most": ["area_level", 5]}), "form", "rules[0] case"),
        (whens({"has": ["signs", ["fever"]]}), "form", "rules[0] case"),
        (whens({"any_of": ["signs", ["fever", "fever"]]}), "twice", "rules[0] case"),
        (whens({"eval": "1"}), "form", "rules[0] case"),
        (whens([]), "form", "rules[0] case"),
        (whens(deep(9)), "too_deep", "rules[0] case"),
        (whens({"any": [{"is": ["been", True]}] * 300}), "too_deep", "rules[0] case"),
        (whens(within_itself()), "too_deep", "rules[0] case"),
        (whens({"any": []}), "never_speaks", "case"),
        (
            whens({"all": [{"at_least": ["doses", 3]}, {"at_most": ["doses", 2]}]}),
            "never_speaks",
            "case",
        ),
        (
            whens({"all": [{"has": ["signs", "cough"]}, {"not": {"has": ["signs", "cough"]}}]}),
            "never_speaks",
            "case",
        ),
        (lambda data: data["rules"][0].update(advice=["pray"]), "unknown_advice", "case: pray"),
        (lambda data: data["rules"][0].update(work=["dig"]), "unknown_work", "case: dig"),
        (lambda data: data["rules"].append(data["rules"][0]), "overlap", "case"),
        (
            lambda data: data["rules"][0].update(valid_until="2021-10-12"),
            "never_valid",
            "case",
        ),
        (lambda data: data["rules"][0].update(valid_from="12/10/2021"), "form", "valid_from"),
        (lambda data: data["rules"][0].update(colour="blue"), "form", "colour"),
        (lambda data: data["rules"][0].update(id="Case 1"), "form", "id"),
        (lambda data: data["rules"][0]["because"].pop("vi"), "form", "because"),
        (lambda data: data["advice"]["five_k"].update(vi="a\x00b"), "form", "five_k"),
        (lambda data: data["holds_hours"].pop("red"), "form", "holds_hours"),
        (lambda data: data["work"]["call_ill"].update(within_minutes=0), "form", "within_minutes"),
        (lambda data: data["examples"].append(data["examples"][0]), "twice", "examples"),
        (lambda data: data["examples"][0]["facts"].update(doses=-1), "form", "doses"),
        (lambda data: data["examples"][0]["facts"].update(form="x"), "unknown_word", "form"),
        (lambda data: data["examples"][0]["facts"].update(mood=1), "unknown_fact", "mood"),
        (lambda data: data.update(rules={}), "form", "rules"),
        (lambda data: data.update(version=True), "form", "version"),
    ],
)
def test_rules_that_cannot_be_right_are_refused(edit: Edit, fault: str, where: str) -> None:
    data = deepcopy(written("country-1"))
    edit(data)
    with pytest.raises(RulesError) as refused:
        read_rules(data)
    assert refused.value.fault == fault
    assert where in str(refused.value.where)
    assert refused.value.words.vi != refused.value.words.en


def test_what_is_no_mapping_is_refused() -> None:
    with pytest.raises(RulesError):
        read_rules([])


def test_rule_may_follow_another_of_its_name() -> None:
    data = deepcopy(written("country-1"))
    rules: Any = data["rules"]
    later = deepcopy(rules[0])
    rules[0]["valid_until"] = later["valid_from"] = "2021-12-01"
    rules.append(later)
    assert len(read_rules(data).rules) == len(country().rules) + 1


def test_example_that_comes_out_otherwise_is_named() -> None:
    data = deepcopy(written("country-1"))
    examples: Any = data["examples"]
    examples[1]["colour"] = "green"
    with pytest.raises(RulesError) as refused:
        must_agree(read_rules(data))
    assert (refused.value.fault, refused.value.where) == ("example", "fever")


def test_examples_of_the_country_and_of_khanh_hoa_come_true_together() -> None:
    must_agree(joined(country(), khanh_hoa()))


@given(some.conditions, some.facts)
def test_condition_that_holds_for_somebody_can_hold(expr: Expr, facts: Facts) -> None:
    assert can_hold(expr) or not holds_plainly(expr, facts)


@given(some.short_conditions)
def test_condition_and_its_opposite_never_hold_together(expr: Expr) -> None:
    opposite = Expr(Op.NOT, (expr,))
    assert not can_hold(Expr(Op.ALL, (expr, opposite)))
