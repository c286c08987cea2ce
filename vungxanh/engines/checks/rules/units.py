"""Which units the lines are: twice, unknown, misnamed, missing, or without figures."""

from collections.abc import Iterator, Sequence
from typing import Final

from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.rules.identities import bare, type_of
from vungxanh.engines.checks.sentences import listed, say
from vungxanh.engines.checks.types import Finding, KnownUnit, Row
from vungxanh.refusals import Words

# A list that names fewer of the siblings is a selection, such as the five best.
_NEARLY_ALL: Final = 0.5


def duplicate_unit(case: Case) -> Iterator[Finding]:
    """One unit on two lines: the same code, or the same name but for its spelling."""
    first: dict[tuple[str, str | None], Row] = {}
    for row in case.table.rows:
        earlier = next((first[key] for key in _keys(row) if key in first), None)
        if earlier is not None:
            yield _duplicate(earlier, row)
            continue
        for key in _marks(row):
            first[key] = row


def _marks(row: Row) -> tuple[tuple[str, str | None], ...]:
    """Under what a line is remembered: a name with its type also answers to the bare name."""
    if row.unit or row.code:
        return ((row.key, None),)
    stem, type_word = bare(row.name), type_of(row.name)
    return ((stem, type_word), (stem, "")) if type_word else ((stem, None),)


def _keys(row: Row) -> tuple[tuple[str, str | None], ...]:
    """Under what an earlier line of the same unit would be remembered."""
    if row.unit or row.code:
        return ((row.key, None),)
    stem, type_word = bare(row.name), type_of(row.name)
    return ((stem, type_word), (stem, None)) if type_word else ((stem, None), (stem, ""))


def _duplicate(earlier: Row, row: Row) -> Finding:
    return Finding(
        code="unit.duplicate",
        severity="error",
        where=f"dòng {row.number}",
        message=say(
            "{name} đã có ở dòng {first}, lại có ở dòng {second}: giữ lại một dòng.",
            "{name} stands on row {first} and again on row {second}: keep one of them.",
            name=name_of(row),
            first=str(earlier.number),
            second=str(row.number),
        ),
        claim=row.key,
        unit=row.unit,
    )


def unknown_unit(case: Case) -> Iterator[Finding]:
    """A code or a name that no existing unit bears; only where the existing units are told."""
    if case.known is None:
        return
    named_only = any(not row.unit and not row.code for row in case.table.rows)
    names = {bare(unit.name) for unit in case.known.values()} if named_only else set()
    codes = {unit_id.partition(":")[2] for unit_id in case.known}
    for row in case.table.rows:
        if row.unit:
            is_known = row.unit in case.known
        else:
            is_known = row.code in codes if row.code else bare(row.name) in names
        if not is_known:
            yield unknown_line(row)


def unknown_line(row: Row) -> Finding:
    """A line that is no unit that exists."""
    return Finding(
        code="unit.unknown",
        severity="error",
        where=f"dòng {row.number}",
        message=say(
            "Dòng {row}: không có địa bàn “{key}”{name}; kiểm tra mã hoặc tên theo danh mục đơn"
            " vị hành chính.",
            "Row {row}: no area is “{key}”{name}; check the code or the name against the list of"
            " administrative units.",
            row=str(row.number),
            key=row.key,
            name=f" ({row.name})" if row.name and row.name != row.key else "",
        ),
        claim=row.key,
        unit=row.unit,
    )


def unclear_unit(row: Row, reason: Words) -> Finding:
    """A name that is near to existing units and means none of them alone; `reason` says which.

    Whoever looks for the units of a table knows this; the rules see only that there is no unit.
    """
    return Finding(
        code="unit.unclear",
        severity="error",
        where=f"dòng {row.number}",
        message=say(
            "Dòng {row}: chưa rõ “{key}” là đơn vị nào. {reason}",
            "Row {row}: it is not clear which unit “{key}” is. {reason}",
            row=str(row.number),
            key=row.key,
            reason=reason,
        ),
        rule="unclear_unit",
        claim=row.key,
    )


def misnamed_unit(case: Case) -> Iterator[Finding]:
    """A code beside the name of another unit."""
    for row in case.table.rows:
        unit = (case.known or {}).get(row.unit or "")
        if unit is None or row.name in ("", row.unit, row.code, unit.name):
            continue
        if bare(unit.name) == bare(row.name):
            continue
        yield Finding(
            code="unit.name_differs",
            severity="warning",
            where=f"dòng {row.number}",
            message=say(
                "Dòng {row}: mã {code} là {official}, nhưng bảng ghi “{name}”; kiểm tra mã hay"
                " tên, mã được dùng.",
                "Row {row}: the code {code} is {official}, but the table says “{name}”; check"
                " which is right, the code is used.",
                row=str(row.number),
                code=unit.id,
                official=unit.name,
                name=row.name,
            ),
            claim=row.name,
            found=unit.name,
            unit=row.unit,
        )


def missing_reporter(case: Case) -> Iterator[Finding]:
    """A unit that should report and has no line: as told, else a sibling of nearly all others."""
    present = {row.unit for row in case.table.rows if row.unit}
    names = {bare(row.name) for row in case.table.rows if not row.unit}
    missing = [
        unit
        for unit in case.expected or _siblings(case, present)
        if unit.id not in present and bare(unit.name) not in names
    ]
    if missing:
        yield Finding(
            code="unit.missing_reporter",
            severity="warning",
            where="bảng",
            message=say(
                "Còn thiếu {n} đơn vị: {names}. Chưa có số liệu không phải là bằng 0; đôn đốc nộp.",
                "{n} units are missing: {names}. No figure is not zero; remind them.",
                n=len(missing),
                names=listed(unit.name for unit in missing),
            ),
            found=str(len(present) + len(names)),
            expected=str(len(present) + len(names) + len(missing)),
        )


def _siblings(case: Case, present: set[str]) -> Sequence[KnownUnit]:
    known = case.known or {}
    parents = {known[unit].parent_id for unit in present if unit in known}
    if len(parents) != 1 or None in parents:
        return ()
    siblings = [unit for unit in known.values() if unit.parent_id in parents]
    return siblings if len(present) > _NEARLY_ALL * len(siblings) else ()


def missing_figure(case: Case) -> Iterator[Finding]:
    """A line with a blank where others have a count; a line with no count at all."""
    broken = {finding.where for finding in case.table.findings}
    for row in case.table.rows:
        blank = [element for element in case.table.elements if element not in row.counts]
        silent = [element for element in blank if case.where(row, element) not in broken]
        if not silent:
            continue
        is_all = len(silent) == len(case.table.elements)
        yield Finding(
            code="unit.no_figures" if is_all else "count.missing",
            severity="warning",
            where=case.where(row, silent[0]),
            message=say(
                "{name} chưa có {elements}: để trống nghĩa là chưa biết, không phải bằng 0.",
                "{name} has no {elements}: blank means unknown, not zero.",
                name=name_of(row),
                elements=listed(label(element) for element in silent),
            ),
            unit=row.unit,
            element=silent[0],
        )
