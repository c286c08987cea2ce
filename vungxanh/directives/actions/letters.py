"""Letters come in, are read, read again, discarded; originals are handed out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from vungxanh.audit.actions import record
from vungxanh.core import files
from vungxanh.core.errors import MissingError
from vungxanh.core.index_places import alone_with
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.actions.refusals import must_own, must_receive_for, wrong_state
from vungxanh.directives.models import CONTENT, ReceivedLetter
from vungxanh.directives.rules import READ_STATES, Items, LetterState, Wire, items_of, progress_of
from vungxanh.refusals import RefusalError


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter at the door: for which unit, the bytes as they came, and their SHA-256."""

    unit: str
    content: bytes
    name: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine made of it: text, wire form, findings, how it came, by which reader."""

    text: str
    wire: Wire
    findings: Sequence[Mapping[str, Any]]
    kind: str
    reader: str
    n_pages: int | None = None


def receive_read(*, arrival: Arrival, reading: Reading, by: Viewer, at: datetime) -> ReceivedLetter:
    """Keep a letter that was read at once. Audit: letter_received."""

    def fill(letter: ReceivedLetter) -> None:
        _fill(letter, reading, at)

    return _receive(arrival=arrival, state=LetterState.NEW, fill=fill, by=by, at=at)


def receive_picture(*, arrival: Arrival, by: Viewer, at: datetime) -> ReceivedLetter:
    """Keep a picture of a letter and have it read in the background. Audit: letter_received."""
    return _receive(arrival=arrival, state=LetterState.WAITING, fill=_send_to_reader, by=by, at=at)


def _receive(
    *, arrival: Arrival, state: LetterState, fill: Any, by: Viewer, at: datetime
) -> ReceivedLetter:
    """One row for one content in a unit: whoever comes second gets the first one's."""
    must_receive_for(unit_id=arrival.unit, by=by)
    try:
        with transaction.atomic():
            alone_with(CONTENT.digests(arrival.sha256))
            earlier = queries.received_before(arrival.unit, arrival.sha256)
            if earlier is not None:
                return earlier
            letter = ReceivedLetter(
                unit_id=arrival.unit,
                digest=CONTENT.digest(arrival.sha256),
                state=state,
                original=_kept(arrival, by, at),
                original_name=arrival.name[:200],
                received_at=at,
                received_by=by.id,
            )
            fill(letter)
            letter.save(force_insert=True)
            record(event="directives.letter_received", by=by, at=at, subject=subject(letter))
    except IntegrityError:
        earlier = queries.received_before(arrival.unit, arrival.sha256)
        if earlier is None:
            raise
        return earlier
    return letter


def _kept(arrival: Arrival, by: Viewer, at: datetime) -> Any:
    return files.keep(
        arrival.content, name=arrival.name, media_type=arrival.media_type, by=by, at=at
    )


def _send_to_reader(letter: ReceivedLetter) -> None:
    """The job's row commits with the letter's; two jobs of one letter run one after the other."""
    job = app.configure_task(name="directives.read", lock=f"letter:{letter.id}")
    job.defer(letter_id=str(letter.id))


def finish_reading(*, letter_id: UUID, reading: Reading, by: Viewer, at: datetime) -> None:
    """What the background reader made of a picture. Audit: letter_read."""
    with transaction.atomic():
        letter = locked(letter_id, by=by)
        if letter.state != LetterState.WAITING:
            return
        _fill(letter, reading, at)
        letter.state = LetterState.NEW
        letter.save()
        record(event="directives.letter_read", by=by, at=at, subject=subject(letter))


def fail_reading(*, letter_id: UUID, refusal: RefusalError, by: Viewer, at: datetime) -> None:
    """Note why a picture could not be read; the original is kept. Audit: letter_read."""
    with transaction.atomic():
        letter = locked(letter_id, by=by)
        if letter.state != LetterState.WAITING:
            return
        letter.state = LetterState.FAILED
        letter.refusal = _json({"code": refusal.code, **refusal.words.as_dict()})
        letter.save(update_fields=["state", "refusal"])
        detail = {"refused": str(refusal.code)}
        record(event="directives.letter_read", by=by, at=at, subject=subject(letter), detail=detail)


