"""Rules as they are written (plain mappings, from JSON) made into frozen ones; all is checked."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations

from vungxanh.engines.decisions import written
from vungxanh.engines.decisions.conditions import read_condition, written_condition
from vungxanh.engines.decisions.facts import facts_of, written_facts
from vungxanh.engines.decisions.satisfying import can_hold
from vungxanh.engines.decisions.types import (
    COLOURS,
    Colour,
    Example,
    Rule,
    RulesError,
    RuleSet,
    Texts,
    Work,
)

MOST_RULES = 300
MOST_EXAMPLES = 500
MOST_MINUTES = 60 * 24 * 30
MOST_HOURS = 24 * 365


def read_rules(data: object) -> RuleSet:
    """One version of rules from what was written; RulesError names the first fault and its place.

    Keys: `version`, `title`, `source`, `holds_hours` and `follow_up_days` by colour, `advice`
    (texts by id), `work` (title, within_minutes), `rules`, `examples`.
    """
    top = written.mapping(data, "")
    read = RuleSet(
        version=written.number(top, "version", (1, 10_000)),
        title=written.texts(top, "title", ""),
        source=written.text(top, "source", ""),
        rules=tuple(_rules(top)),
        advice_texts=_advice(top),
        work=_works(top),
        holds_hours=_by_colour(top, "holds_hours", (1, MOST_HOURS)),
        follow_up_days=_by_colour(top, "follow_up_days", (0, 60)),
        examples=tuple(_examples(top)),
    )
    _must_fit(read)
    return read


def to_data(rules: RuleSet) -> dict[str, object]:
    """What `read_rules` reads back as the same."""
    return {
        "version": rules.version,
        "title": dict(rules.title),
        "source": rules.source,
        "holds_hours": {str(colour): hours for colour, hours in rules.holds_hours.items()},
        "follow_up_days": {str(colour): days for colour, days in rules.follow_up_days.items()},
        "advice": {name: dict(texts) for name, texts in rules.advice_texts.items()},
        "work": {
            name: {"title": dict(work.title), "within_minutes": work.within_minutes}
            for name, work in rules.work.items()
        },
        "rules": [written_rule(rule) for rule in rules.rules],
        "examples": [_written_example(example) for example in rules.examples],
    }


def written_rule(rule: Rule) -> dict[str, object]:
    """One rule as it is written."""
    return {
        "id": rule.id,
        "when": written_condition(rule.when),
        "colour": str(rule.colour) if rule.colour else None,
        "advice": list(rule.advice),
        "work": list(rule.work),
        "is_ill": rule.is_ill,
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
        "province": rule.province,
        "because": dict(rule.because),
    }


def _written_example(example: Example) -> dict[str, object]:
    return {
        "id": example.id,
        "title": dict(example.title),
        "on": example.on.isoformat(),
        "province": example.province,
        "facts": written_facts(example.facts),
        "colour": str(example.colour),
        "rules": list(example.rules),
    }


def _rules(top: Mapping[str, object]) -> list[Rule]:
    found = written.mappings(top, "rules", MOST_RULES)
    return [_rule(one, f"rules[{number}]") for number, one in enumerate(found)]


def _rule(one: Mapping[str, object], where: str) -> Rule:
    name = written.name(one, "id", where)
    where = f"{where} {name}"
    return Rule(
        id=name,
        when=read_condition(one.get("when"), f"{where}.when"),
        colour=_colour(one, where) if one.get("colour") is not None else None,
        advice=written.names(one, "advice", where),
        work=written.names(one, "work", where),
        valid_from=_day(one, "valid_from", where),
        valid_until=_day(one, "valid_until", where) if one.get("valid_until") else None,
        province=written.text(one, "province", where) if one.get("province") else None,
        because=written.texts(one, "because", where),
        is_ill=one.get("is_ill") is True,
    )


def _examples(top: Mapping[str, object]) -> list[Example]:
    found = written.mappings(top, "examples", MOST_EXAMPLES)
    return [_example(one, f"examples[{number}]") for number, one in enumerate(found)]


def _example(one: Mapping[str, object], where: str) -> Example:
    name = written.name(one, "id", where)
    where = f"{where} {name}"
    return Example(
        id=name,
        title=written.texts(one, "title", where),
        facts=facts_of(one.get("facts"), f"{where}.facts"),
        on=_day(one, "on", where),
        province=written.text(one, "province", where) if one.get("province") else "",
        colour=_colour(one, where),
        rules=written.names(one, "rules", where),
    )


def _advice(top: Mapping[str, object]) -> dict[str, Texts]:
    found = written.mapping(top.get("advice", {}), "advice")
    return {name: written.texts(found, name, "advice") for name in found}


def _works(top: Mapping[str, object]) -> dict[str, Work]:
    found = written.mapping(top.get("work", {}), "work")
    return {name: _work(found[name], f"work.{name}") for name in found}


def _work(one: object, where: str) -> Work:
    found = written.mapping(one, where)
    minutes = written.number(found, "within_minutes", (1, MOST_MINUTES))
    return Work(written.texts(found, "title", where), minutes)


def _by_colour(top: Mapping[str, object], key: str, bounds: tuple[int, int]) -> dict[Colour, int]:
    found = written.mapping(top.get(key), key)
    if set(found) != set(COLOURS):
        raise RulesError("form", key)
    return {colour: written.number(found, colour, bounds) for colour in COLOURS}


def _colour(one: Mapping[str, object], where: str) -> Colour:
    try:
        return Colour(written.text(one, "colour", where))
    except ValueError as error:
        raise RulesError("form", f"{where}.colour") from error


def _day(one: Mapping[str, object], key: str, where: str) -> date:
    try:
        return date.fromisoformat(written.text(one, key, where))
    except ValueError as error:
        raise RulesError("form", f"{where}.{key}") from error


def _must_fit(read: RuleSet) -> None:
    for rule in read.rules:
        _must_stand_alone(rule, read)
    for one, other in combinations(read.rules, 2):
        if _are_one(one, other) and _overlap(one, other):
            raise RulesError("overlap", one.id)
    names = [example.id for example in read.examples]
    if len(set(names)) != len(names):
        raise RulesError("twice", "examples")


def _must_stand_alone(rule: Rule, read: RuleSet) -> None:
    if missing := [name for name in rule.advice if name not in read.advice_texts]:
        raise RulesError("unknown_advice", f"{rule.id}: {missing[0]}")
    if missing := [name for name in rule.work if name not in read.work]:
        raise RulesError("unknown_work", f"{rule.id}: {missing[0]}")
    if rule.valid_until is not None and rule.valid_until <= rule.valid_from:
        raise RulesError("never_valid", rule.id)
    if not can_hold(rule.when):
        raise RulesError("never_speaks", rule.id)


def _are_one(one: Rule, other: Rule) -> bool:
    return one.id == other.id and one.province == other.province


def _overlap(one: Rule, other: Rule) -> bool:
    first, second = sorted((one, other), key=lambda rule: rule.valid_from)
    return first.valid_until is None or second.valid_from < first.valid_until
