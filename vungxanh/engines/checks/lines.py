"""What a line of the body is: a unit, a total, a note, or nothing."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from vungxanh.documents.grids import Cell
from vungxanh.engines.checks.headrows import Head
from vungxanh.engines.checks.numerals import is_blank, numeral
from vungxanh.engines.names import fold

LineKind = Literal["unit", "total", "note", "empty"]

_WHOLE: Final = r"(tinh|huyen|thanh pho|thi xa|quan|xa|phuong|thi tran|quoc|vung|tp|tx|bo|the)"
_TOTAL: Final = re.compile(
    rf"(toan {_WHOLE}( .*)?|ca nuoc|(grand |sub)?total( .*)?|sum"
    rf"|(chung |tong |tong cong |tong so |cong )?(tong|tong cong|tong so|cong|chung)"
    rf"( (toan|ca|chung|cua) .*)?)"
)
_NOTE: Final = re.compile(
    r"(ghi chu|nguon|luu y|chu thich|note|source|nguoi lap|nguoi bao cao|thu truong"
    r"|pho giam doc|giam doc|truong phong|noi nhan|ky ten)\b.*"
)
_LONG: Final = 80


def kind_of(row: Sequence[Cell], head: Head) -> LineKind:
    """The kind of a body line."""
    written = [cell for cell in row if cell.text and not cell.merged]
    if not written or _repeats(written, head):
        return "empty"
    title = title_of(row, head)
    folded = fold(title)
    if _TOTAL.fullmatch(folded):
        return "total"
    if _is_signed(row, head, folded):
        return "note"
    if _has_figure(row, head):
        return "unit"
    if not title or _NOTE.fullmatch(folded) or len(title) > _LONG:
        return "note"
    return "unit" if _is_listed(row, head) else "note"


def title_of(row: Sequence[Cell], head: Head) -> str:
    """The words of a line's left side: its name, or what stands in place of one."""
    places = [head.first(role) for role in ("name", "order", "unit")]
    texts = [row[column.position - 1].text for column in places if column is not None]
    return next((text for text in texts if text and not text.isdecimal()), "")


def _has_figure(row: Sequence[Cell], head: Head) -> bool:
    cells = (row[column.position - 1] for column in head.figures)
    return any(not is_blank(cell.text) and not cell.merged for cell in cells)


def _is_signed(row: Sequence[Cell], head: Head, folded: str) -> bool:
    """What stands under a table beside nobody's name: place and day, who signs."""
    if folded and not _NOTE.fullmatch(folded):
        return False
    marks = [c for role in ("unit", "order") if (c := head.first(role)) is not None]
    if not folded and any(row[column.position - 1].text for column in marks):
        return False
    return not any(numeral(row[c.position - 1].text) for c in head.figures)


def _is_listed(row: Sequence[Cell], head: Head) -> bool:
    """A line without figures is a unit only where its number or code stands beside its name."""
    marks = [column for column in (head.first("unit"), head.first("order")) if column is not None]
    texts = [row[column.position - 1].text for column in marks]
    return not marks or any(re.search(r"\d", text) for text in texts)


def _repeats(written: Sequence[Cell], head: Head) -> bool:
    return all(cell.text in head.columns[cell.column - 1].head for cell in written)
