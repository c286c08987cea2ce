"""The entrance: bytes or pasted text to a grid, by what the bytes are, never by the name alone."""

from dataclasses import replace
from typing import Final

from vungxanh.documents.grids.archive import Archive
from vungxanh.documents.grids.cells import Cell, Grid
from vungxanh.documents.grids.limits import LIMITS, Limits
from vungxanh.documents.grids.oldletters import of_text, was_converted
from vungxanh.documents.grids.opendocument import is_opendocument, sheet_of
from vungxanh.documents.grids.refusals import Reason, refused, too_large
from vungxanh.documents.grids.text import checked, decode, split
from vungxanh.documents.grids.typed import cell_of
from vungxanh.documents.grids.workbook import grid_of_archive, spread_cells
from vungxanh.refusals import Words

_ZIP: Final = b"PK"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# Beginnings of files that are surely no table: PDF, pictures, archives, programs, RTF.
_OTHERS: Final = (
    *(b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf"),
    *(b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ\x90"),
)


def read_grid(content: bytes, *, name: str, limits: Limits = LIMITS) -> Grid:
    """The table in a file, or `GridError` with one sentence; nothing else is ever raised."""
    told = text_of_bytes(content, limits)
    if told is None:
        archive = Archive(content, limits)
        make = grid_of_opendocument if is_opendocument(archive) else grid_of_archive
        return make(archive, name=name, limits=limits)
    text, encoding, warnings = told
    grid = _grid(text, name=name, kind="csv", encoding=encoding, limits=limits)
    return replace(grid, warnings=warnings)


def text_of_bytes(
    content: bytes, limits: Limits
) -> tuple[str, str | None, tuple[Words, ...]] | None:
    """The text of a file, its encoding and what to know of it; None for a container."""
    if len(content) > limits.file_bytes:
        megabytes = limits.file_bytes // (1024 * 1024)
        raise too_large(Words("Tệp", "The file"), megabytes, Words("MB", "MB"))
    if not content.strip():
        raise refused(Reason.EMPTY)
    if content.startswith(_OLE):
        raise refused(Reason.LOCKED if _ENCRYPTED in content else Reason.OLD_EXCEL)
    if content.startswith(_ZIP):
        return None
    if content.startswith(_OTHERS):
        raise refused(Reason.NOT_A_TABLE)
    text, encoding, legacy = decode(content)
    return text, encoding, was_converted(legacy)


def grid_of_text(pasted: str, *, limits: Limits = LIMITS) -> Grid:
    """The table in text pasted from Excel (tabs between cells) or from a CSV file."""
    text, warnings = text_of_pasted(pasted, limits)
    grid = _grid(text, name="", kind="text", encoding=None, limits=limits)
    return replace(grid, warnings=warnings)


def text_of_pasted(pasted: str, limits: Limits) -> tuple[str, tuple[Words, ...]]:
    """Pasted text, and what to know of it."""
    if len(pasted) > limits.file_bytes:
        characters = limits.file_bytes
        raise too_large(Words("Phần dán", "The pasted text"), characters, Words("ký tự", "letters"))
    text, legacy = of_text(checked(pasted))
    return text, was_converted(legacy)


def _grid(text: str, *, name: str, kind: str, encoding: str | None, limits: Limits) -> Grid:
    records, separator = split(text, limits)
    while records and not records[-1]:
        records.pop()
    if not any(records):
        raise refused(Reason.EMPTY)
    rows = _rectangle(records, limits)
    return Grid(name=name, kind=kind, rows=rows, encoding=encoding, separator=separator)


def grid_of_opendocument(archive: Archive, *, name: str, limits: Limits) -> Grid:
    """The first visible sheet of a spreadsheet of OpenDocument that holds anything."""
    sheet = sheet_of(archive, lambda written: cell_of(written, limits), limits)
    written = dict(sheet.rows())
    width = max(cells[-1][0] for cells in written.values())
    rows = [[Cell(r, c) for c in range(1, width + 1)] for r in range(1, max(written) + 1)]
    for row, cells in written.items():
        for column, cell in cells:
            rows[row - 1][column - 1] = cell._replace(row=row)
    for area in sheet.merged:
        spread_cells(rows, area)
    kept = tuple(tuple(row) for row in rows)
    return Grid(name=name, kind="ods", rows=kept, sheet=sheet.title, warnings=sheet.warnings)


def _rectangle(records: list[list[str]], limits: Limits) -> tuple[tuple[Cell, ...], ...]:
    width = max(len(record) for record in records)
    if width * len(records) > limits.cells:
        raise too_large(Words("Bảng", "The table"), limits.cells, Words("ô", "cells"))
    return tuple(
        tuple(
            Cell(r, c, text, text or None)
            for c, text in enumerate(record + [""] * (width - len(record)), start=1)
        )
        for r, record in enumerate(records, start=1)
    )
