"""A report as it arrives: yesterday's again, another's units, another day, rows missing, zeros."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from vungxanh.engines.checks.dates import day_of, moment_of
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.sentences import listed, say, shown
from vungxanh.engines.checks.types import AsOf, Finding, KnownUnit
from vungxanh.refusals import Words

# A day or moment, and the line that bears it; 0 stands for the words above the table.
Stated = tuple[AsOf, int]
_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """What the same reporter reported for an earlier day: counts by unit and element.

    Zero is written as 0; what was missing is absent.
    """

    day: date
    counts: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A table that a reporter brings: for which day, when, over which units, after what.

    The lines of the table bear the units that they are, where they are one alone.
    """

    case: Case
    covered: tuple[KnownUnit, ...]
    others: tuple[KnownUnit, ...]
    day: date
    arrived_at: datetime
    before: tuple[EarlierReport, ...] = ()


def same_as_before(arrival: Arrival) -> Iterator[Finding]:
    """Every figure equals those of an earlier day: an error if the file bears that day too."""
    for earlier in sorted(arrival.before, key=lambda report: report.day, reverse=True):
        if earlier.day < arrival.day and earlier.counts and _are_equal(arrival, earlier):
            days = {day_of(as_of) for as_of, _ in _stated(arrival)}
            yield _same(earlier, is_old_file=days == {earlier.day})
            return


def _are_equal(arrival: Arrival, earlier: EarlierReport) -> bool:
    """Whether the table says the same, of those elements that the earlier report had."""
    elements = {element for _, element in earlier.counts}
    stated = (
        ((row.unit, element), count)
        for row in arrival.case.table.rows
        if row.unit
        for element, count in row.counts.items()
        if element in elements
    )
    n_equal = 0
    for key, count in stated:
        if earlier.counts.get(key) != count:
            return False
        n_equal += 1
    return n_equal == len(earlier.counts)


def _same(earlier: EarlierReport, *, is_old_file: bool) -> Finding:
    advice = _OLD_FILE if is_old_file else _STILL
    return Finding(
        code="report.same_as_before",
        severity="error" if is_old_file else "warning",
        where="bảng",
        message=say(
            "Toàn bộ {n} số liệu đúng bằng báo cáo ngày {day}{advice}",
            "All {n} figures equal those of the report for {day}{advice}",
            n=len(earlier.counts),
            day=earlier.day,
            advice=advice,
        ),
        claim=shown(earlier.day),
    )


_OLD_FILE: Final = Words(
    " và bảng cũng ghi ngày đó: có thể đã gửi lại tệp cũ; chọn tệp của hôm nay.",
    ", and the table bears that day too: perhaps the old file was sent again; choose today's.",
)
_STILL: Final = Words(
    ": kiểm tra xem số liệu đã được cập nhật chưa.",
    ": check whether the figures were brought up to date.",
)


def foreign_unit(arrival: Arrival) -> Iterator[Finding]:
    """A unit that exists and that this reporter does not report on."""
    covered = {unit.id for unit in arrival.covered}
    foreign = {unit.id: unit for unit in arrival.others if unit.id not in covered}
    for row in arrival.case.table.rows:
        unit = foreign.get(row.unit or "")
        if unit is None:
            continue
        yield Finding(
            code="report.foreign_unit",
            severity="error",
            where=f"dòng {row.number}",
            message=say(
                "Dòng {row}: {unit} không thuộc các địa bàn mà nơi này báo cáo ({covered}); xóa"
                " dòng này hoặc kiểm tra lại tên.",
                "Row {row}: {unit} is not one of the areas that this reporter covers ({covered});"
                " remove the row or check the name.",
                row=str(row.number),
                unit=unit.name,
                covered=_names(arrival.covered),
            ),
            claim=name_of(row),
            unit=unit.id,
        )


