"""Bringing a list of premises in: read, compared with what is there, taken in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from vungxanh.checkins.actions import premises_lists as actions
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.actions.premises_lists import NewList, NewPremises
from vungxanh.checkins.imports.columns import LIMITS, PLACES, recognised
from vungxanh.checkins.imports.places import CommuneFinder
from vungxanh.checkins.models import PremisesList
from vungxanh.checkins.queries import premises as queries
from vungxanh.checkins.rules.letters import has_letter
from vungxanh.checkins.values import import_refusals as refused
from vungxanh.checkins.values.areas import communes_held
from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.checkins.values.kind_names import kind_named, kind_of_name
from vungxanh.checkins.values.kinds import Kind
from vungxanh.checkins.values.points import read_line
from vungxanh.checkins.values.refusals import outside_area
from vungxanh.checkins.values.text_refusals import missing, only_digits, unknown_kind
from vungxanh.checkins.values.words import same_key
from vungxanh.core.headings import Column, Headings, WrittenRow
from vungxanh.core.viewer import Viewer
from vungxanh.documents.grids import lines_of_text, read_lines
from vungxanh.locations.queries.organisations import of_tax_codes
from vungxanh.locations.values import Unit, UnitId
from vungxanh.refusals import RefusalError, Words

MOST_ROWS: Final = 20_000
LONGEST_NAME: Final = 200
LARGEST: Final = 1_000_000
HEADINGS: Final[Headings] = {
    "name": (
        *("ten co so", "ten don vi", "ten", "co so", "don vi", "ten truong", "ten doanh nghiep"),
        *("ten co quan", "co quan", "doanh nghiep", "name", "premises", "organisation"),
    ),
    "kind": ("loai", "loai hinh", "loai co so", "phan loai", "kind", "type"),
    "address": ("dia chi", "tru so", "address"),
    "tax_code": ("ma so thue", "mst", "tax code"),
    "parent": (
        *("truc thuoc", "don vi truc thuoc", "don vi chu quan", "co quan chu quan"),
        *("don vi cap tren", "thuoc", "parent"),
    ),
    "n_staff": (
        *("so nguoi", "so nhan vien", "so lao dong", "si so", "so can bo", "quy mo", "staff"),
        *("so nguoi lam viec", "people"),
    ),
    **PLACES,
}
ADDED: Final = "added"
KNOWN: Final = "known"
FAULTY: Final = "faulty"


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings: a file or pasted cells, and what they say of the whole list."""

    title: str
    source: str
    basis: str
    as_of: date
    content: bytes
    name: str
    is_pasted: bool


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row: what it says, what is wrong, and whether it is on a list already."""

    number: int
    name: str
    unit: Unit | None
    entry: NewPremises | None
    faults: tuple[Fault, ...]
    is_known: bool = False

    @property
    def effect(self) -> str:
        """What taking it in does."""
        if self.faults or self.entry is None:
            return FAULTY
        return KNOWN if self.is_known else ADDED


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it stands against what is there now."""

    columns: tuple[Column, ...]
    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows have each effect."""
        found = Counter(row.effect for row in self.rows)
        return {effect: found[effect] for effect in (ADDED, KNOWN, FAULTY)}


def bring_in(*, brought: Brought, by: Viewer, at: datetime) -> PremisesList:
    """Read a list and keep it as a draft; a refusal leaves nothing behind."""
    by.require(MAY_MANAGE)
    content = brought.content
    lines = (
        lines_of_text(content.decode())
        if brought.is_pasted
        else read_lines(content, name=brought.name, limits=LIMITS)
    )
    table = recognised(lines, HEADINGS, most_rows=MOST_ROWS)
    plan = {
        "columns": [[one.letters, one.head, one.field] for one in table.columns],
        "rows": [[row.number, dict(row.texts)] for row in table.rows()],
    }
    said = (brought.title, brought.source, brought.basis)
    new = NewList(*said, brought.as_of, brought.name, content, plan)
    return actions.keep_list(new=new, by=by, at=at)


def preview(kept: PremisesList, *, by: Viewer) -> Preview:
    """What taking the list in would do now; two queries."""
    columns = tuple(Column(*one) for one in kept.plan["columns"])
    written = [WrittenRow(number, texts) for number, texts in kept.plan["rows"]]
    return Preview(columns, planned(written, by))


def accept(*, list_id: UUID, skip_faulty: bool, by: Viewer, at: datetime) -> PremisesList:
    """Take the list in: whole, or by choice without the rows that have faults."""
    kept = queries.own_list(by, list_id)
    if kept.state != "draft":
        raise refused.wrong_state()
    seen = preview(kept, by=by)
    if seen.counts[FAULTY] and not skip_faulty:
        raise refused.has_faults(seen.counts[FAULTY])
    rows = [row.entry for row in seen.rows if row.effect == ADDED and row.entry]
    return actions.accept_list(list_id=list_id, rows=rows, by=by, at=at)


def planned(written: Sequence[WrittenRow], by: Viewer) -> tuple[PlannedRow, ...]:
    """The rows read, placed, compared with each other and with what is there."""
    codes = of_tax_codes({row.texts.get("tax_code", "") for row in written} - {""})
    there = _There(CommuneFinder(), communes_held(by.units), codes)
    rows = [_read(row, there) for row in written]
    known = queries.known_keys((row.entry.unit, row.entry.same_key) for row in rows if row.entry)
    return tuple(_compared(rows, known))


@dataclass(frozen=True, slots=True)
class _There:
    """What rows are read against: communes, those of one's own area, organisations by tax code."""

    finder: CommuneFinder
    own: frozenset[UnitId] | None
    codes: Mapping[str, UUID]


