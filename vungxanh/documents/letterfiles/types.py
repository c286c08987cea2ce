"""What is read from the file of a letter, and what a reader of pictures must be able to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from vungxanh.refusals import Words


class Kind(StrEnum):
    """How the letter came: `SCAN` where at least one page was read from a picture."""

    TXT = "txt"
    DOCX = "docx"
    PDF = "pdf"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class LetterText:
    r"""The text of a letter as read, lines ended by "\n", in NFC, without invisible signs.

    A row of a table is one line, its cells parted by TAB. A paragraph of a DOCX is one line with a
    blank line after it; lines of a PDF or a picture are the lines of the page. `n_pages` is None
    where a file has no pages of its own (TXT, DOCX); `encoding` names the character set of a TXT
    and the legacy set ("tcvn3", "vni") that was converted, wherever it stood; `warnings` are what
    a person should know about how it was read.
    """

    text: str
    kind: Kind
    n_pages: int | None = None
    encoding: str | None = None
    warnings: tuple[Words, ...] = ()

    @property
    def was_scanned(self) -> bool:
        """Whether a machine read letters from a picture."""
        return self.kind is Kind.SCAN


@dataclass(frozen=True, slots=True)
class Picture:
    """Pages as an image file: `ending` is "pgm", "png", "jpg" or "tif"; only "tif" may hold many.

    `dpi` is None where the file itself should say it.
    """

    content: bytes
    ending: str
    dpi: int | None = None


class Ocr(Protocol):
    """A machine that reads Vietnamese letters from pictures."""

    def read(self, picture: Picture) -> str:
        """The words of the pages of a picture and where they stand, as Tesseract's TSV.

        Raises `LetterFileError` with `letters.ocr_failed` or `letters.ocr_slow`.
        """
