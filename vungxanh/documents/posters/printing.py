"""Posters as PDF: Typst sets them, one document for each entrance, a sheet for each copy.

As in `documents.pdf`, words reach Typst as data only and system fonts are ignored, so the same
content gives the same bytes on every machine. PDF/A-2a: fonts embedded, the code has words too.
"""

import datetime as dt
import json
import threading
from functools import cache
from pathlib import Path
from typing import Final, cast

import msgspec
import typst
from msgspec.structs import replace

from vungxanh.documents.faces import replacements
from vungxanh.documents.pdf import FONTS as DOCUMENT_FONTS
from vungxanh.documents.pdf import STANDARDS, FontsMissingError
from vungxanh.documents.posters.codes import drawing, modules
from vungxanh.documents.posters.content import Form, Poster
from vungxanh.documents.posters.words import Printed, printed

TEMPLATES: Final = Path(__file__).parent / "templates"
FONTS: Final = DOCUMENT_FONTS / "posters"
"""Where the front-end build puts Be Vietnam Pro (OFL)."""
_WIDEST: Final = "W"  # of the alphabet of short codes
_ANY: Final = 57  # modules of a code that is not drawn
_NO_DRAWING: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'


class PosterPress:
    """A compiler that keeps its fonts and templates; threads wait for each other."""

    def __init__(self, fonts: Path) -> None:
        self._turn = threading.Lock()
        self._scales: dict[tuple[str, ...], float] = {}
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
        made_at = dt.datetime.combine(poster.issued_on, dt.time(), dt.UTC)
        with self._turn:
            sheet = replace(sheet, scale=self._scale(poster, form))
            return self._set(sheet, drawing(found), made_at)

    def _scale(self, poster: Poster, form: Form) -> float:
        """How large the words below the code are: asked once for all points of a site.

        Asked with a code of the widest letters, so that every other one fits as well.
        """
        widest = _with_the_widest_code(poster)
        base, mark = widest.url.partition("#")[0], str(poster.is_invented)
        key = (form, poster.language, base, str(poster.copies), mark)
        if key not in self._scales:
            sheet = printed(widest, form, n_modules=_ANY)
            self._set(sheet, _NO_DRAWING, None)
            found = json.loads(self._compiler.query("<scale>", field="value"))
            self._scales[key] = min(found, default=1.0)
        return self._scales[key]

    def _set(self, sheet: Printed, code: str, made_at: dt.datetime | None) -> bytes:
        content = msgspec.json.encode(sheet).decode().translate(self._shown)
        made = self._compiler.compile(
            format="pdf",
            sys_inputs={"poster": content, "code": code},
            pdf_standards=list(STANDARDS),
            timestamp=made_at,
        )
        return cast("bytes", made)


def _with_the_widest_code(poster: Poster) -> Poster:
    plain = poster.code.replace("-", "")
    shown = "".join("-" if one == "-" else _WIDEST for one in poster.code)
    base = poster.url.partition("#")[0].replace(plain, _WIDEST * len(plain))
    return replace(poster, code=shown, url=base)


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
