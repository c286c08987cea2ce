"""The day's table as an official annex: units by rank, one column for each reporter."""

from collections.abc import Iterator, Mapping, Sequence

from vungxanh.documents import vietnamese
from vungxanh.documents.content import (
    Align,
    Annex,
    AsOf,
    Cell,
    Column,
    Count,
    Footnote,
    Letterhead,
    Share,
    Table,
    Text,
)
from vungxanh.engines.coverage import Ranked
from vungxanh.locations import queries as locations
from vungxanh.uptake.exports.agencies import agency_of, in_a_sentence, issuer_of, whole
from vungxanh.uptake.exports.figures import HEADS, SHARE_HEADS
from vungxanh.uptake.models import DayTable
from vungxanh.uptake.queries.reporting.table_material import Material, Part
from vungxanh.uptake.rules.columns import BLANK, titled
from vungxanh.uptake.rules.day_message import Told
from vungxanh.uptake.rules.day_table import Place, ranked, total_of
from vungxanh.uptake.values import ELEMENTS

MOST_COLUMNS = 8  # of reporters beside each other; more of them do not fit on paper
MOST_UPRIGHT = 4  # of reporters on a sheet that stands upright
MOST_NAMES = 12
_HEAD_OF_SUM = "Cộng"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def annex(row: DayTable, material: Material, told: Sequence[Told]) -> Annex:
    """The annex of a table that is being made: units by rank, reporters beside each other."""
    issuer = issuer_of(material.area, row.day)
    agency = agency_of(issuer, row.day)
    above = locations.ancestors(issuer.id)
    words = {
        "unit": in_a_sentence(issuer),
        "above": in_a_sentence(above[-1]) if above else "",
    }
    marks = _marks(material)
    columns = _reporter_columns(material, told)
    return Annex(
        letterhead=Letterhead(agency.name.format(**words), agency.parent.format(**words)),
        label=f"Bảng tổng hợp báo cáo ngày {vietnamese.date(row.day)}",
        title=_title(row, in_a_sentence(material.area)),
        as_of=AsOf(row.day, row.form.due_time),
        units=_units(material),
        sorted_by="tỷ lệ" if any(part.base for part in material.parts) else "tên đơn vị",
        tables=tuple(
            _table(part, _whole(material), columns=columns, marks=marks) for part in material.parts
        ),
        footnotes=tuple(
            Footnote(mark, f"Thiếu {', '.join(names)}: chỉ cộng các đầu mối đã báo.")
            for names, mark in marks.items()
        ),
        notes=tuple(_notes(row, material, told)),
        source="báo cáo của các đầu mối theo biểu mẫu; mẫu số: số đã công bố.",
        landscape=len(columns) > MOST_UPRIGHT,
    )


def _title(row: DayTable, area: str) -> tuple[str, ...]:
    """The form's title, with the area in its blank, else on a line of its own."""
    title = titled(row.form.title, area).upper()
    return (title,) if BLANK in row.form.title else (title, area.upper())


def _units(material: Material) -> str:
    measures = dict.fromkeys(ELEMENTS[part.element].measure.vi for part in material.parts)
    shares = "; tỷ lệ %" if any(part.base for part in material.parts) else ""
    return f"{', '.join(measures)}{shares}"


def _reporter_columns(material: Material, told: Sequence[Told]) -> tuple[str, ...]:
    """The reporters that stand beside each other; none where each speaks of one unit alone."""
    names = tuple(one.name for one in told)
    covering = [set(one.told) for part in material.parts for one in part.places]
    is_shared = any(len(one) > 1 for one in covering) or len(names) == 1
    return names if is_shared and len(names) <= MOST_COLUMNS else ()


