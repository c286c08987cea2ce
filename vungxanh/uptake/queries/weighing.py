"""The people of the parts of a unit: what divides its figures, of which year and source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vungxanh.engines.coverage.rebase import Way
from vungxanh.uptake.rules import People
from vungxanh.uptake.values.population import KINDS, Population

Part = tuple[str, str]  # a unit, and one of those that it went into
# For each part the lists of units whose people together are those of the part, the best first.
Pieces = Mapping[Part, tuple[tuple[str, ...], ...]]
Times = tuple[int, int]  # year, and the place of the kind in `KINDS`
_PLACES = {name: place for place, name in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Weights:
    """People by part, and for each divided unit where they come from."""

    by_part: Mapping[Part, int] = field(default_factory=dict)
    told: Mapping[str, tuple[People, ...]] = field(default_factory=dict)


def divided(ways: Iterable[Way]) -> dict[str, list[Way]]:
    """The units that went into several others, with the ways that lead there."""
    found: dict[str, list[Way]] = {}
    for way in ways:
        found.setdefault(way.old, []).append(way)
    return {old: rows for old, rows in found.items() if len(rows) > 1}


def weigh(pieces: Pieces, populations: Iterable[Population]) -> Weights:
    """The people of each part, for the units all of whose parts have them for one year and kind.

    The newest such year; of several kinds of it the census before the average and the estimate.
    """
    known = _by_unit(populations)
    targets: dict[str, list[str]] = {}
    for old, new in pieces:
        targets.setdefault(old, []).append(new)
    by_part: dict[Part, int] = {}
    told: dict[str, tuple[People, ...]] = {}
    for old, news in targets.items():
        found = _newest([pieces[old, new] for new in news], known)
        if found:
            by_part |= {
                (old, new): sum(p.value for p in part)
                for new, part in zip(news, found, strict=True)
            }
            told[old] = tuple(sorted({People(p.year, p.source) for part in found for p in part}))
    return Weights(by_part, told)


Known = Mapping[str, Mapping[Times, Population]]


def _by_unit(populations: Iterable[Population]) -> Known:
    """By unit, year and kind; of several sources the one that rates are divided by."""
    found: dict[str, dict[Times, Population]] = {}
    for one in sorted(populations, key=lambda one: (not one.is_used, one.source, one.id)):
        if one.kind.is_base:
            times = one.year, _PLACES[one.kind.name]
            found.setdefault(one.unit_id, {}).setdefault(times, one)
    return found


def _newest(
    parts: Sequence[Sequence[Sequence[str]]], known: Known
) -> list[list[Population]] | None:
    first = {times for ids in parts[0] for unit in ids for times in known.get(unit, ())}
    for times in sorted(first, key=lambda times: (-times[0], times[1])):
        found = [next(_people(choices, known, times), None) for choices in parts]
        people = [part for part in found if part is not None]
        if len(people) == len(parts):
            return people
    return None


def _people(
    choices: Sequence[Sequence[str]], known: Known, times: Times
) -> Iterator[list[Population]]:
    for ids in choices:
        found = [known.get(unit, {}).get(times) for unit in ids]
        people = [one for one in found if one is not None]
        if len(people) == len(ids):
            yield people
