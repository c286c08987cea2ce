"""In which office somebody works, without who they are: what the person looked at is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules.roles import specs
from vungxanh.accounts.values.staff import STAFF
from vungxanh.locations.values import BadUnitIdError, UnitId, UnknownUnitError, registry
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Office:
    """The units and the role of an account, never its name."""

    units: tuple[str, ...]
    role: Words


UNKNOWN = Office((), Words(vi="Tài khoản không còn", en="Account no longer there"))


def offices_of(refs: Iterable[str]) -> dict[str, Office]:
    """The offices of accounts by reference; one query. Who is no account is left out."""
    ids = {ref: _id(ref) for ref in set(refs)}
    rows = Staff.objects.in_bulk([one for one in ids.values() if one is not None])
    return {ref: _office(rows[key]) for ref, key in ids.items() if key is not None and key in rows}


def _office(staff: Staff) -> Office:
    roles = [spec.words for spec in specs(staff.roles)]
    words = Words(vi=", ".join(one.vi for one in roles), en=", ".join(one.en for one in roles))
    return Office(tuple(_name(unit) for unit in staff.units), words)


def _name(unit_id: str) -> str:
    try:
        return registry().unit(UnitId(unit_id)).name
    except (BadUnitIdError, UnknownUnitError):
        return unit_id


def _id(ref: str) -> UUID | None:
    try:
        return UUID(ref.removeprefix(STAFF)) if ref.startswith(STAFF) else None
    except ValueError:
        return None
