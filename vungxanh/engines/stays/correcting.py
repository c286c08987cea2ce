"""Corrected visits put among the scans, in place of the scans that they were made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.stays.columns import Table
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
    first = Events(
        visits.person_id[fixed.visit],
        visits.point[fixed.visit],
        fixed.t_in,
        np.full(len(fixed.visit), FIXED, np.int8),
        visits.entrance_in[fixed.visit],
    )
    events = Events(*map(np.concatenate, zip(first, kept.events, strict=True)))
    order = np.lexsort((events.at, events.person))
    row = np.concatenate([visits.first[fixed.visit], kept.row])
    return Table(Events(*(column[order] for column in events)), row[order])


def settle(said: Visits, scanned: Visits, fixed: Fixed) -> None:
    """Complete the visits as said: whose scans they have, their entrances, what they overlap."""
    visit = said.visit_of[scanned.first[fixed.visit]]
    said.entrance_out[visit] = scanned.entrance_out[fixed.visit]
    visit_now = np.full(len(scanned) + 1, NONE)  # the last for scans in none
    visit_now[fixed.visit] = visit
    now = visit_now[scanned.visit_of]
    said.visit_of[now != NONE] = now[now != NONE]
    doubt_overlaps(Written(*columns_of(said), said.visit_of), len(said), visit)


def joined(some: Visits, others: Visits) -> Visits:
    """Visits of some persons and of others, by person."""
    columns = [np.concatenate(pair) for pair in zip(columns_of(some), columns_of(others))]
    order = np.argsort(columns[0], kind="stable")
    rank = np.full(len(order) + 1, NONE)  # the last for scans in none
    rank[order] = np.arange(len(order))
    of_others = np.where(others.visit_of == NONE, NONE, others.visit_of + len(some))
    visit_of = rank[np.where(some.visit_of == NONE, of_others, some.visit_of)]
    return Visits(*(column[order] for column in columns), visit_of)
