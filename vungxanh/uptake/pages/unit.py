"""The whole page of a unit, and what stands beside its figures."""

from dataclasses import dataclass
from datetime import date, datetime

from vungxanh.core.shown import Choice, Link, Mark
from vungxanh.uptake.pages.figures import Dates, KeyFigure, MapCard, Provenance, TrendCard
from vungxanh.uptake.pages.findings import Findings
from vungxanh.uptake.pages.parts import Action, EmptyState
from vungxanh.uptake.pages.ranking import RankTable
from vungxanh.uptake.pages.targets import OtherTarget, TargetCard


@dataclass(frozen=True, slots=True)
class UnreportedLine:
    """A reporter that has not reported: by when it should, and what is said of it."""

    name: str
    due: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class UnreportedCard:
    """Who has not reported to the unit today, of how many that owe; `nothing` says why nobody."""

    on: date
    n_missing: int
    n_expected: int
    lines: tuple[UnreportedLine, ...] = ()
    n_more: int = 0
    nothing: str = ""
    way: Link | None = None


@dataclass(frozen=True, slots=True)
class EraSwitch:
    """The eras side by side, and under `title` the units of the other one: often several.

    `choices` has the other era only where one unit stands for this one there.
    """

    choices: tuple[Choice, ...]
    title: str
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RebasedNote:
    """Sentences on what was re-based from the other era, what is missing, what cannot be."""

    title: str
    lines: tuple[str, ...]
    is_partial: bool
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """What this house counts at a moment, in words ("12 người có số điện thoại").

    `notes` say who is not placed; at `url` the same is told anew. `premises` is empty where no list
    says which must have a control point; `premises_url` leads to them where the viewer may go.
    `scans` tells how points were used on the last counted day, empty where none was counted yet;
    `scans_fault` what in those counts cannot be.
    """

    people: str
    phones: str
    points: str
    premises: str
    at: datetime
    notes: tuple[str, ...]
    url: str
    premises_url: str = ""
    scans: str = ""
    scans_fault: str = ""
    scans_url: str = ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything on a unit's page. Each card is either there or has an `EmptyState` of its own.

    `ways` are the other pages of the unit; `live` stands beside the figures, never for them, and
    `jumps` leads to what leapt in it.

    `empty` (no figures at all, or none that are published) replaces the whole body.
    """

    name: str
    unit_id: str
    crumbs: tuple[Link, ...]
    dates: Dates | None = None
    eras: EraSwitch | None = None
    ways: tuple[Choice, ...] = ()
    rebased: RebasedNote | None = None
    live: LiveCounts | None = None
    jumps: Link | None = None
    exports: tuple[Action, ...] = ()
    bringing: Action | None = None
    action: Action | None = None
    empty: EmptyState | None = None
    figures: tuple[KeyFigure, ...] = ()
    map: MapCard | None = None
    map_empty: EmptyState | None = None
    ranking: RankTable | None = None
    ranking_empty: EmptyState | None = None
    findings: Findings | None = None
    target: TargetCard | None = None
    target_empty: EmptyState | None = None
    other_targets: tuple[OtherTarget, ...] = ()
    trend: TrendCard | None = None
    unreported: UnreportedCard | None = None
    provenance: tuple[Provenance, ...] = ()
    notes: tuple[str, ...] = ()
    has_invented: bool = False