def _marks(material: Material) -> dict[tuple[str, ...], str]:
    """A letter for each set of missing reporters, in the order of the table."""
    found = dict.fromkeys(
        one.lacking for part in material.parts for one in part.places if one.lacking
    )
    return {
        names: _LETTERS[n % len(_LETTERS)] * (1 + n // len(_LETTERS))
        for n, names in enumerate(found)
    }


def _table(
    part: Part, whole_name: str, *, columns: Sequence[str], marks: Mapping[tuple[str, ...], str]
) -> Table:
    places = {one.unit: one for one in part.places}
    rows = ranked(part.places)
    if not part.base:
        rows = tuple(sorted(rows, key=lambda one: places[one.key].sort_key))
    return Table(
        caption="" if not part.element else HEADS[part.element],
        columns=tuple(_columns(part, columns)),
        rows=tuple(
            (
                Count(one.rank if part.base else n),
                *_row(one, places[one.key], part, columns=columns, marks=marks),
            )
            for n, one in enumerate(rows, 1)
        ),
        total=tuple(_total(part, whole_name, columns)),
    )


def _columns(part: Part, columns: Sequence[str]) -> Iterator[Column]:
    yield Column("Hạng" if part.base else "TT", Align.CENTER)
    yield Column("Đơn vị", Align.LEFT)
    for name in columns:
        yield Column(name)
    n = len(columns) + 3
    yield Column(_HEAD_OF_SUM if columns else HEADS[part.element])
    if part.base:
        yield Column(HEADS[part.base])
        yield Column(SHARE_HEADS[part.base], formula=f"({n})/({n + 1})")


def _row(
    one: Ranked,
    place: Place,
    part: Part,
    *,
    columns: Sequence[str],
    marks: Mapping[tuple[str, ...], str],
) -> Iterator[Cell]:
    yield Text(place.name, marks.get(place.lacking, ""))
    for name in columns:
        yield Count(place.told[name]) if name in place.told else Text("")
    yield Count(place.value)
    if part.base:
        yield Count(place.base)
        yield Share(one.share_percent)


def _whole(material: Material) -> str:
    """What the row of the sum is called."""
    if not material.left_out:
        return whole(material.area)
    return f"Cộng {covered(material)}"


def _total(part: Part, whole_name: str, columns: Sequence[str]) -> Iterator[Cell]:
    total = total_of(part.places)
    yield Text("")
    yield Text(whole_name)
    for name in columns:
        told = [v for one in part.places if (v := one.told.get(name)) is not None]
        yield Count(sum(told) if told else None)
    yield Count(total.value)
    if part.base:
        yield Count(total.base if not total.without else None)
        yield Share(total.share if not total.without else None)


def _notes(row: DayTable, material: Material, told: Sequence[Told]) -> Iterator[str]:
    yield _who_came(told)
    if row.version > 1:
        reason = row.reason.rstrip(".")
        yield (f"Bản đính chính số {row.version}, thay bản số {row.version - 1}; lý do: {reason}.")
    for one in told:
        if one.lacks:
            yield f"Bảng của {one.name} thiếu: {', '.join(one.lacks)}."
    late = [one.name for one in told if one.came and one.is_late]
    if late:
        yield f"Nộp trễ: {', '.join(late)}."
    zero = [one.name for one in told if one.is_zero]
    if zero:
        yield f"Đã báo bằng số 0: {', '.join(zero)}."
    if material.left_out:
        names = _listed([one.name for one in material.left_out])
        yield f"Không đầu mối nào phụ trách, nên không có trong bảng: {names}."
    yield "Dấu – là chưa báo cáo; số 0 là đã báo cáo bằng không."
    for part in material.parts:
        yield from _without_share(part)
    yield (
        "Bảng do hệ thống cộng từ các báo cáo. Đã công bố hay chưa, còn hiệu lực hay đã đính "
        "chính: đối chiếu mã kiểm dưới đây với bản trên hệ thống."
    )


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many more."""
    more = len(names) - MOST_NAMES
    return f"{', '.join(names[:MOST_NAMES])}{f' và {more} đơn vị khác' if more > 0 else ''}"


def _who_came(told: Sequence[Told]) -> str:
    missing = [one.name for one in told if not one.came]
    came = f"Đã báo {len(told) - len(missing)}/{len(told)} đầu mối"
    return f"{came}; thiếu: {', '.join(missing)}." if missing else f"{came}."


def _without_share(part: Part) -> Iterator[str]:
    total = total_of(part.places)
    if part.base and total.without and total.value is not None:
        yield (
            f"Không tính tỷ lệ toàn địa bàn vì chưa đủ số đếm hoặc mẫu số: "
            f"{_listed(total.without)}."
        )
    n_lacking = {len(one.lacking) for one in part.places}
    if part.base and len(n_lacking) > 1:
        yield "Đơn vị thiếu đầu mối mà đơn vị khác có thì không xếp hạng."


def covered(material: Material) -> str:
    """Of how many of the units anybody reports."""
    n = len(material.parts[0].places)
    return f"{n}/{n + len(material.left_out)} đơn vị có đầu mối"
