"""What the text states: its facts as claims, those that one clause states together joined."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from vungxanh.engines.checks import Claim
from vungxanh.engines.checks.heads import base_of
from vungxanh.engines.checks.types import ELEMENTS
from vungxanh.engines.letters.findings.case import LetterCase
from vungxanh.engines.letters.findings.days import day_of
from vungxanh.engines.letters.findings.ranges import BLURRING
from vungxanh.engines.letters.passages import Span, fold, words
from vungxanh.engines.letters.types import CampaignTarget, Document, Fact
from vungxanh.engines.names import without_type

DENOMINATOR: Final = "denominator"
RANK: Final = "rank"
# The first that a metric's name holds says what is counted.
_METRICS: Final = (
    ("points_active", "active"),
    ("points_registered", "point"),
    ("people_scanned", "people_scanned"),
    ("scans", "scan"),
    ("declarations", "declaration"),
    ("smartphones", "smartphone"),
    ("subscriptions", "subscription"),
    ("subscriptions", "subscriber"),
    ("adults", "adult"),
    ("population", "population"),
    ("installs", "bluezone"),
    ("installs", "install"),
)  # fmt: skip
_WITH_PHONE: Final = words(r"bluezoner|có số điện thoại|co so dt\b")
# A share that is no statement about now: an ideal, what once was enough elsewhere.
_NOT_NOW: Final = re.compile(r"ideal|effective|theor|target|goal|increase|decrease|change")
_WISHED: Final = words(r"lý thuyết|lý tưởng|giả sử|mục tiêu|chỉ tiêu|phấn đấu|cần đạt|phải đạt")
# Beginnings of names of units below a province.
_BELOW: Final = ("huyen", "thi xa", "quan", "thanh pho", "tp", "phuong", "xa ", "dac khu")
_ALL: Final = words(r"cả nước|toàn quốc|việt nam")
_CHANGE: Final = words(r"\b(?:tăng|giảm|thêm|hơn so|còn thiếu|chênh)\b")
_ASIDE: Final = 80


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim and the facts it was made of; `blurred` holds the words that blur its count."""

    claim: Claim
    facts: tuple[Fact, ...]
    blurred: str | None = None


def stated_figures(case: LetterCase) -> tuple[Stated, ...]:
    """The letter's facts as claims, in order; what is no statement about now is left out."""
    kept = (fact for fact in case.reading.facts if _is_now(case, fact))
    facts = sorted(kept, key=lambda fact: fact.span)
    found: list[Stated] = []
    for fact in facts:
        joined = _joined(case, found[-1], fact) if found else None
        if joined is not None:
            found[-1] = joined
        elif fact.metric != DENOMINATOR:
            found.append(_alone(case, fact))
    return tuple(found)


def _is_now(case: LetterCase, fact: Fact) -> bool:
    """A share with "gần" before it is no figure to be recomputed, nor is an ideal."""
    is_blurred_share = fact.unit == "%" and _blurred(fact) is not None
    start = case.place(case.clause_span(fact.span)[0])
    is_wished = _WISHED.search(case.whole.folded, start, case.place(fact.span[0]))
    is_wish = fact.unit == "%" and is_wished is not None
    return not (is_blurred_share or is_wish or _NOT_NOW.search(fact.metric))


def _blurred(fact: Fact) -> str | None:
    """The word that blurs a figure; "chỉ" before it does not."""
    word = fact.approximate
    return word if word and fold(word) in BLURRING else None


def _alone(case: LetterCase, fact: Fact) -> Stated:
    is_share, is_rank = fact.unit == "%", fact.metric == RANK
    claim = Claim(
        where=case.where(fact.span),
        element=RANK if is_rank else element_of(case, fact),
        quote=_printed(case, (fact,)),
        unit=unit_of(case, fact.locality),
        value=None if is_share or is_rank else _whole(fact),
        share_percent=Decimal(fact.value) if is_share else None,
        rank=int(fact.value) if is_rank else None,
        of=_of(fact) if is_rank else None,
        as_of=day_of(fact.as_of),
        span=fact.span,
    )
    based = _based(claim, fact) if is_share else claim
    return Stated(based, (fact,), None if is_share else _blurred(fact))


