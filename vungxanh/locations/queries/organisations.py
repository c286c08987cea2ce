"""Reading organisations and health facilities: public, but for the lists that wait."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.engines.names import fold
from vungxanh.locations import values
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.models.organisations import (
    Organisation,
    OrganisationChange,
    OrganisationImport,
)
from vungxanh.locations.values import Level, Unit, UnitId
from vungxanh.locations.values.hours import hours_of_wire
from vungxanh.locations.values.kinds import KINDS, Family
from vungxanh.locations.values.organisations import MAY_WRITE, Entry
from vungxanh.locations.values.points import GeoPoint, Near, Spot, nearest
from vungxanh.locations.values.refusals import MissingOrganisationError, OrganisationError
from vungxanh.locations.values.similar import exact_name, same_name_key
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; empty parts narrow nothing."""

    family: Family | None = None
    kind: str = ""
    unit: Unit | None = None
    text: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class NearestFound:
    """The nearest that have a point, and how many were left out because they have none."""

    near: tuple[tuple[Organisation, int], ...]
    n_without_point: int


def organisation(organisation_id: UUID) -> Organisation:
    """One organisation with its unit, parent and successor; one query."""
    found = (
        _standing()
        .filter(id=organisation_id)
        .select_related("unit__parent__parent", "parent", "successor")
        .first()
    )
    if found is None:
        raise unknown_organisation()
    return found


def listed(asked: Asked, number: object) -> Page[Organisation]:
    """A page of a list in Vietnamese order; at most four queries."""
    return numbered(matching(asked).select_related("unit__parent"), number)


def matching(asked: Asked) -> "QuerySet[Organisation]":
    """The organisations of a list in Vietnamese order; a unit is looked for in both eras."""
    rows = _standing()
    if asked.family is not None:
        rows = rows.filter(kind__in=[k.code for k in KINDS.values() if k.family is asked.family])
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.unit is not None:
        rows = rows.filter(in_area(asked.unit))
    for word in fold(asked.text).split():
        rows = rows.filter(folded__contains=word)
    return rows.filter(valid_on(asked.on)) if asked.on else rows


def valid_on(day: date) -> Q:
    """Those that existed on a day, as far as their days are known."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def in_area(unit: Unit) -> Q:
    """Organisations of a unit and all below it, and of the units of the other era that it met."""
    if unit.level is Level.COUNTRY:
        return Q()
    own = Q(unit_id=unit.id) | Q(unit__tree=unit.tree, unit__path__startswith=f"{unit.path}/")
    below = AdminUnit.objects.filter(tree=unit.tree, path__startswith=f"{unit.path}/")
    ids = {unit.id, *below.order_by().values_list("id", flat=True)}
    other = {link for one in ids for link in relatives().get(UnitId(one), ())}
    return own | Q(unit_id__in=other)


def children(organisation_id: UUID) -> tuple[Organisation, ...]:
    """The organisations right below, in Vietnamese order; one query."""
    return tuple(_standing().filter(parent_id=organisation_id).select_related("unit")[:200])


def came_from(organisation_id: UUID) -> tuple[Organisation, ...]:
    """The organisations that this one followed, the latest closed first; one query."""
    rows = _standing().filter(successor_id=organisation_id).select_related("unit")
    return tuple(rows.order_by("-valid_to", "sort_key", "id")[:100])


def history(organisation_id: UUID) -> tuple[OrganisationChange, ...]:
    """Every change, newest first; one query."""
    return tuple(OrganisationChange.objects.filter(organisation_id=organisation_id)[:200])


def latest_change(organisation_id: UUID) -> OrganisationChange | None:
    """The last change; one query."""
    return OrganisationChange.objects.filter(organisation_id=organisation_id).first()


def nearest_facilities(
    here: GeoPoint,
    *,
    on: date,
    area: Unit | None = None,
    limit: int = 5,
    but: UUID | None = None,
    kind: str = "",
) -> NearestFound:
    """The health facilities nearest to a point by straight lines, of those that exist on a day.

    `area` is where those without a point are counted. Three queries.
    """
    rows = matching(Asked(family=Family.HEALTH, kind=kind, on=on))
    rows = rows.exclude(id=but) if but else rows
    placed = rows.filter(lat__isnull=False).values_list("id", "sort_key", "lat", "lon")
    spots = [
        Spot(f"{sort_key} {key}", at)
        for key, sort_key, lat, lon in placed
        if (at := _point(lat, lon)) is not None
    ]
    near = nearest(here, spots, limit)
    missing = rows.filter(lat__isnull=True)
    missing = missing.filter(in_area(area)) if area else missing
    return NearestFound(_read(near), missing.count())


class TwinIndex:
    """The organisations that some entries may be the same as; one query for all of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        said = tuple(entries)
        same = Q(name_key__in={same_name_key(one.name) for one in said})
        same |= Q(tax_code__in={one.tax_code for one in said} - {""})
        self._rows: dict[str, list[Organisation]] = {}
        for row in _standing().filter(same).select_related("unit"):
            for key in {row.name_key, row.tax_code} - {""}:
                self._rows.setdefault(key, []).append(row)

    def twins(self, entry: Entry) -> tuple[Organisation, ...]:
        """Those of a like name in the unit, of either era, or of the same tax code."""
        units = {entry.unit_id, *relatives().get(entry.unit_id, ())}
        named = self._rows.get(same_name_key(entry.name), ())
        like = [row for row in named if row.unit_id in units]
        taxed = self._rows.get(entry.tax_code, ()) if entry.tax_code else ()
        return tuple(dict.fromkeys((*like, *taxed)))


