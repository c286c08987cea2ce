"""Spreadsheets of OpenDocument for tests: written by hand, so that each may be wrong in one way."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

_SPACE: Final = "urn:oasis:names:tc:opendocument:xmlns"
NAMES: Final = " ".join(
    f'xmlns:{one}="{_SPACE}:{one}:1.0"' for one in ("office", "table", "text", "style")
)
MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet of words."""
    return raw_ods(table("".join(row(*map(words, line)) for line in rows)))


def raw_ods(
    tables: str,
    *,
    styles: str = "",
    before: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A container with exactly these tables; `before` stands before the first element."""
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"{before}<office:document-content {NAMES}>{styles}{body}</office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", MIME)
        for name, part in {"content.xml": content, **(parts or {})}.items():
            packed.writestr(name, part)
    return out.getvalue()


def table(rows: str, name: str = "Bảng", style: str = "") -> str:
    """One sheet."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(*cells: str, repeated: int = 1) -> str:
    """One row, or several equal ones."""
    inside = "".join(cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


def words(text: str) -> str:
    """A cell of words."""
    return (
        cell(f"<text:p>{escape(text)}</text:p>", 'office:value-type="string"') if text else cell()
    )


def cell(inside: str = "", attributes: str = "") -> str:
    """A cell with exactly these attributes."""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"
