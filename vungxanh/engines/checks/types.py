"""What the checks take and give: claims, history and known units in; tables and findings out.

All values are frozen. Counts are integers (null is unknown, zero is zero); shares are percent
as `Decimal` with the digits that were written; units are `tree:code` ("vn-2021:540").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from vungxanh.refusals import RefusalError, Words

MarkRole = Literal["groups", "decimal"]
Severity = Literal["error", "warning", "info"]
Role = Literal["unit", "name", "rank", "order", "count", "share", "as_of", "note", "other"]
AsOf = date | datetime

ELEMENTS = (
    "installs",
    "bluezone_with_phone",
    "population",
    "adults",
    "smartphones",
    "subscriptions",
    "points_registered",
    "points_active",
    "scans",
    "people_scanned",
    "declarations",
)
# What a share is taken of; the first that a table has is the usual one.
BASES = ("population", "adults", "smartphones", "subscriptions")
# What a printed share may be taken of: points count over points, users over the rest.
SHARE_BASES = (*BASES, "points_registered")
# People or phones counted once, so that they can never exceed a base.
USERS = ("bluezone_with_phone", "installs")


class CheckError(RefusalError):
    """A table or claims that cannot be taken in at all; what can is judged by findings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or remark: what was claimed, what was found, what was expected, and where.

    `where` is in the words of the document ("dòng 4, cột C", "đoạn mở đầu"); `span` are
    character offsets where the text is known; `rule` names the rule that found it.
    """

    code: str
    severity: Severity
    where: str
    message: Words
    rule: str = ""
    claim: str | None = None
    found: str | None = None
    expected: str | None = None
    span: tuple[int, int] | None = None
    unit: str | None = None
    element: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The wire form of the stable surface; `span` only where there is one."""
        wire: dict[str, object] = {
            "code": self.code,
            "severity": self.severity,
            "where": self.where,
            "claim": self.claim,
            "found": self.found,
            "expected": self.expected,
            "message": self.message.as_dict(),
        }
        if self.span is not None:
            wire["span"] = list(self.span)
        return wire


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that a text states: a count, a share of a base, a rank, or only a time.

    `base_as_written` are the letter's words; `base` the element they mean (None: not said);
    `base_value` the written denominator of "x/y".
    """

    where: str
    element: str
    quote: str = ""
    unit: str | None = None
    value: int | None = None
    share_percent: Decimal | None = None
    base_as_written: str | None = None
    base: str | None = None
    base_value: int | None = None
    rank: int | None = None
    of: int | None = None
    as_of: AsOf | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An earlier published figure: history, for counters that must not fall and for base years."""

    unit: str
    element: str
    value: int
    as_of: AsOf
    source: str = ""


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """An administrative unit that exists: its identifier, full name, and parent where known."""

    id: str
    name: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table (position from 1) and what its head says it holds.

    A count has its `element`. A share has a `numerator` and a `base` (None: the head does not
    say); a rank may name its key in the same two fields.
    """

    position: int
    head: str
    role: Role
    element: str | None = None
    numerator: str | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """A share in percent that the table prints, with the decimals it was written with."""

    percent: Decimal
    decimals: int
    numerator: str | None
    base: str | None
    row: int
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's line. `counts` holds only what is written: an absent element is unknown.

    `unit` is `tree:code` when written so; `code` a bare code; `number` the grid row from 1;
    `note` are the words of its column of remarks.
    """

    number: int
    name: str = ""
    unit: str | None = None
    code: str | None = None
    rank: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    shares: tuple[PrintedShare, ...] = ()
    as_of: AsOf | None = None
    note: str = ""

    @property
    def zeros(self) -> tuple[str, ...]:
        """The elements that are written as zero, in the order of their columns."""
        return tuple(element for element, count in self.counts.items() if count == 0)

    @property
    def key(self) -> str:
        """What tells this line from others: the identifier, else the code, else the name."""
        return self.unit or self.code or self.name


@dataclass(frozen=True, slots=True)
class Mark:
    """One use of a separator: `sign` groups thousands or marks decimals, as in `text`."""

    role: MarkRole
    sign: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised table: columns, one row per unit, total rows apart, and how it was written.

    `findings` are what recognition itself saw (unreadable numbers, mixed number formats);
    `marks` are the first uses of each separator, as evidence of number formats.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    title: str = ""
    as_of: AsOf | None = None
    head_rows: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def elements(self) -> tuple[str, ...]:
        """The counted elements in the order of their columns, each once."""
        counted = (c.element for c in self.columns if c.role == "count" and c.element)
        return tuple(dict.fromkeys(counted))

    def missing_of(self, row: Row) -> tuple[str, ...]:
        """The elements of the table that a line leaves unknown; those of `row.zeros` are none."""
        return tuple(element for element in self.elements if element not in row.counts)

    def column_of(self, element: str) -> Column | None:
        """The first column that counts `element`."""
        return next((c for c in self.columns if c.role == "count" and c.element == element), None)
