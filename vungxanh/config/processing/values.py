"""Frozen words of the package: what is configured, what people stated, and papers in a list."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from vungxanh.accounts.values.purposes import CampaignBasis, PurposeSpec
from vungxanh.refusals import Words

MANAGE: Final = "accounts.manage"
FIRST_DOSSIER: Final = timedelta(days=60)
"""From first processing to the dossier (vietnam.md 5.3: Law 91/2025/QH15, Decree 356/2025)."""
UPDATED_EVERY_MONTHS: Final = 6
NOTICE_WITHIN: Final = timedelta(hours=72)
"""From finding a breach to the notice (Law 91/2025/QH15, article 23)."""
LAW: Final = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"
DECREE: Final = "Nghị định số 356/2025/NĐ-CP"


class Kind(StrEnum):
    """Sorts of papers."""

    REGISTER = "register"
    DOSSIER = "dossier"
    BREACH = "breach"


KIND_WORDS: Final = {
    Kind.REGISTER: Words("Sổ đăng ký hoạt động xử lý", "Register of processing"),
    Kind.DOSSIER: Words("Hồ sơ đánh giá tác động", "Impact assessment dossier"),
    Kind.BREACH: Words("Thông báo vi phạm", "Breach notice"),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One table that points at persons. `keeps` are its retentions in days, None without end.

    `n_open` and `n_endless` count private fields that are neither sealed nor hashed, or kept for
    good.
    """

    label: str
    room: str
    name: str
    what: str
    who: tuple[str, ...]
    n_personal: int
    n_sensitive: int
    n_pseudonymous: int
    n_open: int
    n_endless: int
    keeps: tuple[tuple[int | None, str], ...]
    sees: str
    roles: tuple[str, ...]
    purposes: str

    @property
    def n_private(self) -> int:
        """Fields that name or reach a person."""
        return self.n_personal + self.n_sensitive


@dataclass(frozen=True, slots=True)
class Store:
    """Where something lies: "PostgreSQL" at a host, files below a folder."""

    words: Words
    place: Words
    host: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A way out or in that is really configured, to a host; a file on this machine has none."""

    way: Words
    hosts: tuple[str, ...]
    what: Words
    line: Words


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of protection, whether it is on, and what was found."""

    code: str
    name: Words
    is_on: bool
    found: Words


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role and what of persons it may open."""

    role: str
    words: Words
    sees: tuple[str, ...]
    needs_factor: bool


@dataclass(frozen=True, slots=True)
class Configured:
    """What the papers say of the running installation; equal settings give equal digests."""

    software: str
    holdings: tuple[Holding, ...]
    purposes: tuple[PurposeSpec, ...]
    bases: tuple[CampaignBasis, ...]
    consents: tuple[Words, ...]
    roles: tuple[RoleLine, ...]
    stores: tuple[Store, ...]
    recipients: tuple[Recipient, ...]
    measures: tuple[Measure, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of everything that is configured, in hex."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every other machine that personal data goes to or lies on, once."""
        found = [host for one in self.recipients for host in one.hosts]
        return tuple(dict.fromkeys([*(s.host for s in self.stores if s.host), *found]))

    def measure(self, code: str) -> Measure | None:
        """A measure by its code."""
        return next((one for one in self.measures if one.code == code), None)


class Stated(msgspec.Struct, frozen=True, omit_defaults=True):
    """What only people can know; an empty one is printed as a visible blank."""

    controller: str = ""
    parent: str = ""
    symbol: str = ""
    place: str = ""
    address: str = ""
    contact: str = ""
    officer: str = ""
    officer_contact: str = ""
    processors: str = ""
    staff_basis: str = ""
    necessity: str = ""
    abroad: str = ""
    authority: str = ""
    post: str = ""
    signer: str = ""
    began_on: date | None = None


class SaidOfBreach(msgspec.Struct, frozen=True):
    """What was typed of a breach; `tables` are labels of the tables that were touched."""

    found_at: datetime
    happened: str
    tables: tuple[str, ...]
    kinds: str
    n_persons: int | None
    n_rows: int | None
    consequences: str
    measures: str
    contact: str

    @property
    def due_at(self) -> datetime:
        """By when the notice must have gone."""
        return self.found_at + NOTICE_WITHIN


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A frozen paper in a list."""

    id: UUID
    kind: Kind
    unit_id: str
    series: str
    version: int
    digest: str
    configured: str
    made_at: datetime
    made_by: str
    found_at: datetime | None
    sent_at: datetime | None
    reason: str
    duty: UUID | None

    @property
    def code(self) -> str:
        """Eight hex digits of the digest, as papers print them."""
        return coded(self.digest)

    @property
    def due_at(self) -> datetime | None:
        """By when a notice must have gone."""
        return self.found_at + NOTICE_WITHIN if self.found_at else None


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of one table, and persons in them where they can be told apart."""

    label: str
    name: str
    n_rows: int
    n_persons: int | None


def coded(digest: str) -> str:
    """The first eight digits of a digest in two groups.

    >>> coded("7f3a91c4" + "0" * 56)
    '7F3A-91C4'
    """
    return f"{digest[:4]}-{digest[4:8]}".upper()


def months_later(day: date, n: int) -> date:
    """The same day so many months later, or the last of a shorter month.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    month = day.year * 12 + day.month - 1 + n
    first_of_next = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(month // 12, month % 12 + 1, min(day.day, last))
