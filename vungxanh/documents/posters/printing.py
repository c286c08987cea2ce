"""Posters as PDF: Typst sets them, one document for each entrance, a sheet for each copy.

As in `documents.pdf`, words reach Typst as data only and system fonts are ignored, so the same
content gives the same bytes on every machine. PDF/A-2a: fonts embedded, the code has words too.
"""

import datetime as dt
import threading
from functools import cache
from pathlib import Path
from typing import Final, cast

import msgspec
import typst

from vungxanh.documents.faces import replacements
from vungxanh.documents.pdf import FONTS as DOCUMENT_FONTS
from vungxanh.documents.pdf import STANDARDS, FontsMissingError
from vungxanh.documents.posters.codes import drawing, modules
from vungxanh.documents.posters.content import Form, Poster
from vungxanh.documents.posters.words import printed

TEMPLATES: Final = Path(__file__).parent / "templates"
FONTS: Final = DOCUMENT_FONTS / "posters"
"""Where the front-end build puts Be Vietnam Pro (OFL)."""


class PosterPress:
    """A compiler that keeps its fonts and templates; threads wait for each other."""

    def __init__(self, fonts: Path) -> None:
        self._turn = threading.Lock()
        self._shown = replacements(fonts)
        self._compiler = typst.Compiler(
            input=str(TEMPLATES / "poster.typ"),
            root=str(TEMPLATES),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
        )

    def print(self, poster: Poster, form: Form) -> bytes:
        """The PDF of a poster."""
        found = modules(poster.url)
        sheet = printed(poster, form, n_modules=len(found))
        content = msgspec.json.encode(sheet).decode().translate(self._shown)
        inputs = {"poster": content, "code": drawing(found)}
        made_at = dt.datetime.combine(poster.issued_on, dt.time(), dt.UTC)
        with self._turn:
            made = self._compiler.compile(
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=list(STANDARDS),
                timestamp=made_at,
            )
        return cast("bytes", made)


def write_poster(poster: Poster, form: Form, *, fonts: Path = FONTS) -> bytes:
    """The PDF of a poster; equal content gives equal bytes.

    Refuses with `documents.fonts_missing` when the fonts have not been built.
    """
    return press(fonts).print(poster, form)


@cache
def press(fonts: Path = FONTS) -> PosterPress:
    """The one press of this process for these fonts."""
    if not any(fonts.glob("*.ttf")):
        raise FontsMissingError
    return PosterPress(fonts)