def read_again(*, letter_id: UUID, by: Viewer, at: datetime) -> ReceivedLetter:
    """Have a letter that could not be read tried once more. Audit: letter_received."""
    with transaction.atomic():
        letter = locked(letter_id, by=by)
        if letter.state != LetterState.FAILED:
            raise wrong_state()
        letter.state, letter.refusal = LetterState.WAITING, ""
        letter.save(update_fields=["state", "refusal"])
        _send_to_reader(letter)
        record(event="directives.letter_received", by=by, at=at, subject=subject(letter))
    return letter


def discard_letter(*, letter_id: UUID, by: Viewer, at: datetime) -> None:
    """Take a letter that was brought by mistake out of sight. Audit: letter_discarded."""
    with transaction.atomic():
        letter = locked(letter_id, by=by)
        if letter.state == LetterState.DISCARDED:
            raise wrong_state()
        letter.state, letter.discarded_at = LetterState.DISCARDED, at
        letter.save(update_fields=["state", "discarded_at"])
        record(event="directives.letter_discarded", by=by, at=at, subject=subject(letter))


def restore_letter(*, letter_id: UUID, by: Viewer, at: datetime) -> ReceivedLetter:
    """Bring a discarded letter back, unless the same was brought again. Audit: letter_received."""
    with transaction.atomic():
        letter = locked(letter_id, by=by)
        standing = ReceivedLetter.objects.exclude(state=LetterState.DISCARDED)
        is_again_there = standing.filter(unit_id=letter.unit_id, digest=letter.digest).exists()
        if letter.state != LetterState.DISCARDED or is_again_there:
            raise wrong_state()
        was_read = letter.read_at is not None
        letter.state = progress_of(queries.items_of(letter)).state if was_read else "failed"
        letter.discarded_at = None
        letter.save(update_fields=["state", "discarded_at"])
        record(event="directives.letter_received", by=by, at=at, subject=subject(letter))
    return letter


def hand_out_original(*, letter: ReceivedLetter, by: Viewer, at: datetime) -> bytes:
    """The original, byte for byte. Audit: original_downloaded."""
    if letter.original_id is None:
        raise MissingError
    content = files.open_file(letter.original_id)
    with transaction.atomic():
        record(event="directives.original_downloaded", by=by, at=at, subject=subject(letter))
    return content


def locked(letter_id: UUID, *, by: Viewer) -> ReceivedLetter:
    """The letter's row, held until the transaction ends."""
    rows = ReceivedLetter.objects.select_for_update(of=("self",)).select_related("unit")
    return must_own(rows.filter(id=letter_id).first(), by=by)


def must_be_read(letter: ReceivedLetter) -> ReceivedLetter:
    """Refuse to work on a letter that is not read, or discarded."""
    if letter.state not in READ_STATES:
        raise wrong_state()
    return letter


def subject(letter: ReceivedLetter) -> str:
    """How the log names a letter."""
    return f"letter:{letter.id}"


def _fill(letter: ReceivedLetter, reading: Reading, at: datetime) -> None:
    items = items_of(reading.wire)
    letter.text = reading.text
    letter.reading = _json({k: v for k, v in reading.wire.items() if k != "text"})
    letter.findings = _json(list(reading.findings))
    letter.n_findings = len(reading.findings)
    letter.kind, letter.n_pages, letter.reader = reading.kind, reading.n_pages, reading.reader
    letter.read_at = at
    keep_items(letter, items)


def keep_items(letter: ReceivedLetter, items: Items) -> None:
    """The items as they stand now, and what lists show of them; the caller saves."""
    letter.items = _json([item.as_wire() for item in items])
    letter.head = _json(_head(items))
    progress = progress_of(items)
    if letter.state in READ_STATES:
        letter.state = progress.state
    letter.n_tasks, letter.n_open = progress.n_tasks, progress.n_open
    letter.n_confirmed, letter.n_deadlines = progress.n_confirmed, progress.n_deadlines
    letter.first_due_at = progress.first_due_at


def _head(items: Items) -> Wire:
    document = items[0].value if items else {}
    names = ("type", "number", "symbol", "issuing_agency", "date", "date_partial", "subject")
    head = {name: document.get(name) for name in names}
    return {**head, "subject": document.get("subject") or document.get("subject_inferred")}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
