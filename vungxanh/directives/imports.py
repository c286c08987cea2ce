"""A letter on its way in: recognised if it was brought before, read, kept with what was found."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.core import files
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.actions import letters as actions
from vungxanh.directives.actions.letters import Arrival, Reading
from vungxanh.directives.actions.refusals import must_receive_for
from vungxanh.directives.gateways import ocr, reader
from vungxanh.directives.models import ReceivedLetter
from vungxanh.documents.letterfiles import LetterFileError, LetterText, Reason
from vungxanh.refusals import RefusalError, Words

PASTED = "pasted"
MEDIA = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Asked:
    """A file as it was sent, or pasted text; `unit` received the letter."""

    unit: str
    content: bytes
    name: str
    is_pasted: bool


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The letter, and whether the unit had it already."""

    letter: ReceivedLetter
    is_known: bool


def bring_in(*, asked: Asked, by: Viewer, at: datetime) -> BroughtIn:
    """Keep a letter: text is read at once, a picture in the background, a known one not again."""
    must_receive_for(unit_id=asked.unit, by=by)
    arrival = _arrival(asked)
    earlier = queries.received_before(asked.unit, arrival.sha256)
    if earlier is not None:
        return BroughtIn(earlier, is_known=True)
    try:
        found = _text_of(asked)
    except LetterFileError as refusal:
        if refusal.code != Reason.OCR_MISSING:
            raise
        return BroughtIn(actions.receive_picture(arrival=arrival, by=by, at=at), is_known=False)
    reading = _read(found, kind=PASTED if asked.is_pasted else found.kind.value)
    letter = actions.receive_read(arrival=arrival, reading=reading, by=by, at=at)
    return BroughtIn(letter, is_known=False)


def read_picture(*, letter_id: UUID, by: Viewer, at: datetime) -> None:
    """In the background: read a kept picture; a refusal is noted at the letter."""
    letter = ReceivedLetter.objects.filter(id=letter_id, state="waiting").first()
    if letter is None or letter.original_id is None:
        return
    content = files.open_file(letter.original_id)
    try:
        found = reader.read_file(content, letter.original_name, ocr.reader_of_pictures())
        reading = _read(found, kind=found.kind.value)
    except RefusalError as refusal:
        actions.fail_reading(letter_id=letter_id, refusal=refusal, by=by, at=at)
    else:
        actions.finish_reading(letter_id=letter_id, reading=reading, by=by, at=at)


def _arrival(asked: Asked) -> Arrival:
    content = _plain(asked.content) if asked.is_pasted else asked.content
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrival(asked.unit, asked.content, asked.name, MEDIA, sha256)


def _plain(content: bytes) -> bytes:
    """Pasted words count as the same whatever their blanks and the form of their accents."""
    return " ".join(unicodedata.normalize("NFC", content.decode()).split()).encode()


def _text_of(asked: Asked) -> LetterText:
    return reader.read_file(asked.content, asked.name or "dan.txt")


def _read(found: LetterText, *, kind: str) -> Reading:
    read = reader.read_text(found.text)
    warnings = [*map(Words.as_dict, found.warnings), *read.reading.get("warnings", ())]
    return Reading(
        text=read.text,
        wire={**read.reading, "warnings": warnings},
        findings=read.findings,
        kind=kind,
        reader=reader.READER,
        n_pages=found.n_pages,
    )
