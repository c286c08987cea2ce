"""Corrected visits put among the scans, in place of the scans that they were made of."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.stays.columns import Table, rows_of
from vungxanh.engines.stays.kernel import Events, Written, doubt_overlaps
from vungxanh.engines.stays.rules import FIXED
from vungxanh.engines.stays.types import NONE, Corrections, Int64s, Visits


@dataclass(frozen=True, slots=True)
class Fixed:
    """Corrected visits by person, start, point and end; int64 each.

    `visit` is which of the visits as scanned, `t_in`, `t_out` what was said of it.
    """

    visit: Int64s
    t_in: Int64s
    t_out: Int64s


def parts_of(table: Table, corrections: Corrections) -> tuple[Table, Table]:
    """The scans of persons of whom a visit is corrected, and those of others."""
    scans = np.isin(table.row, corrections.scan)
    persons = np.unique(table.events.person[scans])
    is_theirs = np.isin(table.events.person, persons)
    return _only(table, is_theirs), _only(table, ~is_theirs)


def fixed_of(visits: Visits, corrections: Corrections) -> Fixed:
    """What was said last of each visit; nothing of scans that are in none."""
    visit_of = visits.visit_of[corrections.scan].tolist()
    said = {visit: n for n, visit in enumerate(visit_of) if visit != NONE}
    visit, row = np.array(list(said.items()), np.int64).reshape(-1, 2).T
    t_in, t_out = corrections.t_in[row], corrections.t_out[row]
    order = np.lexsort((t_out, visits.point[visit], t_in, visits.person_id[visit]))
    return Fixed(visit[order], t_in[order], t_out[order])


def with_fixed(table: Table, visits: Visits, fixed: Fixed) -> Table:
    """The table with corrected visits in place of the scans of these `visits`."""
    kept = _only(table, ~np.isin(visits.visit_of[table.row], fixed.visit))
    visit, is_fixed = fixed.visit, np.full(len(fixed.visit), FIXED, np.int8)
    events = Events(
        np.concatenate([visits.person_id[visit], kept.events.person]),
        np.concatenate([visits.point[visit], kept.events.point]),
        np.concatenate([fixed.t_in, kept.events.at]),
        np.concatenate([is_fixed, kept.events.direction]),
        np.concatenate([visits.entrance_in[visit], kept.events.entrance]),
    )
    row = np.concatenate([visits.first[visit], kept.row])
    order = np.lexsort((events.at, events.person))
    return Table(rows_of(events, order), row[order])


def settle(said: Visits, scanned: Visits, fixed: Fixed) -> None:
    """Complete the visits as said: whose scans they have, their entrances, what they overlap."""
    visit = said.visit_of[scanned.first[fixed.visit]]
    said.entrance_out[visit] = scanned.entrance_out[fixed.visit]
    visit_now = np.full(len(scanned) + 1, NONE)  # the last for scans in none
    visit_now[fixed.visit] = visit
    now = visit_now[scanned.visit_of]
    said.visit_of[now != NONE] = now[now != NONE]
    doubt_overlaps(Written(*_columns(said)[:-1]), visit)


def joined(some: Visits, others: Visits) -> Visits:
    """Visits of some persons and of others, by person."""
    columns = [np.concatenate(pair) for pair in zip(_columns(some), _columns(others), strict=True)]
    order = np.argsort(columns[0], kind="stable")
    rank = np.full(len(order) + 1, NONE)  # the last for scans in none
    rank[order] = np.arange(len(order))
    of_others = np.where(others.visit_of == NONE, NONE, others.visit_of + len(some))
    visit_of = rank[np.where(some.visit_of == NONE, of_others, some.visit_of)]
    return Visits(*[*(column[order] for column in columns), visit_of])


def _columns(visits: Visits) -> list[NDArray[Any]]:
    """The columns with one row a visit."""
    return [getattr(visits, field.name) for field in fields(visits)[:-1]]


def _only(table: Table, chosen: NDArray[np.bool_]) -> Table:
    return Table(rows_of(table.events, chosen), table.row[chosen])
