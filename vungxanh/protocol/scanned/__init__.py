"""Any scanned text: which kind of code it is, what it says, and whether its signature holds.

A text is sorted by how it begins, and then read by that kind's reader alone. What is a link of no
known kind is refused; nothing is ever opened, looked up or logged.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vungxanh.protocol.personal import bhyt, cccd, decision1405, own, signed_card
from vungxanh.protocol.personal.own import OwnCode
from vungxanh.protocol.personal.payloads import SEPARATOR, is_hidden
from vungxanh.protocol.personal.signed_card import SignedCard
from vungxanh.protocol.places import cwa, links, nhs, nz, payloads
from vungxanh.protocol.places.payloads import PlaceCode
from vungxanh.protocol.refusals import ProtocolError
from vungxanh.protocol.scanned import formats, keys, refusals
from vungxanh.protocol.scanned.formats import Fields
from vungxanh.protocol.scanned.keys import NamedKey, public_key

__all__ = ["MOST", "NamedKey", "Scanned", "public_key", "read"]

MOST: Final = 4296  # characters that the largest QR code holds
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{110}", re.ASCII)
_LINK: Final = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}|www\.", re.ASCII | re.IGNORECASE)

Code = TypeVar("Code", OwnCode, PlaceCode, SignedCard)


@dataclass(frozen=True, slots=True)
class Scanned:
    """One code. `verified` is None where its format has no signature or no key of it is known."""

    format: str
    fields: Fields
    verified: bool | None = None


def read(text: str, known: Sequence[NamedKey] = ()) -> Scanned:
    """The code in a scanned text.

    Raises `protocol.qr_too_long|qr_hidden|strange_link|unknown_qr`, and the refusals of the kind
    that the text begins as.
    """
    if len(text) > MOST:
        raise refusals.too_long(MOST)
    written = text.strip("\r\n\t \ufeff")
    if any(map(is_hidden, written)):
        raise refusals.hidden_characters()
    for is_meant, reader in _READERS:
        if is_meant(written):
            return reader(written, known)
    raise refusals.strange_link() if _LINK.match(written) else refusals.unknown()


def _link(text: str, known: Sequence[NamedKey]) -> Scanned:
    site = links.read(text, {}).site
    return _place(text.partition("#")[2], known, site=site)


def _place(text: str, known: Sequence[NamedKey], *, site: str | None = None) -> Scanned:
    code = _verified(lambda trusted: payloads.read(text, trusted), known)
    return Scanned("vungxanh.place", formats.of_place(code, site), code.verified)


def _person(text: str, known: Sequence[NamedKey]) -> Scanned:
    alone, said = signed_card.parts_of(text)
    code = _verified(lambda trusted: own.read(alone, trusted), known)
    fields = formats.of_person(code)
    if said:
        card = _verified(lambda trusted: signed_card.read(said, code, trusted), known)
        fields |= formats.of_signed_card(card)
    return Scanned("vungxanh.person", fields, code.verified)


def _cwa(text: str, _: Sequence[NamedKey]) -> Scanned:
    return Scanned("cwa.location", formats.of_cwa(cwa.read(text)))


def _nhs(text: str, known: Sequence[NamedKey]) -> Scanned:
    venue = nhs.read(text, lambda key_id: keys.p256(known, key_id))
    return Scanned("nhs.venue", formats.of_nhs(venue), venue.verified)


def _nz(text: str, _: Sequence[NamedKey]) -> Scanned:
    return Scanned("nz.location", formats.of_nz(nz.read(text)))


def _paper(text: str, _: Sequence[NamedKey]) -> Scanned:
    """A paper's fields between "|": no text is two of the three."""
    for reader in (_card, _decision, _insurance):
        try:
            return reader(text)
        except ProtocolError:
            continue
    raise refusals.unknown()


def _card(text: str) -> Scanned:
    return Scanned("vn.cccd", formats.of_card(cccd.read(text)))


def _decision(text: str) -> Scanned:
    return Scanned("vn.person", formats.of_decision(decision1405.read(text)))


def _insurance(text: str) -> Scanned:
    return Scanned("bhyt", {"number": bhyt.read(text).number})


def _is_paper(text: str) -> bool:
    return SEPARATOR in text and not _LINK.match(text)


def _verified(
    reader: Callable[[Mapping[bytes, Ed25519PublicKey]], Code], known: Sequence[NamedKey]
) -> Code:
    """The code, tried by every key that may have signed it."""
    code = reader({})
    tried = [reader({code.key_id: key}).verified for key in keys.ed25519(known, code.key_id)]
    return replace(code, verified=any(tried)) if tried else code


_READERS: Final[
    Sequence[tuple[Callable[[str], bool], Callable[[str, Sequence[NamedKey]], Scanned]]]
] = (
    (own.is_own, _person),
    (nhs.is_meant, _nhs),
    (nz.is_meant, _nz),
    (cwa.is_meant, _cwa),
    (links.is_link, _link),
    (lambda text: bool(_PAYLOAD.fullmatch(text)), _place),
    (_is_paper, _paper),
)
