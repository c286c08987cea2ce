"""What a text states against the table beside it: counts, bounds, its own rate, rate and label."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from vungxanh.engines.checks.arithmetic import half_up, share
from vungxanh.engines.checks.heads import label, noun
from vungxanh.engines.checks.rules.case import Case, summed
from vungxanh.engines.checks.rules.counted import known_count
from vungxanh.engines.checks.sentences import say, shown, signed, times
from vungxanh.engines.checks.types import BASES, USERS, Claim, Finding, Row, Severity
from vungxanh.refusals import Words

_NEAR: Final = Fraction(1, 100)
_MANY: Final = Fraction(3, 2)


def decimals_of(percent: Decimal) -> int:
    """How many decimals a percentage was written with."""
    exponent = percent.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _row_of(case: Case, claim: Claim) -> Row | None:
    return next((row for row in case.table.rows if claim.unit and row.unit == claim.unit), None)


def table_count(case: Case, claim: Claim, element: str | None) -> int | None:
    """What the table says for the unit of a claim: its own line, else the sum of all lines."""
    row = _row_of(case, claim)
    return known_count(row, element) if row else summed(case.table, element or "")


def counted_element(case: Case, claim: Claim) -> str | None:
    """The element of the table that a claim speaks of; texts mix the two kinds of users."""
    elements = case.table.elements
    if claim.element in elements or claim.element not in USERS:
        return claim.element
    return next((element for element in USERS if element in elements), None)


def bases_of(case: Case, claim: Claim) -> dict[str, int]:
    """Every denominator that stands beside a claim: its own written one, then the table's."""
    counts = {base: table_count(case, claim, base) for base in BASES}
    if claim.base_value:
        return {claim.base or "": claim.base_value}
    return {base: count for base, count in counts.items() if count}


def stated(
    about: Claim,
    message: Words,
    /,
    *,
    code: str,
    severity: Severity = "error",
    claim: str | None = None,
    found: str | None = None,
    expected: str | None = None,
) -> Finding:
    """A finding about a claim, at its place."""
    return Finding(
        code=code,
        severity=severity,
        where=about.where,
        message=message,
        claim=claim,
        found=found,
        expected=expected,
        span=about.span,
        unit=about.unit,
        element=about.element,
    )


def claim_against_table(case: Case) -> Iterator[Finding]:
    """A stated count that is not what its own table says or sums to."""
    for claim in case.claims:
        counted = table_count(case, claim, counted_element(case, claim))
        if claim.value is None or counted is None or counted == claim.value:
            continue
        message = say(
            "Văn bản nêu {value}, nhưng phụ lục {sums} {counted}{ratio}{total}. Dùng số của phụ"
            " lục, số nêu trong văn bản để tranh chấp; hỏi lại nơi gửi.",
            "The text states {value}, but its annex {sums} {counted}{ratio}{total}. The annex is"
            " used, the stated number stays disputed; ask the sender.",
            value=claim.value,
            sums=_sums(case, claim),
            counted=counted,
            ratio=_ratio(claim.value, counted),
            total="" if case.table.totals or _row_of(case, claim) else _NO_TOTAL,
        )
        yield stated(
            claim,
            message,
            code="claim.differs_from_table",
            claim=shown(claim.value),
            found=shown(counted),
            expected=shown(counted),
        )


_NO_TOTAL: Final = Words("; phụ lục không có dòng tổng", "; the annex has no total line")


def _sums(case: Case, claim: Claim) -> Words:
    n_rows = len(case.table.rows)
    if _row_of(case, claim):
        return Words("ghi", "says")
    return say("cộng {n} đơn vị được", "sums {n} units to", n=n_rows)


def _ratio(value: int, counted: int) -> Words | str:
    """How far the two are apart: as a multiple, or as a difference where they are near."""
    if not counted:
        return ""
    if value < _MANY * counted:
        return say(" (lệch {off})", " ({off} apart)", off=signed(value - counted))
    ratio = times(Fraction(value, counted))
    return say(" (gấp {ratio} lần)", " ({ratio} times as many)", ratio=ratio)