def _read(row: WrittenRow, there: _There) -> PlannedRow:
    texts, faults = row.texts, list[Fault]()
    place = there.finder.find(texts)
    unit = place if isinstance(place, Unit) else None
    if isinstance(place, Fault):
        faults.append(place)
    elif there.own is not None and place.id not in there.own:
        faults.append(Fault("commune", outside_area().words))
    name, address = (_line(texts, field, faults) for field in ("name", "address"))
    kind, n_staff = _kind(texts, faults), _staff(texts, faults)
    if faults or unit is None:
        return PlannedRow(row.number, texts.get("name", ""), unit, None, tuple(faults))
    entry = NewPremises(
        name=name,
        same_key=same_key(name),
        kind=kind,
        unit=unit.id,
        address=address,
        tax_code=_tax_code(texts),
        organisation=there.codes.get(texts.get("tax_code", "")),
        parent_key=same_key(texts["parent"]) if texts.get("parent") else "",
        n_staff=n_staff,
    )
    return PlannedRow(row.number, name, unit, entry, ())


def _line(texts: Mapping[str, str], field: str, faults: list[Fault]) -> str:
    text = texts.get(field, "")
    try:
        line = read_line(text, field=field, most=LONGEST_NAME)
        if field == "name" and not has_letter(line):
            raise only_digits("name") if line else missing("name")
    except RefusalError as refusal:
        faults.append(Fault(field, refusal.words))
        return ""
    return line


def _kind(texts: Mapping[str, str], faults: list[Fault]) -> Kind:
    written = texts.get("kind", "")
    kind = kind_named(written) if written else kind_of_name(texts.get("name", "")) or Kind.OTHER
    if kind is None:
        faults.append(Fault("kind", unknown_kind().words))
    return kind or Kind.OTHER


def _staff(texts: Mapping[str, str], faults: list[Fault]) -> int | None:
    written = texts.get("n_staff", "").replace(".", "").replace(" ", "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or int(written[:9]) > LARGEST:
        words = Words("Số người ghi bằng số.", "Write the number of people in digits.")
        faults.append(Fault("n_staff", words))
        return None
    return int(written)


def _tax_code(texts: Mapping[str, str]) -> str:
    return "".join(texts.get("tax_code", "").split())[:14]


def _compared(
    rows: Iterable[PlannedRow], known: frozenset[tuple[str, str]]
) -> Iterable[PlannedRow]:
    """Rows that are on a list already, and second rows of one place, which are faults."""
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.entry is None:
            yield row
            continue
        key = (row.entry.unit, row.entry.same_key)
        before = first.setdefault(key, row.number)
        faults = () if before == row.number else (_repeated(before),)
        yield PlannedRow(row.number, row.name, row.unit, row.entry, faults, key in known)


def _repeated(number: int) -> Fault:
    vi = f"Trùng với dòng {number}. Giữ một dòng, hoặc ghi tên cho khác nhau."
    en = f"The same as row {number}. Keep one of them, or name them apart."
    return Fault("name", Words(vi, en))
