"""What the unit page shows, finished: the template formats and places it, and decides nothing.

Words are already in the reader's language. Numbers are `int` and `Decimal` (a share is a
percentage, 13.60 for 13,60 %); the template writes them after the language. `None` always means
"not known" and is shown as "–", never as zero. `invented=True` puts the sign ◇ beside a figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from vungxanh.core.drawings.cells import Band, Sheet
from vungxanh.core.drawings.compare import Bar

Tone = Literal["ok", "warn", "bad", "info", "none"]
Severity = Literal["error", "warning", "info"]
FigureState = Literal["complete", "frozen", "provisional", "corrected"]
Direction = Literal["ascending", "descending", ""]


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go; an empty `url` is words without a link."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several views of the same page: a measure, a date."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words name the effect, `icon` is a Tabler name."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A status chip: tone, word, and where it is explained."""

    tone: Tone
    words: str
    url: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """The as-of dates that exist, newest first, and what is known of the chosen one.

    `compare` offers the earlier dates; its current choice is the one compared with.
    `known_at` is set when the page is asked as it was known at that moment.
    """

    as_of: date
    state: FigureState
    choices: tuple[Choice, ...]
    compare: tuple[Choice, ...] = ()
    compared_with: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Since another date: people for a count, percentage points for a share, places for a rank.

    A rank that became smaller is `by` > 0: up is better.
    """

    by: int | Decimal
    since: date
    invented: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number with its whole pedigree: numerator, base, as-of, source, state.

    `kind` count → `value` is the count; share → a percentage with `numerator` and `base`;
    rank → `value` of `out_of`. `base_word` is the unit of the base ("người", "máy").
    `lines` are short sentences under it ("Mẫu số: dân số năm 2019").
    """

    label: str
    kind: Literal["count", "share", "rank"]
    value: int | Decimal | None
    numerator: int | None = None
    base: int | None = None
    base_word: str = ""
    out_of: int | None = None
    change: Change | None = None
    lines: tuple[str, ...] = ()
    source: Link | None = None
    mark: Mark | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class MapCard:
    """The schematic map of the children, always beside the table.

    `bands` are the legend: the same five for every date of a campaign, with the number of units in
    each. `n_missing` units are hatched (no figure, or an old one); `missing_word` names that.
    """

    title: str
    sheet: Sheet
    bands: tuple[Band, ...]
    n_missing: int = 0
    missing_word: str = ""
    measures: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class SortLink:
    """A column head that sorts on the server; `direction` is set on the sorted column."""

    url: str
    direction: Direction = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """How many of the reports that tell of a unit came today, of how many that were owed."""

    n_came: int
    n_expected: int


@dataclass(frozen=True, slots=True)
class RankRow:
    """One child unit. `share` and `other_share` are of two bases; `other_rank` is by the other one.

    `shift` compares the two ranks: > 0 when the unit stands better by the other base.
    `points` is the trend, oldest first; fewer than two draw nothing. `doubt` is the reason why the
    other base needs a look, with `doubt_url` of its finding. `change` is in points since the date
    that is compared with.
    `missing_reason` says why there is no rank; `partial` what re-based figures lack; `rebased`
    from how many units of the other era they come, how surely, and what is not in them.
    """

    unit: Link
    unit_id: str
    rank: int | None
    numerator: int | None
    base: int | None
    share: Decimal | None
    other_base: int | None = None
    other_share: Decimal | None = None
    other_rank: int | None = None
    shift: int = 0
    doubt: str = ""
    doubt_url: str = ""
    points: tuple[int, ...] = ()
    change: Decimal | None = None
    is_base_changed: bool = False
    needed_per_day: int | None = None
    missing_reason: str = ""
    partial: str = ""
    rebased: str = ""
    reported: Reported | None = None


@dataclass(frozen=True, slots=True)
class RankTotal:
    """The foot of the table: sums, and shares that are sum over sum."""

    label: str
    numerator: int | None
    base: int | None
    share: Decimal | None
    other_base: int | None = None
    other_share: Decimal | None = None
    change: Decimal | None = None
    needed_per_day: int | None = None
    n_reported: int | None = None
    rebased: str = ""