def _joined(case: LetterCase, before: Stated, fact: Fact) -> Stated | None:
    """The claim before with this fact in it, where one clause states both of one thing."""
    last = before.facts[-1]
    if case.clause(last.span) != case.clause(fact.span) or fact.metric == RANK:
        return None
    if not _is_of_one(case, before, fact):
        return None
    claim, whole = before.claim, _whole(fact)
    if fact.metric == DENOMINATOR:
        new = replace(claim, base_value=whole) if claim.value is not None else None
    elif fact.unit == "%":
        is_open = claim.value is not None and claim.share_percent is None
        new = _based(replace(claim, share_percent=Decimal(fact.value)), fact) if is_open else None
    else:
        is_open = claim.value is None and claim.share_percent is not None
        new = replace(claim, value=whole) if is_open else None
    if new is None:
        return None
    facts = (*before.facts, fact)
    span = (claim.span[0] if claim.span else fact.span[0], fact.span[1])
    blurred = before.blurred or (_blurred(fact) if fact.unit != "%" else None)
    return Stated(replace(new, quote=_printed(case, facts), span=span), facts, blurred)


def _is_of_one(case: LetterCase, before: Stated, fact: Fact) -> bool:
    last = before.facts[-1]
    between = case.between(last.span, fact.span)
    if before.claim.rank is not None or len(between) > _ASIDE or _CHANGE.search(between):
        return False
    if fact.metric == DENOMINATOR:
        return True
    elements = {element_of(case, fact), before.claim.element}
    # Of what has no name of its own here ("trường hợp F2") the metrics may differ.
    is_same_thing = len(elements) == 1 or not elements <= set(ELEMENTS)
    return is_same_thing and (fact.locality, day_of(fact.as_of)) == (
        last.locality,
        day_of(last.as_of),
    )


def _based(claim: Claim, share: Fact) -> Claim:
    written = share.denominator
    return replace(claim, base_as_written=written, base=base_of(written) if written else None)


def _whole(fact: Fact) -> int | None:
    return int(fact.value) if fact.value == int(fact.value) else None


def _of(fact: Fact) -> int | None:
    match = re.search(r"\d+", fact.unit)
    return int(match.group()) if match else None


def _printed(case: LetterCase, facts: Sequence[Fact]) -> str:
    """The letter's words from the first figure to the last, and a percent sign after it."""
    start, end = facts[0].span[0], max(fact.span[1] for fact in facts)
    text = case.reading.text
    after = re.match(r"\s?%", text[end : end + 2])
    return " ".join(text[start : end + (after.end() if after else 0)].split())


def element_of(case: LetterCase, fact: Fact) -> str:
    """What is counted, in the words of the checks; the metric itself where they have none."""
    if fact.metric in ELEMENTS:
        return fact.metric
    named = next((element for element, part in _METRICS if part in fact.metric), fact.metric)
    if named == "installs" and _WITH_PHONE.search(_around(case, fact.span)):
        return "bluezone_with_phone"
    return named


def _around(case: LetterCase, span: Span) -> str:
    """The folded words of the clause of a figure, as far as they stand near it."""
    start, end = case.clause_span(span)
    near = max(start, span[0] - _ASIDE), min(end, span[1] + _ASIDE)
    return case.whole.folded[case.place(near[0]) : case.place(near[1])]


def unit_of(case: LetterCase, locality: str | None) -> str | None:
    """The unit that a figure is about: the country, the letter's own, else only a name."""
    document = case.reading.document
    if locality is None:
        return document.unit
    plain = fold(locality)
    if _ALL.search(plain):
        return case.country
    own = document.unit if plain.startswith(_BELOW) else document.province
    return own if own and _is_own(plain, document) else plain


def _is_own(plain: str, document: Document) -> bool:
    """Whether a place is the one whose name the letter's head bears."""
    head = (document.issuing_agency, document.parent_agency, document.place)
    bare = fold(without_type(plain))
    return any(bare in fold(text) for text in head if text)


def unit_of_goal(case: LetterCase, goal: CampaignTarget) -> str | None:
    """The unit of a goal; where nothing names one, the only one that the letter's figures have."""
    unit = unit_of(case, goal.scope)
    stated = {unit_of(case, fact.locality) for fact in case.reading.facts}
    return stated.pop() if unit is None and len(stated) == 1 else unit


def own_claims(case: LetterCase, stated: Iterable[Stated]) -> Iterator[Stated]:
    """Those about the unit that sends the letter; without one all but those about the country."""
    unit = case.reading.document.unit
    for figure in stated:
        if figure.claim.unit == unit or (unit is None and figure.claim.unit != case.country):
            yield figure
