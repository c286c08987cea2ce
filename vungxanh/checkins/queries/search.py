"""Points found among millions: by words, unit, kind and state, from the newest down.

A page is cut by the number of its last point, never by an offset. Nothing is counted. What a few
communes bound is found at once; anything else stretch by stretch of the index, so that a word of
the whole country costs as much as a page of it.
"""

from collections.abc import Iterator
from itertools import chain, repeat
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from vungxanh.accounts.queries import may_read, readable_units
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.activity import Used
from vungxanh.checkins.values.asked import STRETCH, Asked, Sought, sought
from vungxanh.core.paging import PAGE_SIZE, Slice
from vungxanh.core.viewer import Viewer
from vungxanh.protocol.places import short_codes

_TOKENS: Final = "checkins_point_tokens(words, kind, state, unit_id, id)"
Value = list[str] | str | int
_FITS: Final = """
WITH fits AS MATERIALIZED (SELECT id FROM checkins_point WHERE CONDITIONS)
SELECT id FROM fits WHERE id < %s ORDER BY id DESC LIMIT %s
"""
_NEWEST: Final = """
SELECT id FROM checkins_point WHERE CONDITIONS AND id < %s ORDER BY id DESC LIMIT %s
"""
_FEW: Final = """
WITH fits AS MATERIALIZED (SELECT id FROM checkins_point WHERE CONDITIONS)
SELECT id FROM fits WHERE id < %s LIMIT %s
"""
_NEVER: Final = """
state IN ('registered', 'approved') AND NOT EXISTS (
    SELECT FROM checkins_pointuse AS use WHERE use.point_id = checkins_point.id)
"""
# What the index gives comes first here too: to hold each odd point against it costs more.
_ODD: Final = """
WITH fits AS MATERIALIZED (SELECT id FROM checkins_point WHERE CONDITIONS)
SELECT id FROM fits WHERE id IN (SELECT point_id FROM checkins_pointpattern)
AND id < %s ORDER BY id DESC LIMIT %s
"""
_ODD_OF_ALL: Final = """
SELECT DISTINCT point_id FROM checkins_pointpattern WHERE CONDITIONS AND point_id < %s
ORDER BY point_id DESC LIMIT %s
"""
_FIRST_STEPS: Final = (1, 4)
_MOST_STRETCHES: Final = 16
MOST_AT_ONCE = 5_000
_SHORTEST_CODE: Final = 4
_LIKE_DIGITS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def found_points(
    viewer: Viewer, asked: Asked, *, before: int | None = None, size: int = PAGE_SIZE
) -> Slice[Point]:
    """A page of points of the viewer's area, the newest first."""
    is_typed = asked.text and asked.used is None and before is None
    rows = _by_code(viewer, asked, size) if is_typed else ()
    if rows:
        return Slice(rows, None)
    seen = sought(asked, readable_units(viewer, ref="list:points"))
    ids = _ids(seen, before, size + 1) if seen else []
    is_more, ids = len(ids) > size, ids[:size]
    kept = _lines().in_bulk(ids)
    shown = tuple(kept[one] for one in ids if one in kept)
    return Slice(shown, ids[-1] if is_more else None)


def walked(viewer: Viewer, asked: Asked, *, most: int) -> Iterator[Point]:
    """All points that the list would show, at most so many, a thousand at a time."""
    before, left = None, most
    while left > 0:
        page = found_points(viewer, asked, before=before, size=min(1_000, left))
        yield from page.rows
        before, left = page.next_before, left - len(page.rows)
        if before is None:
            return


def _lines() -> "QuerySet[Point]":
    """What a list shows of points: never the contact, which is not even opened."""
    return Point.objects.select_related("unit__parent").defer("contact_name", "contact_phone")


