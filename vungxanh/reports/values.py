"""Frozen words of the room: reports, their files, and what the holder of a paper copy may learn."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.content import Annex, Document
from vungxanh.documents.formats import Format
from vungxanh.documents.letters import printed_letter
from vungxanh.documents.printed import (
    PrintedAnnex,
    PrintedColumn,
    PrintedLetter,
    PrintedTable,
)
from vungxanh.documents.vietnamese import VIETNAM


class ReportKind(StrEnum):
    """What a report is on paper: a table on its own, or a letter with its annexes."""

    ANNEX = "annex"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One kept file of a report."""

    format: Format
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list, and in the chain of what corrects it.

    `is_part` says that only a part of the unit, of the other era, is the reader's.
    `corrects_edition` and `corrected_by_edition` are editions of the same subject; None is neither.
    """

    id: UUID
    unit_id: str
    unit_name: str
    kind: ReportKind
    title: str
    edition: int
    as_of: datetime
    frozen_at: datetime
    check_code: str
    number: str
    numbered_on: date | None
    corrects_edition: int | None
    corrected_by_edition: int | None
    is_part: bool = False

    @property
    def as_of_on(self) -> date:
        """The day that the figures describe."""
        return self.as_of.astimezone(VIETNAM).date()

    @property
    def is_corrected(self) -> bool:
        """Whether a later edition stands in its place."""
        return self.corrected_by_edition is not None


@dataclass(frozen=True, slots=True)
class FrozenReport:
    """One report with everything that was frozen; `by` refers to who froze it.

    `chain` holds all editions of its subject, the newest first, this one among them.
    """

    line: ReportLine
    subject: str
    document: Document
    digest: str
    software: str
    by: str
    correction_reason: str
    files: tuple[FileLine, ...] = ()
    chain: tuple[ReportLine, ...] = ()

    @property
    def id(self) -> UUID:
        """The report's identifier."""
        return self.line.id

    @property
    def edition(self) -> int:
        """Which edition of its subject it is, from 1."""
        return self.line.edition

    @property
    def check_code(self) -> str:
        """What is printed on paper and typed back to compare."""
        return self.line.check_code


@dataclass(frozen=True, slots=True)
class ReportBytes:
    """One file as it leaves the house."""

    content: bytes
    format: Format
    name: str

    @property
    def media_type(self) -> str:
        """The content type of the file."""
        return self.format.media_type


@dataclass(frozen=True, slots=True)
class Verified:
    """What anyone with the paper may learn of it: nothing beyond these.

    `is_renewed` tells of a later edition that it took the place of this one without correcting it.
    """

    title: str
    as_of: datetime
    edition: int
    frozen_at: datetime
    corrected_by_edition: int | None
    corrected_at: datetime | None
    is_renewed: bool = False

    @property
    def as_of_on(self) -> date:
        """The day that the figures describe."""
        return self.as_of.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A printed cell: its words, its side ("left", "center", "right") and the head above it."""

    words: str
    side: str
    head: str


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A printed table of cells that know where they stand."""

    columns: tuple[PrintedColumn, ...]
    is_numbered: bool
    rows: tuple[tuple[PaperCell, ...], ...]
    total: tuple[PaperCell, ...]
    empty: str

    @classmethod
    def of(cls, table: PrintedTable) -> "PaperTable":
        """The same strings as in the PDF."""
        return cls(
            columns=table.columns,
            is_numbered=table.numbered,
            rows=tuple(_cells(row, table) for row in table.rows),
            total=_cells(table.total, table) if table.total else (),
            empty=table.empty,
        )


def _cells(row: tuple[str, ...], table: PrintedTable) -> tuple[PaperCell, ...]:
    pairs = zip(row, table.columns, strict=True)
    return tuple(PaperCell(words, column.align, column.head) for words, column in pairs)


@dataclass(frozen=True, slots=True)
class PaperAnnex:
    """A printed annex and its tables."""

    printed: PrintedAnnex
    tables: tuple[PaperTable, ...]

    @property
    def name(self) -> str:
        """Label and title in one line."""
        return " ".join(part for part in (self.printed.label, *self.printed.title) if part)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as printed strings, for a page that shows what the files hold."""

    letter: PrintedLetter | None
    annexes: tuple[PaperAnnex, ...]

    @classmethod
    def of(cls, document: Document) -> "Paper":
        """The same strings as in the PDF."""
        if isinstance(document, Annex):
            return cls(None, (_paper_annex(printed_annex(document)),))
        letter = printed_letter(document)
        return cls(letter, tuple(_paper_annex(annex) for annex in letter.annexes))


def _paper_annex(annex: PrintedAnnex) -> PaperAnnex:
    return PaperAnnex(annex, tuple(PaperTable.of(table) for table in annex.tables))
