"""What the room's pages show, finished: templates place it and decide nothing.

Words are already in the reader's language, moments and numbers are written.
"""

from dataclasses import dataclass
from typing import Literal

from vungxanh.core.shown import Choice, Mark

LONG_TITLE = 150  # letters
MarkKind = Literal["who", "act", "due", "tgt", "to", "fig", "cite", "head", ""]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring letters of the text under the same mark.

    `keys` are the items that it belongs to, `label` their number above the line, `anchor` the
    name of the first run of an item.
    """

    text: str
    kind: MarkKind = ""
    keys: tuple[str, ...] = ()
    label: str = ""
    anchor: str = ""

    @property
    def key(self) -> str:
        """The item that a press on the mark leads to."""
        return self.keys[0] if self.keys else ""

    @property
    def all_keys(self) -> str:
        """For the script: every item of the run."""
        return " ".join(self.keys)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the letter; `at` is where it begins in the text."""

    runs: tuple[Run, ...]
    at: int
    is_flush: bool = False
    is_heading: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether anything but a citation was read here."""
        return any(run.kind not in {"", "cite"} for run in self.runs)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs shown, or folded under a summary."""

    paragraphs: tuple[Paragraph, ...]
    summary: str = ""
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Which rule read which words as what."""

    rule: str
    says: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line under a card's title: icon, words, and the letter's own words beside."""

    icon: str
    words: str
    raw: str = ""
    is_strong: bool = False
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One item as a card: what it says, its state, what is doubtful, what may be done.

    `goal_url` is where a target is made of it.
    """

    key: str
    label: str
    title: str
    state: str
    version: int
    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    hints: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    anchor: str = ""
    is_current: bool = False
    is_editing: bool = False
    is_plain: bool = False
    group: str = ""
    goal_url: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything about it yet."""
        return self.state == "draft"

    @property
    def is_long(self) -> bool:
        """Whether only the first lines of the title are shown until the card is chosen."""
        return len(self.title) > LONG_TITLE

    @property
    def is_dropped(self) -> bool:
        """Whether somebody said that it is none."""
        return self.state == "dropped"


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards under a heading (a day, a body) or folded under a summary."""

    cards: tuple[Card, ...]
    title: str = ""
    summary: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadFact:
    """A fact of the letter's head: what it says, and a chip where it is missing or inferred."""

    label: str
    words: str
    mark: Mark | None = None
    evidence: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind: figures, goals, citations, recipients."""

    name: str
    title: str
    cards: tuple[Card, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of the letter; `hints` say which names may mean several units."""

    key: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    n_more: int = 0
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingView:
    """What is wrong with the letter's own figures."""

    severity: str
    message: str
    where: str
    code: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: what, on what, who, when, from what to what, and whether it can be undone."""

    number: int
    words: str
    about: str
    at: str
    by: str
    by_url: str
    differences: tuple[tuple[str, str, str], ...]
    is_undone: bool = False
    may_undo: bool = False
    is_recent: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the orders of a letter are: dropped ones are left out."""

    n_tasks: int
    n_confirmed: int
    n_doubtful: int
    n_clear: int
    n_deadlines: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong in the letter's own figures, the worst first.

    `is_stale` says that people changed figures after they were checked.
    """

    shown: tuple[FindingView, ...]
    worst: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """How the letter came: its file, when, and by what it was read."""

    has_file: bool
    file_name: str
    received: str
    reader: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The page of one letter."""

    id: str
    title: str
    crumb: str
    head: tuple[HeadFact, ...]
    head_card: Card
    stretches: tuple[Stretch, ...]
    progress: Progress
    groups: tuple[CardGroup, ...]
    orders: tuple[Choice, ...]
    sections: tuple[Section, ...]
    tables: tuple[TableView, ...]
    found: Findings
    origin: Origin
    warnings: tuple[str, ...]
    others: tuple[tuple[str, str], ...] = ()
    n_changes: int = 0
    last_change: ChangeView | None = None
    may_edit: bool = False
    is_kept: bool = False
    order: str = ""
    part_of: str = ""
    era: str = ""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter in the list; `part` says that only a part of its unit is the reader's."""

    id: str
    title: str
    symbol: str
    agency: str
    dated: str
    unit: str
    state: Mark
    received: str
    n_tasks: int
    n_open: int
    n_deadlines: int
    n_findings: int
    due: str
    is_read: bool
    part: Mark | None = None
