"""The parts of an XLSX container, proved harmless before a library opens them.

The library that reads workbooks (openpyxl) parses some parts with lxml, some with defusedxml, and
unpacks what it likes. It therefore never sees the stranger's container, only a copy with the list
of sheets and the formats, of which every byte has passed a parser that refuses DTDs and entities.
Cells and strings never reach it: listeners hear them in that parser, once.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import GridError, Reason, refused, too_large
from vungxanh.refusals import Words

_CHUNK: Final = 65_536
# An XML token longer than this is no part of a table.
_QUIET_CHUNKS: Final = 16
_MOST_NAMES: Final = 1_000
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG: Final = 0x1
_SHEET: Final = re.compile(r".*worksheets/[^/]+\.xml")
_STRINGS: Final = "xl/sharedstrings.xml"
_NEEDED: Final = (
    *("[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
    "xl/styles.xml",
)
_MACROS: Final = ("vbaproject.bin", "vbadata.xml", "macrosheets/")


class Listener:
    """Counts the elements of one part; override `opened`, `closed` and `text` to hear them."""

    def __init__(self, limits: Limits, *, n_allowed: int) -> None:
        self.limits = limits
        self.n_events = 0
        self.namespace = ""
        self._n_left = n_allowed
        self._names: dict[str, tuple[str, str]] = {}

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; `tag` without its namespace."""

    def closed(self, tag: str) -> None:
        """An element ends."""

    def text(self, piece: str) -> None:
        """Characters inside the innermost open element."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Called by the parser."""
        self.n_events += 1
        self._n_left -= 1
        if self._n_left < 0:
            raise too_much(self.limits)
        self.namespace, name = self._names.get(tag) or self._parted(tag)
        self.opened(name, attributes)

    def end(self, tag: str) -> None:
        """Called by the parser."""
        self.n_events += 1
        self.closed((self._names.get(tag) or self._parted(tag))[1])

    def _parted(self, tag: str) -> tuple[str, str]:
        namespace, _, name = tag.rpartition("}")
        if len(self._names) < _MOST_NAMES:
            self._names[tag] = (namespace, name)
        return namespace, name

    def _characters(self, piece: str) -> None:
        self.n_events += 1
        self.text(piece)

    data = _characters  # the name that the parser calls

    def close(self) -> None:
        """Called by the parser at the end of the part."""


def too_much(limits: Limits) -> GridError:
    """The refusal of a container that holds more than a table needs."""
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
        unpacked = sum(part.file_size for part in parts if _is_xml(part.filename))
        if len(parts) > self._limits.parts or unpacked > self._limits.unpacked_bytes:
            raise too_much(self._limits)

    def has(self, name: str) -> bool:
        """Whether the container has a part; names compare without case, as Excel does."""
        return name.lower() in self._parts

    def sheets(self) -> list[str]:
        """The names of the parts that hold sheets."""
        return [part.filename for name, part in self._parts.items() if _SHEET.fullmatch(name)]

    @property
    def has_macros(self) -> bool:
        """Whether the container holds programs, of Visual Basic or of Excel 4."""
        return any(mark in name for name in self._parts for mark in _MACROS)

    def hear(self, listeners: Mapping[str, Listener], strings: Listener) -> None:
        """Let every sheet and the strings be heard."""
        for name, part in self._parts.items():
            if listener := strings if name == _STRINGS else listeners.get(part.filename):
                self._hear(part, listener)

    def hear_one(self, name: str, listener: Listener) -> None:
        """Let one part be heard, if it is there."""
        if part := self._parts.get(name.lower()):
            self._hear(part, listener)

    def hear_strings(self, strings: Listener) -> None:
        """Let the strings that sheets share be heard."""
        self.hear_one(_STRINGS, strings)

    def beginning(self, name: str) -> bytes:
        """The first bytes of a part that are unpacked, none where it is not there."""
        part = self._parts.get(name.lower())
        return b"" if part is None else next(self._chunks(part), b"")

    def screened(self) -> io.BytesIO:
        """A container of the list of sheets and the formats, each heard on the way."""
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as packed:
            for name, part in self._parts.items():
                if name in _NEEDED:
                    counter = Listener(self._limits, n_allowed=self._limits.small_part_elements)
                    packed.writestr(zipfile.ZipInfo(part.filename), self._heard(part, counter))
        copy.seek(0)
        return copy

    def _heard(self, part: zipfile.ZipInfo, listener: Listener) -> bytearray:
        """The bytes of one small XML part, parsed into `listener`."""
        heard = bytearray()
        self._hear(part, listener, heard.extend)
        return heard

    def _hear(
        self, part: zipfile.ZipInfo, listener: Listener, keep: Callable[[bytes], None] | None = None
    ) -> None:
        """Parse one XML part into `listener` a piece at a time."""
        parser, quiet = _parser(listener), 0
        try:
            for chunk in self._chunks(part):
                before = listener.n_events
                parser.feed(chunk)
                if keep:
                    keep(chunk)
                quiet = 0 if listener.n_events > before else quiet + 1
                if quiet > _QUIET_CHUNKS:
                    raise refused(Reason.DANGEROUS_XML)
            parser.close()
        except DefusedXmlException:
            raise refused(Reason.DANGEROUS_XML) from None
        except (ParseError, LookupError, ValueError, zipfile.BadZipFile, zlib.error, EOFError):
            raise refused(Reason.DAMAGED) from None

    def _chunks(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            # A part ends where its declared size ends, which was counted above.
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (RuntimeError, NotImplementedError, OSError):
            raise refused(Reason.DAMAGED) from None


def _parser(listener: Listener) -> DefusedXMLParser:
    """A parser that refuses DTDs and entities and calls the listener without a detour."""
    parser = DefusedXMLParser(target=listener, forbid_dtd=True)
    inner = parser.parser
    inner.ordered_attributes = False  # attributes come as a dict, names as "namespace}name"
    inner.StartElementHandler = listener.start
    inner.EndElementHandler = listener.end
    inner.CharacterDataHandler = listener.data
    return parser


def _is_xml(name: str) -> bool:
    """Pictures and print settings in a workbook are never unpacked, so they do not count."""
    return name.lower().endswith((".xml", ".rels"))
