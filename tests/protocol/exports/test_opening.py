"""Export files as containers: what is opened, and what a stranger's ZIP cannot do."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.exports.samples import HEAD, KEY, LATER, SIGNER, body, outcome, zipped
from vungxanh.protocol.exports import HEADER, ExportError, opened, parsed, written
from vungxanh.protocol.exports.archives import LIMITS

FILE: Final = written(HEAD, [KEY, LATER], [SIGNER])
MEMBERS: Final = zipfile.ZipFile(BytesIO(FILE))
BODY: Final = MEMBERS.read("export.bin")
SIGNATURES: Final = MEMBERS.read("export.sig")
BOTH: Final = {"export.bin": BODY, "export.sig": SIGNATURES}


def refused(content: bytes) -> str:
    """The code by which a file is refused."""
    with pytest.raises(ExportError) as refusal:
        opened(content)
    return refusal.value.code


def patched(content: bytes, *changes: tuple[bytes, int, bytes]) -> bytes:
    """Bytes changed at an offset after each place where a mark stands."""
    changed = bytearray(content)
    for mark, offset, replacement in changes:
        at = content.find(mark)
        while at >= 0:
            changed[at + offset : at + offset + len(replacement)] = replacement
            at = content.find(mark, at + 1)
    return bytes(changed)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("names", [("export.bin", "export.sig"), ("export.sig", "export.bin")])
def test_zipped_again_it_is_the_same_file(method: int, names: tuple[str, str]) -> None:
    again = zipped({name: BOTH[name] for name in names}, method=method)
    assert again != FILE
    assert opened(again) == opened(FILE)


class Stream(BytesIO):
    """A place that cannot be written to again, as a server's answer."""

    def seekable(self) -> bool:
        """Never."""
        return False

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Refused, as a connection does."""
        raise OSError(offset, whence)

    def tell(self) -> int:
        """Refused, as a connection does."""
        raise OSError


def test_a_container_written_to_a_stream_is_the_same_file() -> None:
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in BOTH.items():
            archive.writestr(name, content)
    assert b"PK\x07\x08" in stream.getvalue()  # sizes stand behind the members
    assert opened(stream.getvalue()) == opened(FILE)


def test_a_comment_of_the_container_does_not_matter() -> None:
    container = BytesIO(FILE)
    with zipfile.ZipFile(container, "a") as archive:
        archive.comment = b"from a mirror"
    assert opened(container.getvalue()) == opened(FILE)


def test_a_container_cut_off_anywhere_is_refused() -> None:
    cut = [FILE[:n] for n in range(len(FILE))]
    assert {outcome(partial(opened, one)) for one in cut} == {"protocol.export_zip"}


@settings(deadline=None)
@given(st.data())
def test_a_changed_byte_is_refused_or_changes_nothing_that_is_read(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(FILE) - 1))
    changed = bytes([*FILE[:at], FILE[at] ^ data.draw(st.integers(1, 255)), *FILE[at + 1 :]])
    said = outcome(lambda: opened(changed))
    assert said.startswith("protocol.export_") or opened(changed) == opened(FILE)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "protocol.export_zip"),
        (b"PK", "protocol.export_zip"),
        (BODY, "protocol.export_zip"),
        (b"\x00" + FILE, "protocol.export_zip"),
        (FILE + b"\x00", "protocol.export_zip"),
        (FILE * 2, "protocol.export_zip"),
        (zipped({}), "protocol.export_zip"),
        (zipped({"export.bin": BODY}), "protocol.export_members"),
        (zipped({"export.sig": SIGNATURES}), "protocol.export_members"),
        (zipped(BOTH | {"export.txt": b"hello"}), "protocol.export_members"),
        (zipped({"export.bin": BODY, "export.si": SIGNATURES}), "protocol.export_members"),
        (zipped({"EXPORT.BIN": BODY, "export.sig": SIGNATURES}), "protocol.export_members"),
        (zipped({"../export.bin": BODY, "export.sig": b""}), "protocol.export_members"),
        (zipped({f"{n}": b"" for n in range(200)}), "protocol.export_members"),
        (zipped(BOTH, method=zipfile.ZIP_BZIP2), "protocol.export_zip"),
        (zipped(BOTH, method=zipfile.ZIP_LZMA), "protocol.export_zip"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_another_container_is_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_member_that_stands_twice_is_refused() -> None:
    twice = patched(zipped({"export.bin": BODY, "export.bix": BODY}), (b"export.bix", 9, b"n"))
    assert refused(twice) == "protocol.export_members"


def test_a_locked_member_is_refused() -> None:
    locked = patched(FILE, (b"PK\x01\x02", 8, b"\x01"), (b"PK\x03\x04", 6, b"\x01"))
    assert refused(locked) == "protocol.export_zip"


def test_zip64_is_refused() -> None:
    end = FILE.rfind(b"PK\x05\x06")
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    assert refused(FILE[:end] + locator + FILE[end:]) == "protocol.export_zip"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["export.bin", "export.sig"])
def test_a_member_that_unpacks_to_too_much_is_refused(name: str) -> None:
    bomb = zipped(BOTH | {name: bytes(LIMITS[name] + 1)})
    assert len(bomb) < LIMITS[name] // 100
    assert refused(bomb) == "protocol.export_too_large"


def test_a_member_that_declares_too_little_unpacks_no_more_than_declared() -> None:
    bomb = zipped(BOTH | {"export.bin": HEADER + bytes(10**6)})
    declared = struct.pack("<L", 10**6 + len(HEADER))
    lying = patched(bomb, (declared, 0, struct.pack("<L", 100)))
    assert refused(lying) == "protocol.export_zip"


def test_a_member_that_declares_too_much_is_refused() -> None:
    declared = struct.pack("<LL", len(zlib.compress(BODY, 6, -15)), len(BODY))
    lying = patched(FILE, (declared, 4, struct.pack("<L", len(BODY) + 1)))
    assert lying != FILE
    assert refused(lying) == "protocol.export_zip"


def test_a_file_that_is_too_large_is_not_even_looked_into() -> None:
    assert refused(bytes(sum(LIMITS.values()) + 65_537)) == "protocol.export_too_large"


@pytest.mark.parametrize(
    "header",
    [
        b"EK Export v2    ",
        b"EK Export v1\x00\x00\x00\x00",
        b"ek export v1    ",
        b"EK Export v1   ",
        b"",
    ],
)
def test_another_header_is_refused(header: bytes) -> None:
    content = header + BODY[16:]
    assert refused(zipped(BOTH | {"export.bin": content})) == "protocol.export_header"
    with pytest.raises(ExportError) as refusal:
        parsed(content)
    assert refusal.value.code == "protocol.export_header"


@pytest.mark.parametrize(
    "signatures",
    [b"\x0a", SIGNATURES[:-1], SIGNATURES + b"\x0a\x05", b"\xff" * 20, b"\x0a\x02\x0a\x09"],
)
def test_a_torn_signature_list_is_refused(signatures: bytes) -> None:
    assert refused(zipped(BOTH | {"export.sig": signatures})) == "protocol.export_torn"


def test_every_sentence_says_what_to_do_in_both_languages() -> None:
    makers: list[Callable[[], object]] = [
        lambda: opened(b""),
        lambda: opened(zipped({"export.bin": BODY})),
        lambda: opened(zipped(BOTH | {"export.bin": b""})),
        lambda: parsed(body(KEY._replace(rolling_period=145))),
        lambda: parsed(BODY[:-1]),
    ]
    for make in makers:
        with pytest.raises(ExportError) as refusal:
            make()
        assert min(len(refusal.value.words.vi), len(refusal.value.words.en)) > 40
        assert ":" in refusal.value.words.en or "." in refusal.value.words.en[:-1]
