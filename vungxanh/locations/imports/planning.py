"""What a table would do: for each row its entry, its faults and what it may be the same as."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from vungxanh.core.headings import WrittenRow
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import Viewer
from vungxanh.engines.names import fold
from vungxanh.locations.actions.organisations import Checks, must_write
from vungxanh.locations.imports.columns import WrittenTable
from vungxanh.locations.imports.places import FIELDS as UNIT_FIELDS
from vungxanh.locations.imports.places import UnitFinder
from vungxanh.locations.models.organisations import Organisation
from vungxanh.locations.queries import organisations as found
from vungxanh.locations.values import Unit
from vungxanh.locations.values.entries import Fault, read_entry
from vungxanh.locations.values.kinds import kind_of_name
from vungxanh.locations.values.organisations import INVENTED, Entry
from vungxanh.locations.values.points import point_of_pair
from vungxanh.locations.values.refusals import RELATIVE_AMBIGUOUS, UNKNOWN_RELATIVE
from vungxanh.locations.values.similar import exact_name, same_name_key
from vungxanh.refusals import RefusalError, Words

NEW = "new"
ROW_REPEATED = "locations.row_repeated"


@dataclass(frozen=True, slots=True)
class Twin:
    """An organisation that a row may mean."""

    id: UUID
    name: str
    unit: str
    is_invented: bool


@dataclass(slots=True)
class PlannedRow:
    """One row: what it says, what is wrong, and what it would do.

    `own_id` is the organisation that is written, a new one or one that is there (`before`).
    `twins` are those that it may be; while it is not said which, `is_open`.
    """

    number: int
    texts: Mapping[str, str]
    entry: Entry
    own_id: UUID
    unit: Unit | None = None
    before: Entry | None = None
    n_changes: int = 0
    faults: list[Fault] = field(default_factory=list)
    twins: tuple[Twin, ...] = ()
    is_open: bool = False

    @property
    def effect(self) -> str:
        """What taking it in does: faulty, asked, added, changed or unchanged."""
        if self.faults:
            return "faulty"
        if self.is_open:
            return "asked"
        if self.before is None:
            return "added"
        return "unchanged" if self.before == self.entry else "changed"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a whole table: its scope, and source and day where rows say none."""

    scope: Unit
    source: str
    as_of: str
    choices: Mapping[int, str] = field(default_factory=dict)


def planned(table: WrittenTable, said: Said, *, by: Viewer, at: datetime) -> tuple[PlannedRow, ...]:
    """The rows of a table, each read, placed, compared with what is there and with the others."""
    finder, checks, area = UnitFinder(said.scope), Checks(at), _Area(by)
    rows = [_read(row, said, finder) for row in table.rows]
    for row in rows:
        _check_alone(row, checks, area)
    _compare(rows, said)
    _check_repeats(rows)
    named = _by_name(rows)
    for row in rows:
        _relate(row, named)
    checks.check_relations({row.own_id: row.entry for row in rows}, _blame(rows))
    return tuple(rows)


class _Area:
    """Whether the viewer may write in a unit, asked once for each."""

    def __init__(self, by: Viewer) -> None:
        self._by = by
        self._known: dict[str, RefusalError | None] = {}

    def refusal(self, unit: Unit) -> RefusalError | None:
        """The refusal for a unit, None where writing is allowed."""
        if unit.id not in self._known:
            try:
                must_write(by=self._by, unit_id=unit.id)
                self._known[unit.id] = None
            except RefusalError as refusal:
                self._known[unit.id] = refusal
        return self._known[unit.id]


def _read(row: WrittenRow, said: Said, finder: UnitFinder) -> PlannedRow:
    faults: list[Fault] = []
    texts = _completed(row.texts, said, faults)
    place = finder.find(row.texts)
    unit = place if isinstance(place, Unit) else None
    faults += [] if isinstance(place, Unit) else [place]
    entry, more = read_entry(texts, unit.id if unit else said.scope.id)
    note = fold(texts.get("note", ""))
    is_invented = fold(INVENTED.vi) in note or fold(INVENTED.en) in note
    entry = replace(entry, is_invented=is_invented)
    return PlannedRow(row.number, row.texts, entry, new_id(), unit, faults=[*faults, *more])


def _completed(texts: Mapping[str, str], said: Said, faults: list[Fault]) -> dict[str, str]:
    """The texts with source and day of the whole table, the point parted, the kind by the name."""
    whole = dict(texts)
    whole["source"] = texts.get("source") or said.source
    whole["as_of"] = texts.get("as_of") or said.as_of
    if "kind" not in texts:
        whole["kind"] = kind_of_name(texts.get("name", ""))
    if texts.get("point"):
        try:
            whole["lat"], whole["lon"] = point_of_pair(texts["point"])
        except RefusalError as refusal:
            faults.append(Fault("point", refusal.code, refusal.words))
    return whole


def _check_alone(row: PlannedRow, checks: Checks, area: _Area) -> None:
    """Faults of a row by itself: its days, its unit, whose area it is."""
    if row.unit is None or row.faults:
        return
    refusal = area.refusal(row.unit)
    if refusal is not None:
        row.faults.append(_at(refusal, _unit_field(row)))
        return
    for check, name in ((checks.check_days, "as_of"), (checks.check_unit, _unit_field(row))):
        try:
            check(row.entry)
        except RefusalError as error:
            row.faults.append(_at(error, name))


