"""The one place where the room meets the reader of letters."""

from dataclasses import asdict, dataclass
from functools import lru_cache

from vungxanh import __version__
from vungxanh.directives.rules import Wire
from vungxanh.directives.values import check_letter, read_letter
from vungxanh.documents.letterfiles import LetterText, Ocr, read_letter_file
from vungxanh.engines.letters.deadlines import find_deadlines
from vungxanh.engines.letters.flow import Kind, Paragraph, paragraphs_of
from vungxanh.engines.letters.lines import lines_of
from vungxanh.engines.letters.passages import Passage, Span
from vungxanh.engines.letters.times.merging import merged
from vungxanh.engines.letters.types import SCHEMA, DeadlineType
from vungxanh.engines.letters.zones import zones_of
from vungxanh.uptake.values import published_figures

READER = f"{SCHEMA} {__version__}"


@dataclass(frozen=True, slots=True)
class Read:
    """What a machine made of a text: the wire form, and findings about the letter's figures."""

    text: str
    reading: Wire
    findings: tuple[Wire, ...]


@lru_cache(maxsize=4)
def read_text(text: str) -> Read:
    """Read a letter's text and check its own figures."""
    reading = read_letter(text)
    found = check_letter(reading, published_figures())
    findings = tuple(dict(finding.as_dict()) for finding in found)
    return Read(reading.text, dict(reading.as_dict()), findings)


def deadline_in(text: str, span: tuple[int, int]) -> Wire:
    """The deadline that some words of a letter say, in the wire form."""
    passage = Passage.of(text, *span)
    found = merged(find_deadlines(passage))
    is_none = found.type is DeadlineType.NONE
    return {
        "type": found.type.value,
        "value": found.value,
        "exclusive": found.exclusive,
        "start": found.start,
        "recurrence": asdict(found.recurrence) if found.recurrence else None,
        "text": None if is_none else passage.text,
        "span": None if is_none else list(span),
        "evidence": found.evidence,
    }


def read_file(content: bytes, name: str, ocr: Ocr | None = None) -> LetterText:
    """The text in a file; pictures need `ocr`."""
    return read_letter_file(content, name=name, ocr=ocr)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a letter: its mark ("5.", "-"), its words, and where each letter stands."""

    mark: str
    text: str
    offsets: tuple[int, ...]
    is_item: bool


@lru_cache(maxsize=16)
def pieces(text: str, tables: tuple[Span, ...] = ()) -> tuple[Piece, ...]:
    """The paragraphs of a letter, line breaks of the page joined; lines of tables stay lines."""
    zones = zones_of(text)
    prose = (zones.address, zones.body)
    found = [_piece(text, one) for part in prose for one in paragraphs_of(text, part, tables)]
    for part in (zones.head, zones.tail, zones.annex, (zones.annex[1], len(text))):
        found += _lines(text, part, tables)
    for span in tables:
        found += _lines(text, span, ())
    return tuple(sorted((one for one in found if one.text), key=lambda one: one.offsets[0]))


def _lines(text: str, part: Span, without: tuple[Span, ...]) -> list[Piece]:
    """Lines as they stand, those that go on in small letters joined to the one before."""
    groups: list[list[int]] = []
    for line in lines_of(text, *part):
        if line.is_blank or any(a <= line.start < b for a, b in without):
            continue
        if groups and line.words[:1].islower():
            groups[-1][1] = line.end
        else:
            groups.append([line.start, line.end])
    return [_line(Passage.of(text, *group)) for group in groups]


def _line(passage: Passage) -> Piece:
    return Piece("", passage.text, passage.offsets, is_item=False)


def _piece(text: str, paragraph: Paragraph) -> Piece:
    passage = paragraph.passage
    if not passage.text:
        return _line(passage)
    start = text.rfind("\n", 0, passage.offsets[0]) + 1
    mark = text[start : passage.offsets[0]].strip().strip("*#_> ") if paragraph.mark else ""
    return Piece(mark, passage.text, passage.offsets, paragraph.kind is not Kind.NONE)
