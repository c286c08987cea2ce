"""Bringing a table of points in: read by a job where it is large, previewed, written whole."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.transaction import get_autocommit

from vungxanh.checkins.actions import point_imports as actions
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.imports.columns import LIMITS, WrittenTable, recognised
from vungxanh.checkins.imports.point_rows import HEADINGS, MOST_ROWS, RowReader
from vungxanh.checkins.models import PointImport
from vungxanh.checkins.queries.imports import alike, table_of
from vungxanh.checkins.values import import_refusals as refused
from vungxanh.checkins.values.areas import communes_held
from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.checkins.values.point_rows import PointRow
from vungxanh.checkins.values.points import PointEntry
from vungxanh.checkins.values.words import same_key
from vungxanh.core import clock, files
from vungxanh.core.viewer import Viewer
from vungxanh.documents.grids import grid_of_text, read_grid
from vungxanh.refusals import RefusalError

LARGE: Final = 256 * 1024
"""Bytes from which on a job does the work."""
MOST_SHOWN: Final = 200
SAMPLE: Final = 50
PASTED: Final = "bang-dan.tsv"
_STEP: Final = 5_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for rows with faults and for those that may be registered already."""

    skip_faulty: bool = False
    keep_suspected: bool = False


@dataclass(frozen=True, slots=True)
class Suspected:
    """A row that may be registered: as a point with a code, or as another row of the table."""

    row: PointRow
    code: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: good rows, faulty ones, and those that may be there already."""

    written: WrittenTable
    good: tuple[PointRow, ...]
    faulty: tuple[PointRow, ...]
    suspected: tuple[Suspected, ...]

    @property
    def n_rows(self) -> int:
        """All rows that say something."""
        return len(self.good) + len(self.faulty) + len(self.suspected)


def bring_in(*, content: bytes, name: str, by: Viewer, at: datetime) -> PointImport:
    """Keep a table; a small one is read at once, a large one by a job."""
    kept = actions.keep_table(name=name or PASTED, content=content, by=by, at=at)
    if len(content) > LARGE:
        actions.defer(kept, task="checkins.read_points", by=wire_of(by))
    else:
        read_kept(import_id=kept.pk, by=by)
    kept.refresh_from_db()
    return kept


def read_kept(*, import_id: UUID, by: Viewer) -> None:
    """Read a kept table and tell what it holds; one that cannot be read says why."""
    kept = table_of(by, import_id)
    try:
        found = _table(kept, by)
    except RefusalError as refusal:
        where = f" ({refusal.where})" if refusal.where else ""
        sentence = f"{refusal.words.vi}{where}"
        actions.tell_refused(import_id=import_id, sentence=sentence, at=clock.now())
        return
    read = actions.Read(
        n_rows=found.n_rows,
        n_new=len(found.good),
        n_suspected=len(found.suspected),
        n_faulty=len(found.faulty),
        plan=_plan(found),
    )
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
    if kept.n_rows > _STEP // 5:
        said = {"skip_faulty": choice.skip_faulty, "keep_suspected": choice.keep_suspected}
        actions.defer(kept, task="checkins.write_points", by=wire_of(by), **said)
    else:
        write_kept(import_id=import_id, choice=choice, by=by)
    kept.refresh_from_db()
    return kept


def write_kept(*, import_id: UUID, choice: Choice, by: Viewer) -> None:
    """Read the table anew, as it stands against the register now, and write it whole."""
    kept = table_of(by, import_id)
    try:
        found = _table(kept, by)
        if found.faulty and not choice.skip_faulty:
            raise refused.has_faults(len(found.faulty))
        actions.write_points(
            kept=kept,
            entries=list(_entries(found, choice)),
            by=by,
            at=clock.now(),
            tell=_teller(kept),
        )
    except RefusalError as refusal:
        sentence = refusal.words.vi
        actions.tell_refused(import_id=import_id, sentence=sentence, at=clock.now())


def faults_of(*, import_id: UUID, by: Viewer) -> Table:
    """The whole table read again, for the sheet of all faults."""
    return _table(table_of(by, import_id), by)


def wire_of(by: Viewer) -> dict[str, Any]:
    """Who brought a table, as an argument of a job: references alone."""
    return {
        "id": by.id,
        "units": sorted(by.units),
        "scopes": sorted(by.scopes),
        "may": by.may(MAY_MANAGE),
    }


def viewer_of_wire(said: dict[str, Any]) -> Viewer:
    """The viewer on whose behalf a job works, with what it needs of their rights."""
    return Viewer(
        id=said["id"],
        name="",
        units=frozenset(said["units"]),
        scopes=frozenset(said["scopes"]),
        capabilities=frozenset({MAY_MANAGE} if said["may"] else ()),
    )


def _table(kept: PointImport, by: Viewer) -> Table:
    if kept.original_id is None:
        raise refused.NoSuchTableError
    content = files.open_file(kept.original_id)
    is_pasted = kept.file_name == PASTED
    grid = (
        grid_of_text(content.decode(), limits=LIMITS)
        if is_pasted
        else read_grid(content, name=kept.file_name, limits=LIMITS)
    )
    written = recognised(grid, HEADINGS, most_rows=MOST_ROWS)
    own = communes_held(by.units) if by.may(MAY_MANAGE) else None
    rows = list(_read(written, RowReader(own), kept))
    good = [row for row in rows if row.entry is not None]
    faulty = tuple(row for row in rows if row.entry is None)
    suspected = list(_suspected(good))
    doubted = {one.row.number for one in suspected}
    clean = tuple(row for row in good if row.number not in doubted)
    return Table(written, clean, faulty, tuple(suspected))


def _read(written: WrittenTable, reader: RowReader, kept: PointImport) -> Iterator[PointRow]:
    for n, row in enumerate(written.rows(), start=1):
        if not n % _STEP:
            _step(kept, n)
        yield reader.read(row)


def _suspected(good: Sequence[PointRow]) -> Iterator[Suspected]:
    """Rows that may be one with a living point, else with an earlier row."""
    there = alike([row.entry for row in good if row.entry])
    first: dict[tuple[str, str, str], int] = {}
    for place, row in enumerate(good):
        if row.entry is None:
            continue
        key = (row.entry.unit, str(row.entry.kind), same_key(row.entry.name))
        before = first.setdefault(key, row.number)
        if place in there:
            yield Suspected(row, code=there[place])
        elif before != row.number:
            yield Suspected(row, number=before)


def _entries(found: Table, choice: Choice) -> Iterator[PointEntry]:
    also = [one.row for one in found.suspected] if choice.keep_suspected else []
    for row in sorted((*found.good, *also), key=lambda one: one.number):
        if row.entry is not None:
            yield row.entry


def _plan(found: Table) -> dict[str, Any]:
    """What the preview shows: the first faults, doubts and good rows."""
    return {
        "columns": [[one.letters, one.head, one.field] for one in found.written.columns],
        "faulty": [
            [row.number, row.name, _faults(row.faults)] for row in found.faulty[:MOST_SHOWN]
        ],
        "suspected": [
            [one.row.number, one.row.name, one.code, one.number]
            for one in found.suspected[:MOST_SHOWN]
        ],
        "sample": [
            [row.number, row.name, str(row.entry.kind), row.entry.unit, len(row.entry.entrances)]
            for row in found.good[:SAMPLE]
            if row.entry
        ],
    }


def _faults(faults: Iterable[Fault]) -> list[list[str]]:
    return [[one.field, one.words.vi, one.words.en] for one in faults]


def _teller(kept: PointImport) -> actions.Progress:
    """Tells how far writing is, past the transaction that writes, where there is much of it."""

    def tell(n: int) -> None:
        if not n % (_STEP * 2):
            _beside(kept, n)

    return tell


def _step(kept: PointImport, n: int) -> None:
    if get_autocommit():
        done = 0 if kept.state == "writing" else n
        PointImport.objects.filter(pk=kept.pk).update(n_done=done, step_at=clock.now())


def _beside(kept: PointImport, n: int) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "UPDATE checkins_pointimport SET n_done = %s, step_at = %s WHERE id = %s",
                [n, clock.now(), kept.pk],
            )
    finally:
        other.close()


def plan_of(kept: PointImport) -> dict[str, Any]:
    """What the preview shows of a table."""
    found: dict[str, Any] = json.loads(kept.plan or "{}")
    return found
