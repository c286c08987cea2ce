"""Total lines against the sum of their parts."""

from collections.abc import Iterator

from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of, summed
from vungxanh.engines.checks.rules.counted import known_count
from vungxanh.engines.checks.sentences import listed, say, shown
from vungxanh.engines.checks.types import Finding
from vungxanh.refusals import Words


def total_against_parts(case: Case) -> Iterator[Finding]:
    """A total line that is not the sum of the lines above it; several totals: the last counts."""
    for total in case.table.totals[-1:]:
        for element in case.table.elements:
            stated, summed_up = known_count(total, element), summed(case.table, element)
            if stated is None or summed_up is None or stated == summed_up:
                continue
            yield Finding(
                code="total.differs_from_parts",
                severity="error",
                where=case.where(total, element),
                message=say(
                    "Dòng “{name}” ghi {element} {stated}, nhưng cộng {n} dòng được {sum}"
                    " (lệch {off}): sửa dòng cộng hoặc dòng thiếu.",
                    "The line “{name}” states {stated} for {element}, but the {n} lines sum to"
                    " {sum} (off by {off}): mend the total or the missing line.",
                    name=name_of(total),
                    element=label(element),
                    stated=stated,
                    n=len(case.table.rows),
                    sum=summed_up,
                    off=abs(stated - summed_up),
                ),
                claim=shown(stated),
                found=shown(summed_up),
                expected=shown(summed_up),
                unit=total.unit,
                element=element,
            )


def missing_total(case: Case) -> Iterator[Finding]:
    """A table of several units without a total line."""
    table = case.table
    if table.totals or len(table.rows) <= 1:
        return
    sums = [(element, summed(table, element)) for element in table.elements]
    known = [(element, total) for element, total in sums if total is not None]
    if not known:
        return
    yield Finding(
        code="total.missing",
        severity="info",
        where=f"sau dòng {max(row.number for row in table.rows)}",
        message=say(
            "Bảng không có dòng tổng; cộng {n} dòng được: {sums}.",
            "The table has no total line; its {n} lines sum to: {sums}.",
            n=len(table.rows),
            sums=listed(_sum(element, total) for element, total in known),
        ),
        found="; ".join(shown(total) for _, total in known),
    )


def _sum(element: str, total: int) -> Words:
    return say("{element} {total}", "{element} {total}", element=label(element), total=total)
