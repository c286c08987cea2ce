"""Tokens of citizens' devices, and when one counts as installed."""

import base64
import secrets
from datetime import date, timedelta
from uuid import UUID

MARK = "vxc"
_SECRET_BYTES = 32
# A phone that nobody has heard of for so long is taken for gone: its token no longer opens.
SILENT_FOR = timedelta(days=180)


def new_token(device_id: UUID) -> str:
    """A token that names its device, so that one row is read and one digest compared."""
    return token_of(device_id, secrets.token_bytes(_SECRET_BYTES))


def token_of(device_id: UUID, secret: bytes) -> str:
    """The token of a device with a secret of 32 bytes."""
    return f"{MARK}_{device_id.hex}_{_text(secret)}"


def parsed_token(token: str) -> UUID | None:
    """The device that a token names; None where it has not the form of one.

    >>> parsed_token("vxc_017f22e279b07cc398c4dc0c0c07398f_" + "A" * 43).version
    7
    >>> parsed_token("vxd_x_y") is None
    True
    """
    mark, _, rest = token.partition("_")
    name, _, secret = rest.partition("_")
    if mark != MARK or len(name) != 32 or len(secret) != 43:
        return None
    try:
        return UUID(hex=name)
    except ValueError:
        return None


def is_second_day(first_on: date, today: date) -> bool:
    """Whether a device is seen on another day than its first, which makes it an install."""
    return today > first_on


def _text(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")
