"""Every parser of phones' bytes, and inputs that it answers."""

import io
import zipfile
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.protocol.places import lists
from tests.protocol.vectors import vectors
from vungxanh.protocol import advertising, bluezone, exports, gaen, scanned
from vungxanh.protocol.exports import archives, messages
from vungxanh.protocol.personal import bhyt, cccd, decision1405, own, signed_card
from vungxanh.protocol.places import cwa, links, nhs, nz, payloads, revocations, short_codes

Parser = Callable[[bytes], object]
SLOTS: Final = 200  # looked at of each case

DAY: Final = 2_650_032
SIGNER: Final = exports.Signer(derive_private_key(20_200_521, SECP256R1()), "452", "v1")
PUBLIC: Final = SIGNER.key.public_key()
KEYS: Final = [
    exports.Key(bytes([n]) * 16, DAY - n, 144 - n, n % 9, n % 6, n - 3) for n in range(4)
]
HEAD: Final = exports.Head(DAY * 600, (DAY + 144) * 600, "VN")
FILE: Final = exports.written(HEAD, KEYS, [SIGNER], revised=KEYS[:1])
ARCHIVE: Final = exports.opened(FILE)
SPKI: Final = PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
PEM: Final = PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
OWN_PEM: Final = SIGNER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
ID: Final = bytes(range(12))
F0: Final = (
    b'{"data":[{"daily_key":"%s","time_start":1597017600,"max":96,"time_end":1597190399}]}'
    % (b"2F287B4D3D4910F6" * 4)
)
LARGE: Final = b"\x7a\x80\x80\x04" + bytes(2**16)  # a field that no file has


@dataclass(frozen=True, slots=True)
class Target:
    """A parser and inputs that it answers."""

    parse: Parser
    valid: tuple[bytes, ...]


def _text(parse: Callable[[str], object]) -> Parser:
    """A parser of text, given bytes as a program may read them: any byte is some character."""
    return lambda content: parse(content.decode(errors="surrogateescape"))


def _slots(text: str) -> object:
    return [
        slot
        for case in bluezone.case_keys(text)[:3]
        for slot, _ in zip(bluezone.slots_of(case), range(SLOTS), strict=False)
    ]


def _opened(content: bytes) -> object:
    archive = exports.opened(content)
    return exports.verified(archive, [PUBLIC]), exports.parsed(archive.body)


def _verified(signature: bytes) -> object:
    one = ARCHIVE.signatures[0]._replace(signature=signature)
    return exports.verified(exports.Archive(ARCHIVE.body, (one,)), [PUBLIC])


def _large(body: bytes) -> object:
    """A body of which the fields are counted before the library reads them."""
    return exports.parsed(exports.HEADER + LARGE + body[len(exports.HEADER) :])