def wrong_day(arrival: Arrival) -> Iterator[Finding]:
    """Figures of another day than the one reported for, or of a time after their arrival.

    The lines' own days speak for the table; its title only where no line bears a day.
    """
    faulty = [entry for entry in _stated(arrival) if _is_wrong(entry[0], arrival)]
    for _, same in groupby(sorted(faulty, key=_order), key=lambda entry: day_of(entry[0])):
        yield _off(list(same), arrival)


def _stated(arrival: Arrival) -> list[Stated]:
    table = arrival.case.table
    lines = [(row.as_of, row.number) for row in table.rows if row.as_of]
    return lines or ([(table.as_of, 0)] if table.as_of else [])


def _place(line: int) -> Words:
    return Words(f"dòng {line}", f"row {line}") if line else _ABOVE


_ABOVE: Final = Words("phần đầu bảng", "above the table")


def _is_wrong(as_of: AsOf, arrival: Arrival) -> bool:
    return day_of(as_of) != arrival.day or moment_of(as_of) > arrival.arrived_at


def _order(entry: Stated) -> date:
    return day_of(entry[0])


def _off(places: list[Stated], arrival: Arrival) -> Finding:
    as_of, where = places[0][0], _place(places[0][1])
    is_other_day = day_of(as_of) != arrival.day
    message = say(
        "Bảng ghi {stated} ({where}{more}), {fault}; kiểm tra lại ngày, giờ của bảng và ngày báo"
        " cáo.",
        "The table says {stated} ({where}{more}), {fault}; check its day and time and the day"
        " reported for.",
        stated=day_of(as_of) if is_other_day else as_of,
        where=where,
        more=_more(len(places)),
        fault=_fault(arrival, is_other_day=is_other_day),
    )
    return Finding(
        code="report.wrong_day",
        severity="error",
        where=where.vi,
        message=message,
        claim=shown(as_of),
        expected=shown(arrival.day),
    )


def _more(n_places: int) -> Words | str:
    if n_places == 1:
        return ""
    return say(" và {n} dòng khác", " and {n} more rows", n=n_places - 1)


def _fault(arrival: Arrival, *, is_other_day: bool) -> Words:
    if is_other_day:
        return say(
            "nhưng đây là báo cáo ngày {day}", "but this report is for {day}", day=arrival.day
        )
    return say(
        "sau lúc nhận báo cáo ({at})", "which is after it arrived ({at})", at=arrival.arrived_at
    )


def missing_rows(arrival: Arrival) -> Iterator[Finding]:
    """Units that the reporter covers and that have no line: missing, which is not zero."""
    present = {row.unit for row in arrival.case.table.rows}
    missing = [unit for unit in arrival.covered if unit.id not in present]
    if missing:
        yield Finding(
            code="report.missing_rows",
            severity="warning",
            where="bảng",
            message=say(
                "Thiếu dòng của {n} địa bàn: {names}. Thiếu không phải là bằng 0: ghi 0 nếu đã đếm"
                " và không có.",
                "{n} areas have no row: {names}. Missing is not zero: write 0 where it was counted"
                " and there are none.",
                n=len(missing),
                names=_names(missing),
            ),
            found=shown(len(arrival.covered) - len(missing)),
            expected=shown(len(arrival.covered)),
        )


def all_zero(arrival: Arrival) -> Iterator[Finding]:
    """Nothing but zeros."""
    counts = [count for row in arrival.case.table.rows for count in row.counts.values()]
    if counts and not any(counts):
        yield Finding(
            code="report.all_zero",
            severity="info",
            where="bảng",
            message=say(
                "Toàn bộ {n} số liệu là 0. Nếu chưa có số liệu thì để trống, đừng ghi 0.",
                "All {n} figures are 0. Where nothing is known leave blank, do not write 0.",
                n=len(counts),
            ),
            claim="0",
        )


def _names(units: Sequence[KnownUnit]) -> Words:
    """The first names of a list, and how many there are besides."""
    named = listed(unit.name for unit in units[:_NAMED])
    if len(units) <= _NAMED:
        return named
    return say(
        "{names} và {n} nơi khác", "{names} and {n} more", names=named, n=len(units) - _NAMED
    )
