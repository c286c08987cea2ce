"""Criteria as they are kept (plain mappings, from JSON) made into frozen ones; all is checked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from vungxanh.engines.arealevels.types import LEVELS, AreaLevelError, Criteria, Hold, Measure
from vungxanh.refusals import Words


def criteria_of(written: Mapping[str, object]) -> Criteria:
    """One version of criteria from its mapping; refuses `arealevels.bad_criteria`, naming where.

    Keys: `version`, `title`, `source`, `valid_from`, `valid_to`, `note`, `measures` (name, label,
    unit, edges, is_verified), `holds` (name, label, is_verified), `levels` (nested lists, one depth
    a measure, or empty).
    """
    measures = tuple(_measure(one) for one in _mappings(written, "measures"))
    sizes = [len(measure.edges) + 1 for measure in measures]
    nested = _sequence(written, "levels")
    return Criteria(
        version=_text(written, "version"),
        title=_words(written, "title"),
        source=_text(written, "source"),
        valid_from=_day(written, "valid_from"),
        valid_to=_day(written, "valid_to") if written.get("valid_to") else None,
        measures=measures,
        holds=tuple(
            Hold(_text(one, "name"), _words(one, "label"), one.get("is_verified") is True)
            for one in _mappings(written, "holds")
        ),
        levels=dict(_cells(nested, sizes)) if nested else {},
        note=_words(written, "note") if "note" in written else None,
    )


def _measure(written: Mapping[str, object]) -> Measure:
    edges = tuple(_number(edge) for edge in _sequence(written, "edges"))
    if sorted(set(edges)) != list(edges):
        raise _bad("edges")
    return Measure(
        name=_text(written, "name"),
        label=_words(written, "label"),
        unit=_words(written, "unit"),
        edges=edges,
        is_verified=written.get("is_verified") is True,
    )


def _cells(
    nested: object, sizes: Sequence[int], place: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every cell of the nested table with its place; it must be as deep and wide as the bands."""
    if not sizes:
        if nested not in LEVELS or isinstance(nested, bool):
            raise _bad("levels")
        yield place, int(str(nested))
        return
    if not isinstance(nested, list) or len(nested) != sizes[0]:
        raise _bad("levels")
    for band, inner in enumerate(nested):
        yield from _cells(inner, sizes[1:], (*place, band))


def _mappings(written: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = _sequence(written, key)
    if not all(isinstance(one, dict) for one in found):
        raise _bad(key)
    return [one for one in found if isinstance(one, dict)]


def _sequence(written: Mapping[str, object], key: str) -> list[object]:
    found = written.get(key, [])
    if not isinstance(found, list):
        raise _bad(key)
    return found


def _text(written: Mapping[str, object], key: str) -> str:
    found = written.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _bad(key)
    return found


def _words(written: Mapping[str, object], key: str) -> Words:
    found = written.get(key)
    if not isinstance(found, dict):
        raise _bad(key)
    return Words(_text(found, "vi"), _text(found, "en"))


def _day(written: Mapping[str, object], key: str) -> date:
    try:
        return date.fromisoformat(_text(written, key))
    except ValueError as error:
        raise _bad(key) from error


def _number(written: object) -> Decimal:
    try:
        found = Decimal(str(written))
    except InvalidOperation as error:
        raise _bad("edges") from error
    if not found.is_finite() or found < 0:
        raise _bad("edges")
    return found


def _bad(key: str) -> AreaLevelError:
    words = Words(
        f"Tiêu chí không đọc được ở mục “{key}”. Xem mẫu trong hướng dẫn rồi sửa mục đó.",
        f"The criteria cannot be read at “{key}”. See the example in the guide and mend it.",
    )
    return AreaLevelError("arealevels.bad_criteria", words, where=key)
