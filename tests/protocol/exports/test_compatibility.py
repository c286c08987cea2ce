"""What other programs write and read, whose messages have the types that the format names.

Ours read whole numbers with 64 bits, and text and messages as bytes; that must not be seen.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.exports.samples import HEAD, KEY, LATER, SIGNERS, heads, key_lists
from vungxanh.protocol.exports import (
    HEADER,
    Export,
    ExportError,
    Head,
    Key,
    opened,
    parsed,
    written,
)
from vungxanh.protocol.exports.messages import body_of, signature_list, signatures_in

INFO_FIELDS: Final = (
    ("verification_key_version", 3, "STRING"),
    ("verification_key_id", 4, "STRING"),
    ("signature_algorithm", 5, "STRING"),
)
KEY_FIELDS: Final = (
    ("key_data", 1, "BYTES"),
    ("transmission_risk_level", 2, "INT32"),
    ("rolling_start_interval_number", 3, "INT32"),
    ("rolling_period", 4, "INT32"),
    ("report_type", 5, "INT32"),
    ("days_since_onset_of_symptoms", 6, "SINT32"),
)
EXPORT_FIELDS: Final = (
    ("start_timestamp", 1, "FIXED64"),
    ("end_timestamp", 2, "FIXED64"),
    ("region", 3, "STRING"),
    ("batch_num", 4, "INT32"),
    ("batch_size", 5, "INT32"),
    ("signature_infos", 6, "Info"),
    ("keys", 7, "Key"),
    ("revised_keys", 8, "Key"),
)
SIGNATURE_FIELDS: Final = (
    ("signature_info", 1, "Info"),
    ("batch_num", 2, "INT32"),
    ("batch_size", 3, "INT32"),
    ("signature", 4, "BYTES"),
)
LISTS: Final = {"signature_infos", "keys", "revised_keys", "signatures"}


def _foreign() -> Mapping[str, Callable[..., Any]]:
    """The messages as another program has them."""
    file = FileDescriptorProto(name="foreign.proto", package="foreign", syntax="proto2")
    messages = {
        "Info": INFO_FIELDS,
        "Key": KEY_FIELDS,
        "Export": EXPORT_FIELDS,
        "Signature": SIGNATURE_FIELDS,
        "List": (("signatures", 1, "Signature"),),
    }
    for message, fields in messages.items():
        made = file.message_type.add(name=message)
        for name, number, kind in fields:
            field = made.field.add(name=name, number=number)
            field.label = FieldDescriptorProto.Label.Value(
                "LABEL_REPEATED" if name in LISTS else "LABEL_OPTIONAL"
            )
            if kind in messages:
                field.type, field.type_name = FieldDescriptorProto.TYPE_MESSAGE, f".foreign.{kind}"
            else:
                field.type = FieldDescriptorProto.Type.Value(f"TYPE_{kind}")
    pool = DescriptorPool()
    pool.Add(file)
    return {
        name: GetMessageClass(pool.FindMessageTypeByName(f"foreign.{name}")) for name in messages
    }


FOREIGN: Final = _foreign()


def foreign_key(key: Key) -> Any:
    """A key in another program's message."""
    return FOREIGN["Key"](
        key_data=key.key,
        transmission_risk_level=key.transmission_risk,
        rolling_start_interval_number=key.rolling_start,
        rolling_period=key.rolling_period if key.rolling_period != 144 else None,
        report_type=key.report_type,
        days_since_onset_of_symptoms=key.days_since_onset,
    )


def foreign_body(export: Export) -> bytes:
    """An `export.bin` as another program writes it."""
    message = FOREIGN["Export"](
        start_timestamp=export.head.start,
        end_timestamp=export.head.end,
        region=export.head.region,
        batch_num=export.head.batch_num,
        batch_size=export.head.batch_size,
        keys=[foreign_key(key) for key in export.keys],
        revised_keys=[foreign_key(key) for key in export.revised],
    )
    content: bytes = message.SerializeToString()
    return HEADER + content


@pytest.mark.slow
@settings(deadline=None)
@given(heads, key_lists, key_lists)
def test_another_program_writes_the_same_bytes(
    head: Head, listed: list[Key], revised: list[Key]
) -> None:
    export = Export(head, (), tuple(listed), tuple(revised))
    assert body_of(export) == foreign_body(export)
    assert parsed(foreign_body(export)) == export


def test_another_program_reads_what_is_written() -> None:
    archive = opened(written(HEAD, [KEY, LATER], SIGNERS, revised=[KEY]))
    found = FOREIGN["Export"]()
    found.ParseFromString(archive.body[16:])
    assert (found.start_timestamp, found.end_timestamp, found.region) == HEAD[:3]
    assert [info.verification_key_version for info in found.signature_infos] == ["v1", "v2"]
    assert list(found.keys) == [foreign_key(KEY), foreign_key(LATER)]
    assert list(found.revised_keys) == [foreign_key(KEY)]


def test_another_program_reads_and_writes_the_signatures() -> None:
    signatures = opened(written(HEAD, [KEY], SIGNERS)).signatures
    found = FOREIGN["List"]()
    found.ParseFromString(signature_list(signatures))
    assert [one.signature for one in found.signatures] == [one.signature for one in signatures]
    assert {one.signature_info.verification_key_id for one in found.signatures} == {"452"}
    assert signatures_in(found.SerializeToString()) == signatures


NUMBERS: Final = {
    "transmission_risk_level": "transmission_risk",
    "rolling_start_interval_number": "rolling_start",
    "rolling_period": "rolling_period",
    "report_type": "report_type",
    "days_since_onset_of_symptoms": "days_since_onset",
}


@given(st.sampled_from(sorted(NUMBERS)), st.integers(-(2**31), 2**31 - 1) | st.integers(-20, 150))
def test_every_number_of_32_bits_is_the_one_that_another_program_wrote(
    name: str, number: int
) -> None:
    key = foreign_key(LATER)
    setattr(key, name, number)
    content = HEADER + FOREIGN["Export"](keys=[key]).SerializeToString()
    found = read_or_said(content)
    assert f" is {number}, " in found or getattr(found[0], NUMBERS[name]) == number


def read_or_said(body: bytes) -> Any:
    """The keys of a body, or the sentence of its refusal."""
    try:
        return parsed(body).keys
    except ExportError as refusal:
        return refusal.words.en
