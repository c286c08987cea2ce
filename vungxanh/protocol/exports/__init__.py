"""Export files of Exposure Notification, version 1: `written`, `opened`, `verified`, `parsed`.

A file is a ZIP of `export.bin` (a header of 16 bytes and one protobuf message) and `export.sig`
(signatures over the whole of it).
"""

from collections.abc import Sequence

from vungxanh.protocol.exports import archives, messages, refusals, signatures, trust_refusals
from vungxanh.protocol.exports.batches import (
    MOST_KEYS,
    ExportPath,
    Part,
    index_text,
    parts,
    paths_in,
)
from vungxanh.protocol.exports.key_strings import NamedKey, TrustedKeys, endorsed, trusted_keys
from vungxanh.protocol.exports.messages import HEADER, KEYS, REVISED, Progress, parsed
from vungxanh.protocol.exports.refusals import ExportError, Place
from vungxanh.protocol.exports.signatures import PublicKey, public_key, signing_key, verified
from vungxanh.protocol.exports.values import (
    Archive,
    Export,
    Head,
    Key,
    Signature,
    SignatureInfo,
    Signer,
    by_bytes,
    checked_head,
    checked_key,
)

__all__ = [
    "HEADER",
    "KEYS",
    "MOST_KEYS",
    "REVISED",
    "Archive",
    "Export",
    "ExportError",
    "ExportPath",
    "Head",
    "Key",
    "NamedKey",
    "Part",
    "Place",
    "PublicKey",
    "Signature",
    "SignatureInfo",
    "Signer",
    "TrustedKeys",
    "checked_key",
    "endorsed",
    "index_text",
    "opened",
    "parsed",
    "parts",
    "paths_in",
    "public_key",
    "signing_key",
    "trusted_keys",
    "verified",
    "written",
]


def written(
    head: Head,
    keys: Sequence[Key],
    signers: Sequence[Signer],
    *,
    revised: Sequence[Key] = (),
    progress: Progress | None = None,
) -> bytes:
    """An export file; keys in the order of their bytes, so that nobody sees who came together.

    The same bytes for the same input, but for the signatures. `progress` is told keys written, of
    all; what it raises ends the writing. Raises `protocol.unsigned`,
    `protocol.export_head|export_text`, `protocol.export_key|future_key|key_twice` naming the row
    as given, `protocol.export_too_large` (split the batch: `parts`).
    """
    if not signers:
        raise trust_refusals.unsigned()
    export = Export(
        checked_head(head),
        tuple(one.signs_as for one in signers),
        _sorted(keys, KEYS, end=head.end),
        _sorted(revised, REVISED, end=head.end),
    )
    body = archives.bounded(messages.body_of(export, progress))
    return archives.packed(body, messages.signature_list(signatures.signed(body, head, signers)))


def opened(content: bytes) -> Archive:
    """The members of an export file, no signature checked yet.

    Raises `protocol.export_zip|export_members|export_too_large`, `protocol.export_header`,
    `protocol.export_torn|export_head` (`export.sig`).
    """
    members = archives.unpacked(content)
    body = members[archives.BODY]
    if not body.startswith(HEADER):
        raise refusals.header()
    return Archive(body, messages.signatures_in(members[archives.SIGNATURES]))


def _sorted(keys: Sequence[Key], listed: str, *, end: int) -> tuple[Key, ...]:
    seen: set[bytes] = set()
    for row, key in enumerate(keys, start=1):
        place = Place(listed, row)
        checked_key(key, place, end=end)
        if key.key in seen:
            raise refusals.key_twice(place)
        seen.add(key.key)
    return tuple(sorted(keys, key=by_bytes))
