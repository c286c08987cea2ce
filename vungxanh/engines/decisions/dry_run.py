"""What other rules would make of many persons at once: every rule over columns of packed facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

import numpy as np
import numpy.typing as npt

from vungxanh.engines.decisions import packed
from vungxanh.engines.decisions.core import in_force
from vungxanh.engines.decisions.types import COLOURS, FLAGS, SETS, WORDS, Expr, Op, Rule, RuleSet

Rows = npt.NDArray[np.void]
Holding = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Outcomes of n persons: `colours` (n,) uint8, 0 green to 3 red; `told` (n, names) bool, which
    advice and work each gets; `is_ill` (n,) bool.
    """

    colours: npt.NDArray[np.uint8]
    told: Holding
    is_ill: Holding


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What differs between two sets of rules, for n persons.

    `counts` (units, 4, 4) int64: persons of each unit by colour before and after. `is_changed` (n,)
    bool: another colour. `n_told_otherwise`: the same colour, but other advice or work. `n_ill`
    before and after.
    """

    counts: npt.NDArray[np.int64]
    is_changed: Holding
    before: npt.NDArray[np.uint8]
    after: npt.NDArray[np.uint8]
    n_told_otherwise: int
    n_ill: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trial:
    """Rules before and after, for one province on one day."""

    before: RuleSet
    after: RuleSet
    on: date
    province: str = ""


def dry_run(rows: Rows, units: npt.NDArray[np.int32], trial: Trial) -> Changes:
    """What `trial.after` would change of what `trial.before` says.

    `rows` (n,) of `packed.PACKED`; `units` (n,) int32, a number from 0 for the unit of each person.
    """
    names = _names(trial.before, trial.after)
    speaking = [
        in_force(rules, on=trial.on, province=trial.province)
        for rules in (trial.before, trial.after)
    ]
    before, after = (judged(rows, rules, names) for rules in speaking)
    is_changed = before.colours != after.colours
    is_told = (before.told != after.told).any(axis=1) & ~is_changed
    n_units = int(units.max()) + 1 if len(units) else 0
    return Changes(
        counts=_counts(units, before, after).reshape(n_units, len(COLOURS), len(COLOURS)),
        is_changed=is_changed,
        before=before.colours,
        after=after.colours,
        n_told_otherwise=int(is_told.sum()),
        n_ill=(int(before.is_ill.sum()), int(after.is_ill.sum())),
    )


def judged(rows: Rows, rules: Sequence[Rule], names: Sequence[str]) -> Judged:
    """Outcomes of all rows by rules in force; `names` are those of advice and work to look at."""
    colours = np.zeros(len(rows), dtype=np.uint8)
    told = np.zeros((len(rows), len(names)), dtype=np.bool_)
    is_ill = np.zeros(len(rows), dtype=np.bool_)
    places = {name: place for place, name in enumerate(names)}
    for rule in rules:
        holds = holding(rule.when, rows)
        if rule.colour:
            np.maximum(colours, holds * np.uint8(COLOURS.index(rule.colour)), out=colours)
        for name in (*rule.advice, *rule.work):
            told[:, places[name]] |= holds
        if rule.is_ill:
            is_ill |= holds
    return Judged(colours, told, is_ill)


def holding(expr: Expr, rows: Rows) -> Holding:
    """For which rows a condition holds; shape (n,)."""
    if expr.op is Op.NOT:
        return ~holding(expr.parts[0], rows)
    parts = [holding(part, rows) for part in expr.parts]
    if expr.op is Op.ALL:
        return reduce(np.logical_and, parts, np.ones(len(rows), dtype=np.bool_))
    if expr.op is Op.ANY:
        return reduce(np.logical_or, parts, np.zeros(len(rows), dtype=np.bool_))
    return _compared(expr, rows)


def _compared(expr: Expr, rows: Rows) -> Holding:
    wanted = expr.value if isinstance(expr.value, tuple) else (str(expr.value),)
    if expr.fact in SETS:
        return _is(rows[expr.fact] & packed.bits_of(expr.fact, wanted) != 0)
    if expr.fact in FLAGS:
        return _is(packed.flag(rows, expr.fact) == (2 if expr.value else 1))
    if expr.fact in WORDS:
        return np.isin(rows[expr.fact], [packed.place_of(expr.fact, word) for word in wanted])
    found, bound = rows[expr.fact], int(str(expr.value))
    if expr.op is Op.IS:
        return _is(found == bound)
    return _is((found >= bound if expr.op is Op.AT_LEAST else found <= bound) & (found >= 0))


def _is(answers: object) -> Holding:
    return np.asarray(answers, dtype=np.bool_)


def _names(before: RuleSet, after: RuleSet) -> list[str]:
    rules = (*before.rules, *after.rules)
    return list(dict.fromkeys(name for rule in rules for name in (*rule.advice, *rule.work)))


def _counts(units: npt.NDArray[np.int32], before: Judged, after: Judged) -> npt.NDArray[np.int64]:
    n_units = int(units.max()) + 1 if len(units) else 0
    cells = (units.astype(np.int64) * 4 + before.colours) * 4 + after.colours
    return np.bincount(cells, minlength=n_units * 16).astype(np.int64)
