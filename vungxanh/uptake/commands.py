"""`uptake check` and `uptake rank`: pure verbs over a file, without Django, settings or database.

Results go to standard output, warnings to standard error. A refusal is raised to the command
line, which prints its sentence and exits with 1.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import click

from vungxanh.core import language
from vungxanh.documents.grids import Grid, read_grid
from vungxanh.documents.vietnamese import count, share_percent
from vungxanh.engines import checks, coverage
from vungxanh.engines.checks import Claim, Figure, Finding, KnownUnit, Table
from vungxanh.locations.values import (
    TREES,
    BadUnitIdError,
    UnitId,
    UnknownNameError,
    find_address,
    registry,
    tree_on,
    units_of,
)
from vungxanh.refusals import RefusalError, Words

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_ELEMENT: Final = click.Choice(checks.ELEMENTS)
_SEVERITY: Final = {
    "error": Words("lỗi", "error"),
    "warning": Words("cảnh báo", "warning"),
    "info": Words("lưu ý", "info"),
}
_GAP: Final = "  "


class CommandError(RefusalError):
    """A file or an option that a verb cannot work with."""


as_json = click.option("--json", "is_json", is_flag=True, help="Một tài liệu JSON / one document")


Known = Callable[[Table], Sequence[KnownUnit] | None]


def known_units(table: Table) -> tuple[KnownUnit, ...] | None:
    """The units that a table may be about: of the trees it writes, else of its day, else of both.

    None where it writes a tree that the package does not carry: then no unit is judged.
    """
    written = {row.unit.partition(":")[0] for row in table.rows if row.unit}
    if not written <= set(TREES):
        return None
    trees = written or _trees_on(table)
    return tuple(
        KnownUnit(unit.id, unit.name, unit.parent_id)
        for tree in sorted(trees)
        for unit in units_of(tree)
    )


def _trees_on(table: Table) -> set[str]:
    day = table.as_of
    if day is None:
        return set(TREES)
    return {tree_on(day.date() if isinstance(day, datetime) else day)}


def asked_unit(text: str, on: date | None = None) -> UnitId:
    """The unit of an id, or the one that a name means in either era.

    `on` prefers the unit that was valid that day. Refuses `locations.unknown_unit`, and with every
    candidate `locations.unknown_name`: never a silent guess.
    """
    try:
        return registry().unit(text).id
    except BadUnitIdError:
        found = find_address(text, on=on)
    unit = found.unit or find_address(text).unit
    if unit is None:
        raise UnknownNameError(found.reason)
    return unit.id


@click.group(help="Kiểm tra, xếp hạng bảng số liệu / check and rank tables of figures")
def uptake() -> None:
    """The pure verbs of the room."""


@uptake.command("check", help="Tìm lỗi số liệu trong một bảng / find the faults of a table")
@click.argument("file", type=_FILE)
@click.option("--claims", type=_FILE, help="Số nêu trong văn bản / what a text states (JSON)")
@click.option("--history", type=_FILE, help="Số đã công bố / earlier published figures")
@as_json
@language.option
def check(
    *, file: Path, claims: Path | None, history: Path | None, is_json: bool, lang: str
) -> None:
    """Print every finding about the table, errors first."""
    grid = _read(file, lang)
    findings = checked(
        grid,
        claims=read_claims(claims) if claims else (),
        history=checks.history_of(_read(history, lang)) if history else (),
    )
    if is_json:
        _print_json([finding.as_dict() for finding in findings])
    else:
        _print_findings(findings, lang)


def checked(
    grid: Grid,
    *,
    claims: Iterable[Claim] = (),
    history: Iterable[Figure] = (),
    known: Known = known_units,
) -> tuple[Finding, ...]:
    """The findings about a grid; units of a tree that is not known are not judged."""
    table = checks.recognise(grid)
    return checks.check_table(table, claims=claims, history=history, known=known(table))


@uptake.command("rank", help="Xếp hạng theo tỷ lệ tính lại / rank by the recomputed share")
@click.argument("file", type=_FILE)
@click.option("--numerator", type=_ELEMENT, help="Tử số; mặc định cột số đếm thứ nhất")
@click.option("--denominator", type=_ELEMENT, help="Mẫu số; mặc định cột số đếm thứ hai")
@as_json
@language.option
def rank(
    *, file: Path, numerator: str | None, denominator: str | None, is_json: bool, lang: str
) -> None:
    """Print the units in order of their share, competition ranks."""
    table = checks.recognise(_read(file, lang))
    pair = _pair(table, numerator, denominator)
    ranked = ranking(table, *pair)
    if is_json:
        _print_json(ranked)
    else:
        _print_ranking(ranked, pair, lang)


def ranking(table: Table, numerator: str, denominator: str) -> list[dict[str, object]]:
    """The ranked units of a table in the wire form; total lines are no units."""
    _must_be_readable(table, (numerator, denominator))
    rows = {row.key: row for row in table.rows}
    ranked = coverage.rank(
        coverage.Row(row.key, row.counts.get(numerator), row.counts.get(denominator))
        for row in table.rows
    )
    return [
        {
            "rank": entry.rank,
            "unit": rows[entry.key].unit,
            "name": rows[entry.key].name,
            "numerator": entry.numerator,
            "denominator": entry.denominator,
            "share_percent": None if entry.share_percent is None else float(entry.share_percent),
        }
        for entry in ranked
    ]


def _pair(table: Table, numerator: str | None, denominator: str | None) -> tuple[str, str]:
    """The asked elements; where one is not asked, the first count column that is left."""
    counted = table.elements
    for asked in (numerator, denominator):
        if asked is not None and asked not in counted:
            raise _no_column(asked)
    left = iter(element for element in counted if element not in (numerator, denominator))
    above = numerator or next(left, None)
    below = denominator or next(left, None)
    if above is None or below is None:
        raise _one_column()
    return above, below


def _no_column(element: str) -> CommandError:
    code = "uptake.no_column"
    return CommandError(
        code,
        Words(
            f"Bảng không có cột số đếm “{element}”: chọn một cột có trong bảng.",
            f"The table counts no “{element}”: choose a column that it has.",
        ),
        field=element,
    )


def _one_column() -> CommandError:
    code = "uptake.one_column"
    return CommandError(
        code,
        Words(
            "Xếp hạng cần hai cột số đếm (tử số và mẫu số), bảng chỉ có một: thêm cột mẫu số, ví dụ"
            " dân số.",
            "A ranking needs two columns of counts (numerator and base) and the table has one: add"
            " the base, such as the population.",
        ),
    )


def _must_be_readable(table: Table, elements: tuple[str, ...]) -> None:
    """A number that cannot be read would silently drop its unit from the ranking."""
    for finding in table.findings:
        if finding.element in elements:
            code = "uptake.unreadable_number"
            raise CommandError(code, finding.message, where=finding.where)


def _read(path: Path, lang: str) -> Grid:
    grid = read_grid(path.read_bytes(), name=path.name)
    for warning in grid.warnings:
        click.echo(warning.in_language(lang), err=True)
    return grid


def read_claims(path: Path) -> tuple[Claim, ...]:
    """What a text states beside a table, from a JSON file."""
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        code = "uptake.bad_json"
        raise CommandError(
            code,
            Words(
                "Tệp số nêu trong văn bản không phải JSON: kiểm tra lại tệp.",
                "The file of stated figures is not JSON: check the file.",
            ),
            field="claims",
        ) from None
    return checks.claims_of(content)


def _print_json(result: object) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def _print_findings(findings: Sequence[Finding], lang: str) -> None:
    lines = [
        [_SEVERITY[f.severity].in_language(lang), f.where, f.code, f.message.in_language(lang)]
        for f in findings
    ]
    _print_aligned(lines)
    if not findings:
        nothing = Words("Không thấy lỗi số liệu nào.", "No fault was found.")
        click.echo(nothing.in_language(lang), err=True)


def _print_ranking(ranked: Sequence[dict[str, object]], pair: tuple[str, str], lang: str) -> None:
    head = [Words("hạng", "rank"), Words("mã", "unit"), Words("địa bàn", "name")]
    lines = [[*(words.in_language(lang) for words in head), *pair, "%"]]
    lines += [[_printed(value, lang) for value in entry.values()] for entry in ranked]
    _print_aligned(lines, right=(0, 3, 4, 5))


def _printed(value: object, lang: str) -> str:
    if isinstance(value, float):
        return share_percent(Decimal(str(value)), lang)
    if isinstance(value, int):
        return count(value, lang)
    return value if isinstance(value, str) else "–"


def _print_aligned(lines: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo(_GAP.join(cells).rstrip())
