"""Columns of shares: the base that the head names, and what cannot be recomputed."""

from collections.abc import Iterator
from typing import Final

from vungxanh.documents.grids import place_of
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.rules.counted import base_count, known_count
from vungxanh.engines.checks.rules.judged import better_base, columns_of
from vungxanh.engines.checks.sentences import say
from vungxanh.engines.checks.types import SHARE_BASES, Finding, PrintedShare

_WHOLE: Final = 100


def base_mislabelled(case: Case) -> Iterator[Finding]:
    """A column of shares that fits another base than the one its head names."""
    for entries in columns_of(case.judged):
        better = better_base(entries)
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
    for entries in columns_of(case.judged):
        printed = entries[0].printed
        if printed.base is not None:
            continue
        better = better_base(entries)
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
