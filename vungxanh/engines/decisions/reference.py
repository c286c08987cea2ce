"""The plain twin: reads a rule as its words say, one at a time; slow, obviously right."""

from datetime import date

from vungxanh.engines.decisions.types import Colour, Expr, Facts, Outcome, Rule, RuleSet

_WORSE = ("green", "yellow", "orange", "red")


def decide_plainly(rules: RuleSet, facts: Facts, *, on: date, province: str = "") -> Outcome:
    """What `compiled` answers, said slowly."""
    colour, is_ill = Colour.GREEN, False
    advice: list[str] = []
    work: list[str] = []
    spoke: list[str] = []
    for rule in _listed(rules, on, province):
        if not holds_plainly(rule.when, facts):
            continue
        spoke.append(rule.id)
        advice += [name for name in rule.advice if name not in advice]
        work += [name for name in rule.work if name not in work]
        is_ill = is_ill or rule.is_ill
        if rule.colour and _WORSE.index(rule.colour) > _WORSE.index(colour):
            colour = rule.colour
    return Outcome(
        colour=colour,
        advice=tuple(advice),
        work=tuple(work),
        follow_up_days=rules.follow_up_days[colour],
        holds_hours=rules.holds_hours[colour],
        rules=tuple(spoke),
        is_ill=is_ill,
    )


def _listed(rules: RuleSet, on: date, province: str) -> list[Rule]:
    """The country's rules, each as the province has it, then what only the province has."""
    listed: list[Rule] = []
    for rule in rules.rules:
        if rule.province is None and rule.is_valid_on(on):
            listed.append(_own(rules, rule.id, (on, province)) or rule)
    for rule in rules.rules:
        is_own = province != "" and rule.province == province and rule.is_valid_on(on)
        if is_own and rule.id not in [other.id for other in listed]:
            listed.append(rule)
    return listed


def _own(rules: RuleSet, name: str, at: tuple[date, str]) -> Rule | None:
    on, province = at
    for rule in rules.rules:
        if rule.id == name and province and rule.province == province and rule.is_valid_on(on):
            return rule
    return None


def holds_plainly(expr: Expr, facts: Facts) -> bool:
    """Whether a condition holds; what is not known makes a comparison false."""
    if expr.op == "all":
        return all(holds_plainly(part, facts) for part in expr.parts)
    if expr.op == "any":
        return any(holds_plainly(part, facts) for part in expr.parts)
    if expr.op == "not":
        return not holds_plainly(expr.parts[0], facts)
    return _compared(expr, getattr(facts, expr.fact))


def _compared(expr: Expr, found: object) -> bool:
    if isinstance(found, frozenset):
        wanted = expr.value if isinstance(expr.value, tuple) else (expr.value,)
        return any(word in found for word in wanted)
    if isinstance(expr.value, tuple):
        return found in expr.value
    if expr.op == "is":
        return found == expr.value
    if not isinstance(found, int) or not isinstance(expr.value, int):
        return False
    return found >= expr.value if expr.op == "at_least" else found <= expr.value