@dataclass(frozen=True, slots=True)
class Minimum:
    """Units whose base is under `value` are listed without a rank; `kept` are hidden inputs."""

    value: int
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RankTable:
    """The ranked children. Columns with an empty label are not drawn.

    `scale` is the largest share: every bar shares it; the tick on each bar is the total's share.
    `sorts` maps a column (rank, unit, numerator, base, share, other_base, other_share, other_rank,
    change, needed) to its link. `silent` are units without any figure, named below the table where
    they are many. `moved` says in a sentence who rose and fell since the date compared with, and
    `moved_way` leads to all of them. On `reported_on` reports of the rows were owed.
    """

    title: str
    note: str
    caption: str
    numerator_label: str
    base_label: str
    share_label: str
    rows: tuple[RankRow, ...]
    total: RankTotal | None
    scale: Decimal
    other_base_label: str = ""
    other_share_label: str = ""
    other_rank_label: str = ""
    trend_label: str = ""
    change_label: str = ""
    needed_label: str = ""
    rebased_label: str = ""
    trend_invented: bool = False
    sorts: Mapping[str, SortLink] = field(default_factory=dict)
    exports: tuple[Action, ...] = ()
    foot: tuple[str, ...] = ()
    is_across_reform: bool = False
    minimum: Minimum | None = None
    silent: tuple[RankRow, ...] = ()
    moved: str = ""
    moved_way: Link | None = None
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: its sentence, where it stands and what became of it."""

    severity: Severity
    message: str
    where: str = ""
    anchor: str = ""
    url: str = ""
    state: Mark | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, first: the head finding in words and bars, then the next ones.

    `rest` are the other findings, for paper alone. `decision` says which figure is used meanwhile.
    `n_errors` and `n_warnings` count all findings, also those behind `all_url`. No findings at all:
    leave `head` None and `lines` empty, and put in `checked` what was checked ("11 đơn vị, 22 tỷ lệ
    in sẵn"), or, with `is_checked` False, that no table of these figures was. `origins` lead to
    the units of the other era of which some findings speak.
    """

    n_errors: int
    n_warnings: int
    lines: tuple[FindingLine, ...] = ()
    rest: tuple[FindingLine, ...] = ()
    head: FindingLine | None = None
    bars: tuple[Bar, ...] = ()
    bars_sentence: str = ""
    decision: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    all_url: str = ""
    checked: str = ""
    is_checked: bool = True
    origins: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast it has gone: a day, and where that would end.

    `low` to `high` holds the end four times out of five, told only where days differ much; shares
    are None where a target has no base. `notes` say what makes the forecast less sure.
    """

    per_day: int
    ends_at: int
    ends_share: Decimal | None
    words: str
    invented: bool = False
    low: int | None = None
    high: int | None = None
    low_share: Decimal | None = None
    high_share: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetCard:
    """A target with its base, due date and origin, and what it still asks for.

    `history` are the figures so far, oldest first, the last one is today's. Without `pace` the card
    says why in `no_pace`. `wanted_share` is None where a number is asked,
    `needed_per_day` where no day is left.
    """

    title: str
    history: tuple[tuple[date, int], ...]
    due_on: date
    wanted: int
    wanted_share: Decimal | None
    gap: int
    days_left: int
    needed_per_day: int | None
    pace: Pace | None = None
    no_pace: str = ""
    verdict: Mark | None = None
    origin: Link | None = None
    change_base: Link | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class OtherTarget:
    """The target of a unit of the other era: told beside, never as that of the unit shown."""

    unit: Link
    title: str
    origin: str
    invented: bool = False


@dataclass(frozen=True, slots=True)
class TrendCard:
    """The unit's own figures by date, oldest first; shown where there is no target."""

    title: str
    points: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number comes from: as of when, known since when, from whom."""

    label: str
    as_of: date | datetime
    known_at: datetime
    source: Link
    note: str = ""


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
class EmptyState:
    """What will be here, who fills it, and the one button."""

    title: str
    body: str
    action: Action | None = None
    icon: str = "chart-bar"


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
    """

    people: str
    phones: str
    points: str
    premises: str
    at: datetime
    notes: tuple[str, ...]
    url: str
    premises_url: str = ""


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
