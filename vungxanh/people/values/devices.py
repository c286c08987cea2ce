"""Devices of citizens as they come in and go out."""

from dataclasses import dataclass
from uuid import UUID

from vungxanh.core.viewer import CITIZEN

COOKIE = "vx_phone"
"""The cookie in which a browser keeps the token of a phone."""


@dataclass(frozen=True, slots=True)
class NewDevice:
    """What a phone or browser says of itself."""

    platform: str
    version: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True, repr=False)
class Registered:
    """A device and its token, which is told once."""

    id: UUID
    token: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is answered to whoever asks for a code: the same for every number."""

    expires_in_seconds: int
    resend_in_seconds: int


def device_ref(device_id: UUID) -> str:
    """The text by which the log refers to a citizen's device; their viewer has it as its id."""
    return f"{CITIZEN}{device_id}"
