"""What a line of the body is: a unit, a total, a note, or nothing."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from vungxanh.documents.grids import Cell
from vungxanh.engines.checks.headrows import Head
from vungxanh.engines.checks.numerals import is_blank
from vungxanh.engines.names import fold

LineKind = Literal["unit", "total", "note", "empty"]

_WHOLE: Final = r"(tinh|huyen|thanh pho|thi xa|quan|xa|phuong|thi tran|quoc|vung|tp|tx|bo|the)"
_TOTAL: Final = re.compile(
    rf"(toan {_WHOLE}( .*)?|ca nuoc|(grand |sub)?total( .*)?|sum"
    rf"|(chung |tong |tong cong |tong so |cong )?(tong|tong cong|tong so|cong|chung)"
    rf"( (toan|ca|chung|cua) .*)?)"
)
_NOTE: Final = re.compile(
    r"(ghi chu|nguon|luu y|chu thich|note|source|nguoi lap|thu truong|giam doc|noi nhan)\b.*"
)
_LONG: Final = 80


def kind_of(row: Sequence[Cell], head: Head) -> LineKind:
    """The kind of a body line."""
    written = [cell for cell in row if cell.text and not cell.merged]
    if not written or _repeats(written, head):
        return "empty"
    title = title_of(row, head)
    if _TOTAL.fullmatch(fold(title)):
        return "total"
    if _has_figure(row, head):
        return "unit"
    if not title or _NOTE.fullmatch(fold(title)) or len(title) > _LONG:
        return "note"
    return "unit" if _is_listed(row, head) else "note"


def title_of(row: Sequence[Cell], head: Head) -> str:
    """The words of a line's left side: its name, or what stands in place of one."""
    places = [head.first(role) for role in ("name", "order", "unit")]
    texts = [row[column.position - 1].text for column in places if column is not None]
    return next((text for text in texts if text and not text.isdecimal()), "")


def _has_figure(row: Sequence[Cell], head: Head) -> bool:
    figures = [c for c in head.columns if c.role in ("count", "share", "rank")]
    cells = [row[column.position - 1] for column in figures]
    return any(not is_blank(cell.text) and not cell.merged for cell in cells)


def _is_listed(row: Sequence[Cell], head: Head) -> bool:
    """A line without figures is a unit only where its number or code stands beside its name."""
    marks = [column for column in (head.first("unit"), head.first("order")) if column is not None]
    texts = [row[column.position - 1].text for column in marks]
    return not marks or any(re.search(r"\d", text) for text in texts)


def _repeats(written: Sequence[Cell], head: Head) -> bool:
    heads = {column.position: column.head for column in head.columns}
    return all(cell.text and cell.text in heads[cell.column] for cell in written)
