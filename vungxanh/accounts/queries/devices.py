"""Reading enrolled devices: the viewer behind a token, and the devices of an area."""

import hmac
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.accounts.models import Staff
from vungxanh.accounts.models.devices import TOKENS, EnrolledDevice, ref_of_device
from vungxanh.accounts.queries.areas import lies_in
from vungxanh.accounts.queries.authorising import authorised
from vungxanh.accounts.rules import devices as rules
from vungxanh.accounts.rules.devices import DeviceState, Ending, Kind
from vungxanh.accounts.values import STAFF, Area, area_of
from vungxanh.accounts.values.acting import ORGANISATION
from vungxanh.accounts.values.devices import DeviceFilter, DeviceLine, OwnDevice
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import BadUnitIdError, Level, Unit, UnitId
from vungxanh.refusals import Words

# A province of before has 159 communes: a list of this length is still chosen from.
MOST_OFFERED = 400
_OF_TOKEN = (
    "id",
    "name",
    "kind",
    "scope",
    "unit_id",
    "organisation_id",
    "token_digest",
    "next_digest",
    "last_contact_at",
    "refused_at",
    "link_until",
    "ending",
)


def device_viewer(token: str, at: datetime) -> Viewer | None:
    """The viewer that a token stands for; None where it is wrong, revoked or lapsed.

    One query, and at most once a minute another that writes the contact down. The viewer's scope
    `device:<scope>` says where it is somebody (`rules.devices.SCOPES`); who asks here must heed it.
    """
    row = device_with(token)
    if row is None or not is_live(row, at):
        return None
    note_contact(row, token, at)
    return viewer_of_device(row)


def device_with(token: str) -> EnrolledDevice | None:
    """The device whose present or next token this is, live or not; one query."""
    parsed = rules.parsed_token(token)
    if parsed is None:
        return None
    row = EnrolledDevice.objects.only(*_OF_TOKEN).filter(pk=parsed[0]).first()
    if row is None:
        return None
    return row if is_token_of(row, token) else None


def is_token_of(row: EnrolledDevice, token: str) -> bool:
    """Whether it is the device's present or next token."""
    return _is_right(token, row.token_digest) | _is_right(token, row.next_digest)


def is_live(row: EnrolledDevice, at: datetime) -> bool:
    """Whether a device may come in: neither ended nor silent for too long."""
    return rules.state_of(row.times, at) is DeviceState.ACTIVE


def note_contact(row: EnrolledDevice, token: str, at: datetime) -> datetime:
    """Write down that a device was heard of; returns until when it holds now.

    A next token in use takes the place of the old.
    """
    known = row.last_contact_at or at
    is_next = _is_right(token, row.next_digest)
    if is_next or at - known >= rules.CONTACT_STEP:
        known = max(at, known)
        change: dict[str, object] = {"last_contact_at": known}
        if is_next:
            change |= {"token_digest": row.next_digest, "next_digest": None}
        EnrolledDevice.objects.filter(pk=row.pk, ending="").update(**change)
    return known + rules.LAPSES_AFTER


def viewer_of_device(row: EnrolledDevice) -> Viewer:
    """The viewer that a device is: its unit, whom it acts for, and what its scope may do."""
    scope = rules.SCOPES.get(row.scope)
    named = {f"{ORGANISATION}{row.organisation_id}"} if row.organisation_id else set()
    return Viewer(
        id=ref_of_device(row.pk),
        name=row.name,
        units=frozenset({row.unit_id}),
        scopes=frozenset({f"{rules.DEVICE}{row.scope}", *named}),
        capabilities=scope.capabilities if scope else frozenset(),
    )


def own_device(viewer: Viewer) -> OwnDevice:
    """The device that the viewer is; whoever is none finds nothing. One query."""
    row = None
    if viewer.id.startswith(rules.DEVICE):
        name = UUID(viewer.id.removeprefix(rules.DEVICE))
        row = EnrolledDevice.objects.select_related("unit").filter(pk=name).first()
    valid_until = rules.lapses_at(row.last_contact_at) if row else None
    if row is None or valid_until is None:
        raise MissingError
    return OwnDevice(
        id=row.pk,
        name=row.name,
        kind=Kind(row.kind),
        scope=row.scope,
        scope_words=scope_words(row.scope),
        unit=row.unit_id,
        unit_name=row.unit.name,
        valid_until=valid_until,
    )


def managed(viewer: Viewer) -> Viewer:
    """The viewer with those units alone whose devices they look after."""
    if rules.manages_by_area(viewer.roles):
        return viewer
    return replace(viewer, units=frozenset(), opened=frozenset())


def managed_unit(unit_id: str, viewer: Viewer) -> Unit:
    """A unit whose devices the viewer looks after; any other is not there. One query."""
    try:
        found = locations.units([unit_id]).get(UnitId(unit_id.strip()))
    except BadUnitIdError:
        found = None
    return authorised(
        found, viewer=managed(viewer), needs=rules.MANAGES, unit=lambda one: one, acting=True
    )


def offered_units(viewer: Viewer) -> tuple[Unit, ...]:
    """The units for which the viewer may enrol devices, each with those below as far as a list
    bears them; deeper ones are reached by naming a unit on the way. At most five queries a unit.
    """
    found: list[Unit] = []
    for held in sorted(managed(viewer).units):
        top = locations.units([held]).get(UnitId(held))
        if top is not None:
            found += [top, *_offered_below(top)]
    return tuple(found)


