"""A PDF measured before PDFium opens it: how much its streams unpack to, how much they draw.

A file of a few kilobytes can unpack to millions of drawn words, for each of which PDFium keeps
about two kilobytes; where memory ends it ends the process. Every stream is therefore unpacked here
a piece at a time and dropped again, and a stream that draws must stay within bounds. Streams of an
encrypted file cannot be seen: such a file is decrypted first and then measured.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.refusals import LetterFileError, too_large
from vungxanh.refusals import Words

_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n?")
_END: Final = b"endstream"
_PIECE: Final = 4_096
_UNPACKED_PIECE: Final = 262_144
_SAMPLE: Final = 16_384
# Operators of a page's drawing (ISO 32000-1, annex A): text, lines, graphics state, XObjects.
_DRAWS: Final = re.compile(rb"[\s)\]>](?:Tj|TJ|Td|Tm|re|cm|Do|BT|q|l|m|c)(?=[\s\[(/<])")
_FEWEST_OPERATORS: Final = 3
_SHOWS: Final = (b"Tj", b"TJ", b"' ", b'" ', b"Do")


def screen(content: bytes, limits: Limits) -> None:
    """Refuse a PDF that unpacks to more than a letter needs."""
    n_left = limits.pdf_unpacked_bytes
    for begin in _STREAM.finditer(content):
        end = content.find(_END, begin.end())
        packed = content[begin.end() : end if end >= 0 else len(content)]
        n_left -= _measured(packed, limits, n_left)
        if n_left < 0:
            raise _too_much(limits)


def _measured(packed: bytes, limits: Limits, n_left: int) -> int:
    """How many bytes a stream unpacks to; refuses one that draws too much."""
    size, n_shown, draws = 0, 0, False
    for piece in _pieces(packed):
        draws = draws or len(_DRAWS.findall(piece[:_SAMPLE])) >= _FEWEST_OPERATORS
        size += len(piece)
        n_shown += sum(piece.count(operator) for operator in _SHOWS) if draws else 0
        if draws and (size > limits.pdf_drawing_bytes or n_shown > limits.page_objects):
            raise _too_much(limits)
        if size > n_left:
            break
    return size


def _pieces(packed: bytes) -> Iterator[bytes]:
    """A stream as it unpacks; one that is not packed, or not in the usual way, as it is."""
    unpacker = zlib.decompressobj()
    try:
        for place in range(0, len(packed), _PIECE):
            rest = packed[place : place + _PIECE]
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _UNPACKED_PIECE)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        yield packed


def _too_much(limits: Limits) -> LetterFileError:
    megabytes = limits.pdf_unpacked_bytes // (1024 * 1024)
    what = Words("Nội dung nén trong tệp PDF", "The packed content of the PDF")
    return too_large(what, megabytes, Words("MB", "MB"))
