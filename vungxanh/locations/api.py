"""Administrative units as JSON, open to anyone."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from vungxanh.core import clock
from vungxanh.core.access import OPEN, api
from vungxanh.core.preferences import reader_language
from vungxanh.locations import queries
from vungxanh.locations.values import (
    Level,
    OtherTreeError,
    Succession,
    Unit,
    find_address,
    known_tree,
    tree_on,
)

router = Router(tags=["locations"])
MOST = 1000
LONGEST = 200
Limit = Annotated[int, Field(ge=1, le=MOST)]
Offset = Annotated[int, Field(ge=0)]


class AdminUnitOut(Schema):
    """One unit; `sort_key` puts units in Vietnamese order when compared as bytes."""

    unit: str
    tree: str
    parent: str | None
    level: Level
    name: str
    short_name: str
    type: str
    sort_key: str
    valid_from: date | None
    valid_to: date | None


class AdminUnitsOut(Schema):
    """Units in Vietnamese order, or nearest names first when `q` was given; `total` counts all."""

    total: int
    units: list[AdminUnitOut]


class OneUnitOut(AdminUnitOut):
    """A unit with the units above it in its own tree, the country first.

    `next_up` is the next unit up on the day asked about, of the tree of that day.
    """

    above: list[str]
    next_up: str | None


class SuccessionOut(Schema):
    """One passing of an old unit, or a part of it, into a new one on 1 July 2025.

    `share` is 1 where all of it passed, null where no source tells; `is_default` marks where
    a thing of the old unit belongs when nothing nearer is known; `source` names the method.
    """

    old: str
    new: str
    share: float | None
    is_default: bool
    certainty: str
    source: str


class SuccessionsOut(Schema):
    """What a unit became, or what it was made from."""

    unit: str
    successions: list[SuccessionOut]


class AddressOut(Schema):
    """What a name or an address means: `unit` only when nothing else is possible.

    `kind` is exact, folded, candidates or none; `reason` says why, in the asked language.
    """

    kind: str
    unit: str | None
    candidates: list[AdminUnitOut]
    reason: str


@router.get("/address", response=AddressOut, **api(needs=OPEN))
def address(
    request: HttpRequest,
    *,
    text: str,
    within: str = "",
    on: date | None = None,
    level: Level | None = None,
) -> AddressOut:
    """The unit that `text` means inside `within`, valid `on` a day, else candidates and why."""
    found = find_address(text[:LONGEST], within=within or None, level=level, on=on)
    return AddressOut(
        kind=found.kind,
        unit=found.unit.id if found.unit else None,
        candidates=[_out(one) for one in found.candidates[:MOST]],
        reason=found.reason.in_language(reader_language()),
    )


@router.get("/units", response=AdminUnitsOut, **api(needs=OPEN))
def units(
    request: HttpRequest,
    *,
    within: str = "",
    tree: str = "",
    on: date | None = None,
    level: Level | None = None,
    q: str = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> AdminUnitsOut:
    """Units below `within`, of a `tree` or of the tree valid `on` a day, of a level, or whose
    name holds `q` typed with or without accents; both eras where nothing chooses one."""
    found = queries.listed(
        within=within or None,
        tree=_asked_tree(tree, on),
        level=level,
        text=q[:80],
        limit=limit,
        offset=offset,
    )
    return AdminUnitsOut(total=found.total, units=[_out(one) for one in found.units])


@router.get("/units/{unit_id}", response=OneUnitOut, **api(needs=OPEN))
def one_unit(request: HttpRequest, unit_id: str, on: date | None = None) -> OneUnitOut:
    """A unit; with `on` refused if it is not valid that day, naming what stands in its place.

    Without `on` the next unit up is that of today, also for a unit of the past.
    """
    found = queries.unit_on(unit_id, on) if on else queries.unit(unit_id)
    up = queries.next_up(found.id, on or clock.today())
    above = [str(one) for one in found.chain[:-1]]
    return OneUnitOut(**_out(found).dict(), above=above, next_up=up.id if up else None)


@router.get("/units/{unit_id}/successors", response=SuccessionsOut, **api(needs=OPEN))
def unit_successors(request: HttpRequest, unit_id: str) -> SuccessionsOut:
    """The units of today that a unit of 2021 passed into, its default first."""
    found = queries.unit(unit_id)
    return _told(found, queries.successors(found.id))


@router.get("/units/{unit_id}/predecessors", response=SuccessionsOut, **api(needs=OPEN))
def unit_predecessors(request: HttpRequest, unit_id: str) -> SuccessionsOut:
    """The units of 2021, of every level, that a unit of today was made from."""
    found = queries.unit(unit_id)
    return _told(found, queries.predecessors(found.id))


def _asked_tree(tree: str, on: date | None) -> str | None:
    if tree and on and known_tree(tree) != tree_on(on):
        raise OtherTreeError(on.isoformat(), tree)
    if tree:
        return known_tree(tree)
    return tree_on(on) if on else None


def _told(unit: Unit, told: Iterable[Succession]) -> SuccessionsOut:
    return SuccessionsOut(
        unit=unit.id,
        successions=[
            SuccessionOut(
                old=one.old,
                new=one.new,
                share=None if one.share is None else float(one.share),
                is_default=one.is_default,
                certainty=one.certainty,
                source=one.source,
            )
            for one in told
        ],
    )


def _out(one: Unit) -> AdminUnitOut:
    return AdminUnitOut(
        unit=one.id,
        tree=one.tree,
        parent=one.parent_id,
        level=one.level,
        name=one.name,
        short_name=one.short_name,
        type=one.type_word,
        sort_key=one.sort_key,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
    )
