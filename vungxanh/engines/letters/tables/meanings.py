"""What each column of a letter's table holds: its printed head, its role, its element."""

from collections.abc import Sequence

from vungxanh.engines.checks.heads import Meaning, meaning_of
from vungxanh.engines.letters.tables.numbering import is_numbering
from vungxanh.engines.letters.tables.types import RawRow

_ROLES = {"order": "stt", "name": "locality", "unit": "code", "rank": "rank", "as_of": "as_of"}


def codes_head(tree: str) -> str:
    """The head of the column of codes: "gso_2021" for those of `vn-2021`."""
    return f"gso_{tree.rpartition('-')[2]}"


def heads_of(rows: Sequence[RawRow], n_columns: int) -> tuple[str, ...]:
    """The printed heads; words of an upper row stand before those of the rows under it.

    A wide upper cell covers the blank cells to its right as far as something stands under them.
    """
    parts: list[list[str]] = [[] for _ in range(n_columns)]
    kept = [row for row in rows if not is_numbering(row)]
    for depth, row in enumerate(kept):
        above = ""
        for column, cell in enumerate(row):
            is_covered = not cell.text and any(r[column].text for r in kept[depth + 1 :])
            above = cell.text or (above if is_covered else "")
            if above and above not in parts[column]:
                parts[column].append(above)
    return tuple(" ".join(part) for part in parts)


def meanings_of(heads: Sequence[str]) -> tuple[Meaning, ...]:
    """What the checks know of each head."""
    return tuple(meaning_of(head) for head in heads)


def elements_of(meanings: Sequence[Meaning]) -> tuple[str | None, ...]:
    """A name for each column that is understood, each but once: "share_of_population"."""
    named: list[str | None] = []
    for meaning in meanings:
        name = _element(meaning)
        if name in named and meaning.numerator:
            name = f"{meaning.numerator}_{name}"
        named.append(name if name not in named else None)
    return tuple(named)


def _element(meaning: Meaning) -> str | None:
    if meaning.role == "count":
        return meaning.element
    if meaning.role == "share":
        return f"share_of_{meaning.base}" if meaning.base else "share"
    return _ROLES.get(meaning.role)
