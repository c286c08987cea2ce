"""What stands above a table: its name, the day it speaks of, who fills it in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from vungxanh.engines.checks import CheckError
from vungxanh.engines.checks.dates import as_of_in
from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.vocabulary import (
    filler_of,
    is_attached,
    is_bare_designator,
    is_designator,
    is_genre,
    is_letter_part,
    is_moment,
    is_subtitle,
    opens_title,
)

_MOST_LINES: Final = 10
_FILLER_LINES: Final = 16
_LONGEST: Final = 400
_LONGEST_LINE: Final = 240
# A day at the end of a title: "ngày 26/5/2021", "(tính đến 17h00 ngày 26/5/2021)".
_DAY_AT_END: Final = re.compile(
    r"[\s,(–-]*(?:(?:số liệu|tính|cập nhật|thống kê)\s+)*(?:đến|vào|lúc|tại thời điểm)?\s*"
    r"(?:lúc\s*)?(?:\d{1,2}\s*(?:h|giờ|:)\s*\d{0,2}['’]?\s*(?:phút)?,?\s*)?(?:ngày\s+)?"
    r"\d{1,2}(?:\s*[/.-]\s*\d{1,2}\s*[/.-]\s*|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4}[\s).,;]*$",
    re.IGNORECASE,
)
_SLASH: Final = re.compile(r"\s*/\s*(?=\w)")
_STOPS: Final = (".", ";", ":", "./.")
_BULLET: Final = words(r"\s*([-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s")


@dataclass(frozen=True, slots=True)
class Title:
    """A title; `first` is its first line, or that of the head where there is none."""

    text: str | None
    as_of: str | None
    filled_by: str | None
    first: int


def title_above(lines: Sequence[Line], top: int, floor: int) -> Title:
    """The title over the line `top`; nothing above line `floor` is looked at."""
    taken = _title_lines(lines, top, floor)
    texts = [" ".join(line.text.replace("*", " ").split()).lstrip("# ") for line in taken]
    kept = _without_attachment(texts)
    dated = (" ".join(kept), *_unattached(texts))
    as_of = next((day for text in dated if (day := _day(text))), None)
    first = taken[0].number if taken else top
    return Title(
        _worded(kept), as_of, _filler(lines[max(floor, first - _FILLER_LINES) : top]), first
    )


def _title_lines(lines: Sequence[Line], top: int, floor: int) -> list[Line]:
    """From the line that names the table down to the head; empty if none names it."""
    taken: list[Line] = []
    start = None
    for line in reversed(lines[max(floor, top - 2 * _MOST_LINES) : top]):
        text = line.text.strip().strip("*# ")
        if len(taken) >= _MOST_LINES or _is_foreign(text, is_nearest=not taken):
            break
        taken.append(line)
        if is_designator(text):
            start = len(taken)
            break
        if opens_title(text):
            start = len(taken)
    return taken[:start][::-1] if start else []


def _is_foreign(text: str, *, is_nearest: bool) -> bool:
    """Whether a line cannot belong to a title."""
    if is_subtitle(text):
        return False
    if is_letter_part(text) or len(text) > _LONGEST_LINE or filler_of(text):
        return True
    ends = text.endswith(_STOPS) and not (is_nearest and is_designator(text))
    return ends or bool(_BULLET.match(text.lower()))


def _without_attachment(texts: Sequence[str]) -> list[str]:
    """The lines before "(Kèm theo Công văn số …)" and before what stands under a title."""
    kept = takewhile(lambda text: not is_attached(text) and not is_subtitle(text), texts)
    return list(kept)


def _unattached(texts: Sequence[str]) -> list[str]:
    """The lines that do not speak of the letter; "(Số liệu đến ngày …)" may stand under it."""
    return [text for text in texts if is_moment(text) or is_subtitle(text) or not is_attached(text)]


def _worded(texts: Sequence[str]) -> str | None:
    """The lines as one title: "Biểu mẫu số 1 - Thống kê …", without what only says "form"."""
    told = [text for text in texts if not is_genre(text)] or list(texts)
    head, rest = (told[0], told[1:]) if told and is_bare_designator(told[0]) else (None, told)
    body = _SLASH.sub("/", _DAY_AT_END.sub("", " ".join(rest)[:_LONGEST])).strip(" .:-–")
    return " - ".join(part for part in (head and head.strip(" .:-–"), body) if part) or None


def _day(text: str) -> str | None:
    try:
        found = as_of_in(text)
    except CheckError:
        return None
    return found.isoformat() if found else None


def _filler(above: Sequence[Line]) -> str | None:
    return next((who for line in reversed(above) if (who := filler_of(line.text))), None)
