"""Chunks of declarations judged by the rules of their provinces, with a version and without it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vungxanh.core.clock import TZ
from vungxanh.declarations.gateways.last_declared import Chunk, Units
from vungxanh.declarations.queries.ruling import before_and_after, own_provinces
from vungxanh.declarations.values.ruling import RulesVersion
from vungxanh.engines.decisions import Changes, RuleSet, Trial, dry_run
from vungxanh.locations.values import TREES, BadUnitIdError, UnknownUnitError, registry


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Persons of a chunk who are judged alike, by their places there; `units` are their communes.

    `province` is empty for those whose province has no rules of its own.
    """

    chunk: Chunk
    places: npt.NDArray[np.int64]
    units: tuple[str, ...]
    province: str


@dataclass(frozen=True, slots=True, eq=False)
class Both:
    """Rules without a version and with it, by provinces with rules of their own; "" the others."""

    day: date
    by_province: Mapping[str, tuple[RuleSet, RuleSet]]


def both_of(version: RulesVersion, at: datetime) -> Both:
    """What judges on the first day of a version, read once for a whole trial."""
    day = max(version.starts_on or today(at), today(at))
    own = {version.province} if version.province else {"", *own_provinces(day)}
    return Both(day, {one: before_and_after(version, one, day) for one in own})


def parts_of(chunk: Chunk, own: Collection[str]) -> Iterator[Part]:
    """A chunk by provinces with rules of their own, the others together."""
    told = np.array(
        [province if (province := province_of(unit)) in own else "" for unit in chunk.units],
        dtype=np.str_,
    )
    for province in np.unique(told).tolist():
        places = np.flatnonzero(told == province)
        units = tuple(sorted({chunk.units[place] for place in places.tolist()}))
        yield Part(chunk, places, units, str(province))


def judged(chunk: Chunk, both: Both) -> Iterator[tuple[Part, Changes]]:
    """What a version would change of a chunk."""
    for part in parts_of(chunk, both.by_province):
        if part.province not in both.by_province:
            continue
        numbers = {name: number for number, name in enumerate(part.units)}
        communes = [numbers[chunk.units[place]] for place in part.places.tolist()]
        trial = Trial(*both.by_province[part.province], both.day, part.province)
        yield part, dry_run(chunk.rows[part.places], np.array(communes, dtype=np.int32), trial)


def places_of(province: str) -> Units:
    """The communes of a province; None, which is everywhere, for the country."""
    if not province:
        return None
    own = registry().unit(province)
    return [one.id for one in registry().units(own.tree) if own.id in one.chain]


def communes_of(held: Collection[str]) -> list[str]:
    """The communes below units that somebody holds."""
    trees = {one.partition(":")[0] for one in held} & set(TREES)
    units = [one for tree in sorted(trees) for one in registry().units(tree)]
    return [one.id for one in units if not set(one.chain).isdisjoint(held)]


def today(at: datetime) -> date:
    """The day in Vietnam."""
    return at.astimezone(TZ).date()


@lru_cache(maxsize=20_000)
def province_of(unit: str) -> str:
    """The province of a commune; empty for a unit that is not known."""
    try:
        chain = registry().unit(unit).chain
    except (BadUnitIdError, UnknownUnitError):
        return ""
    return chain[1] if len(chain) > 1 else ""
