"""Chunks of declarations judged by the rules of their provinces, with a version and without it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vungxanh.core.clock import TZ
from vungxanh.declarations.gateways.last_declared import Chunk, Units
from vungxanh.declarations.queries.ruling import before_and_after
from vungxanh.declarations.values.ruling import RulesVersion
from vungxanh.engines.decisions import Changes, Trial, dry_run
from vungxanh.locations.values import TREES, BadUnitIdError, UnknownUnitError, registry


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Persons of one province in a chunk, by their places there; `units` are their communes."""

    chunk: Chunk
    places: npt.NDArray[np.int64]
    units: tuple[str, ...]
    province: str


def by_province(chunk: Chunk) -> Iterator[Part]:
    """A chunk, province by province; who lives nowhere known has the province ""."""
    told = np.array([province_of(unit) for unit in chunk.units], dtype=np.str_)
    for province in np.unique(told).tolist():
        places = np.flatnonzero(told == province)
        units = tuple(sorted({chunk.units[place] for place in places.tolist()}))
        yield Part(chunk, places, units, str(province))


def judged(chunk: Chunk, version: RulesVersion, at: datetime) -> Iterator[tuple[Part, Changes]]:
    """What a version would change of a chunk, province by province."""
    day = max(version.starts_on or today(at), today(at))
    for part in by_province(chunk):
        if version.province not in ("", part.province):
            continue
        numbers = {name: number for number, name in enumerate(part.units)}
        communes = [numbers[chunk.units[place]] for place in part.places.tolist()]
        trial = Trial(*before_and_after(version, part.province, day), day, part.province)
        units = np.array(communes, dtype=np.int32)
        yield part, dry_run(chunk.rows[part.places], units, trial)


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
