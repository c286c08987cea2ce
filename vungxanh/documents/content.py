"""Finished content of an official document, before it becomes PDF, DOCX, XLSX or CSV.

Every writer of this room takes the same frozen content and prints it through `printed`, so the
formats cannot differ. Content is finished: nothing here is looked up, recomputed or translated.
It freezes to JSON (`freeze`), reads back strictly (`thaw`) and has a check code of its figures.
Layout after Decree 30/2020/NĐ-CP, appendices I and III.
"""

import datetime as dt
import hashlib
from decimal import Decimal
from enum import StrEnum
from typing import Final

import msgspec

FORM: Final = 1
"""Version of this form; raised when frozen content of an older form could not be read back."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Anything that is part of a document: immutable, compared by value."""


class Text(Part, frozen=True, tag="text"):
    """Words in a cell. `mark` refers to a footnote."""

    text: str
    mark: str = ""


class Count(Part, frozen=True, tag="count"):
    """A whole number in a cell; None means not known and is never printed as 0."""

    value: int | None
    mark: str = ""


class Share(Part, frozen=True, tag="share"):
    """A share in per cent, printed with two decimals and without sign."""

    percent: Decimal | None
    mark: str = ""


class Points(Part, frozen=True, tag="points"):
    """A difference of two shares in percentage points, signed."""

    value: Decimal | None
    mark: str = ""


class Day(Part, frozen=True, tag="day"):
    """A calendar day in a cell."""

    on: dt.date | None
    mark: str = ""


class Change(Part, frozen=True, tag="change"):
    """A change of a count, signed."""

    value: int | None
    mark: str = ""


Cell = Text | Count | Share | Points | Day | Change


class Align(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Column(Part, frozen=True):
    """One column: its head, and how it follows from others ("(3)/(4)", by column numbers).

    `width_mm` 0 lets the column share what the others leave.
    """

    head: str
    align: Align = Align.RIGHT
    formula: str = ""
    width_mm: int = 0


class ShapeError(ValueError):
    """Content that contradicts itself: a mistake of the room that made it, not of a person."""

    def __init__(self, row: int, columns: int, found: int) -> None:
        super().__init__(f"row {row} has {found} cells under {columns} columns")


class Table(Part, frozen=True):
    """Rows under numbered columns, and the row of the whole."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    caption: str = ""
    numbered: bool = True

    def __post_init__(self) -> None:
        """Refuse a table whose rows do not fit its columns."""
        for place, row in enumerate(self.all_rows, 1):
            if len(row) != len(self.columns) or not row:
                raise ShapeError(place, len(self.columns), len(row))

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Rows and, when there is one, the row of the whole."""
        return self.rows if self.total is None else (*self.rows, self.total)


class Footnote(Part, frozen=True):
    """What a mark in a table refers to."""

    mark: str
    text: str


class Letterhead(Part, frozen=True):
    """The issuing agency under its parent; the head of state words is added by the printer."""

    agency: str
    parent: str = ""


class Serial(Part, frozen=True):
    """Number, symbol and day of a letter; what is not known stays blank for the clerk."""

    symbol: str
    number: int | None = None
    dated: dt.date | None = None
    year: int | None = None


class AttachedTo(Part, frozen=True):
    """The letter that an annex belongs to."""

    kind: str
    serial: Serial
    issuer: str


class AsOf(Part, frozen=True):
    """What the figures describe: a day, or an exact moment of it."""

    on: dt.date
    at: dt.time | None = None


class Stamp(Part, frozen=True):
    """The line of a frozen document: version, when it was made, by which software.

    `stamped` fills in the check code; `corrects` names the version that it replaces (0: none).
    """

    version: int
    made_at: dt.datetime
    check_code: str = ""
    software: str = ""
    corrects: int = 0

    def __post_init__(self) -> None:
        """Refuse a moment without offset."""
        if self.made_at.tzinfo is None:
            reason = "the moment of a stamp must know its offset"
            raise ValueError(reason)


class Authority(StrEnum):
    """Right to sign: for a body, for the head, by order, by delegation, acting (Decree 30)."""

    OWN = ""
    FOR_BODY = "TM."
    FOR_HEAD = "KT."
    BY_ORDER = "TL."
    BY_DELEGATION = "TUQ."
    ACTING = "Q."


class SigningLine(Part, frozen=True):
    """One line above a signature: "KT. GIÁM ĐỐC", then "PHÓ GIÁM ĐỐC" on its own authority."""

    post: str
    authority: Authority = Authority.OWN


class Signature(Part, frozen=True):
    """Who signs; the name may stay blank."""

    lines: tuple[SigningLine, ...]
    name: str = ""


class Recipient(Part, frozen=True):
    """Who gets the letter and why ("để b/c"); the filing line is one more recipient."""

    who: str
    purpose: str = ""


class Paragraph(Part, frozen=True, tag="paragraph"):
    """A paragraph of a letter; a strong one is a heading."""

    text: str
    strong: bool = False


class Annex(Part, frozen=True, tag="annex"):
    """An annex table: on its own page of a letter, or alone under its own letterhead.

    `running` stands at the foot of every page: whose copy it is, of when, with which number.
    """

    title: tuple[str, ...]
    tables: tuple[Table, ...]
    label: str = "Phụ lục"
    letterhead: Letterhead | None = None
    attached_to: AttachedTo | None = None
    as_of: AsOf | None = None
    units: str = ""
    sorted_by: str = ""
    selection: str = ""
    footnotes: tuple[Footnote, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""
    stamp: Stamp | None = None
    signature: Signature | None = None
    recipients: tuple[Recipient, ...] = ()
    draft: str = ""
    landscape: bool = False
    language: str = "vi"
    running: str = ""


class Urgency(StrEnum):
    """Stamps of urgency (Decree 30)."""

    NONE = ""
    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    EXPRESS = "HỎA TỐC"


class Letter(Part, frozen=True, tag="letter"):
    """An official letter (công văn), or a named document when `kind` says so ("Báo cáo")."""

    letterhead: Letterhead
    serial: Serial
    place: str
    subject: str
    body: tuple[Paragraph, ...]
    signature: Signature
    kind: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    annexes: tuple[Annex, ...] = ()
    urgency: Urgency = Urgency.NONE
    stamp: Stamp | None = None
    draft: str = ""
    language: str = "vi"


Document = Annex | Letter

_DECODER: Final[msgspec.json.Decoder[Document]] = msgspec.json.Decoder(Document)


def freeze(document: Document) -> bytes:
    """The document as JSON; equal content gives equal bytes."""
    return msgspec.json.encode(document)


def thaw(frozen: bytes) -> Document:
    """The document that was frozen; raises `msgspec.ValidationError` for anything else."""
    return _DECODER.decode(frozen)


def check_code(document: Document) -> str:
    """Eight hex digits of the SHA-256 of the content without its stamp ("7F3A-91C4").

    A person compares it between paper and screen; the full digest is for machines.
    """
    head = digest(document)[:8].upper()
    return f"{head[:4]}-{head[4:]}"


def digest(document: Document) -> str:
    """SHA-256 of the content without its stamp, in hex: what `stamped` protects."""
    bare = msgspec.structs.replace(document, stamp=None)
    return hashlib.sha256(b"%d\n" % FORM + freeze(bare)).hexdigest()


def stamped(document: Document, stamp: Stamp) -> Document:
    """The document with a stamp that carries its own check code."""
    own = msgspec.structs.replace(stamp, check_code=check_code(document))
    return msgspec.structs.replace(document, stamp=own)
