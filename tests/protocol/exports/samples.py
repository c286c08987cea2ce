"""Export files to test with: signers, keys, and files written by hand, byte by byte."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from hypothesis import strategies as st

from tests.protocol.vectors import vectors
from vungxanh.protocol.exports import Export, ExportError, Head, Key, Signer, messages

GIVEN: Final = vectors("exports")
SIGNERS: Final = tuple(
    Signer(
        derive_private_key(int(one["private_scalar_hex"], 16), SECP256R1()),
        one["key_id"],
        one["version"],
    )
    for one in GIVEN["signers"]
)
SIGNER, OTHER = SIGNERS
PUBLIC: Final = SIGNER.key.public_key()
DAY: Final = 2_650_032  # an interval at midnight UTC
HEAD: Final = Head(DAY * 600, (DAY + 144) * 600, "VN")
KEY: Final = Key(bytes(range(16)), DAY, 144, 4, 1, 2)
LATER: Final = Key(bytes(range(1, 17)), DAY - 144, 143)

intervals = st.integers(0, DAY)
keys = st.builds(
    Key,
    st.binary(min_size=16, max_size=16),
    intervals,
    st.integers(1, 144),
    st.none() | st.integers(0, 8),
    st.none() | st.integers(0, 5),
    st.none() | st.integers(-14, 14),
)
key_lists = st.lists(keys, max_size=6, unique_by=lambda key: key.key)
heads = st.builds(
    lambda start, length, region: Head(start, start + length, region),
    st.integers(DAY * 600, DAY * 601),
    st.integers(0, 10**6),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


def body(*listed: Key, revised: tuple[Key, ...] = (), head: Head = HEAD) -> bytes:
    """An `export.bin` of these keys as they are, however wrong."""
    return messages.body_of(Export(head, (), listed, revised))


def zipped(
    content: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, at: int = 2026
) -> bytes:
    """A container as another program may make it."""
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w", method) as archive:
        for name, member in content.items():
            archive.writestr(zipfile.ZipInfo(name, (at, 1, 2, 3, 4, 6)), member, method)
    return container.getvalue()


def outcome(call: Callable[[], object]) -> str:
    """The code by which something is refused, or empty where it is not."""
    try:
        call()
    except ExportError as refusal:
        return refusal.code
    return ""


def varint(number: int) -> bytes:
    """A whole number as protobuf writes it; below zero with ten bytes."""
    number, content = number & (2**64 - 1), bytearray()
    while number >= 0x80:
        content.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*content, number])


def whole(field: int, number: int) -> bytes:
    """A field of a whole number."""
    return varint(field << 3) + varint(number)


def held(field: int, content: bytes) -> bytes:
    """A field of bytes."""
    return varint(field << 3 | 2) + varint(len(content)) + content


def fixed(field: int, number: int) -> bytes:
    """A field of eight bytes."""
    return varint(field << 3 | 1) + number.to_bytes(8, "little")
