"""A stated rate against its own count and against the annex; the label of its base."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from vungxanh.engines.checks.arithmetic import half_up, judge_share, share
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case
from vungxanh.engines.checks.rules.claims import (
    bases_of,
    counted_element,
    decimals_of,
    stated,
    table_count,
)
from vungxanh.engines.checks.sentences import listed, points, say, shown
from vungxanh.engines.checks.types import Claim, Finding
from vungxanh.refusals import Words


def is_known(claim: Claim, bases: Mapping[str, int]) -> bool:
    """Whether the base that a claim names, or any where it names none, stands beside it."""
    return bool(bases) and (claim.base is None or claim.base in bases)


def claim_rate_against_count(case: Case) -> Iterator[Finding]:
    """A stated rate that is not its own stated count over any base."""
    for claim in case.claims:
        bases = bases_of(case, claim)
        if claim.value is None or claim.share_percent is None or not is_known(claim, bases):
            continue
        verdicts = {
            base: judge_share(
                claim.share_percent, claim.value, n, decimals=decimals_of(claim.share_percent)
            )
            for base, n in bases.items()
        }
        if "right" in verdicts.values():
            continue
        cut = next((base for base, verdict in verdicts.items() if verdict == "truncated"), None)
        if cut is not None:
            yield _truncated(claim, claim.value, claim.share_percent, base=bases[cut])
        else:
            yield _impossible(claim, claim.value, claim.share_percent, bases=bases)


def _truncated(claim: Claim, value: int, percent: Decimal, *, base: int) -> Finding:
    exact = half_up(share(value, base), max(2, decimals_of(percent)))
    message = say(
        "Tỷ lệ {p} là số cắt bớt; {value} / {base} làm tròn đúng là {exact} (lệch {off}).",
        "The rate {p} was cut off; {value} over {base} rounds to {exact} (off by {off}).",
        p=percent,
        value=value,
        base=base,
        exact=exact,
        off=points(percent - exact),
    )
    return stated(
        claim,
        message,
        code="share.truncated",
        severity="info",
        claim=shown(percent),
        found=shown(exact),
        expected=shown(exact),
    )


def _impossible(claim: Claim, value: int, percent: Decimal, *, bases: Mapping[str, int]) -> Finding:
    rates = listed(_rate(base, value, count) for base, count in bases.items())
    message = say(
        "Số đếm {value} và tỷ lệ {p} không thể cùng đúng: {rates}{need}.",
        "The count {value} and the rate {p} cannot both be right: {rates}{need}.",
        value=value,
        p=percent,
        rates=rates,
        need=_needed(value, percent),
    )
    return stated(
        claim,
        message,
        code="claim.rate_differs_from_count",
        claim=shown(percent),
        found=rates.vi,
        expected=rates.vi,
    )


def _rate(base: str, value: int, count: int) -> Words:
    return say(
        "trên {base} ({count}) là {p}",
        "over {base} ({count}) it is {p}",
        base=label(base) if base else Words("mẫu số", "the base"),
        count=count,
        p=half_up(share(value, count)),
    )


def _needed(value: int, percent: Decimal) -> Words | str:
    if percent <= 0:
        return ""
    needed = int(half_up(Fraction(value * 100) / Fraction(percent), 0))
    return say(
        "; {p} cần mẫu số {needed}",
        "; {p} would need a base of {needed}",
        p=percent,
        needed=needed,
    )


def claim_rate_against_table(case: Case) -> Iterator[Finding]:
    """A stated rate against the annex, over the base it names and over the others."""
    for claim in case.claims:
        counted = table_count(case, claim, counted_element(case, claim))
        bases = {} if claim.base_value else bases_of(case, claim)
        if claim.share_percent is None or not counted or not is_known(claim, bases):
            continue
        digits = decimals_of(claim.share_percent)
        named = bases.get(claim.base or "")
        if named and judge_share(claim.share_percent, counted, named, decimals=digits) != "wrong":
            continue
        yield _compared(claim, claim.share_percent, counted, bases=bases)


def _compared(claim: Claim, percent: Decimal, counted: int, *, bases: Mapping[str, int]) -> Finding:
    distance = {base: abs(share(counted, n) - Fraction(percent)) for base, n in bases.items()}
    nearest = min(distance, key=lambda base: distance[base])
    rates = listed(_rate(base, counted, n) for base, n in bases.items())
    exact = half_up(share(counted, bases[nearest]), max(2, decimals_of(percent)))
    is_mislabelled = claim.base in bases and nearest != claim.base
    message = say(
        "Văn bản nêu {p} “{written}”; phụ lục: {rates}. Gần nhất là tỷ lệ trên {nearest}"
        " ({off}){people}{label}. Không lấy trung bình các tỷ lệ.",
        "The text states {p} of “{written}”; the annex: {rates}. Nearest is the share of"
        " {nearest} ({off}){people}{label}. Rates are never averaged.",
        p=percent,
        written=claim.base_as_written or "…",
        rates=rates,
        nearest=label(nearest),
        off=points(percent - exact),
        people=_people(percent, counted, bases[nearest]),
        label=_wrong_label(claim, percent == exact) if is_mislabelled else "",
    )
    return stated(
        claim,
        message,
        code="claim.rate_mislabelled" if is_mislabelled else "claim.rate_differs_from_table",
        claim=f"{shown(percent)} {claim.base_as_written or ''}".strip(),
        found=rates.vi,
        expected=_rate(claim.base or nearest, counted, bases[claim.base or nearest]).vi,
    )


def _people(percent: Decimal, counted: int, base: int) -> Words | str:
    implied = int(half_up(Fraction(percent) * base / 100, 0))
    if implied == counted:
        return ""
    return say(
        ", tức {implied} người, lệch {off} so với phụ lục",
        ", that is {implied} people, {off} away from the annex",
        implied=implied,
        off=abs(implied - counted),
    )


def _wrong_label(claim: Claim, is_exact: object) -> Words:
    also = Words("", "") if is_exact else Words(" và tỷ lệ cũng lệch", " and the rate is off too")
    return say(
        "; mẫu số ghi trong văn bản ({base}) là nhầm{also}",
        "; the base that the text names ({base}) is the wrong one{also}",
        base=label(claim.base),
        also=also,
    )
