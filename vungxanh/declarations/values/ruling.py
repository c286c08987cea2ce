"""Versions of rules as pages and actions take them, and what a trial of one counted."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from vungxanh.declarations.values.states import RulesState
from vungxanh.engines.decisions import COLOURS, Colour, RuleSet

RULES: Final = "declarations.rules"
MOST_FILE_BYTES: Final = 1_000_000
_N = len(COLOURS)


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """Persons of one unit by colour before and after, the mildest first."""

    unit: str
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many persons."""
        return sum(self.counts)

    @property
    def n_changed(self) -> int:
        """How many of another colour."""
        return self.n - sum(self.counts[place * _N + place] for place in range(_N))

    def moves(self) -> list[tuple[Colour, Colour, int]]:
        """From which colour to which, how many; only where it is another."""
        return [
            (before, after, self.counts[one * _N + other])
            for one, before in enumerate(COLOURS)
            for other, after in enumerate(COLOURS)
            if one != other and self.counts[one * _N + other]
        ]


@dataclass(frozen=True, slots=True)
class TrialRun:
    """How far a trial is, or what it counted; `n_unread` could not be opened."""

    is_done: bool
    n: int
    total: int
    at: datetime
    n_told_otherwise: int = 0
    n_ill: tuple[int, int] = (0, 0)
    n_unread: int = 0
    units: tuple[UnitChanges, ...] = ()

    @property
    def n_changed(self) -> int:
        """How many persons of another colour."""
        return sum(one.n_changed for one in self.units)

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 if self.is_done else min(99, 100 * self.n // max(self.total, 1))


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """One version; `province` is empty for the country's."""

    id: int
    version: int
    province: str
    state: RulesState
    starts_on: date | None
    at: datetime
    by: str
    approved_at: datetime | None
    approved_by: str
    ended_at: datetime | None
    rules: RuleSet = field(repr=False)
    trial: TrialRun | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it waits for approval."""
        return self.state is RulesState.DRAFT


def written_trial(trial: TrialRun) -> dict[str, object]:
    """A trial as it is kept."""
    return {
        "is_done": trial.is_done,
        "n": trial.n,
        "total": trial.total,
        "at": trial.at.isoformat(),
        "n_told_otherwise": trial.n_told_otherwise,
        "n_ill": list(trial.n_ill),
        "n_unread": trial.n_unread,
        "units": {one.unit: list(one.counts) for one in trial.units},
    }


def read_trial(kept: dict[str, object]) -> TrialRun:
    """What `written_trial` wrote."""
    units, ill = kept["units"], kept["n_ill"]
    counted = units if isinstance(units, dict) else {}
    before, after = ill if isinstance(ill, list) else (0, 0)
    return TrialRun(
        is_done=kept["is_done"] is True,
        n=int(str(kept["n"])),
        total=int(str(kept["total"])),
        at=datetime.fromisoformat(str(kept["at"])),
        n_told_otherwise=int(str(kept["n_told_otherwise"])),
        n_ill=(int(before), int(after)),
        n_unread=int(str(kept["n_unread"])),
        units=tuple(UnitChanges(str(unit), tuple(said)) for unit, said in counted.items()),
    )