def twins(entry: Entry) -> tuple[Organisation, ...]:
    """As `TwinIndex.twins`, for one entry; one query."""
    return TwinIndex([entry]).twins(entry)


def exact_twin(entry: Entry, among: Iterable[Organisation]) -> Organisation | None:
    """The one that bears the same name and kind in the same unit, open ones first."""
    wanted = (entry.unit_id, entry.kind, exact_name(entry.name))
    same = [one for one in among if (one.unit_id, one.kind, one.exact_name) == wanted]
    same.sort(key=lambda one: (one.valid_to is not None, one.id))
    return same[0] if same else None


def entry_of_row(row: Organisation) -> Entry:
    """What is said of an organisation, as a frozen value."""
    return Entry(
        kind=row.kind,
        name=row.name,
        unit_id=UnitId(row.unit_id),
        source=row.source,
        as_of=row.as_of,
        parent_id=row.parent_id,
        address=row.address,
        telephone=row.telephone,
        email=row.email,
        website=row.website,
        tax_code=row.tax_code,
        at=_point(row.lat, row.lon),
        hours=hours_of_wire(row.hours),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor_id=row.successor_id,
        is_invented=row.is_invented,
    )


def by_name(name: str) -> tuple[Organisation, ...]:
    """Organisations that a written name may mean, at most five; one query."""
    return tuple(_standing().filter(name_key=same_name_key(name))[:5])


def of_tax_codes(codes: Collection[str]) -> dict[str, UUID]:
    """The one organisation that stands under each tax code; codes of several are left out.

    One query, none for no code.
    """
    if not codes:
        return {}
    rows = _standing().filter(tax_code__in=codes).order_by()
    found: dict[str, list[UUID]] = {}
    for key, code in rows.values_list("id", "tax_code"):
        found.setdefault(code, []).append(key)
    return {code: ids[0] for code, ids in found.items() if len(ids) == 1}


def tax_codes_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """The tax code of each of these organisations that has one; one query, none for no id."""
    if not ids:
        return {}
    rows = Organisation.objects.filter(id__in=ids).exclude(tax_code="").order_by()
    return dict(rows.values_list("id", "tax_code"))


