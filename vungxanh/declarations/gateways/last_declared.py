"""Everybody's last declaration that still holds, with its facts in columns, chunk by chunk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
from django.db import connection

from vungxanh.core.envelope import opened
from vungxanh.declarations.gateways.judging import OUTCOME_PLACE
from vungxanh.engines.decisions import columns_of, facts_of, packed
from vungxanh.people.queries.wrapped import wrapped_keys
from vungxanh.refusals import RefusalError

CHUNK: Final = 5_000
_LAST: Final = """
SELECT DISTINCT ON (person_id) person_id, id, unit_id, outcome, until, at
FROM declarations_declaration
WHERE until > %s AND person_id > %s AND (%s::text[] IS NULL OR unit_id = ANY(%s::text[]))
ORDER BY person_id, at DESC, id DESC LIMIT %s
"""
_COUNTED: Final = """
SELECT count(DISTINCT person_id) FROM declarations_declaration
WHERE until > %s AND (%s::text[] IS NULL OR unit_id = ANY(%s::text[]))
"""
Units = Sequence[str] | None
"""Communes, or None for everywhere."""


class _Kept(msgspec.Struct):
    """What of a sealed outcome the rules were given."""

    packed: str = ""
    facts: dict[str, Any] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Chunk:
    """Persons in ascending order with their last declaration; `rows` (n,) of packed facts.

    `moments` say when each declared: on paper, that is not when its id was made.
    `last` is the last person read; `n_unread` could not be opened and are left out.
    """

    persons: tuple[int, ...]
    ids: tuple[UUID, ...]
    units: tuple[str, ...]
    untils: tuple[datetime, ...]
    moments: tuple[datetime, ...]
    rows: npt.NDArray[np.void]
    last: int
    n_unread: int


def count_declared(at: datetime, units: Units = None) -> int:
    """How many persons have a declaration that holds."""
    places = list(units) if units is not None else None
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [at, places, places])
        return int(cursor.fetchone()[0])


def last_declared(at: datetime, units: Units = None, *, after: int = 0) -> Iterator[Chunk]:
    """Chunks of persons, those after a number; two queries each, no lock, no long transaction."""
    while True:
        found = _read(at, units, after)
        if not found:
            return
        after = int(found[-1][0])
        yield _opened(found, after)


def _read(at: datetime, units: Units, after: int) -> list[Any]:
    places = list(units) if units is not None else None
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [at, after, places, places, CHUNK])
        return list(cursor.fetchall())


def _opened(found: list[Any], last: int) -> Chunk:
    keys = wrapped_keys([row[0] for row in found])
    read = [(row, _facts(keys.get(row[0]), row[3])) for row in found]
    kept = [(row, text) for row, text in read if text]
    return Chunk(
        persons=tuple(row[0] for row, _ in kept),
        ids=tuple(row[1] for row, _ in kept),
        units=tuple(row[2] for row, _ in kept),
        untils=tuple(row[4] for row, _ in kept),
        moments=tuple(row[5] for row, _ in kept),
        rows=columns_of([text for _, text in kept]),
        last=last,
        n_unread=len(found) - len(kept),
    )


def _facts(key: bytes | None, sealed: bytes | None) -> str:
    """Packed facts of one outcome; empty where nothing can be read."""
    if key is None or sealed is None:
        return ""
    try:
        kept = msgspec.json.decode(opened(key).open(bytes(sealed), OUTCOME_PLACE), type=_Kept)
        return kept.packed or packed(facts_of(kept.facts))
    except (RefusalError, msgspec.MsgspecError):
        return ""
