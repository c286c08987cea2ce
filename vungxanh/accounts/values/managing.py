"""What an administrator sees of accounts and invitations, and what is given with them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.accounts.values.staff import StaffRef
from vungxanh.refusals import Words

MANAGE = "accounts.manage"


@dataclass(frozen=True, slots=True)
class Rights:
    """What an account is given: roles, the units they hold for, single things, and until when."""

    roles: tuple[str, ...]
    units: tuple[str, ...]
    scopes: tuple[str, ...] = ()
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One row of the list of accounts."""

    ref: StaffRef
    id: UUID
    name: str
    email: str
    roles: tuple[Words, ...]
    units: tuple[str, ...]
    is_active: bool
    is_demo: bool
    ends_at: datetime | None
    last_login: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts are asked for; empty parts ask for all."""

    email: str = ""
    role: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation whose link nobody has used yet; `is_open` while the link works."""

    id: UUID
    email: str
    roles: tuple[Words, ...]
    units: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody whose second factor is lost, as a colleague who may confirm sees them."""

    id: UUID
    ref: StaffRef
    name: str
    email: str
    roles: tuple[Words, ...]
    units: tuple[str, ...]
    asked_at: datetime
    expires_at: datetime
    n_confirmed: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What changed rights would bring: what may be done newly, no longer, and still."""

    gained: tuple[Words, ...]
    lost: tuple[Words, ...]
    kept: tuple[Words, ...]
    needs_factor: bool
