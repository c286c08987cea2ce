"""Trying a draft against everybody's last declaration that holds: how many it would change, whom.

Facts are those of the moment of declaring, so that only the rules make the difference.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from vungxanh.declarations.actions.judging_many import Part, both_of, judged, places_of, province_of
from vungxanh.declarations.gateways.last_declared import Units, count_declared, last_declared
from vungxanh.declarations.models import RuleSet as Row
from vungxanh.declarations.queries.ruling import version_of
from vungxanh.declarations.values.ruling import (
    RulesVersion,
    TrialRun,
    UnitChanges,
    written_trial,
)
from vungxanh.declarations.values.states import ColourNumber, RulesState
from vungxanh.engines.decisions import Changes
from vungxanh.people.values.standing import Colour

MOST_SCANNED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody whose colour another version would change."""

    person: int
    unit: str
    before: Colour
    after: Colour


@dataclass(slots=True)
class _Sum:
    """What was counted so far; of the country by province, of a province by commune."""

    by_province: bool
    units: dict[str, list[int]] = field(default_factory=dict)
    n: int = 0
    n_told_otherwise: int = 0
    n_ill: tuple[int, int] = (0, 0)
    n_unread: int = 0

    def add(self, part: Part, changes: Changes) -> None:
        """Count one province of one chunk."""
        for unit, counts in zip(part.units, changes.counts.reshape(-1, 16).tolist(), strict=True):
            key = province_of(unit) if self.by_province else unit
            former = self.units.get(key, [0] * 16)
            self.units[key] = [one + other for one, other in zip(former, counts, strict=True)]
        self.n += len(part.places)
        self.n_told_otherwise += changes.n_told_otherwise
        self.n_ill = (self.n_ill[0] + changes.n_ill[0], self.n_ill[1] + changes.n_ill[1])


def run_trial(*, rules_id: int, at: datetime) -> TrialRun | None:
    """Count what a draft would change, noting how far it is; None where it is no draft any more."""
    row = Row.objects.filter(pk=rules_id, state=RulesState.DRAFT).first()
    if row is None:
        return None
    version = version_of(row)
    places = places_of(version.province)
    total = count_declared(at, places)
    counted, both = _Sum(by_province=not version.province), both_of(version, at)
    for chunk in last_declared(at, places):
        for part, changes in judged(chunk, both):
            counted.add(part, changes)
        counted.n_unread += chunk.n_unread
        _note(rules_id, TrialRun(is_done=False, n=counted.n, total=total, at=at))
    trial = TrialRun(
        is_done=True,
        n=counted.n,
        total=total,
        at=at,
        n_told_otherwise=counted.n_told_otherwise,
        n_ill=counted.n_ill,
        n_unread=counted.n_unread,
        units=tuple(UnitChanges(unit, tuple(said)) for unit, said in sorted(counted.units.items())),
    )
    _note(rules_id, trial)
    return trial


def changed_persons(
    *, version: RulesVersion, places: Units, after: int, most: int, at: datetime
) -> tuple[list[Changed], int | None]:
    """Those whose colour a draft would change, by number; and after whom to go on, or None.

    Nothing is kept of them: declarations are read again, about twenty thousand at a time.
    """
    found: list[Changed] = []
    n_read, both = 0, both_of(version, at)
    for chunk in last_declared(at, places, after=after):
        told = [one for part, changes in judged(chunk, both) for one in _named(part, changes)]
        found += sorted(told, key=lambda one: one.person)
        n_read += len(chunk.persons) + chunk.n_unread
        if len(found) >= most:
            return found[:most], found[most - 1].person
        if n_read >= MOST_SCANNED:
            return found, chunk.last
    return found, None


def _named(part: Part, changes: Changes) -> list[Changed]:
    return [
        Changed(
            person=part.chunk.persons[place],
            unit=part.chunk.units[place],
            before=ColourNumber(int(changes.before[row])).colour,
            after=ColourNumber(int(changes.after[row])).colour,
        )
        for row, place in enumerate(part.places.tolist())
        if changes.is_changed[row]
    ]


def _note(rules_id: int, trial: TrialRun) -> None:
    rows = Row.objects.filter(pk=rules_id, state=RulesState.DRAFT)
    rows.update(dry_run=written_trial(trial))