def names_of(ids: Collection[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Name and whether it is invented, of those taken back too; one query, none for no id."""
    if not ids:
        return {}
    rows = Organisation.objects.filter(id__in=ids).order_by()
    return {key: (name, mark) for key, name, mark in rows.values_list("id", "name", "is_invented")}


def choices(text: str, area: Unit | None, limit: int = 20) -> tuple[Organisation, ...]:
    """Organisations by a part of their name, for choosing a parent or successor; two queries."""
    rows = matching(Asked(text=text, unit=area)).select_related("unit")
    return tuple(rows[:limit])


def may_write(viewer: Viewer, unit_id: str) -> bool:
    """Whether the viewer may write an organisation of a unit."""
    return viewer.may(MAY_WRITE) and ("system" in viewer.roles or _is_within(viewer, unit_id))


def waiting(viewer: Viewer, import_id: UUID) -> OrganisationImport:
    """A list that was read, for whoever brought it and for those who may write in its area."""
    found = OrganisationImport.objects.select_related("scope").filter(id=import_id).first()
    if found is None or not _may_see(viewer, found):
        raise unknown_import()
    return found


def imports_of(viewer: Viewer, number: object) -> Page[OrganisationImport]:
    """The lists that the viewer brought, and those of the viewer's units, newest first."""
    rows = OrganisationImport.objects.select_related("scope")
    return numbered(rows.filter(Q(created_by=viewer.id) | Q(scope_id__in=viewer.units)), number)


def unknown_organisation() -> OrganisationError:
    """The refusal for an id that names nothing, or something taken back."""
    return MissingOrganisationError(
        "locations.unknown_organisation",
        Words(
            "Không tìm thấy tổ chức này; có thể đã được hoàn tác. Tìm lại trong danh sách.",
            "This organisation was not found; it may have been undone. Look for it in the list.",
        ),
    )


def no_centre(name: str) -> OrganisationError:
    """The refusal for a unit of which it is not known where it lies."""
    return OrganisationError(
        "locations.no_centre",
        Words(
            f"Chưa biết vị trí của {name}. Nhập vĩ độ, kinh độ, hoặc chọn địa bàn cấp trên.",
            f"Where {name} lies is not known. Write a point, or choose the unit above it.",
        ),
        field="unit",
    )


def unknown_import() -> OrganisationError:
    """The refusal for a list that is not there, or not for this viewer."""
    return MissingOrganisationError(
        "locations.unknown_import",
        Words("Không tìm thấy danh sách này.", "This list was not found."),
    )


@lru_cache(maxsize=1)
def relatives() -> Mapping[UnitId, tuple[UnitId, ...]]:
    """The units of the other era that a unit passed into or came from, of both trees."""
    found: dict[UnitId, list[UnitId]] = {}
    for one in values.successions():
        found.setdefault(one.old, []).append(one.new)
        found.setdefault(one.new, []).append(one.old)
    return {unit_id: tuple(dict.fromkeys(others)) for unit_id, others in found.items()}


def _may_see(viewer: Viewer, row: OrganisationImport) -> bool:
    is_own = viewer.may(MAY_WRITE) and row.created_by == viewer.id
    return is_own or may_write(viewer, row.scope_id)


def _is_within(viewer: Viewer, unit_id: str) -> bool:
    """In one of the viewer's units; of the other era, only if all that it met is."""
    ids = [unit_id, *relatives().get(UnitId(unit_id), ())]
    chains = _chains([*ids, *viewer.units])
    if unit_id not in chains:
        return False
    if not viewer.units.isdisjoint(chains[unit_id]):
        return True
    others = [chains.get(one, frozenset()) for one in ids[1:]]
    return bool(others) and all(not viewer.units.isdisjoint(chain) for chain in others)


def _chains(unit_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    rows = AdminUnit.objects.filter(id__in=set(unit_ids)).order_by()
    return {
        key: frozenset(f"{tree}:{code}" for code in path.split("/"))
        for key, tree, path in rows.values_list("id", "tree", "path")
    }


def _point(lat: Decimal | None, lon: Decimal | None) -> GeoPoint | None:
    return None if lat is None or lon is None else GeoPoint(float(lat), float(lon))


def _read(near: Iterable[Near]) -> tuple[tuple[Organisation, int], ...]:
    metres = {UUID(one.key.rpartition(" ")[2]): one.metres for one in near}
    rows = {row.id: row for row in _standing().filter(id__in=metres).select_related("unit")}
    return tuple((rows[key], far) for key, far in metres.items())


def _standing() -> "QuerySet[Organisation]":
    return Organisation.objects.filter(removed_at__isnull=True)
