"""Columns of visits and windows at the door, and contacts in their order."""

from collections.abc import Iterable

import numpy as np

from vungxanh.engines.tracing.types import (
    COLUMNS,
    MISSING,
    Contacts,
    Int64s,
    TracingError,
    Visits,
    Windows,
)
from vungxanh.refusals import Words

# Seconds since 1970 that a visit can have: so far that sums of stays stay inside int64.
FARTHEST = 2**40
_NUMBER_BITS = 64


def checked_visits(visits: Visits) -> Visits:
    """The visits, refused where a time is out of range or an end before its start.

    Raises `tracing.out_before_in`, `tracing.time_out_of_range`; each names the first row, from 1.
    """
    _in_range(visits.t_in, "t_in")
    known = visits.t_out != MISSING
    _in_range(np.where(known, visits.t_out, 0), "t_out")
    bad = np.flatnonzero(known & (visits.t_out < visits.t_in))
    if bad.size:
        raise _out_before_in(int(bad[0]) + 1)
    return visits


def checked_windows(windows: Windows) -> Windows:
    """The windows, refused (`tracing.window_reversed`) where one ends before it begins."""
    _in_range(windows.infectious_from, "infectious_from")
    _in_range(windows.infectious_until, "infectious_until")
    bad = np.flatnonzero(windows.infectious_until < windows.infectious_from)
    if bad.size:
        raise _window_reversed(int(bad[0]) + 1)
    return windows


def latest_start(visits: Visits) -> int:
    """The moment of the newest visit, which is "now" where nobody says otherwise; 0 for none."""
    return int(visits.t_in.max()) if len(visits) else 0


def within(as_of: int) -> int:
    """A moment no farther than any visit can be, so that seconds stay inside int64."""
    return max(-2 * FARTHEST, min(as_of, 2 * FARTHEST))


def contacts_of_rows(rows: Iterable[tuple[int, ...]]) -> Contacts:
    """Rows in the order of `COLUMNS` as columns, sorted."""
    return sorted_contacts(np.array(list(rows), dtype=np.int64).reshape(-1, len(COLUMNS)))


def sorted_contacts(table: Int64s) -> Contacts:
    """Rows × `COLUMNS` (int64) in the order that people work through.

    By generation, then overlap, places and last time descending, then person.
    """
    person, overlap, first, last, places, pairs, generation = table.T
    order = np.lexsort((person, -last, -places, -overlap, generation))
    return Contacts(
        person_id=person[order],
        overlap_s=overlap[order],
        first_at=first[order],
        last_at=last[order],
        n_places=places[order],
        n_pairs=pairs[order],
        generation=generation[order],
    )


def order_of(keys: Int64s, bits: int) -> Int64s:
    """The stable order of keys in [0, 2**bits).

    As many bits of a key as fit beside the row's number are sorted with it as one number, lowest
    bits first: several times as fast as sorting rows by keys.
    """
    row_bits = max(keys.size - 1, 0).bit_length()
    step = min(_NUMBER_BITS - row_bits, bits)
    order = _sorted_rows(keys, row_bits, step)
    for shift in range(step, bits, step or 1):
        order = order[_sorted_rows(keys[order] >> shift, row_bits, step)]
    return order


def _sorted_rows(keys: Int64s, row_bits: int, bits: int) -> Int64s:
    """The stable order by the lowest bits of keys."""
    numbers = keys.astype(np.uint64)
    if bits < _NUMBER_BITS:
        numbers &= np.uint64((1 << bits) - 1)
    numbers <<= np.uint64(row_bits)
    numbers |= np.arange(keys.size, dtype=np.uint64)
    numbers.sort()
    numbers &= np.uint64((1 << row_bits) - 1)
    return numbers.view(np.int64)


def _in_range(times: Int64s, column: str) -> None:
    bad = np.flatnonzero((times < -FARTHEST) | (times > FARTHEST))
    if bad.size:
        raise _out_of_range(column, int(bad[0]) + 1)


def _out_of_range(column: str, row: int) -> TracingError:
    code = "tracing.time_out_of_range"
    return TracingError(
        code,
        Words(
            f"Dòng {row}, cột {column}: không phải giây kể từ 1970; đổi về giây rồi làm lại.",
            f"Row {row}, column {column}: no seconds since 1970; convert the times and try again.",
        ),
        field=column,
        where=f"{row}",
    )


def _out_before_in(row: int) -> TracingError:
    code = "tracing.out_before_in"
    return TracingError(
        code,
        Words(
            f"Dòng {row}: giờ ra (t_out) trước giờ vào (t_in); sửa dòng này rồi làm lại.",
            f"Row {row}: t_out lies before t_in; mend this row and try again.",
        ),
        field="t_out",
        where=f"{row}",
    )


def _window_reversed(row: int) -> TracingError:
    code = "tracing.window_reversed"
    return TracingError(
        code,
        Words(
            f"Ca ở dòng {row}: khoảng lây kết thúc trước khi bắt đầu; sửa dòng này rồi làm lại.",
            f"The case in row {row}: its window ends before it begins; mend this row, try again.",
        ),
        field="infectious_until",
        where=f"{row}",
    )