def _compare(rows: Iterable[PlannedRow], said: Said) -> None:
    """Find for each row the organisation that it is, or those that it may be."""
    index = found.TwinIndex([row.entry for row in rows if not row.faults])
    for row in rows:
        if row.faults:
            continue
        twins = index.twins(row.entry)
        exact = found.exact_twin(row.entry, twins)
        chosen = said.choices.get(row.number, "")
        named = next((one for one in twins if str(one.id) == chosen), None)
        row.twins = tuple(Twin(one.id, one.name, one.unit.name, one.is_invented) for one in twins)
        if exact is not None or named is not None:
            _becomes(row, exact or named)
        else:
            row.is_open = bool(twins) and chosen != NEW


def _becomes(row: PlannedRow, there: Organisation | None) -> None:
    """The row writes one that is there: what it leaves empty stays as it was."""
    if there is None:
        return
    before = found.entry_of_row(there)
    row.own_id, row.before, row.n_changes = there.id, before, there.n_changes
    row.entry = _merged(before, row)


def _merged(before: Entry, row: PlannedRow) -> Entry:
    said = row.entry
    kept = {
        name: getattr(before, name)
        for name in ("address", "telephone", "email", "website", "tax_code", "at", "hours")
        if not getattr(said, name)
    }
    for name in ("valid_from", "valid_to", "parent_id", "successor_id"):
        kept[name] = getattr(said, name) or getattr(before, name)
    if "note" not in row.texts:
        kept["is_invented"] = before.is_invented
    return replace(said, **kept)


def _check_repeats(rows: Iterable[PlannedRow]) -> None:
    """Two rows that say one organisation: the second is a fault; it names the first."""
    seen: dict[object, int] = {}
    for row in rows:
        if row.faults:
            continue
        key = (row.entry.unit_id, row.entry.kind, exact_name(row.entry.name))
        for one in (key, row.own_id):
            if one in seen:
                row.faults.append(_repeated(seen[one]))
                break
        seen.setdefault(key, row.number)
        seen.setdefault(row.own_id, row.number)


def _relate(row: PlannedRow, named: Mapping[str, list[PlannedRow]]) -> None:
    """Parent and successor by name: of this table first, then of those that are there."""
    for name in ("parent", "successor"):
        written = row.texts.get(name, "")
        if not written or row.faults:
            continue
        ids = _candidates(written, row, named)
        if len(ids) != 1:
            row.faults.append(_no_relative(name, written, len(ids)))
        else:
            row.entry = _related(row.entry, name, ids[0])


def _related(entry: Entry, name: str, other: UUID) -> Entry:
    if name == "parent":
        return replace(entry, parent_id=other)
    return replace(entry, successor_id=other)


def _by_name(rows: Iterable[PlannedRow]) -> Mapping[str, list[PlannedRow]]:
    found_rows: dict[str, list[PlannedRow]] = {}
    for row in rows:
        found_rows.setdefault(same_name_key(row.entry.name), []).append(row)
    return found_rows


def _candidates(written: str, row: PlannedRow, named: Mapping[str, list[PlannedRow]]) -> list[UUID]:
    here = {one.own_id: one for one in named.get(same_name_key(written), ())}
    here.pop(row.own_id, None)
    exact = [i for i, one in here.items() if exact_name(one.entry.name) == exact_name(written)]
    if here:
        return exact or list(here)
    there = [one for one in found.by_name(written) if one.id != row.own_id]
    same = [one for one in there if one.exact_name == exact_name(written)]
    return [one.id for one in (same or there)]


def _blame(rows: Iterable[PlannedRow]) -> Mapping[UUID, list[Fault]]:
    blamed: dict[UUID, list[Fault]] = defaultdict(list)
    blamed.update({row.own_id: row.faults for row in rows})
    return blamed


def _unit_field(row: PlannedRow) -> str:
    return next((name for name in reversed(UNIT_FIELDS) if row.texts.get(name)), "name")


def _at(refusal: RefusalError, name: str) -> Fault:
    return Fault(name, refusal.code, refusal.words)


def _repeated(number: int) -> Fault:
    words = Words(
        f"Trùng với dòng {number}. Giữ một dòng.", f"The same as row {number}. Keep one of them."
    )
    return Fault("name", ROW_REPEATED, words)


def _no_relative(name: str, written: str, n_found: int) -> Fault:
    if n_found:
        words = Words(
            f"Có {n_found} tổ chức tên “{written[:60]}”. Ghi tên đầy đủ, hoặc để trống rồi chọn "
            "sau trên trang.",
            f"There are {n_found} organisations named “{written[:60]}”. Write the full name, or "
            "leave it empty and choose on the page.",
        )
        return Fault(name, RELATIVE_AMBIGUOUS, words)
    words = Words(
        f"Không có tổ chức nào tên “{written[:60]}”. Kiểm lại tên, hoặc thêm tổ chức đó trước.",
        f"There is no organisation named “{written[:60]}”. Check the name, or add it first.",
    )
    return Fault(name, UNKNOWN_RELATIVE, words)
