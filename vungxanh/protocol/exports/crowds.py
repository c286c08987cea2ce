"""How many small fields a message has, before the protobuf library makes room for each.

A million keys that say nothing take two bytes each in a body, some kilobytes in a ZIP, and a
hundred times as much in memory. Source: the wire format of protobuf.
"""

from typing import Final

from vungxanh.protocol.exports import refusals

_HARMLESS: Final = 2**16  # bytes of a message whose fields always find room
_SMALL: Final = 18  # bytes: shorter than any key
_MOST_SMALL: Final = 10_000
_KEYS: Final = (0x3A, 0x42)  # how an entry of keys and of revised keys begins
_GROUP_ENDS: Final = (3, 4)  # marks without content; what stands between them are fields
_LONGEST_VARINT: Final = 10


def refuse_crowds(content: bytes, name: str) -> None:
    """Raises `protocol.export_torn` where a large message has more small fields than a file needs.

    What is no message is left to the library, which stops at the same byte.
    """
    at = n_small = 0
    end = len(content) if len(content) > _HARMLESS else 0
    while at < end:
        further = _behind_field(content, at)
        n_small += further - at < _SMALL
        at = further
        if n_small > _MOST_SMALL:
            raise refusals.not_protobuf(name)


def _behind_field(content: bytes, at: int) -> int:
    """The byte behind the field that begins at `at`; behind the whole where it is no field."""
    tag, length = content[at], content[at + 1] if at + 1 < len(content) else 0x80
    if tag in _KEYS and length < 0x80:  # nearly all fields of a file
        return at + 2 + length
    tag, at = _varint(content, at)
    match tag & 7:
        case kind if kind in _GROUP_ENDS:
            return at
        case 0:
            return _varint(content, at)[1]
        case 1:
            return at + 8
        case 2:
            length, at = _varint(content, at)
            return at + length
        case 5:
            return at + 4
    return len(content)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number and the byte behind it; behind the whole where it does not end."""
    number = 0
    for place, byte in enumerate(content[at : at + _LONGEST_VARINT]):
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return number, at + place + 1
    return number, len(content)
