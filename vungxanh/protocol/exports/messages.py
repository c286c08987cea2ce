"""The messages of export files, as protobuf (proto2) bytes.

Fields that the format does not name are skipped; of a field given twice the last value holds, but
for lists, which grow. A field of another wire type than its own is a field that is not named.
Whole numbers are read with 64 bits where the format says 32, so that a number that is too large is
seen and refused instead of cut off; the bytes of numbers within bounds are the same.

Source: `exposure_key_export.proto` of the published key server and phone library.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol, cast

from google.protobuf.message import DecodeError, Message

from vungxanh.protocol import wire
from vungxanh.protocol.exports import refusals
from vungxanh.protocol.exports.crowds import refuse_crowds
from vungxanh.protocol.exports.values import (
    Export,
    Head,
    Key,
    Signature,
    SignatureInfo,
    checked_batch,
    checked_head,
    checked_key,
)
from vungxanh.protocol.gaen import PERIOD

HEADER: Final = b"EK Export v1    "
KEYS: Final = "keys"
REVISED: Final = "revised_keys"
_PACKAGE: Final = "vungxanh.exports"
_KEYS_AT_ONCE: Final = 1000  # written between two words of progress

Progress = Callable[[int, int], None]  # keys done, of all

# Text and the messages of keys are taken as bytes: what is no UTF-8 and which key is torn is then
# said by us, and a million empty keys take no room.
_FIELDS: Final[wire.Fields] = {
    "Export": (
        ("start_timestamp", 1, "fixed64"),
        ("end_timestamp", 2, "fixed64"),
        ("region", 3, "bytes"),
        ("batch_num", 4, "int64"),
        ("batch_size", 5, "int64"),
        ("signature_infos", 6, "bytes*"),
        (KEYS, 7, "bytes*"),
        (REVISED, 8, "bytes*"),
    ),
    "SignatureInfo": (
        ("verification_key_version", 3, "bytes"),
        ("verification_key_id", 4, "bytes"),
        ("signature_algorithm", 5, "bytes"),
    ),
    "Key": (
        ("key_data", 1, "bytes"),
        ("transmission_risk_level", 2, "int64"),
        ("rolling_start_interval_number", 3, "int64"),
        ("rolling_period", 4, "int64"),
        ("report_type", 5, "int64"),
        ("days_since_onset_of_symptoms", 6, "sint64"),
    ),
    "SignatureList": (("signatures", 1, "bytes*"),),
    "Signature": (
        ("signature_info", 1, "bytes"),
        ("batch_num", 2, "int64"),
        ("batch_size", 3, "int64"),
        ("signature", 4, "bytes"),
    ),
}


class _ExportFields(Protocol):
    start_timestamp: int
    end_timestamp: int
    region: bytes
    batch_num: int
    batch_size: int
    signature_infos: Sequence[bytes]
    keys: Sequence[bytes]
    revised_keys: Sequence[bytes]


class _InfoFields(Protocol):
    verification_key_version: bytes
    verification_key_id: bytes
    signature_algorithm: bytes


class _KeyFields(Protocol):
    key_data: bytes
    transmission_risk_level: int
    rolling_start_interval_number: int
    rolling_period: int
    report_type: int
    days_since_onset_of_symptoms: int


class _ListFields(Protocol):
    signatures: Sequence[bytes]


class _SignatureFields(Protocol):
    signature_info: bytes
    batch_num: int
    batch_size: int
    signature: bytes


_CLASSES: Final = wire.classes(_PACKAGE, _FIELDS)


def body_of(export: Export, progress: Progress | None = None) -> bytes:
    """The whole `export.bin`. A head and keys that cannot be are for the caller to refuse.

    Raises `protocol.export_text` where a text cannot be written as UTF-8, and what `progress` does.
    """
    head = export.head
    content = _CLASSES["Export"](
        start_timestamp=head.start,
        end_timestamp=head.end,
        region=_encoded(head.region, "region"),
        batch_num=head.batch_num,
        batch_size=head.batch_size,
        signature_infos=[_info_bytes(info) for info in export.infos],
        keys=_keys_bytes(export.keys, progress),
        revised_keys=_keys_bytes(export.revised, progress),
    )
    return HEADER + content.SerializeToString(deterministic=True)


def parsed(body: bytes) -> Export:
    """What a whole `export.bin` says; nothing of it where anything is refused.

    An absent time is 0, an absent region is empty, an absent batch is 1 of 1, a key's absent start
    is 0 and its absent period 144; what else is absent is `None`. A body that is cut between two
    keys is a shorter body: only its signature tells.

    Refused: another header (`protocol.export_header`); bytes that are no message, also inside a
    key, text that is no UTF-8, and in a body above 64 KiB over 10,000 fields that are shorter than
    a key (`protocol.export_torn`); a head that cannot be (`protocol.export_head`); a key of
    other than 16 bytes or a number outside its bounds (`protocol.export_key`); a key that begins
    after the file's end, where the file gives one (`protocol.future_key`): no phone can have sent
    it, and anyone could. The first such key is named, those of `keys` before `revised_keys`.
    """
    content = _without_header(body)
    refuse_crowds(content, "export.bin")
    message = _read("Export", content, "export.bin")
    found = cast(_ExportFields, message)
    head = checked_head(
        Head(
            found.start_timestamp,
            found.end_timestamp,
            _text(found.region, "export.bin"),
            found.batch_num if message.HasField("batch_num") else 1,
            found.batch_size if message.HasField("batch_size") else 1,
        )
    )
    return Export(
        head,
        tuple(_info(info, "export.bin") for info in found.signature_infos),
        tuple(_keys(found.keys, KEYS, end=head.end)),
        tuple(_keys(found.revised_keys, REVISED, end=head.end)),
    )


def signature_list(signatures: Sequence[Signature]) -> bytes:
    """The whole `export.sig`."""
    entries = [
        _CLASSES["Signature"](
            signature_info=_info_bytes(one.of),
            batch_num=one.batch_num,
            batch_size=one.batch_size,
            signature=one.signature,
        ).SerializeToString(deterministic=True)
        for one in signatures
    ]
    return _CLASSES["SignatureList"](signatures=entries).SerializeToString(deterministic=True)


def signatures_in(content: bytes) -> tuple[Signature, ...]:
    """The entries of an `export.sig`, none checked. An absent batch is 1 of 1.

    Raises `protocol.export_torn`, `protocol.export_head` (batch).
    """
    message = _read("SignatureList", content, "export.sig")
    return tuple(_signature(entry) for entry in cast(_ListFields, message).signatures)


def _signature(content: bytes) -> Signature:
    message = _read("Signature", content, "export.sig")
    found = cast(_SignatureFields, message)
    num = found.batch_num if message.HasField("batch_num") else 1
    size = found.batch_size if message.HasField("batch_size") else 1
    checked_batch(num, size)
    return Signature(_info(found.signature_info, "export.sig"), found.signature, num, size)


def _without_header(body: bytes) -> bytes:
    if not body.startswith(HEADER):
        raise refusals.header()
    return body[len(HEADER) :]


def _keys(entries: Sequence[bytes], listed: str, *, end: int) -> Iterator[Key]:
    for row, entry in enumerate(entries, start=1):
        place = refusals.Place(listed, row)
        yield checked_key(_key(entry, place), place, end=end)


def _key(content: bytes, place: refusals.Place) -> Key:
    message = _read("Key", content, "export.bin", place=place)
    found, has = cast(_KeyFields, message), message.HasField
    return Key(
        found.key_data,
        found.rolling_start_interval_number,
        found.rolling_period if has("rolling_period") else PERIOD,
        found.transmission_risk_level if has("transmission_risk_level") else None,
        found.report_type if has("report_type") else None,
        found.days_since_onset_of_symptoms if has("days_since_onset_of_symptoms") else None,
    )


def _keys_bytes(keys: Sequence[Key], progress: Progress | None) -> list[bytes]:
    written = []
    for done, key in enumerate(keys):
        if progress and done % _KEYS_AT_ONCE == 0:
            progress(done, len(keys))
        written.append(_key_bytes(key))
    return written


def _key_bytes(key: Key) -> bytes:
    return _CLASSES["Key"](
        key_data=key.key,
        transmission_risk_level=key.transmission_risk,
        rolling_start_interval_number=key.rolling_start,
        rolling_period=None if key.rolling_period == PERIOD else key.rolling_period,
        report_type=key.report_type,
        days_since_onset_of_symptoms=key.days_since_onset,
    ).SerializeToString(deterministic=True)


def _info(content: bytes, name: str) -> SignatureInfo:
    found = cast(_InfoFields, _read("SignatureInfo", content, name))
    return SignatureInfo(
        _text(found.verification_key_id, name),
        _text(found.verification_key_version, name),
        _text(found.signature_algorithm, name),
    )


def _info_bytes(info: SignatureInfo) -> bytes:
    return _CLASSES["SignatureInfo"](
        verification_key_version=_encoded(info.version, "verification_key_version"),
        verification_key_id=_encoded(info.key_id, "verification_key_id"),
        signature_algorithm=_encoded(info.algorithm, "signature_algorithm"),
    ).SerializeToString(deterministic=True)


def _read(kind: str, content: bytes, name: str, *, place: refusals.Place | None = None) -> Message:
    try:
        return _CLASSES[kind].FromString(content)
    except DecodeError:
        raise refusals.not_protobuf(name, place) from None


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise refusals.not_protobuf(name) from None


def _encoded(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise refusals.not_text(name) from None
