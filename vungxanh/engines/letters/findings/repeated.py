"""One figure that a letter states twice, differently."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.checks import Finding
from vungxanh.engines.checks.heads import noun
from vungxanh.engines.checks.sentences import say, shown
from vungxanh.engines.checks.types import ELEMENTS
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.findings.figures import stated_figures
from vungxanh.engines.letters.passages import Span, words

_WORD: Final = re.compile(r"[^\W\d_]+")
_PART: Final = words(r"\b(?:trong đó|riêng|gồm|bao gồm|còn lại|thêm|tăng|giảm)\b")
_ASIDE: Final = 60
_N_WORDS: Final = 3


def figures_disagree(case: LetterCase) -> Iterator[Finding]:
    """Two counts of the same thing, place and moment that are not the same number."""
    first: dict[tuple[object, ...], int] = {}
    for stated in stated_figures(case):
        claim, moment = stated.claim, stated.facts[0].as_of
        if claim.value is None or moment is None or claim.element not in ELEMENTS:
            continue
        span = stated.facts[0].span
        key = (claim.element, claim.unit, moment, stated.blurred, _counted(case, span))
        before = first.setdefault(key, claim.value)
        if before == claim.value or _is_part(case, span):
            continue
        message = say(
            "Cùng một ngày, văn bản nêu hai số {element} khác nhau: {before} và {value}; hỏi lại"
            " nơi gửi số nào đúng.",
            "For one day the letter states two numbers of {element}: {before} and {value}; ask"
            " the sender which is right.",
            element=noun(claim.element),
            before=before,
            value=claim.value,
        )
        yield fault(
            case,
            span,
            message,
            code="letters.figures_disagree",
            severity="error",
            claim=shown(claim.value),
            found=shown(before),
        )


def _counted(case: LetterCase, span: Span) -> tuple[str, ...]:
    """The first words from the figure on: what is counted."""
    at = case.place(span[0])
    found = _WORD.findall(case.whole.folded[at : at + _ASIDE])
    return tuple(found[:_N_WORDS])


def _is_part(case: LetterCase, span: Span) -> bool:
    """Whether the figure is one of a part: "trong đó 500 người"."""
    at = case.place(span[0])
    return _PART.search(case.whole.folded[max(0, at - _ASIDE) : at]) is not None
