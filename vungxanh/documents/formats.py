"""The formats that a document is written in."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from vungxanh.documents import delimited, docx, pdf, xlsx
from vungxanh.documents.content import Document
from vungxanh.documents.made import MadeFile

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class Format(StrEnum):
    """A format, by the ending of its files; in the order in which they are offered."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """What HTTP calls it."""
        return _MEDIA_TYPES[self.value]


SHEETS: Final = (Format.XLSX, Format.CSV)
"""The formats of tables to reckon with."""


def write(document: Document, form: Format, *, fonts: Path = pdf.FONTS) -> bytes:
    """A document in one format; equal content gives equal bytes.

    Refuses with `documents.no_table` a sheet of a letter without tables and with
    `documents.fonts_missing` a PDF before the fonts are built.
    """
    match form:
        case Format.PDF:
            return pdf.write(document, fonts=fonts)
        case Format.DOCX:
            return docx.write(document)
        case Format.XLSX:
            return xlsx.write(document)
        case Format.CSV:
            return delimited.write(document)


def made_file(document: Document, form: Format, stem: str) -> MadeFile:
    """A document in one format, named by a stem in plain ASCII and the format's ending."""
    return MadeFile(write(document, form), form.media_type, f"{stem}.{form}")
