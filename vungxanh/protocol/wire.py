"""Messages of protobuf (proto2 on the wire), made from a table of their fields.

Text and inner messages are best taken as bytes, and whole numbers with 64 bits where a format says
32: what is no UTF-8, what is torn and what is too large is then said by us instead of cut off.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Field
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

Fields = Mapping[str, Sequence[tuple[str, int, str]]]
"""Of each message its fields: name, number, type; `*` behind the type for a list."""

_TYPES: Final = {
    "fixed64": Field.TYPE_FIXED64,
    "bytes": Field.TYPE_BYTES,
    "int64": Field.TYPE_INT64,
    "sint64": Field.TYPE_SINT64,
}


def classes(package: str, fields: Fields) -> Mapping[str, type[Message]]:
    """The class of each message by its name."""
    file = FileDescriptorProto(name=f"{package}.proto", package=package, syntax="proto2")
    for message, of_message in fields.items():
        made = file.message_type.add(name=message)
        for name, number, kind in of_message:
            label = Field.LABEL_REPEATED if kind.endswith("*") else Field.LABEL_OPTIONAL
            made.field.add(name=name, number=number, label=label, type=_TYPES[kind.rstrip("*")])
    pool = DescriptorPool()
    pool.Add(file)
    return {
        name: GetMessageClass(pool.FindMessageTypeByName(f"{package}.{name}")) for name in fields
    }
