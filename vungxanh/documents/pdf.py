"""PDF of a document: Typst sets it, from templates of this room and content as JSON.

Words reach Typst as data only (`sys.inputs`), never as template text, so nothing in them is ever
markup. System fonts are ignored: the same content gives the same bytes on every machine. The PDF is
PDF/A-2a: archival, tagged for screen readers, fonts embedded.
"""

import threading
from functools import cache
from pathlib import Path
from typing import Final, cast

import msgspec
import typst

from vungxanh.documents.about import About, about
from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.content import Annex, Document
from vungxanh.documents.faces import replacements
from vungxanh.documents.letters import printed_letter
from vungxanh.refusals import RefusalError, Words

ROOM: Final = Path(__file__).parent
FONTS: Final = ROOM / "fonts"
"""Where the front-end build puts Tinos (the measures of Times New Roman, OFL)."""
TEMPLATES: Final = ROOM / "templates"
STANDARDS: Final = ("a-2a",)


class FontsMissingError(RefusalError):
    """The front-end build has not put the document fonts in place."""

    def __init__(self) -> None:
        words = Words(
            "Chưa có phông chữ cho văn bản PDF: chạy `make setup` rồi thử lại.",
            "The fonts for PDF documents are missing: run `make setup` and try again.",
        )
        super().__init__("documents.fonts_missing", words)


class Press:
    """A compiler that keeps its fonts and templates; one page at a time.

    Typst's compiler must not be entered by two threads at once, and one page takes about 10 ms, so
    threads wait for each other instead of holding a compiler (and its fonts) each.
    """

    def __init__(self, fonts: Path) -> None:
        self._turn = threading.Lock()
        self._shown = replacements(fonts)
        self._compiler = typst.Compiler(
            input=str(TEMPLATES / "document.typ"),
            root=str(TEMPLATES),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
        )

    def print(self, document: Document) -> bytes:
        """The PDF of a document."""
        return self.print_form(about(document), _printed(document))

    def print_form(self, said: About, content: msgspec.Struct) -> bytes:
        """The PDF of what stands in the template of a form, with what the file says of itself."""
        inputs = {
            name: msgspec.json.encode(part).decode().translate(self._shown)
            for name, part in (("document", content), ("about", said))
        }
        with self._turn:
            made = self._compiler.compile(
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=list(STANDARDS),
                timestamp=said.made_at,
            )
        return cast("bytes", made)


def write(document: Document, *, fonts: Path = FONTS) -> bytes:
    """The PDF of a document; equal content gives equal bytes.

    Refuses with `documents.fonts_missing` when the fonts have not been built.
    """
    return press(fonts).print(document)


@cache
def press(fonts: Path) -> Press:
    """The one press of this process for these fonts."""
    if not any(fonts.glob("*.ttf")):
        raise FontsMissingError
    return Press(fonts)


def _printed(document: Document) -> msgspec.Struct:
    return printed_annex(document) if isinstance(document, Annex) else printed_letter(document)
