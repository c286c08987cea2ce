"""How large a stranger's letter may be: far above any letter, far below what hurts."""

from dataclasses import dataclass
from typing import Final

_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, each checked before the memory or time that it guards is used."""

    file_bytes: int = 20 * _MEGABYTE
    characters: int = 2_000_000
    pages: int = 100
    scanned_pages: int = 20  # a machine needs some seconds for each
    page_pixels: int = 60_000_000  # of a picture that comes as such; A3 at 400 dpi has 31 million
    drawn_pixels: int = 18_000_000  # of a page of a PDF; A3 at 300 dpi has 17 million
    page_objects: int = 50_000  # lines, pictures and pieces of text on a page of a PDF
    page_words: int = 20_000
    pdf_unpacked_bytes: int = 400 * _MEGABYTE  # a coloured page at 300 dpi unpacks to 26 MB
    pdf_drawing_bytes: int = 8 * _MEGABYTE
    parts: int = 2_000
    unpacked_bytes: int = 40 * _MEGABYTE
    xml_elements: int = 600_000
    xml_depth: int = 150
    table_cells: int = 200_000


LIMITS: Final = Limits()
