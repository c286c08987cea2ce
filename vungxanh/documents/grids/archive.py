"""The parts of an XLSX container, unpacked within limits and parsed without DTD or entities."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import GridError, Reason, refused, too_large
from vungxanh.refusals import Words

_CHUNK: Final = 65_536
# An XML token longer than this is no part of a table.
_QUIET_CHUNKS: Final = 16
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG: Final = 0x1


class Listener:
    """Receives the elements of one part: override `opened`, `closed` and `text`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.n_elements = 0
        self.n_events = 0

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; `tag` without its namespace."""

    def closed(self, tag: str) -> None:
        """An element ends."""

    def text(self, piece: str) -> None:
        """Characters inside the innermost open element."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Called by the parser."""
        self.n_elements += 1
        self.n_events += 1
        if self.n_elements > self.limits.xml_elements:
            raise _too_much(self.limits)
        self.opened(tag.rpartition("}")[2], attributes)

    def end(self, tag: str) -> None:
        """Called by the parser."""
        self.n_events += 1
        self.closed(tag.rpartition("}")[2])

    def _characters(self, piece: str) -> None:
        self.n_events += 1
        self.text(piece)

    data = _characters  # the name that the parser calls

    def close(self) -> None:
        """Called by the parser at the end of the part."""


def _too_much(limits: Limits) -> GridError:
    megabytes = limits.unpacked_bytes // (1024 * 1024)
    what = Words("Nội dung nén trong tệp", "The packed content of the file")
    return too_large(what, megabytes, Words("MB", "MB"))


class Archive:
    """A ZIP container whose declared sizes were added up before anything is unpacked."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
            raise refused(Reason.DAMAGED) from None
        self._parts = {part.filename.lower(): part for part in self._zip.infolist()}
        self._check(self._zip.infolist())

    def _check(self, parts: list[zipfile.ZipInfo]) -> None:
        if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
            raise refused(Reason.LOCKED)
        if any(part.compress_type not in _METHODS for part in parts):
            raise refused(Reason.DAMAGED)
        unpacked = sum(part.file_size for part in parts if _is_read(part.filename))
        if len(parts) > self._limits.parts or unpacked > self._limits.unpacked_bytes:
            raise _too_much(self._limits)

    def has(self, name: str) -> bool:
        """Whether the container has a part; names compare without case, as Excel does."""
        return name.lower() in self._parts

    def feed(self, name: str, listener: Listener) -> None:
        """Parse one XML part into `listener`, a piece at a time."""
        parser = DefusedXMLParser(target=listener, forbid_dtd=True)
        quiet = 0
        try:
            for chunk in self._chunks(name):
                before = listener.n_events
                parser.feed(chunk)
                quiet = 0 if listener.n_events > before else quiet + 1
                if quiet > _QUIET_CHUNKS:
                    raise refused(Reason.DANGEROUS_XML)
            parser.close()
        except DefusedXmlException:
            raise refused(Reason.DANGEROUS_XML) from None
        except (ParseError, LookupError, ValueError, zipfile.BadZipFile, zlib.error, EOFError):
            raise refused(Reason.DAMAGED) from None

    def _chunks(self, name: str) -> Iterator[bytes]:
        part = self._parts.get(name.lower())
        if part is None:
            raise refused(Reason.DAMAGED)
        try:
            # A part ends where its declared size ends, which was counted above.
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (RuntimeError, NotImplementedError, OSError):
            raise refused(Reason.DAMAGED) from None


def _is_read(name: str) -> bool:
    """Pictures and print settings in a workbook are never unpacked, so they do not count."""
    return name.lower().endswith((".xml", ".rels"))
