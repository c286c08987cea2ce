"""The day's table as an official annex and as a message: what `make_table` freezes.

The annex is frozen as content, not as a file: it is printed from there, with a draft mark until it
is published, and room `reports` holds it once it is. The check code is that of the content, so it
stays the same from the first draft to the published paper.
"""

from collections.abc import Sequence

import msgspec

from vungxanh import __version__
from vungxanh.core import clock, files
from vungxanh.core.errors import MissingError
from vungxanh.documents import pdf, vietnamese
from vungxanh.documents.content import (
    Annex,
    Cell,
    Stamp,
    Table,
    check_code,
    freeze,
    thaw,
)
from vungxanh.uptake.exports.agencies import in_a_sentence
from vungxanh.uptake.exports.day_annex import annex, covered
from vungxanh.uptake.exports.figures import NOUNS
from vungxanh.uptake.models import DayTable
from vungxanh.uptake.queries.reporting.gathering import Gathered
from vungxanh.uptake.queries.reporting.table_material import Material, Part, material_of
from vungxanh.uptake.queries.reporting.tables import corrected_by
from vungxanh.uptake.rules.columns import titled
from vungxanh.uptake.rules.day_message import Counted, DayTold, Told, message
from vungxanh.uptake.rules.day_table import change, ranked, total_of
from vungxanh.uptake.rules.reporting import TableState, is_zero

DRAFT = "Chưa công bố"


def drawn(row: DayTable, gathered: Gathered) -> tuple[str, bytes]:
    """The message and the frozen annex of a table that is being made."""
    material = material_of(row, gathered)
    told = _expected(gathered, material.repeated)
    return message(_told(row, material, told)), freeze(annex(row, material, told))


def annex_of(row: DayTable) -> Annex:
    """The annex as it was frozen, without stamp and draft mark."""
    if row.document_id is None:
        raise MissingError
    found = thaw(files.open_file(row.document_id))
    if not isinstance(found, Annex):
        raise TypeError(row.document_id)
    return found


def stamped(row: DayTable, plain: Annex, *, corrected_by: int = 0) -> Annex:
    """The annex with version, moment and check code; marked until published, and once corrected."""
    stamp = Stamp(
        version=row.version,
        made_at=row.made_at.astimezone(vietnamese.VIETNAM).replace(microsecond=0),
        check_code=check_code(plain),
        software=f"vungxanh {__version__}",
        corrects=row.version - 1,
    )
    corrected = f"Đã đính chính: dùng bản số {corrected_by}" if corrected_by else ""
    draft = corrected if row.state == TableState.PUBLISHED else DRAFT
    return msgspec.structs.replace(plain, stamp=stamp, draft=draft)


def opened(row: DayTable, plain: Annex) -> Annex:
    """The same for anyone: without the columns of single reporters, which see only their own."""
    names = {str(line["name"]) for line in row.reporters}
    note = "Số của từng đầu mối không in trong bản công bố."
    tables = tuple(_without(table, names) for table in plain.tables)
    if tables == plain.tables:
        return plain
    return msgspec.structs.replace(
        plain, tables=tables, notes=(*plain.notes, note), landscape=False
    )


def paper_of(row: DayTable, *, is_open: bool) -> Annex:
    """The annex as a reader sees it: stamped, and opened for those outside the area's staff."""
    shown = stamped(row, annex_of(row), corrected_by=corrected_by(row))
    return opened(row, shown) if is_open else shown


def pdf_of(row: DayTable, *, is_open: bool) -> bytes:
    """The same printed."""
    return pdf.write(paper_of(row, is_open=is_open))


def _expected(gathered: Gathered, repeated: frozenset[str]) -> tuple[Told, ...]:
    return tuple(
        Told(
            name=one.contribution.name,
            came=one.contribution.figures is not None,
            is_late=bool(one.line["is_late"]),
            is_zero=is_zero((one.contribution.figures or {}).values()),
            is_repeated=one.contribution.name in repeated,
            lacks=tuple(one.line.get("lacks", ())),
        )
        for one in gathered.expected
    )


def _told(row: DayTable, material: Material, told: Sequence[Told]) -> DayTold:
    return DayTold(
        title=titled(row.form.title, row.area.name),
        area=_area(material),
        day=row.day,
        made=_made(row),
        version=row.version,
        reason=row.reason,
        expected=tuple(told),
        counted=tuple(_counted(part) for part in material.parts),
    )


def _area(material: Material) -> str:
    """The area, and how many of its units anybody reports on where these are not all."""
    name = _capital(in_a_sentence(material.area))
    return f"{name} ({covered(material)})" if material.left_out else name


def _made(row: DayTable) -> str:
    """When it was made: the hour alone on the day itself."""
    if row.made_at.astimezone(clock.TZ).date() == row.day:
        return vietnamese.clock(row.made_at)
    return vietnamese.moment(row.made_at)


def _counted(part: Part) -> Counted:
    names = {one.unit: one.name for one in part.places}
    total = total_of(part.places)
    rows = ranked(part.places) if part.base else ()
    shares = (
        (names[one.key], one.share_percent)
        for one in rows
        if one.rank is not None and one.share_percent is not None
    )
    return Counted(
        noun=NOUNS[part.element],
        base_noun=NOUNS.get(part.base, ""),
        total=total.value,
        share=total.share if part.base and not total.without else None,
        change=change(part.now, part.before),
        places=tuple(shares),
        n_units=len(part.places),
    )


def _without(table: Table, names: set[str]) -> Table:
    kept = [n for n, column in enumerate(table.columns) if column.head not in names]
    if len(kept) == len(table.columns):
        return table
    columns = [table.columns[n] for n in kept]
    shares = [
        msgspec.structs.replace(one, formula="(3)/(4)" if one.formula else "") for one in columns
    ]
    return msgspec.structs.replace(
        table,
        columns=tuple(shares),
        rows=tuple(_picked(one, kept) for one in table.rows),
        total=_picked(table.total, kept) if table.total else None,
    )


def _picked(cells: Sequence[Cell], kept: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(cells[n] for n in kept)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
