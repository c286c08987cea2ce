"""Enrolled devices: what one may be given, how its secrets look, and when it has lapsed."""

import base64
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import resources
from uuid import UUID

from vungxanh.accounts.rules.roles import Limit, specs
from vungxanh.refusals import Words

DEVICE = "device:"
# The link of an enrolment is shown to one device that stands beside the screen.
LINK_LIVES = timedelta(minutes=10)
# A device that nobody has heard of for so long may be in anybody's hands.
LAPSES_AFTER = timedelta(hours=72)
# Contacts are written down at most this often, so that reading stays reading.
CONTACT_STEP = timedelta(minutes=1)
# A refused device that keeps asking is written into the log at most this often.
REFUSAL_STEP = timedelta(hours=1)
MANAGES = "devices.manage"
# Where every device is somebody: the calls and the page by which it looks after itself.
OWN_CALLS = "/api/v1/staff-devices/me"
OWN_PAGE = "/thiet-bi/may/"
MARK = "vxd"
_SECRET_BYTES = 32
_CODE_BYTES = 15  # 120 bits: 24 letters and digits, in groups of four on paper
_CODE_LENGTH = 24


class Kind(StrEnum):
    """What sort of device it is."""

    PHONE = "phone"
    DISPLAY = "display"
    READER = "reader"
    API_KEY = "api_key"


class DeviceState(StrEnum):
    """Where a device stands at an instant."""

    INVITED = "invited"
    UNUSED = "unused"
    ACTIVE = "active"
    LAPSED = "lapsed"
    REVOKED = "revoked"


class Ending(StrEnum):
    """How a device came to its end."""

    LAPSED = "lapsed"
    REVOKED = "revoked"


class TooWideError(ValueError):
    """A scope asks for a capability that no device may ever hold."""


@dataclass(frozen=True, slots=True)
class ScopeSpec:
    """One scope: its words, for which kinds, where it is somebody and what it may do there."""

    scope: str
    words: Words
    kinds: frozenset[Kind]
    addresses: tuple[str, ...]
    capabilities: frozenset[str]

    def covers(self, path: str) -> bool:
        """Whether a device of this scope is somebody at this address."""
        return path.startswith(self.addresses) or is_own(path)


@dataclass(frozen=True, slots=True)
class DeviceTimes:
    """What of a device decides where it stands."""

    ending: str
    link_until: datetime | None
    last_contact_at: datetime | None


def read_scopes(text: str) -> dict[str, ScopeSpec]:
    """The scopes of a TOML text, in its order; TooWideError where one exceeds `ever`.

    >>> said = 'ever = ["a.b"]\\n[scopes.s]\\nvi = "S"\\nen = "S"\\nkinds = ["phone"]\\n'
    >>> read_scopes(said + 'addresses = ["/x"]\\ncapabilities = ["c.d"]')
    Traceback (most recent call last):
    vungxanh.accounts.rules.devices.TooWideError: s may not hold c.d
    """
    said = tomllib.loads(text)
    ever = frozenset(said["ever"])
    found = {}
    for scope, one in said["scopes"].items():
        for excess in sorted(frozenset(one["capabilities"]) - ever):
            message = f"{scope} may not hold {excess}"
            raise TooWideError(message)
        found[scope] = ScopeSpec(
            scope=scope,
            words=Words(vi=one["vi"], en=one["en"]),
            kinds=frozenset(Kind(kind) for kind in one["kinds"]),
            addresses=tuple(one["addresses"]),
            capabilities=frozenset(one["capabilities"]),
        )
    return found


SCOPES = read_scopes(
    resources.files("vungxanh.accounts").joinpath("vendored/device-scopes.toml").read_text("utf-8")
)


def is_own(path: str) -> bool:
    """Whether an address is one by which a device looks after itself."""
    return path == OWN_CALLS or path.startswith((f"{OWN_CALLS}/", OWN_PAGE))


def covers(scope: str, path: str) -> bool:
    """Whether a device of this scope is somebody at this address.

    >>> covers("display.read", "/api/v1/uptake/table"), covers("display.read", "/so-lieu/nop/")
    (True, False)
    """
    known = SCOPES.get(scope)
    return is_own(path) if known is None else known.covers(path)


def may_give(capabilities: Iterable[str], scope: str) -> bool:
    """Whether somebody with these capabilities may give this scope: never more than theirs.

    >>> may_give({"uptake.view"}, "display.read"), may_give({"uptake.view"}, "figures.submit")
    (True, False)
    """
    return scope in SCOPES and SCOPES[scope].capabilities <= frozenset(capabilities)


def manages_by_area(roles: Iterable[str]) -> bool:
    """Whether one of these roles looks after the devices of its whole units.

    Somebody limited to one point or one organisation does not: their unit only says where it lies.
    """
    return any(spec.limit is Limit.AREA and MANAGES in spec.capabilities for spec in specs(roles))


def state_of(times: DeviceTimes, at: datetime) -> DeviceState:
    """Where a device stands; a fresh link shows over an end, not over a live device."""
    valid_until = lapses_at(times.last_contact_at)
    if not times.ending and valid_until is not None and at < valid_until:
        return DeviceState.ACTIVE
    if times.link_until is not None and at < times.link_until:
        return DeviceState.INVITED
    if times.ending == Ending.REVOKED:
        return DeviceState.REVOKED
    return DeviceState.UNUSED if valid_until is None else DeviceState.LAPSED


def lapses_at(last_contact_at: datetime | None) -> datetime | None:
    """When a device lapses that was last heard of then; None for one that was never heard of."""
    return None if last_contact_at is None else last_contact_at + LAPSES_AFTER


def new_secret() -> str:
    """The secret part of a token: 256 bits, base64url."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def new_code() -> str:
    """The secret of a link: 120 bits that a person can also type."""
    return base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()


def grouped(code: str) -> str:
    """A code in groups of four, as it stands on paper.

    >>> grouped("ABCDEFGH")
    'ABCD EFGH'
    """
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def plain_code(typed: str) -> str:
    """A code as it was made, from what somebody typed; empty where it can be none.

    >>> plain_code("abcd efgh-ijkl mnop qrst uvwx"), plain_code("abc")
    ('ABCDEFGHIJKLMNOPQRSTUVWX', '')
    """
    letters = "".join(typed.upper().replace("-", " ").split())
    is_one = len(letters) == _CODE_LENGTH and letters.isascii() and letters.isalnum()
    return letters if is_one else ""


def written_token(device_id: UUID, secret: str) -> str:
    """The token of a device: `vxd_<id>_<secret>`."""
    return f"{MARK}_{device_id.hex}_{secret}"


def parsed_token(token: str) -> tuple[UUID, str] | None:
    """The device and the secret that a token names; None for what is no token.

    >>> parsed_token("vxd_0196f0a0000070008000000000000000_x_y")
    (UUID('0196f0a0-0000-7000-8000-000000000000'), 'x_y')
    >>> parsed_token("vxd_zz_x") is None
    True
    """
    mark, _, rest = token.partition("_")
    name, _, secret = rest.partition("_")
    if mark != MARK or len(name) != 32 or not 0 < len(secret) <= 128 or not token.isascii():
        return None
    try:
        return UUID(hex=name), secret
    except ValueError:
        return None
