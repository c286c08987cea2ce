"""What a reading of a letter holds: schema `letter/1`, each item with its place in the text.

All values are frozen. What the letter does not say is None; what was inferred names its evidence.
`span` is [start, end) in `Reading.text`. Days are ISO dates, moments ISO with +07:00.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from vungxanh.engines.letters.passages import Span
from vungxanh.refusals import RefusalError, Words

SCHEMA = "letter/1"
Number = int | Decimal


class LetterError(RefusalError):
    """A text that cannot be read as a letter at all."""


class DeadlineType(StrEnum):
    """How a deadline binds; see the specification of each in `deadlines`."""

    NONE = "none"
    UNSPECIFIED = "unspecified"  # "theo quy định"
    IMMEDIATE = "immediate"  # "ngay"
    BEFORE = "before"  # the moment itself is too late
    BY = "by"  # the moment itself is in time
    UNTIL = "until"  # from `start` to the end of a day
    RECURRING = "recurring"


class Frequency(StrEnum):
    """How often a recurring order returns."""

    DAILY = "daily"
    PERIODIC = "periodic"  # weekly, monthly, "định kỳ"
    CONTINUOUS = "continuous"  # "thường xuyên, liên tục"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The rhythm of an order: before which time, at least how often, until when.

    `min_times` is a number, or the letter's words where it gives none ("nhiều lần").
    """

    freq: Frequency
    before_time: str | None = None
    min_times: int | str | None = None
    until: str | None = None
    every: str | None = None  # "thứ Sáu hằng tuần": the letter's words for a periodic rhythm


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an order is due. `text` quotes the letter; `evidence` says where a year came from."""

    type: DeadlineType = DeadlineType.NONE
    value: str | None = None
    exclusive: bool | None = None
    start: str | None = None
    recurrence: Recurrence | None = None
    text: str | None = None
    span: Span | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody the letter names, in its own words."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """The head of the letter; `spans` says where each field was read."""

    type: str | None = None
    number: str | None = None
    number_seq: str | None = None
    symbol: str | None = None
    symbol_evidence: str | None = None
    parent_agency: str | None = None
    issuing_agency: str | None = None
    agency_evidence: str | None = None
    place: str | None = None
    tree: str | None = None  # whose units its names were read as; None where nobody told of any
    province: str | None = None  # ids in that tree, "vn-2025:52"
    unit: str | None = None  # the lowest known unit of the sender
    province_gso_2021: str | None = None  # codes, of letters read in the tree of 2021
    district_gso_2021: str | None = None
    date: str | None = None
    date_partial: str | None = None
    date_not_before: str | None = None
    date_not_after: str | None = None
    date_evidence: str | None = None
    subject: str | None = None
    subject_inferred: str | None = None
    urgency: str | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A document the letter rests on or mentions."""

    number: str | None
    date: str | None
    issuer: str | None
    type: str
    subject: str | None
    role: str  # basis: the letter carries it out; mention: it only speaks of it
    span: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that the text states as being so at `as_of`.

    `denominator` are the words of the base as written; `approximate` the word that blurs the
    figure ("hơn", "gần"); `suspect` is set where the letter's own figures speak against it.
    """

    metric: str
    value: Number
    unit: str
    locality: str | None
    as_of: str | None
    denominator: str | None
    text: str
    span: Span
    suspect: bool = False
    approximate: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CampaignTarget:
    """A goal for the whole locality. Without a base `denominator` is None, never filled in."""

    metric: str
    value: Number
    unit: str
    denominator: str | None
    due: str | None
    scope: str | None
    text: str
    span: Span
    due_evidence: str | None = None


@dataclass(frozen=True, slots=True)
class TaskTarget:
    """How much is asked of an order's own people, or how often."""

    value: Number
    unit: str
    of: str | None
    operator: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """One order: who, what in the letter's words, by when, how much."""

    id: str
    section: str | None
    assignee: tuple[str, ...]
    assignee_spans: tuple[Span, ...]
    action: str
    span: Span
    deadline: Deadline
    target: TaskTarget | None
    modality: str | None
    deliver_to: str | None = None
    form: str | None = None
    indirect: str | None = None  # through whom: "chỉ đạo các trường"
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of Nơi nhận, and what for."""

    name: str
    purpose: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs by what authority."""

    authority: str | None = None
    role: str | None = None
    name: str | None = None
    span: Span | None = None


CellValue = int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table of the letter or its annex. `rows` hold numbers where a cell is one, else words.

    `columns` are the printed heads, `elements` what each counts (None: nothing known). With
    units known, a column "gso_2021" or "gso_2025" of their codes stands after their names;
    `candidates` holds the ids of the units that a name without a code may mean.
    """

    title: str | None
    as_of: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    span: Span
    elements: tuple[str | None, ...] = ()
    total_row_present: bool = False
    computed_totals: Mapping[str, Number] = field(default_factory=dict)
    is_blank_form: bool = False
    filled_by: str | None = None
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number, e-mail address or page, and what the letter says it is for."""

    kind: str  # phone, email, url
    value: str
    note: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trace: which rule read which words as what."""

    rule: str
    span: Span
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read; `text` is the text that every span points into."""

    text: str
    document: Document
    addressees: tuple[Named, ...] = ()
    citations: tuple[Citation, ...] = ()
    facts: tuple[Fact, ...] = ()
    campaign_targets: tuple[CampaignTarget, ...] = ()
    tasks: tuple[Task, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signer: Signer = Signer()
    tables: tuple[LetterTable, ...] = ()
    attachments: tuple[Named, ...] = ()
    contacts: tuple[Contact, ...] = ()
    warnings: tuple[Words, ...] = ()
    trace: tuple[Step, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The wire form `letter/1`: plain JSON values only."""
        wire = _wire(self)
        return {"schema": SCHEMA, **wire} if isinstance(wire, dict) else {}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that exists: `code` of the statistics office, `parent` the code of the unit above.

    `type_word` is lower case ("thành phố"), `name` stands without it.
    """

    code: str
    level: str
    name: str
    type_word: str
    parent: str | None = None


class Places(Protocol):
    """What the reader asks about the administrative units of one tree; it knows none by itself.

    Where a tree has no districts its communes answer in their stead.
    """

    @property
    def tree(self) -> str:
        """The tree that they are of; ids are written `tree:code`."""

    def province(self, name: str) -> Unit | None:
        """The province of this name, type word or not; None if none or several."""

    def district(self, name: str, province: str | None) -> Unit | None:
        """The district of this name, inside a province's code where one is given."""

    def communes(self, name: str, inside: str) -> tuple[Unit, ...]:
        """The communes of this name below the province or district of a code."""

    def by_code(self, code: str) -> Unit | None:
        """The unit of this code of the statistics office."""

    def in_address(self, letters: str) -> Unit | None:
        """The province whose name, run together without accents, is in an internet name."""


def _wire(value: object) -> object:
    if is_dataclass(value):
        return {f.name: _wire(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: _wire(item) for key, item in value.items()}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_wire(item) for item in value]
    return value
