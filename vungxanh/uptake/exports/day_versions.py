"""Two versions of a day's table beside each other: what the later one says differently."""

from dataclasses import dataclass

from vungxanh.documents.annexes import printed_table
from vungxanh.documents.content import Annex


@dataclass(frozen=True, slots=True)
class Changed:
    """One printed cell that differs, by its unit and the head of its column; "" is no such cell."""

    unit: str
    head: str
    before: str
    after: str


def changed(before: Annex, after: Annex) -> tuple[Changed, ...]:
    """The cells that differ, in the order of the later version."""
    old, new = _cells(before), _cells(after)
    places = dict.fromkeys((*new, *old))
    return tuple(
        Changed(*place[1:], old.get(place, ""), new.get(place, ""))
        for place in places
        if old.get(place, "") != new.get(place, "")
    )


def _cells(annex: Annex) -> dict[tuple[int, str, str], str]:
    """Printed cells by table, unit and head, but the rank: it moves with every other figure."""
    found = {}
    for n, table in enumerate(annex.tables):
        printed = printed_table(table, annex)
        heads = [column.head for column in printed.columns]
        for row in (*printed.rows, *((printed.total,) if printed.total else ())):
            for head, cell in list(zip(heads, row, strict=True))[2:]:
                found[n, _unmarked(row[1]), head] = cell
    return found


def _unmarked(name: str) -> str:
    """A unit without the mark of a footnote."""
    stem, gap, mark = name.rpartition(" (")
    return stem if gap and mark.endswith(")") and len(mark) <= 3 else name
