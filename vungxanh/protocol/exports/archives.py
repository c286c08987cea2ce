"""Export files as ZIP containers: written alike each time, opened within bounds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from vungxanh.protocol.exports import refusals
from vungxanh.protocol.exports.refusals import Torn

BODY: Final = "export.bin"
SIGNATURES: Final = "export.sig"
LIMITS: Final[Mapping[str, int]] = {BODY: 40 * 2**20, SIGNATURES: 64 * 2**10}  # bytes, unpacked
_LIMIT: Final = sum(LIMITS.values()) + 64 * 2**10  # of the container
_DIRECTORY_LIMIT: Final = 4096  # two entries take a hundred bytes
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first time that ZIP knows
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED_FLAG: Final = 0x1
_LOCAL: Final = b"PK\x03\x04"
_END: Final = b"PK\x05\x06"
_END64: Final = b"PK\x06\x07"
_END_FORMAT: Final = struct.Struct("<4s4H2LH")
_END64_BYTES: Final = 20


def bounded(body: bytes) -> bytes:
    """The same `export.bin`. Raises `protocol.export_too_large` where it would not be opened."""
    if len(body) > LIMITS[BODY]:
        raise refusals.too_large(BODY, LIMITS[BODY])
    return body


def packed(body: bytes, signatures: bytes) -> bytes:
    """A container of both members; the same bytes for the same members."""
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w") as archive:
        for name, content in ((BODY, body), (SIGNATURES, signatures)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return container.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Both members by name. No more is unpacked than an export file may hold.

    Raises `protocol.export_zip|export_members|export_too_large`.
    """
    if len(content) > _LIMIT:
        raise refusals.too_large("ZIP", _LIMIT)
    _check_ends(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if set(entries) != set(LIMITS) or len(archive.infolist()) != len(LIMITS):
                raise refusals.members()
            return {name: _member(archive, entry) for name, entry in entries.items()}
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError):
        raise refusals.torn(Torn.NO_ZIP) from None
    except (zlib.error, EOFError, struct.error):
        raise refusals.torn(Torn.DAMAGED) from None


def _check_ends(content: bytes) -> None:
    """Before a library reads the directory: how long it is, and that nothing stands around."""
    at = content.rfind(_END)
    if at < 0 or at + _END_FORMAT.size > len(content):
        raise refusals.torn(Torn.NO_ZIP)
    *_, n_entries, n_bytes, begins, n_comment = _END_FORMAT.unpack_from(content, at)
    if content[max(at - _END64_BYTES, 0) :].startswith(_END64):
        raise refusals.torn(Torn.METHOD)
    ends = (begins + n_bytes, at + _END_FORMAT.size + n_comment)
    if not content.startswith(_LOCAL) or ends != (at, len(content)):
        raise refusals.torn(Torn.EXTRA_BYTES)
    if n_entries != len(LIMITS) or n_bytes > _DIRECTORY_LIMIT:
        raise refusals.members()


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    limit = LIMITS[entry.filename]
    if entry.flag_bits & _LOCKED_FLAG:
        raise refusals.torn(Torn.LOCKED)
    if entry.compress_type not in _METHODS:
        raise refusals.torn(Torn.METHOD)
    if entry.file_size > limit:
        raise refusals.too_large(entry.filename, limit)
    with archive.open(entry) as stream:
        content = stream.read(limit + 1)
    if len(content) != entry.file_size:
        raise refusals.torn(Torn.DAMAGED)
    return content
