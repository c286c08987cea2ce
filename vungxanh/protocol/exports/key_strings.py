"""Public keys as phones are told them: `package:ID-VERSION,SPKI&ID-VERSION,SPKI|ID-VERSION,SPKI`.

Sets stand between `|`: one of them must hold, so that keys can change. Of the keys of a set,
between `&`, each must have signed. SPKI is base64. Source: `SignatureVerifier` of the published
phone library, whose optional rule is taken that signatures by other keys do not matter.
"""

import re
from typing import Final, NamedTuple

from vungxanh.protocol.exports import signatures, trust_refusals
from vungxanh.protocol.exports.refusals import ExportError
from vungxanh.protocol.exports.signatures import PublicKey
from vungxanh.protocol.exports.values import Archive, Signature

_LONGEST: Final = 65_536
_PACKAGE: Final = re.compile(r"[A-Za-z][\w.]*", re.ASCII)
_NAME: Final = re.compile(r"[\w.-]+-[\w.]*", re.ASCII)


class NamedKey(NamedTuple):
    """A public key and what signatures call it: `ID-VERSION`."""

    name: str
    key: PublicKey


class TrustedKeys(NamedTuple):
    """The keys by which an app (`package`) believes files: any set, all keys of it."""

    package: str
    sets: tuple[tuple[NamedKey, ...], ...]


def trusted_keys(text: str) -> TrustedKeys:
    """The keys of one line. Raises `protocol.bad_key_string` naming set and key."""
    package, colon, rest = text.strip().partition(":")
    if not colon or len(text) > _LONGEST or not _PACKAGE.fullmatch(package):
        raise trust_refusals.bad_key_string("package")
    sets = rest.split("|")
    return TrustedKeys(package, tuple(_set(one, at) for at, one in enumerate(sets, start=1)))


def endorsed(archive: Archive, trusted: TrustedKeys) -> tuple[NamedKey, ...]:
    """The first set of which every key signed the whole `export.bin`.

    A signature without a key's name counts only where it stands alone and the set has one key.
    Raises `protocol.unsigned`, `protocol.not_endorsed`,
    `protocol.malformed_signature|unknown_algorithm`.
    """
    if not archive.signatures:
        raise trust_refusals.unsigned()
    for row, one in enumerate(archive.signatures, start=1):
        signatures.checked_form(one, row)
    for keys in trusted.sets:
        if all(_has_signed(archive, key, alone=len(keys) == 1) for key in keys):
            return keys
    raise trust_refusals.not_endorsed(trusted.package)


def _set(text: str, at: int) -> tuple[NamedKey, ...]:
    keys = tuple(
        _key(one, f"set {at}, key {row}") for row, one in enumerate(text.split("&"), start=1)
    )
    if len({key.name for key in keys}) < len(keys):
        raise trust_refusals.bad_key_string(f"set {at}")
    return keys


def _key(text: str, where: str) -> NamedKey:
    name, comma, spki = text.strip().partition(",")
    if not comma or not _NAME.fullmatch(name):
        raise trust_refusals.bad_key_string(where)
    try:
        return NamedKey(name, signatures.public_key(spki))
    except ExportError:
        raise trust_refusals.bad_key_string(where) from None


def _has_signed(archive: Archive, key: NamedKey, *, alone: bool) -> bool:
    nameless = alone and len(archive.signatures) == 1
    return any(
        signatures.holds(archive.body, one, key.key)
        for one in archive.signatures
        if _name(one) == key.name or (nameless and not one.of.key_id)
    )


def _name(one: Signature) -> str:
    return f"{one.of.key_id}-{one.of.version}"
