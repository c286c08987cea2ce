"""How large a stranger's table may be. A commune table of the whole country fits four times."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, each checked before the memory it guards is used."""

    file_bytes: int = 10 * 1024 * 1024
    unpacked_bytes: int = 50 * 1024 * 1024
    parts: int = 2_000
    xml_elements: int = 1_500_000
    small_part_elements: int = 100_000
    rows: int = 50_000
    columns: int = 200
    cells: int = 500_000
    cell_characters: int = 2_000
    sheets: int = 50


LIMITS: Final = Limits()
