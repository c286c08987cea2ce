"""Bringing a list of populations in: find its columns and units, say what is wrong row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from vungxanh.core import files
from vungxanh.core.viewer import Viewer
from vungxanh.documents.grids import Cell, Grid, grid_of_text, read_grid
from vungxanh.engines.names import fold
from vungxanh.locations import queries as locations
from vungxanh.locations.values import (
    CURRENT_TREE,
    TREES,
    BadUnitIdError,
    Level,
    UnitId,
    country_of,
    parse_unit_id,
    tree_on,
)
from vungxanh.refusals import Words
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.actions import population as actions
from vungxanh.uptake.models import PopulationTable
from vungxanh.uptake.values.population import KINDS, PopulationRow

HEADS = {
    "unit": ("ma", "ma dia ban", "unit", "don vi", "dia ban", "ten", "tinh", "name"),
    "year": ("nam", "year"),
    "on": ("ngay", "thoi diem", "date", "on"),
    "kind": ("loai", "loai so", "kind"),
    "value": ("dan so", "so dan", "population", "value", "gia tri"),
    "source": ("nguon", "source"),
}
NEEDED = ("unit", "year", "kind", "value")
MEDIA_TYPE = "application/octet-stream"
FIRST_YEAR, LAST_YEAR = 1945, 2100


def bring_in(
    *, content: bytes, name: str, source: str, by: Viewer, at: datetime
) -> PopulationTable:
    """Read a list and keep it as a draft with what is wrong in each row; nothing counts yet.

    `name` empty: cells pasted as text. `source` stands for rows that name none. Refuses
    `uptake.population_no_column` and what cannot be read as a table.
    """
    by.require("uptake.import")
    grid = read_grid(content, name=name) if name else grid_of_text(content.decode())
    rows = read_rows(grid, source=source)
    with transaction.atomic():
        kept = files.keep(content, name=name or "bang-dan.tsv", media_type=MEDIA_TYPE, by=by, at=at)
        return actions.save_draft(rows=rows, original_id=kept.id, original_name=name, by=by, at=at)


def read_rows(grid: Grid, *, source: str) -> tuple[PopulationRow, ...]:
    """The rows under the head row, each with its unit and what is wrong with it."""
    head, columns = _columns(grid)
    below = [
        (number, row)
        for number, row in enumerate(grid.rows[head + 1 :], start=head + 2)
        if any(not cell.is_empty for cell in row)
    ]
    finder = _Finder(row[columns["unit"]].text for _number, row in below)
    read = [_row(number, row, columns, finder=finder, source=source) for number, row in below]
    return tuple(_without_repeats(read))


def _columns(grid: Grid) -> tuple[int, dict[str, int]]:
    """The first row that names every column that is needed, and where each stands."""
    for number, row in enumerate(grid.rows[:20]):
        words = [fold(cell.text) for cell in row]
        found = {
            role: next(place for place, word in enumerate(words) if word in names)
            for role, names in HEADS.items()
            if any(word in names for word in words)
        }
        if set(NEEDED) <= found.keys():
            return number, found
    raise UptakeError(
        "uptake.population_no_column",
        Words(
            "Không thấy dòng tiêu đề có đủ cột địa bàn, năm, loại, dân số. Thêm cột còn thiếu.",
            "No head row with the columns unit, year, kind and population was found. Add them.",
        ),
        field="file",
    )


def _row(
    number: int,
    cells: Sequence[Cell],
    columns: Mapping[str, int],
    *,
    finder: "_Finder",
    source: str,
) -> PopulationRow:
    said = {role: cells[place] for role, place in columns.items() if place < len(cells)}
    kind, year = _kind(said["kind"].text), _number(said["year"])
    value, on = _number(said["value"]), _day(said.get("on"), year, kind)
    unit_id, unit_faults = finder.unit(said["unit"].text, on)
    named = said["source"].text.strip() if "source" in said else ""
    return PopulationRow(
        number=number,
        name=said["unit"].text,
        unit_id=unit_id,
        year=year,
        on=on,
        kind=kind,
        value=value,
        source=named or source.strip(),
        faults=(*unit_faults, *_faults(kind, year, value, on=on, source=named or source)),
    )


def _faults(
    kind: str | None, year: int | None, value: int | None, *, on: date | None, source: str
) -> Iterator[Words]:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        yield Words("năm không đọc được; viết như 2019", "unreadable year; write it like 2019")
    elif on is None or on.year != year:
        yield Words("ngày không thuộc năm đã ghi", "the day is not in the year given")
    if kind is None:
        names = ", ".join(KINDS)
        yield Words(f"loại phải là một trong: {names}", f"the kind must be one of: {names}")
    if value is None or value <= 0:
        yield Words("dân số phải là số nguyên trên 0", "population must be a whole number above 0")
    if not source.strip():
        yield Words("thiếu nguồn", "no source is given")


def _without_repeats(rows: Sequence[PopulationRow]) -> Iterator[PopulationRow]:
    keys = Counter((row.unit_id, row.year, row.kind, row.source) for row in rows)
    for row in rows:
        if row.unit_id and keys[row.unit_id, row.year, row.kind, row.source] > 1:
            words = Words(
                "hai dòng cùng địa bàn, năm, loại và nguồn; giữ một dòng",
                "two rows of the same unit, year, kind and source; keep one",
            )
            yield replace(row, faults=(*row.faults, words))
        else:
            yield row


class _Finder:
    """Units by id, all read at once; a name means a province of the tree that held that day."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = locations.units({one for text in texts if (one := _id(text))})
        self._provinces = {
            tree: locations.matcher(country_of(tree), Level.PROVINCE) for tree in TREES
        }

    def unit(self, text: str, on: date | None) -> tuple[UnitId | None, tuple[Words, ...]]:
        """The unit's id, or what is wrong with what is written; without a day today's tree."""
        wanted = _id(text)
        if wanted in self._known:
            return wanted, ()
        if wanted:
            return None, (
                Words(f"không có địa bàn mang mã {wanted}", f"no unit has the id {wanted}"),
            )
        tree = tree_on(on) if on else CURRENT_TREE
        found = self._provinces[tree].match(text).unit if text.strip() else None
        if found is not None:
            return found.id, ()
        example = f"{tree}:52"
        words = Words(
            f"chưa rõ “{text[:40]}” là tỉnh nào vào ngày của số; viết mã như {example}",
            f"unclear which province “{text[:40]}” was that day; write an id like {example}",
        )
        return None, (words,)


def _id(text: str) -> UnitId | None:
    try:
        return parse_unit_id(text)
    except BadUnitIdError:
        return None


def _kind(text: str) -> str | None:
    wanted = fold(text)
    names = {fold(kind.label.vi): kind.name for kind in KINDS.values()}
    english = {fold(kind.label.en): kind.name for kind in KINDS.values()}
    return {**english, **names, **{name: name for name in KINDS}}.get(wanted)


def _number(cell: Cell) -> int | None:
    """A whole number as sheets hold it or people type it, "1.487.817"."""
    if isinstance(cell.value, int) and not isinstance(cell.value, bool):
        return cell.value
    digits = cell.text.replace(".", "").replace(",", "").replace(" ", "").replace("\u00a0", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None


def _day(cell: Cell | None, year: int | None, kind: str | None) -> date | None:
    """The day that is written, else the usual one of the kind in that year."""
    if cell is not None and isinstance(cell.value, datetime | date):
        return cell.value.date() if isinstance(cell.value, datetime) else cell.value
    if cell is not None and cell.text.strip():
        return _written_day(cell.text.strip())
    if year is None or kind is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, *KINDS[kind].day)


def _written_day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