def _stored(body: bytes) -> object:
    """A whole container of an `export.bin` that is wrong inside."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(archives.BODY, body)
        archive.writestr(archives.SIGNATURES, messages.signature_list(ARCHIVE.signatures))
    return _opened(content.getvalue())


def _zipped_again(method: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        archive.writestr(archives.SIGNATURES, messages.signature_list(ARCHIVE.signatures))
        archive.writestr(archives.BODY, ARCHIVE.body)
    return content.getvalue()


_SIGHTING: Final = gaen.advertisement(gaen.Sighting(bytes(16), bytes(4)))
_ANDROID: Final = bluezone.android_advertisement(ID)
_IOS: Final = bluezone.ios_advertisement()
_BACKGROUND: Final = bluezone.ios_background_advertisement()
_ON_AIR: Final = (_SIGHTING, _ANDROID, _IOS, _BACKGROUND, _ANDROID + _IOS)
_SPKI: Final = b64encode(SPKI)
_KEY_STRING: Final = b"vn.app:452-v1,%s&452-v2,%s|452-v3,%s" % (_SPKI, _SPKI, _SPKI)
_LINE: Final = bluezone.HistoryLine(ID, ID, -67, 1_596_844_801_234)
_OWN: Final = bluezone.own_key(bytes(32), 1_596_844_800, at=1_598_144_400)
_PATH: Final = exports.ExportPath("vn", HEAD.start, HEAD.end, 1)
_CARD: Final = b"052185000001||NGUOI MAU MOT|20031985|Nam|To 1, Quy Nhon|01012022"
_INSURANCE: Final = b"GD4520000000001|4e67c6b0e1bb9d69|20/03/1985|2|-|52 - 001|01/01/2021|-"
_NATIONAL: Final = b"******000001|NGUOI MAU MOT|1985-**-**|0|Q1|2"
_SEED: Final = Ed25519PrivateKey.from_private_bytes(bytes(32))
_OWN_CODE: Final = own.write(
    own.Kind.CARD,
    bytes(own.HANDLE_SIZE),
    valid_from=1,
    valid_until=2,
    key_id=bytes(4),
    private_key=_SEED,
).encode()


def _own_code(text: str) -> object:
    return own.read(text, {bytes(4): _SEED.public_key()})


_SCREEN_CODE: Final = own.write(
    own.Kind.SCREEN,
    bytes(own.HANDLE_SIZE),
    valid_from=1,
    valid_until=61,
    key_id=bytes(4),
    private_key=_SEED,
)
_SAID: Final = signed_card.Said(signed_card.Colour.GREEN, date(2021, 10, 1), 61)
_SIGNED_CARD: Final = signed_card.write(
    _SCREEN_CODE, _SAID, key_id=bytes(4), private_key=_SEED
).encode()


def _signed_card(text: str) -> object:
    keys = {bytes(4): _SEED.public_key()}
    return signed_card.read(text, own.read(_SCREEN_CODE, keys), keys)


def _revocations(content: bytes) -> object:
    """A list, with what it says of numbers up to its last."""
    found = revocations.read(content, lists.KEYS)
    return [found.holds(number) for number in (0, 7, found.revocations.upto)]


_PLACE_KEYS: Final = {bytes.fromhex("00000001"): _SEED.public_key()}
_PLACES: Final = tuple(one["payload"].encode() for one in vectors("places")["codes"])
_LINKS: Final = tuple(one["url"].encode() for one in vectors("places")["codes"])
_SHORT: Final = tuple(one["shown"].encode() for one in vectors("places")["codes"])
_CWA: Final = tuple(one["text"].encode() for one in vectors("cwa")["codes"])
_NHS: Final = tuple(one["text"].encode() for one in vectors("nhs")["verified"])
_NZ: Final = tuple(one["text"].encode() for one in vectors("nz")["codes"])
_KNOWN: Final = [scanned.public_key(_SPKI.decode()), scanned.NamedKey(None, _SEED.public_key())]
_SCANNED: Final = (*_LINKS, *_PLACES, *_CWA, *_NHS, *_NZ, _OWN_CODE, _CARD, _INSURANCE, _NATIONAL)


def _inside(prefix: bytes, of_bytes: Callable[[str], object]) -> Parser:
    """A parser of base64url, given the bytes inside: changes then reach what is in them."""
    return lambda content: of_bytes(prefix.decode() + urlsafe_b64encode(content).decode())


def _within(text: bytes, prefix: bytes) -> bytes:
    return urlsafe_b64decode(text.removeprefix(prefix) + b"==")


_CWA_PREFIX: Final = cwa.PREFIXES[0].encode()
_NZ_PREFIX: Final = nz.PREFIX.encode()


def _claims(content: bytes) -> object:
    header, _, signature = _NHS[0].decode().split(".")
    return _nhs(f"{header}.{urlsafe_b64encode(content).decode().rstrip('=')}.{signature}")


def _nhs(text: str) -> object:
    return nhs.read(text, lambda _: [PUBLIC])


TARGETS: Final[Mapping[str, Target]] = {
    "advertising": Target(lambda content: list(advertising.structures_in(content)), _ON_AIR),
    "gaen.sighting_in": Target(gaen.sighting_in, _ON_AIR),
    "gaen.metadata_of": Target(gaen.metadata_of, (b"\x40\x08\x00\x00",)),
    "bluezone.identifier_in": Target(bluezone.identifier_in, _ON_AIR),
    "bluezone.is_ios": Target(bluezone.is_ios, _ON_AIR),
    "bluezone.is_ios_in_background": Target(bluezone.is_ios_in_background, _ON_AIR),
    "bluezone.identifier_read": Target(bluezone.identifier_read, (ID,)),
    "bluezone.case_keys": Target(_text(_slots), (F0,)),
    "bluezone.history_in": Target(
        _text(bluezone.history_in), (bluezone.history_text([_LINE] * 2).encode(),)
    ),
    "bluezone.own_key_in": Target(
        _text(bluezone.own_key_in), (bluezone.own_key_text(_OWN).encode(),)
    ),
    "personal.bhyt": Target(_text(bhyt.read), (_INSURANCE,)),
    "personal.cccd": Target(_text(cccd.read), (_CARD,)),
    "personal.decision1405": Target(_text(decision1405.read), (_NATIONAL,)),
    "personal.own": Target(_text(_own_code), (_OWN_CODE,)),
    "personal.signed_card": Target(_text(_signed_card), (_SIGNED_CARD[own.TEXT_SIZE :],)),
    "places.revocations": Target(
        _revocations, tuple(lists.written(*world) for world in lists.WORLDS.values())
    ),
    "places.short_codes": Target(_text(short_codes.read), _SHORT),
    "places.payloads": Target(_text(lambda text: payloads.read(text, _PLACE_KEYS)), _PLACES),
    "places.payloads inside": Target(
        _inside(b"", lambda text: payloads.read(text.rstrip("="), _PLACE_KEYS)),
        tuple(_within(one, b"") for one in _PLACES),
    ),
    "places.links": Target(_text(lambda text: links.read(text, _PLACE_KEYS)), _LINKS),
    "places.cwa": Target(_text(cwa.read), _CWA),
    "places.cwa inside": Target(
        _inside(_CWA_PREFIX, cwa.read), tuple(_within(one, _CWA_PREFIX) for one in _CWA)
    ),
    "places.nhs": Target(_text(_nhs), _NHS),
    "places.nhs inside": Target(_claims, tuple(_within(one.split(b".")[1], b"") for one in _NHS)),
    "places.nz": Target(_text(nz.read), _NZ),
    "places.nz inside": Target(
        _inside(_NZ_PREFIX, lambda text: nz.read(text.replace("-", "+").replace("_", "/"))),
        tuple(_within(one, _NZ_PREFIX) for one in _NZ[:1]),
    ),
    "scanned.read": Target(_text(lambda text: scanned.read(text, _KNOWN)), _SCANNED),
    "scanned.public_key": Target(_text(scanned.public_key), (PEM, b"3," + _SPKI)),
    "exports.opened": Target(_opened, (FILE, _zipped_again(0), _zipped_again(8))),
    "exports.parsed": Target(exports.parsed, (ARCHIVE.body,)),
    "exports.parsed a large body": Target(_large, (ARCHIVE.body,)),
    "exports.opened a wrong body": Target(_stored, (ARCHIVE.body,)),
    "exports.signatures_in": Target(
        messages.signatures_in, (messages.signature_list(ARCHIVE.signatures),)
    ),
    "exports.verified": Target(_verified, (ARCHIVE.signatures[0].signature,)),
    "exports.public_key": Target(_text(exports.public_key), (PEM, b64encode(SPKI))),
    "exports.signing_key": Target(exports.signing_key, (OWN_PEM,)),
    "exports.trusted_keys": Target(_text(exports.trusted_keys), (_KEY_STRING,)),
    "exports.paths_in": Target(
        _text(exports.paths_in),
        (exports.index_text([_PATH, _PATH._replace(number=2)]).encode(),),
    ),
}
