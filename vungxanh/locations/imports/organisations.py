"""Bringing a table of organisations in: read, kept as a draft, compared anew, taken in whole."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.core.headings import Column, WrittenRow
from vungxanh.core.viewer import Viewer
from vungxanh.documents.grids import grid_of_text, read_grid
from vungxanh.locations import queries
from vungxanh.locations.actions import organisation_lists as lists
from vungxanh.locations.imports.columns import WrittenTable, recognised
from vungxanh.locations.imports.planning import PlannedRow, Said, planned
from vungxanh.locations.models.organisations import OrganisationImport
from vungxanh.locations.queries import organisations as found
from vungxanh.locations.values.organisations import MAY_WRITE
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings: a file's bytes or pasted cells, its scope, source and day."""

    unit: str
    content: bytes
    name: str
    is_pasted: bool
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it stands against what is there now."""

    columns: tuple[Column, ...]
    rows: tuple[PlannedRow, ...]

    def count(self, effect: str) -> int:
        """How many rows have an effect."""
        return sum(row.effect == effect for row in self.rows)


def bring_in(*, brought: Brought, by: Viewer, at: datetime) -> OrganisationImport:
    """Read a table and keep it as a draft; a refusal leaves nothing behind."""
    by.require(MAY_WRITE)
    scope = queries.unit(brought.unit)
    is_pasted = brought.is_pasted
    text = brought.content.decode() if is_pasted else ""
    grid = grid_of_text(text) if is_pasted else read_grid(brought.content, name=brought.name)
    table = recognised(grid)
    content = {
        "source": brought.source,
        "as_of": brought.as_of,
        "columns": [[one.letters, one.head, one.field] for one in table.columns],
        "rows": [[row.number, dict(row.texts)] for row in table.rows],
    }
    digest = hashlib.sha256(brought.content).hexdigest()
    new = lists.NewList(scope, brought.name, digest, content)
    return lists.keep_list(new=new, by=by, at=at)


def preview(
    kept: OrganisationImport, choices: Mapping[int, str], *, by: Viewer, at: datetime
) -> Preview:
    """What taking the list in would do now, with what was chosen for rows that may be known."""
    columns = tuple(Column(*one) for one in kept.content["columns"])
    rows = tuple(WrittenRow(number, texts) for number, texts in kept.content["rows"])
    said = Said(queries.unit(kept.scope_id), kept.content["source"], kept.content["as_of"], choices)
    return Preview(columns, planned(WrittenTable(columns, rows), said, by=by, at=at))


def accept(
    *, import_id: UUID, choices: Mapping[int, str], by: Viewer, at: datetime
) -> OrganisationImport:
    """Take the list in whole, or refuse it whole while a row is faulty or undecided."""
    kept = found.waiting(by, import_id)
    seen = preview(kept, choices, by=by, at=at)
    _must_be_clean(seen)
    return lists.accept_list(import_id=import_id, writes=_writes(seen.rows), by=by, at=at)


def _writes(rows: Sequence[PlannedRow]) -> list[lists.Write]:
    return [lists.Write(row.own_id, row.entry, row.before, row.n_changes) for row in rows]


def _must_be_clean(seen: Preview) -> None:
    n_faulty, n_asked = seen.count("faulty"), seen.count("asked")
    if n_faulty:
        raise OrganisationError(
            "locations.import_has_errors",
            Words(
                f"Chưa nhận được: {n_faulty} dòng có lỗi. Sửa trong tệp rồi nộp lại.",
                f"Not taken in: {n_faulty} rows have errors. Mend the file and bring it again.",
            ),
        )
    if n_asked:
        raise OrganisationError(
            "locations.import_undecided",
            Words(
                f"Còn {n_asked} dòng nghi trùng chưa chọn. Chọn tổ chức đã có, hoặc “thêm mới”.",
                f"{n_asked} rows may be known already. Choose which, or “new”, for each.",
            ),
        )
