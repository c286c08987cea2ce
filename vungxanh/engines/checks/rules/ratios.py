"""Printed shares against the counts beside them, line by line."""

from collections.abc import Iterator
from decimal import Decimal

from vungxanh.documents.grids import place_of
from vungxanh.engines.checks.arithmetic import judge_share
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.rules.counted import base_count
from vungxanh.engines.checks.rules.judged import Judged, Over, better_base, columns_of, judged
from vungxanh.engines.checks.sentences import points, say, shown
from vungxanh.engines.checks.types import Finding
from vungxanh.refusals import Words


def printed_ratio(case: Case) -> Iterator[Finding]:
    """A printed share that is not its own numerator over its own base."""
    mislabelled = {
        entry.printed.position
        for entries in columns_of(case.judged)
        if better_base(entries)
        for entry in entries
    }
    for entry in (*case.judged, *judged(case.table.totals)):
        if entry.printed.position not in mislabelled and entry.named is not None:
            yield from _compared(case, entry, entry.named)


def _compared(case: Case, entry: Judged, over: Over) -> Iterator[Finding]:
    if over.verdict == "right":
        return
    is_wrong = over.verdict == "wrong"
    yield Finding(
        code="share.differs_from_counts" if is_wrong else "share.truncated",
        severity="error" if is_wrong else "info",
        where=place_of(entry.row.number, entry.printed.position).vi,
        message=_wrong(case, entry, over) if is_wrong else _truncated(entry, over),
        claim=entry.printed.text,
        found=shown(over.exact),
        expected=shown(over.exact),
        unit=entry.row.unit,
        element=entry.printed.numerator,
    )


def _truncated(entry: Judged, over: Over) -> Words:
    return say(
        "{name}: {printed} là số cắt bớt; làm tròn đúng là {exact}.",
        "{name}: {printed} was cut off; rounded it is {exact}.",
        name=name_of(entry.row),
        printed=entry.printed.percent,
        exact=over.exact,
    )


def _wrong(case: Case, entry: Judged, over: Over) -> Words:
    printed = entry.printed
    return say(
        "{name}: bảng ghi {printed}, nhưng {n} / {base_label} {base} là {exact} (lệch {off}){hint};"
        " số đếm được dùng, tỷ lệ tính lại.",
        "{name}: the table prints {printed}, but {n} over {base} ({base_label}) is {exact}"
        " (off by {off}){hint}; the counts are used, the share is recomputed.",
        name=name_of(entry.row),
        printed=printed.percent,
        n=over.numerator,
        base=over.denominator,
        base_label=label(printed.base),
        exact=over.exact,
        off=points(printed.percent - over.exact),
        hint=_hint(case, entry),
    )


def _hint(case: Case, entry: Judged) -> Words | str:
    """Where the printed share may come from: another base, the mean of rates, an earlier count."""
    other = next((base for base in entry.over if entry.fits(base)), None)
    if other is not None:
        return say(
            "; tỷ lệ ghi khớp với mẫu số {base}",
            "; the printed share fits the base {base}",
            base=label(other),
        )
    if entry.row in case.table.totals and _is_mean(case, entry):
        return Words(
            "; tỷ lệ ghi là trung bình cộng các tỷ lệ, không phải tỷ lệ của tổng",
            "; the printed share is the mean of the lines' shares, not the share of the sums",
        )
    return _earlier(case, entry)


def _is_mean(case: Case, entry: Judged) -> bool:
    parts = [
        printed.percent
        for row in case.table.rows
        for printed in row.shares
        if printed.position == entry.printed.position
    ]
    mean = sum(parts, Decimal(0)) / len(parts) if parts else Decimal(-1)
    return abs(mean - entry.printed.percent) <= Decimal(1).scaleb(-entry.printed.decimals)


def _earlier(case: Case, entry: Judged) -> Words | str:
    """An old numerator over today's base, as in the bulletin of Hà Nội of 27 September 2021."""
    printed, base = entry.printed, base_count(entry.row, entry.printed.base)
    for figure in case.earlier.get((entry.row.unit or "", printed.numerator or ""), ()):
        if (
            base
            and judge_share(printed.percent, figure.value, base, decimals=printed.decimals)
            == "right"
        ):
            return say(
                "; tỷ lệ ghi khớp với số {n} của {day}",
                "; the printed share fits {n}, the count of {day}",
                n=figure.value,
                day=figure.as_of,
            )
    return ""
