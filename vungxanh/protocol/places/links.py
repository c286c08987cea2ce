"""The address that the QR of a control point holds: `https://site/c/CODE#PAYLOAD`.

Any camera opens it; the payload behind "#" stays in the phone. The short code stands in the path so
that the site can answer without it. Scanned addresses are taken apart here by what they must be,
character for character, and never opened or looked up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vungxanh.protocol.places import payloads, refusals
from vungxanh.protocol.places.payloads import PlaceCode

LONGEST: Final = 512
_LABEL: Final = r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"  # of a host; no disguised letters
_SITE: Final = re.compile(rf"https?://{_LABEL}(?:\.{_LABEL})*(?::[1-9][0-9]{{0,4}})?", re.ASCII)
_LINK: Final = re.compile(
    rf"(?P<site>{_SITE.pattern})/c/(?P<code>[0-9A-Z]{{9}})#(?P<payload>.*)", re.ASCII
)
_MEANT: Final = re.compile(r"https?://[^/?#]*/c/", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A scanned address: the site that it would open, and the code that it holds."""

    site: str
    place: PlaceCode


def write(site: str, payload: str) -> str:
    """The address of a payload; `site` is `https://host`, perhaps with a port, and nothing more.

    Raises `protocol.other_site` where `site` is none, `protocol.not_place_code`.

    >>> write("https://vungxanh.example", "A")
    Traceback (most recent call last):
    vungxanh.protocol.places.refusals.PlaceCodeError: protocol.not_place_code: ...
    """
    if not _SITE.fullmatch(site):
        raise refusals.other_site()
    return f"{site}/c/{payloads.read(payload, {}).short_code}#{payload}"


def is_link(text: str) -> bool:
    """Whether a scanned text means to be the address of a point; read it to know."""
    return bool(_MEANT.match(text))


def read(
    text: str, public_keys: Mapping[bytes, Ed25519PublicKey], *, site: str | None = None
) -> PlaceLink:
    """The site and the code of a scanned address.

    `site` is the one that it must lead to; None takes any, and the caller shows which. Raises
    `protocol.not_place_code`, `protocol.newer_place_code`, `protocol.mixed_place_codes` (the code
    in the path is another than the payload's), `protocol.other_site`.
    """
    found = _LINK.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise refusals.not_place_code()
    place = payloads.read(found["payload"], public_keys)
    if found["code"] != place.short_code:
        raise refusals.mixed_codes()
    if site is not None and found["site"] != site:
        raise refusals.other_site()
    return PlaceLink(found["site"], place)
