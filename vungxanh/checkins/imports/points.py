"""Bringing a table of points in: read by a job where it is large, previewed, written whole."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.transaction import get_autocommit

from vungxanh.accounts.queries.acting import viewer_of_ref
from vungxanh.accounts.values.acting import organisations_of
from vungxanh.checkins.actions import point_imports as actions
from vungxanh.checkins.actions import point_undoing as undoing
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.imports.columns import WrittenTable
from vungxanh.checkins.imports.point_plans import Preview
from vungxanh.checkins.imports.point_reading import PASTED, Tell, compared, opened, rows_of
from vungxanh.checkins.models import PointImport
from vungxanh.checkins.queries.imports import table_of
from vungxanh.checkins.values import import_refusals as refused
from vungxanh.checkins.values.areas import communes_held
from vungxanh.checkins.values.point_rows import Doubted
from vungxanh.checkins.values.points import PointEntry
from vungxanh.core import clock, files
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import UnitId
from vungxanh.refusals import RefusalError

LARGE: Final = 256 * 1024
"""Bytes from which on a job does the work."""
MANY: Final = 500
"""Rows from which on a job writes them."""
MANY_UNDONE: Final = 200
"""Points from which on a job undoes them."""

SECONDS: Final = 1.0
"""How often whoever waits is told how far the work is."""
_TELL: Final = """
UPDATE checkins_pointimport SET n_done = %s, n_rows = %s, step_at = %s WHERE id = %s AND state = %s
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for rows with faults and for those that may be registered already."""

    skip_faulty: bool = False
    keep_suspected: bool = False


class Work(Protocol):
    """What a job does with a table on behalf of somebody."""

    def __call__(self, *, import_id: UUID, by: Viewer) -> None:
        """Do it."""


class StoppedError(Exception):
    """Whoever waited stopped the work, or another took it over."""


def bring_in(*, content: bytes, name: str, by: Viewer, at: datetime) -> PointImport:
    """Keep a table; a small one is read at once, a large one by a job."""
    kept = actions.keep_table(name=name or PASTED, content=content, by=by, at=at)
    if len(content) > LARGE:
        actions.defer(kept, task="checkins.read_points", by=by.id)
    else:
        read_kept(import_id=kept.pk, by=by)
    kept.refresh_from_db()
    return kept


def read_kept(*, import_id: UUID, by: Viewer) -> None:
    """Read a kept table and tell what it holds; one that cannot be read says why."""
    kept = table_of(by, import_id)
    try:
        written = _opened(kept)
        read = _read(written, by, _teller(kept, written.n_about))
    except StoppedError:
        return
    except RefusalError as refusal:
        where = f" ({refusal.where})" if refusal.where else ""
        sentence = f"{refusal.words.vi}{where}"
        actions.tell_refused(import_id=import_id, sentence=sentence, at=clock.now())
        return
    actions.tell_read(import_id=import_id, read=read, at=clock.now())


def accept(*, import_id: UUID, choice: Choice, by: Viewer, at: datetime) -> PointImport:
    """Take a table in, at once or by a job; refused whole while faults were not left out."""
    kept = table_of(by, import_id)
    if kept.n_faulty and not choice.skip_faulty:
        raise refused.has_faults(kept.n_faulty)
    n = kept.n_new + (kept.n_suspected if choice.keep_suspected else 0)
    if kept.state == "draft" and not n:
        raise refused.nothing_to_take()
    kept = actions.claim(import_id=import_id, by=by, at=at)
    if kept.n_rows > MANY:
        said = {"skip_faulty": choice.skip_faulty, "keep_suspected": choice.keep_suspected}
        actions.defer(kept, task="checkins.write_points", by=by.id, **said)
    else:
        write_kept(import_id=import_id, choice=choice, by=by)
    kept.refresh_from_db()
    return kept


def write_kept(*, import_id: UUID, choice: Choice, by: Viewer) -> None:
    """Read the table anew, as it stands against the register now, and write it whole."""
    kept = table_of(by, import_id)
    try:
        actions.write_points(
            kept=kept,
            entries=_entries(kept, choice, by),
            may_repeat=choice.keep_suspected,
            by=by,
            at=clock.now(),
            tell=_teller(kept),
        )
    except StoppedError:
        return
    except refused.MeanwhileError as refusal:
        _see_anew(kept, refusal.words.vi, by)
    except RefusalError as refusal:
        sentence = refusal.words.vi
        actions.tell_refused(import_id=import_id, sentence=sentence, at=clock.now())


def undo(*, import_id: UUID, by: Viewer, at: datetime) -> PointImport:
    """Undo a table, at once or by a job; refused at once it stays taken in."""
    kept = table_of(by, import_id)
    if kept.n_new > MANY_UNDONE:
        undoing.claim_undo(import_id=import_id, by=by, at=at)
        actions.defer(kept, task="checkins.undo_points", by=by.id)
    else:
        undoing.undo_table(import_id=import_id, by=by, at=at)
    kept.refresh_from_db()
    return kept


def undo_kept(*, import_id: UUID, by: Viewer) -> None:
    """Undo a table whole; why it could not be stands on its page."""
    kept = table_of(by, import_id)
    try:
        undoing.undo_points(kept=kept, by=by, at=clock.now(), tell=_teller(kept))
    except StoppedError:
        return
    except RefusalError as refusal:
        undoing.tell_not_undone(import_id=import_id, sentence=refusal.words.vi)


def doubts_of(*, import_id: UUID, by: Viewer) -> tuple[WrittenTable, Iterator[Doubted]]:
    """The table and its rows with faults or doubts, read again for the sheet of all of them."""
    written = _opened(table_of(by, import_id))
    rows = compared(rows_of(written, _own(by), lambda n: None))
    return written, (one for one in rows if one.row.faults or one.is_doubted)


def by_job(work: Work, *, import_id: UUID, ref: str) -> None:
    """Do what a job was asked for, with the rights that whoever asked has now.

    Where they were taken away meanwhile nothing is done, and the table says so.
    """
    at = clock.now()
    by = viewer_of_ref(ref, at=at)
    if by is not None and (by.may(MAY_MANAGE) or organisations_of(by.scopes)):
        work(import_id=import_id, by=by)
        return
    sentence = refused.rights_gone().words.vi
    actions.tell_refused(import_id=import_id, sentence=sentence, at=at)
    undoing.tell_not_undone(import_id=import_id, sentence=sentence)


def _read(written: WrittenTable, by: Viewer, tell: Tell) -> actions.Read:
    """What a table holds against the register as it stands now."""
    seen = Preview()
    for one in compared(rows_of(written, _own(by), tell)):
        seen.add(one)
    return actions.Read(
        n_rows=seen.n_rows,
        n_new=seen.n_new,
        n_suspected=seen.n_suspected,
        n_faulty=seen.n_faulty,
        plan=seen.plan(written),
    )


def _see_anew(kept: PointImport, sentence: str, by: Viewer) -> None:
    """Show the table anew, with what others registered meanwhile; nothing of it was written."""
    try:
        read = _read(_opened(kept), by, _alive(kept))
    except StoppedError:
        return
    actions.tell_seen_anew(import_id=kept.pk, read=read, sentence=sentence, at=clock.now())


def _opened(kept: PointImport) -> WrittenTable:
    if kept.original_id is None:
        raise refused.NoSuchTableError
    return opened(files.open_file(kept.original_id), kept.file_name)


def _own(by: Viewer) -> frozenset[UnitId] | None:
    return communes_held(by.units) if by.may(MAY_MANAGE) else None


def _entries(kept: PointImport, choice: Choice, by: Viewer) -> list[PointEntry]:
    """What is to be written of a table, in its order."""
    n_faulty, n_doubted, chosen = 0, 0, list[PointEntry]()
    for one in compared(rows_of(_opened(kept), _own(by), _alive(kept))):
        if one.row.entry is None:
            n_faulty += 1
        elif choice.keep_suspected or not one.is_doubted:
            chosen.append(one.row.entry)
        else:
            n_doubted += 1
    if n_faulty and not choice.skip_faulty:
        raise refused.has_faults(n_faulty)
    if n_doubted > kept.n_suspected:
        raise refused.MeanwhileError(n_doubted - kept.n_suspected)
    return chosen


def _teller(kept: PointImport, n_about: int = 0) -> Tell:
    """Tells how far the work is, past a transaction that writes; ends it where it was stopped."""

    told = time.monotonic()

    def tell(n: int) -> None:
        nonlocal told
        if time.monotonic() - told < SECONDS:
            return
        told = time.monotonic()
        n_rows = max(n_about, n) if n_about else kept.n_rows
        said = [n, n_rows, clock.now(), kept.pk, kept.state]
        if not (_told(said) if get_autocommit() else _beside(said)):
            raise StoppedError

    return tell


def _alive(kept: PointImport) -> Tell:
    """Tells that a table is being read once more before it is written; nothing is done yet."""
    tell = _teller(kept)
    return lambda n: tell(0)


def _told(said: list[Any]) -> bool:
    with connection.cursor() as cursor:
        return _goes_on(cursor, said)


def _beside(said: list[Any]) -> bool:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            return _goes_on(cursor, said)
    finally:
        other.close()


def _goes_on(cursor: CursorWrapper, said: list[Any]) -> bool:
    """Whether nobody stopped the work; a table that is not committed yet nobody can stop."""
    cursor.execute(_TELL, said)
    if cursor.rowcount:
        return True
    cursor.execute("SELECT 1 FROM checkins_pointimport WHERE id = %s", [said[3]])
    return cursor.fetchone() is None


def plan_of(kept: PointImport) -> dict[str, Any]:
    """What the preview shows of a table."""
    found: dict[str, Any] = json.loads(kept.plan or "{}")
    return found
