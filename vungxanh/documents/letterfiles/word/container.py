"""The parts of a DOCX container that hold the text, proved harmless before they become trees.

A letter needs three parts: the document, its numbering and its styles. They are found, measured
and parsed here by a parser that refuses DTDs and entities; nothing else in the container is ever
unpacked, macros, pictures and embedded files least of all.
"""

import io
import posixpath
import zipfile
import zlib
from typing import Final
from xml.etree.ElementTree import Element

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.refusals import Reason, refused
from vungxanh.documents.letterfiles.word.trees import too_much, tree_of

_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG: Final = 0x1
_ROOT_LINKS: Final = "_rels/.rels"
_USUAL_DOCUMENT: Final = "word/document.xml"
_MIMETYPE: Final = "mimetype"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_MIMETYPE_BYTES: Final = 200
# What formats a table by its position, and names of styles that may be used one day.
_PASSED_OVER: Final = frozenset({"tblStylePr", "latentStyles"})
_MACROS: Final = "vbaproject.bin"
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, LookupError),
)


class Container:
    """A DOCX whose parts are read one by one; their sizes are added up before any is unpacked."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._n_left = limits.unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise refused(Reason.DAMAGED) from None
        parts = self._zip.infolist()
        if len(parts) > limits.parts:
            raise too_much(limits)
        self._parts = {part.filename.lower(): part for part in parts}
        self._document = self._found_document()

    @property
    def has_macros(self) -> bool:
        """Whether programs lie in the container."""
        return any(name.endswith(_MACROS) for name in self._parts)

    def document(self) -> Element:
        """The tree of the document."""
        tree = self._tree(self._document)
        if tree is None:
            raise refused(Reason.NOT_A_LETTER)
        return tree

    def linked(self, kind: str) -> Element | None:
        """The tree of the part that the document links as `kind` ("numbering", "styles")."""
        folder, name = posixpath.split(self._document)
        links = self._tree(f"{folder}/_rels/{name}.rels")
        target = _target(links, kind) or f"{kind}.xml"
        return self._tree(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))

    def _found_document(self) -> str:
        name = (_target(self._tree(_ROOT_LINKS), "officeDocument") or _USUAL_DOCUMENT).lstrip("/")
        if name.lower() in self._parts and "word" in name.lower():
            return name
        raise refused(Reason.OPEN_DOCUMENT if self._is_open_document() else Reason.NOT_A_LETTER)

    def _is_open_document(self) -> bool:
        part = self._parts.get(_MIMETYPE)
        if part is None or part.file_size > _MIMETYPE_BYTES:
            return False
        return self._unpacked(part).startswith(_OPEN_DOCUMENT)

    def _tree(self, name: str) -> Element | None:
        part = self._parts.get(name.lower())
        if part is None:
            return None
        return tree_of(self._unpacked(part), self._limits, passed_over=_PASSED_OVER)

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        """The bytes of a part; zipfile never hands out more than the declared size."""
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise refused(Reason.LOCKED)
        self._n_left -= part.file_size
        if self._n_left < 0:
            raise too_much(self._limits)
        if part.compress_type not in _METHODS:
            raise refused(Reason.DAMAGED)
        try:
            return self._zip.read(part)
        except _BROKEN:
            raise refused(Reason.DAMAGED) from None


def _target(links: Element | None, kind: str) -> str | None:
    for link in links if links is not None else ():
        if link.get("Type", "").endswith(f"/{kind}") and link.get("TargetMode") != "External":
            return link.get("Target")
    return None
