"""Locations of NZ COVID Tracer (New Zealand): `NZCOVIDTRACER:` and base64 of a JSON object.

Its fields are texts: `gln` the GS1 location number, `ver` `c19:1`, `typ` `entry`, `opn` the name,
`adr` the address, of several lines. Nothing is signed.

Source: the health information standard HISO 10067 and the published app.
"""

import re
from dataclasses import dataclass
from typing import Final

from vungxanh.protocol.places import refusals
from vungxanh.protocol.places.door import bytes_of_base64, object_of, text_of

PREFIX: Final = "NZCOVIDTRACER:"
LONGEST: Final = 2048
VERSION: Final = "c19:1"
TYPE: Final = "entry"
_GLN: Final = re.compile(r"[A-Za-z0-9-]{1,32}", re.ASCII)  # 13 digits, but for examples


@dataclass(frozen=True, slots=True)
class Location:
    """One location."""

    gln: str
    name: str
    address: str


def is_meant(text: str) -> bool:
    """Whether a scanned text begins as one of these codes; read it to know."""
    return text.startswith(PREFIX)


def read(text: str) -> Location:
    """The location of a scanned text. Raises `protocol.not_nz_location`.

    >>> read("NZCOVIDTRACER:eyJnbG4iOiIxIiwidmVyIjoiYzE5OjEiLCJ0eXAiOiJlbnRyeSIsIm9wbiI6IkEiLCJh"
    ... "ZHIiOiJCIn0")
    Location(gln='1', name='A', address='B')
    """
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        raise refusals.not_nz_location()
    found = object_of(bytes_of_base64(text.removeprefix(PREFIX)))
    if found is None or found.get("ver") != VERSION or found.get("typ") != TYPE:
        raise refusals.not_nz_location()
    gln = text_of(found.get("gln"), 32)
    name, address = text_of(found.get("opn"), 200), text_of(found.get("adr"), 500, lines=True)
    if gln is None or name is None or address is None or not _GLN.fullmatch(gln):
        raise refusals.not_nz_location()
    return Location(gln, name, address)