def _by_code(viewer: Viewer, asked: Asked, size: int) -> tuple[Point, ...]:
    """The points whose code begins with what was typed, if it looks like one."""
    typed = asked.text.upper().translate(_LIKE_DIGITS)
    is_code = typed and set(typed) <= set(short_codes.ALPHABET) and not typed.isalpha()
    if not is_code or not _SHORTEST_CODE <= len(typed) <= short_codes.N_CHARACTERS:
        return ()
    found = _lines().filter(_begins(typed)).order_by("-id")[:size]
    return tuple(one for one in found if may_read(viewer, one.unit, ref=f"point:{one.pk}"))


def _begins(typed: str) -> Q:
    if len(typed) == short_codes.N_CHARACTERS:
        return Q(code=typed)
    return Q(code__gte=typed, code__lt=typed + "\uffff")


def _ids(seen: Sought, before: int | None, size: int) -> list[int]:
    """The greatest numbers below `before` that fit, the greatest first."""
    top = _newest() + 1 if before is None else before
    if seen.used is Used.ODD:
        where, said = _conditions(seen, ())
        return _read(_ODD if where else _ODD_OF_ALL, where or ["true"], [*said, top, size])
    if not seen.every and not seen.one_of:
        if seen.used:
            return _read(_NEWEST, [_NEVER], [top, size])
        rows = Point.objects.filter(pk__lt=top).order_by("-pk")[:size]
        return list(rows.values_list("pk", flat=True))
    if seen.is_narrow:
        return _asked_of(seen, (), within=(top, size))
    return _by_stretches(seen, top, size)


def _by_stretches(seen: Sought, top: int, size: int) -> list[int]:
    """From the newest stretch down; what is rare there is found in all the rest at once."""
    found: list[int] = []
    newest = last = (top - 1) // STRETCH
    is_asked = False
    for step in chain(_FIRST_STEPS, repeat(_MOST_STRETCHES)):
        if last < 0 or len(found) >= size:
            break
        if not is_asked and _is_rare(len(found), newest - last, size):
            rest, is_asked = _few(seen, min((last + 1) * STRETCH, top)), True
            if rest is not None:
                return (found + rest)[:size]
        first = max(last - step + 1, 0)
        stretches = tuple(f"#{one}" for one in range(first, last + 1))
        found += _asked_of(seen, stretches, within=(top, size - len(found)))
        last = first - 1
    return found


def _is_rare(n_found: int, n_stretches: int, size: int) -> bool:
    """Whether the next stretches would not fill a page, if they are like those seen."""
    return n_stretches > 0 and n_found * _MOST_STRETCHES < (size - n_found) * n_stretches


def _few(seen: Sought, top: int) -> list[int] | None:
    """All numbers below `top` that fit, if they are few; else None, found out early."""
    where, said = _conditions(seen, ())
    found = _read(_FEW, where, [*said, top, MOST_AT_ONCE + 1])
    return sorted(found, reverse=True) if len(found) <= MOST_AT_ONCE else None


def _asked_of(seen: Sought, stretches: tuple[str, ...], *, within: tuple[int, int]) -> list[int]:
    """One statement for so many (second) below a number (first).

    What the index gives is gathered first, so that no other way is tried.
    """
    where, said = _conditions(seen, stretches)
    return _read(_FITS, where, [*said, *within])


def _conditions(seen: Sought, stretches: tuple[str, ...]) -> tuple[list[str], list[Value]]:
    is_one = len(stretches) == 1
    every = [*seen.every, *stretches] if is_one else [*seen.every]
    one_of = [*seen.one_of, stretches] if stretches and not is_one else [*seen.one_of]
    where = [f"{_TOKENS} @> %s"] * bool(every) + [f"{_TOKENS} && %s"] * len(one_of)
    said: list[Value] = [every] * bool(every)
    said += [list(one) for one in one_of]
    if seen.used is Used.NEVER:
        where.append(_NEVER)
    if seen.beginning:
        where.append("words @@ %s::tsquery")
        said.append(f"'{seen.beginning}':*")
    return where, said


def _read(statement: str, where: list[str], said: list[Value]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("CONDITIONS", " AND ".join(where)), said)
        return [int(one) for (one,) in cursor.fetchall()]


def _newest() -> int:
    return Point.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