def _offered_below(top: Unit) -> tuple[Unit, ...]:
    if top.level in {Level.COUNTRY, Level.COMMUNE}:
        return locations.children(top.id) if top.level is Level.COUNTRY else ()
    return locations.descendants(top.id)[:MOST_OFFERED]


def offered_scopes(viewer: Viewer) -> tuple[rules.ScopeSpec, ...]:
    """The scopes that the viewer may give, in the order of the list."""
    return tuple(
        spec for spec in rules.SCOPES.values() if rules.may_give(viewer.capabilities, spec.scope)
    )


def devices(viewer: Viewer, asked: DeviceFilter, *, page: object, at: datetime) -> Page[DeviceLine]:
    """One page of the devices of the viewer's area, the newest first; three queries."""
    viewer.require(rules.MANAGES)
    found = _shown().filter(_in_area(managed(viewer)))
    if asked.unit:
        found = found.filter(_of_unit(managed_unit(asked.unit, viewer)))
    if asked.kind in set(Kind):
        found = found.filter(kind=asked.kind)
    if asked.state in set(DeviceState):
        found = found.filter(_in_state(DeviceState(asked.state), at))
    rows = numbered(found, page)
    names = _names_of({row.invited_by for row in rows})
    lines = tuple(_line(row, names, at) for row in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def device_line(device_id: UUID, viewer: Viewer, at: datetime) -> DeviceLine:
    """One device that the viewer looks after; two queries."""
    row = authorised(
        _shown().filter(pk=device_id).first(),
        viewer=managed(viewer),
        needs=rules.MANAGES,
        unit=lambda one: one.unit,
        acting=True,
    )
    return _line(row, _names_of({row.invited_by}), at)


def devices_within(unit: Unit) -> "QuerySet[EnrolledDevice]":
    """The devices of a unit and of those below it."""
    return EnrolledDevice.objects.filter(_of_unit(unit))


def endable(unit: Unit, at: datetime) -> tuple[DeviceLine, ...]:
    """The devices of a unit and of those below whose access can still be taken away; two queries.

    For somebody who was already let at the unit.
    """
    living = devices_within(unit).exclude(ending=Ending.REVOKED)
    rows = list(living.select_related("unit", "organisation"))
    names = _names_of({row.invited_by for row in rows})
    return tuple(_line(row, names, at) for row in rows)


def scope_words(scope: str) -> Words:
    """The words of a scope; its code where the list no longer has it."""
    known = rules.SCOPES.get(scope)
    return known.words if known else Words(vi=scope, en=scope)


def _shown() -> "QuerySet[EnrolledDevice]":
    """All, with what a line shows."""
    return EnrolledDevice.objects.select_related("unit", "organisation")


def _in_area(viewer: Viewer) -> Q:
    """In the units held wholly: what is held in part nobody acts on."""
    return lies_in(Area(area_of(viewer.units).whole))


def _of_unit(unit: Unit) -> Q:
    below = Q(unit__tree=unit.tree, unit__path__startswith=f"{unit.path}/")
    return Q(unit_id=unit.id) | below


def _in_state(state: DeviceState, at: datetime) -> Q:
    """`rules.state_of` as a condition; a test holds the two together."""
    silent_since = at - rules.LAPSES_AFTER
    live = Q(ending="", last_contact_at__isnull=False, last_contact_at__gt=silent_since)
    linked = Q(link_until__isnull=False, link_until__gt=at)
    unheard = Q(last_contact_at__isnull=True)
    others = ~live & ~linked & ~Q(ending=Ending.REVOKED)
    return {
        DeviceState.ACTIVE: live,
        DeviceState.INVITED: ~live & linked,
        DeviceState.REVOKED: ~linked & Q(ending=Ending.REVOKED),
        DeviceState.UNUSED: others & unheard,
        DeviceState.LAPSED: others & ~unheard,
    }[state]


def _line(row: EnrolledDevice, names: dict[str, str], at: datetime) -> DeviceLine:
    return DeviceLine(
        id=row.pk,
        name=row.name,
        kind=Kind(row.kind),
        scope=row.scope,
        scope_words=scope_words(row.scope),
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        organisation_name=row.organisation.name if row.organisation else "",
        state=rules.state_of(row.times, at),
        invited_by=names.get(row.invited_by, row.invited_by),
        invited_at=row.invited_at,
        link_until=row.link_until,
        enrolled_at=row.enrolled_at,
        last_contact_at=row.last_contact_at,
        valid_until=rules.lapses_at(row.last_contact_at),
        ended_at=row.ended_at,
    )


def _names_of(refs: set[str]) -> dict[str, str]:
    ids = [UUID(ref.removeprefix(STAFF)) for ref in refs if ref.startswith(STAFF)]
    return {f"{STAFF}{row.pk}": row.name for row in Staff.objects.filter(pk__in=ids)}


def _is_right(token: str, kept: bytes | memoryview | None) -> bool:
    """Whether a token has this digest, compared in constant time under every index key held."""
    if kept is None:
        return False
    right = [hmac.compare_digest(one, bytes(kept)) for one in TOKENS.digests(token)]
    return any(right)