def claim_over_base(case: Case) -> Iterator[Finding]:
    """A stated count of users beyond a base: more users than smartphones, or than people."""
    for claim in case.claims:
        if claim.value is None or claim.element not in USERS:
            continue
        for base, count in bases_of(case, claim).items():
            if claim.value > count:
                yield _over(claim, claim.value, base=base, count=count)


def _over(claim: Claim, value: int, *, base: str, count: int) -> Finding:
    is_near = Fraction(value - count, count) <= _NEAR
    message = say(
        "Văn bản nêu {value} {element}, nhiều hơn {base} ({count}), tức {p}{guess}.",
        "The text states {value} {element}, more than {base} ({count}), that is {p}{guess}.",
        value=value,
        element=noun(claim.element),
        base=label(base),
        count=count,
        p=half_up(share(value, count)),
        guess=say(
            "; hai số rất gần nhau, có thể đã ghi nhầm {base} vào đây (giả thuyết)",
            "; the two are so near that {base} may have been typed here (a hypothesis)",
            base=label(base),
        )
        if is_near
        else "",
    )
    return stated(
        claim,
        message,
        code="claim.over_base",
        claim=shown(value),
        found=shown(count),
        expected=f"≤ {shown(count)}",
    )


def claim_rank_key(case: Case) -> Iterator[Finding]:
    """A stated rank: outside its own list, or without the key it ranks by."""
    for claim in case.claims:
        if claim.rank is None:
            continue
        text = f"{claim.rank}/{claim.of}" if claim.of else str(claim.rank)
        if claim.rank < 1 or (claim.of is not None and claim.rank > claim.of):
            message = say(
                "Thứ hạng {text} không thể có; kiểm tra lại văn bản.",
                "The rank {text} cannot be; check the text.",
                text=text,
            )
            yield stated(claim, message, code="rank.impossible", claim=text)
        elif claim.base is None:
            message = say(
                "Thứ hạng {text} không nêu xếp theo gì (dân số hay điện thoại thông minh); hai"
                " cách xếp cho thứ tự khác nhau.",
                "The rank {text} does not say by what (population or smartphones); the two order"
                " differently.",
                text=text,
            )
            yield stated(claim, message, code="rank.names_no_key", severity="info", claim=text)


def claim_without_count(case: Case) -> Iterator[Finding]:
    """A stated rate with no count beside it: it cannot be recomputed."""
    for claim in case.claims:
        if claim.share_percent is None or claim.value is not None:
            continue
        if table_count(case, claim, counted_element(case, claim)) is not None:
            continue
        message = say(
            "Tỷ lệ {p} không kèm số đếm nên chưa kiểm được: thiếu tử số và mẫu số{cross}.",
            "The rate {p} comes without counts and cannot be checked: numerator and base are"
            " missing{cross}.",
            p=claim.share_percent,
            cross=_cross(case, claim, claim.share_percent),
        )
        yield stated(
            claim,
            message,
            code="share.without_count",
            severity="info",
            claim=shown(claim.share_percent),
        )


def _cross(case: Case, claim: Claim, percent: Decimal) -> Words | str:
    """Two rates of the same users over two bases tell the ratio of the bases."""
    sibling = next(
        (
            other.share_percent
            for other in case.claims
            if (other.unit, other.element) == (claim.unit, claim.element)
            and other.base == "smartphones"
            and other.share_percent
        ),
        None,
    )
    if claim.base != "population" or sibling is None:
        return ""
    return say(
        "; cùng với tỷ lệ {other} trên điện thoại thông minh, suy ra {ratio} máy trên 100 người",
        "; with {other} of smartphones it implies {ratio} phones per 100 people",
        other=sibling,
        ratio=times(Fraction(percent) / Fraction(sibling) * 100),
    )
