"""Rules made into one function of facts: closures built once, outcomes remembered by who spoke."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import reduce
from operator import attrgetter

from vungxanh.engines.decisions.types import (
    COLOURS,
    SETS,
    Colour,
    Expr,
    Facts,
    Op,
    Outcome,
    Rule,
    RuleSet,
)

Decide = Callable[[Facts], Outcome]
_Holds = Callable[[Facts], bool]
_MOST_REMEMBERED = 4_096


def in_force(rules: RuleSet, *, on: date, province: str) -> tuple[Rule, ...]:
    """The rules valid on a day in a province, in their order.

    A province's rule stands in the place of the country's of the same id while it is valid.
    """
    valid = [rule for rule in rules.rules if rule.is_valid_on(on)]
    own = {rule.id: rule for rule in valid if province and rule.province == province}
    country = [rule for rule in valid if rule.province is None]
    told = {rule.id for rule in country}
    added = [rule for rule in own.values() if rule.id not in told]
    return (*(own.get(rule.id, rule) for rule in country), *added)


def compiled(rules: RuleSet, *, on: date, province: str = "") -> Decide:
    """One function that judges facts by the rules in force on a day in a province.

    Every rule that holds speaks: the worst colour counts (green where none has one), advice and
    work are united in the order of the rules.
    """
    speaking = in_force(rules, on=on, province=province)
    tests = [(1 << place, _holds(rule.when)) for place, rule in enumerate(speaking)]
    remembered: dict[int, Outcome] = {}

    def decide(facts: Facts) -> Outcome:
        spoke = 0
        for bit, holds in tests:
            if holds(facts):
                spoke |= bit
        outcome = remembered.get(spoke)
        if outcome is None:
            if len(remembered) >= _MOST_REMEMBERED:
                remembered.clear()
            outcome = outcome_of(_chosen(speaking, spoke), rules)
            remembered[spoke] = outcome
        return outcome

    return decide


def outcome_of(spoke: Sequence[Rule], rules: RuleSet) -> Outcome:
    """What these rules, all of which spoke, mean together."""
    colour = worst(rule.colour for rule in spoke if rule.colour)
    return Outcome(
        colour=colour,
        advice=_united([rule.advice for rule in spoke]),
        work=_united([rule.work for rule in spoke]),
        follow_up_days=rules.follow_up_days[colour],
        holds_hours=rules.holds_hours[colour],
        rules=tuple(rule.id for rule in spoke),
        is_ill=any(rule.is_ill for rule in spoke),
    )


def worst(colours: Iterable[Colour]) -> Colour:
    """The worst of colours; green where there is none."""
    return max(colours, key=COLOURS.index, default=Colour.GREEN)


def _chosen(rules: Sequence[Rule], spoke: int) -> list[Rule]:
    return [rule for place, rule in enumerate(rules) if spoke >> place & 1]


def _united(parts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part))


def _holds(expr: Expr) -> _Holds:
    if expr.op is Op.NOT:
        inner = _holds(expr.parts[0])
        return lambda facts: not inner(facts)
    if expr.op is Op.ALL:
        return reduce(_both, map(_holds, expr.parts)) if expr.parts else _always
    if expr.op is Op.ANY:
        return reduce(_either, map(_holds, expr.parts)) if expr.parts else _never
    return _comparison(expr)


def _both(one: _Holds, other: _Holds) -> _Holds:
    return lambda facts: one(facts) and other(facts)


def _either(one: _Holds, other: _Holds) -> _Holds:
    return lambda facts: one(facts) or other(facts)


def _always(_: Facts) -> bool:
    return True


def _never(_: Facts) -> bool:
    return False


def _comparison(expr: Expr) -> _Holds:
    value_of = attrgetter(expr.fact)
    if expr.fact in SETS:
        words = frozenset(expr.value) if isinstance(expr.value, tuple) else {str(expr.value)}
        return lambda facts: not words.isdisjoint(value_of(facts))
    if isinstance(expr.value, tuple):
        any_of = frozenset(expr.value)
        return lambda facts: value_of(facts) in any_of
    if expr.op is Op.IS:
        value = expr.value
        return lambda facts: bool(value_of(facts) == value)
    return _bound(value_of, int(expr.value), is_least=expr.op is Op.AT_LEAST)


def _bound(value_of: Callable[[Facts], int | None], bound: int, *, is_least: bool) -> _Holds:
    def at_least(facts: Facts) -> bool:
        value = value_of(facts)
        return value is not None and value >= bound

    def at_most(facts: Facts) -> bool:
        value = value_of(facts)
        return value is not None and value <= bound

    return at_least if is_least else at_most
