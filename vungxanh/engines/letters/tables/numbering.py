"""Rows that only number the columns, as official heads have them."""

import re
from typing import Final

from vungxanh.engines.letters.tables.types import RawRow

_NUMBERING: Final = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(\s*=.*)?")


def is_numbering(row: RawRow) -> bool:
    """Whether a row only numbers the columns: A, B, 1, 2, 3 = 2/1."""
    texts = [cell.text for cell in row if cell.text]
    marks = [_NUMBERING.fullmatch(text) for text in texts]
    if len(marks) < 2 or not all(marks):
        return False
    written = [mark.group(1) for mark in marks if mark]
    numbers = [int(mark) for mark in written if mark.isdecimal()]
    letters = [mark for mark in written if not mark.isdecimal()]
    is_counted = numbers == list(range(1, len(numbers) + 1))
    return is_counted and len(letters) + len(numbers) == len(texts) and len(letters) < 3
