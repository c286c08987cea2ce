"""Judging declarations one by one by the shipped rules, beside JsonLogic in Python.

The peer, panzi-json-logic, is given the same conditions in its own words and says only which rules
speak. Both, and our plain twin, must name the same rules for everybody before anything is reported.
"""

import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib import resources
from typing import Any, Final

import numpy as np
from json_logic import jsonLogic

from bench.harness import Row
from vungxanh.engines.decisions import Expr, Facts, Op, RuleSet, compiled, in_force, read_rules
from vungxanh.engines.decisions.reference import decide_plainly
from vungxanh.engines.decisions.types import FLAGS, SETS, WORDS

LEAST_RATE: Final = 20_000.0
ON: Final = date(2021, 11, 15)
RULES: Final = "vendored/rules/country-1.json"


def run(full: bool) -> list[Row]:
    """Declarations a second on one core; the small form judges few."""
    rules, people = shipped(), crowd(20_000 if full else 300)
    decide = compiled(rules, on=ON)
    theirs = [(rule.id, logic(rule.when)) for rule in in_force(rules, on=ON, province="")]
    data = [as_data(facts) for facts in people]
    few = slice(0, 2_000)

    def peer() -> list[tuple[str, ...]]:
        return [tuple(name for name, when in theirs if jsonLogic(when, one)) for one in data[few]]

    def plain() -> list[tuple[str, ...]]:
        return [decide_plainly(rules, facts, on=ON).rules for facts in people[few]]

    ours = [decide(facts).rules for facts in people[few]]
    if not ours == peer() == plain():
        raise RuntimeError("ours, the peer and the plain twin name other rules")
    rate = len(people) / best(lambda: [decide(facts) for facts in people])
    n_few = len(ours)
    limit = LEAST_RATE if full else None
    note = f"{len(theirs)} rules, {len(people):,} people; load {os.getloadavg()[0]:.1f}"
    rows = []
    for name, work in (("panzi-json-logic", peer), ("plain twin", plain)):
        slow = n_few / best(work)
        rows.append(Row(f"triage, peer {name}", rate, slow, rate / slow, limit, "people/s", note))
    return rows


def shipped() -> RuleSet:
    """The rules of the country, as they are shipped."""
    file = resources.files("vungxanh.declarations").joinpath(RULES)
    return read_rules(json.loads(file.read_text(encoding="utf-8")))


def crowd(size: int) -> list[Facts]:
    """People of whom most have nothing to tell, and some a good deal."""
    random = np.random.default_rng(11)
    return [one(random) for _ in range(size)]


def one(random: np.random.Generator) -> Facts:
    """One person's facts."""
    whole = random.integers([1, 0, 0, 0, 1], [5, 4, 301, 201, 96]).tolist()
    share = random.random(6).tolist()
    return Facts(
        signs=some(random, "signs", 2 if share[0] < 0.1 else 0),
        standings=some(random, "standings", 1 if share[1] < 0.05 else 0),
        conditions=some(random, "conditions", 1 if share[2] < 0.25 else 0),
        been=share[3] < 0.1,
        contact_case=share[4] < 0.02,
        contact_country=False,
        contact_ill=share[5] < 0.03,
        area_level=whole[0],
        doses=whole[1],
        dose_days=whole[2],
        test=WORDS["test"][whole[3] % len(WORDS["test"])],
        test_hours=whole[3],
        age=whole[4],
        form="general",
    )


def some(random: np.random.Generator, fact: str, size: int) -> frozenset[str]:
    """So many words of a set."""
    return frozenset(random.choice(SETS[fact], size, replace=False).tolist())


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of three."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def logic(expr: Expr) -> Any:
    """A condition in the words of JsonLogic."""
    if expr.op is Op.NOT:
        return {"!": [logic(expr.parts[0])]}
    if expr.op in (Op.ALL, Op.ANY):
        parts = [logic(part) for part in expr.parts]
        return {"and" if expr.op is Op.ALL else "or": parts} if parts else expr.op is Op.ALL
    return compared(expr, {"var": expr.fact})


def compared(expr: Expr, found: Any) -> Any:
    """One comparison in the words of JsonLogic."""
    if expr.fact in SETS:
        words: Sequence[Any] = expr.value if isinstance(expr.value, tuple) else (expr.value,)
        return {"or": [{"in": [word, found]} for word in words]}
    if isinstance(expr.value, tuple):
        return {"in": [found, list(expr.value)]}
    if expr.op is Op.IS:
        return {"===": [found, expr.value]}
    sign = ">=" if expr.op is Op.AT_LEAST else "<="
    return {"and": [{"!==": [found, None]}, {sign: [found, expr.value]}]}


def as_data(facts: Facts) -> dict[str, Any]:
    """Facts as JSON would bring them."""
    known = {name: sorted(getattr(facts, name)) for name in SETS}
    rest = [*FLAGS, *WORDS, "area_level", "worst_place_level", "doses", "dose_days"]
    rest += ["recovered_days", "test_hours", "age"]
    return {**known, **{name: getattr(facts, name) for name in rest}}
