"""Printed shares against the counts beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from vungxanh.documents.grids import place_of
from vungxanh.engines.checks.arithmetic import Verdict, half_up, judge_share, share
from vungxanh.engines.checks.dates import moment_of
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, base_count, known_count, name_of
from vungxanh.engines.checks.sentences import points, say, shown
from vungxanh.engines.checks.types import SHARE_BASES, Finding, PrintedShare, Row
from vungxanh.refusals import Words

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Over:
    """A printed share held against one base: both counts and the verdict."""

    numerator: int
    denominator: int
    decimals: int
    verdict: Verdict

    @property
    def exact(self) -> Decimal:
        """The recomputed share, with two decimals or as many as were printed."""
        return half_up(share(self.numerator, self.denominator), max(2, self.decimals))


@dataclass(frozen=True, slots=True)
class Judged:
    """A printed share and its line, held against each base that the line counts."""

    row: Row
    printed: PrintedShare
    over: Mapping[str, Over]

    @property
    def named(self) -> Over | None:
        """Over the base that the head names."""
        return self.over.get(self.printed.base or "")

    def fits(self, base: str) -> bool:
        """Whether the share is right, or cut off, over a base."""
        return base in self.over and self.over[base].verdict != "wrong"


def judged(rows: Iterable[Row]) -> list[Judged]:
    """Every printed share of `rows` whose numerator is counted."""
    return [
        Judged(row, printed, _over_bases(row, printed, numerator))
        for row in rows
        for printed in row.shares
        if (numerator := known_count(row, printed.numerator)) is not None
    ]


def _over_bases(row: Row, printed: PrintedShare, numerator: int) -> dict[str, Over]:
    bases = dict.fromkeys((printed.base or "", *SHARE_BASES))
    return {
        base: _over(printed, numerator, denominator)
        for base in bases
        if (denominator := base_count(row, base))
    }


def _over(printed: PrintedShare, numerator: int, denominator: int) -> Over:
    verdict = judge_share(printed.percent, printed.decimals, numerator, denominator)
    return Over(numerator, denominator, printed.decimals, verdict)


def _columns(case: Case) -> list[list[Judged]]:
    by_column: dict[int, list[Judged]] = defaultdict(list)
    for entry in judged(case.table.rows):
        by_column[entry.printed.position].append(entry)
    return list(by_column.values())


def _better_base(entries: Sequence[Judged]) -> str | None:
    """The base that most lines fit where most do not fit the named one (or none is named)."""
    named = sum(entry.fits(entry.printed.base or "") for entry in entries)
    fits = {base: sum(entry.fits(base) for entry in entries) for base in SHARE_BASES}
    best = max(fits, key=lambda base: fits[base])
    is_better = 2 * fits[best] > len(entries) and 2 * named <= len(entries)
    return best if is_better else None


def printed_ratio(case: Case) -> Iterator[Finding]:
    """A printed share that is not its own numerator over its own base."""
    mislabelled = {
        entry.printed.position
        for entries in _columns(case)
        if _better_base(entries)
        for entry in entries
    }
    for entry in judged(case.lines()):
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
    for figure in sorted(case.history, key=lambda f: moment_of(f.as_of), reverse=True):
        is_same = (figure.unit, figure.element) == (entry.row.unit, printed.numerator)
        if (
            is_same
            and base
            and judge_share(printed.percent, printed.decimals, figure.value, base) == "right"
        ):
            return say(
                "; tỷ lệ ghi khớp với số {n} của {day}",
                "; the printed share fits {n}, the count of {day}",
                n=figure.value,
                day=figure.as_of,
            )
    return ""


def base_mislabelled(case: Case) -> Iterator[Finding]:
    """A column of shares that fits another base than the one its head names."""
    for entries in _columns(case):
        better = _better_base(entries)
        printed = entries[0].printed
        if better is None or printed.base is None:
            continue
        yield Finding(
            code="share.base_mislabelled",
            severity="error",
            where=f"cột {_letters(printed)}",
            message=say(
                "Cột “{head}”: tỷ lệ khớp với mẫu số {better} ở {n}/{of} dòng, không khớp với"
                " {base}; đầu cột ghi nhầm mẫu số.",
                "Column “{head}”: the shares fit the base {better} on {n} of {of} lines and do not"
                " fit {base}; the head names the wrong base.",
                head=_head(case, printed),
                better=label(better),
                base=label(printed.base),
                n=sum(entry.fits(better) for entry in entries),
                of=len(entries),
            ),
            claim=label(printed.base).vi,
            found=label(better).vi,
            expected=label(better).vi,
            element=printed.numerator,
        )


def unnamed_base(case: Case) -> Iterator[Finding]:
    """A column of shares whose head names no base."""
    for entries in _columns(case):
        printed = entries[0].printed
        if printed.base is not None:
            continue
        better = _better_base(entries)
        fits = say("; khớp với {base}", "; it fits {base}", base=label(better)) if better else ""
        yield Finding(
            code="share.unnamed_base",
            severity="info" if better else "warning",
            where=f"cột {_letters(printed)}",
            message=say(
                "Cột “{head}” không ghi mẫu số{fits}; ghi rõ tỷ lệ trên dân số, thuê bao hay điện"
                " thoại thông minh.",
                "Column “{head}” names no base{fits}; say whether it is a share of population,"
                " subscriptions or smartphones.",
                head=_head(case, printed),
                fits=fits,
            ),
            found=label(better).vi if better else None,
            element=printed.numerator,
        )


def share_out_of_range(case: Case) -> Iterator[Finding]:
    """A printed share below zero or above one hundred."""
    for row in case.lines():
        for printed in row.shares:
            if 0 <= printed.percent <= _WHOLE:
                continue
            yield Finding(
                code="share.out_of_range",
                severity="error",
                where=place_of(row.number, printed.position).vi,
                message=say(
                    "{name}: tỷ lệ {printed} nằm ngoài khoảng từ 0 đến 100 %; kiểm tra số gốc.",
                    "{name}: the share {printed} is not between 0 and 100%; check the original.",
                    name=name_of(row),
                    printed=printed.percent,
                ),
                claim=printed.text,
                unit=row.unit,
                element=printed.numerator,
            )


def share_without_count(case: Case) -> Iterator[Finding]:
    """A column of shares that cannot be recomputed: no numerator or no base is counted."""
    for column in case.table.columns:
        printed = [
            p for row in case.table.rows for p in row.shares if p.position == column.position
        ]
        bases = (column.base,) if column.base else SHARE_BASES
        n_recomputable = sum(
            known_count(row, p.numerator) is not None and any(base_count(row, b) for b in bases)
            for row in case.table.rows
            for p in row.shares
            if p.position == column.position
        )
        if printed and not n_recomputable:
            yield Finding(
                code="share.without_count",
                severity="info",
                where=f"cột {_letters(printed[0])}",
                message=say(
                    "Cột “{head}” chỉ có tỷ lệ, không có số đếm; chưa kiểm được: thiếu tử số hoặc"
                    " mẫu số.",
                    "Column “{head}” has shares without counts; it cannot be checked: numerator or"
                    " base missing.",
                    head=column.head,
                ),
                element=column.numerator,
            )


def _head(case: Case, printed: PrintedShare) -> str:
    return case.table.columns[printed.position - 1].head


def _letters(printed: PrintedShare) -> str:
    return place_of(1, printed.position).vi.rpartition(" ")[2]
