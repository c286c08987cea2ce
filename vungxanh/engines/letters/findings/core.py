"""The rules in their order, and the entrance: a reading in, what is wrong in the letter out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from vungxanh.engines.checks import Figure, Finding, KnownUnit
from vungxanh.engines.letters.findings import (
    attachments,
    chronology,
    goals,
    pace,
    repeated,
    written,
)
from vungxanh.engines.letters.findings.annexes import figures_and_tables, spanned
from vungxanh.engines.letters.findings.case import LetterCase
from vungxanh.engines.letters.tables import TableFound, find_tables
from vungxanh.engines.letters.types import Reading

Rule = Callable[[LetterCase], Iterator[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    written.no_such_day,
    written.weekday_differs,
    written.number_words_differ,
    chronology.source_after_letter,
    chronology.deadline_passed,
    chronology.ends_before_start,
    chronology.two_deadlines,
    chronology.after_campaign,
    repeated.figures_disagree,
    goals.target_without_base,
    goals.target_impossible,
    goals.target_figures_disagree,
    goals.target_reached,
    pace.target_pace,
    attachments.annex_missing,
)
_ORDER: Final = {"error": 0, "warning": 1, "info": 2}


def check(
    reading: Reading,
    *,
    tables: Sequence[TableFound] | None = None,
    history: Iterable[Figure] = (),
    known: Iterable[KnownUnit] | None = None,
    country: str | None = None,
) -> tuple[Finding, ...]:
    """Every finding about a letter, errors first, then in the order of the letter.

    `tables` are its tables where the caller has them, else they are found again in the text;
    `history` are earlier published figures; `known` the units that may stand in its tables;
    `country` is the id of the country in both, of the tree that the letter was read in.
    """
    case = LetterCase.of(reading, history, country)
    found = [*_tabular(case, tables, known)]
    for rule in RULES:
        found += (replace(finding, rule=rule.__name__) for finding in rule(case))
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda f: (_ORDER[f.severity], spanned(f.span))))


def _tabular(
    case: LetterCase, tables: Sequence[TableFound] | None, known: Iterable[KnownUnit] | None
) -> Iterator[Finding]:
    return figures_and_tables(case, _tables(case.reading, tables), known)


def _tables(reading: Reading, given: Sequence[TableFound] | None) -> Sequence[TableFound]:
    """The tables that the reading holds too, so that no letterhead is judged as one."""
    if given is not None:
        return given
    spans = [table.span for table in reading.tables]
    if not spans:
        return ()
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return [
        found
        for found in find_tables(reading.text, start=start, end=end)
        if any(s[0] < found.letter.span[1] and found.letter.span[0] < s[1] for s in spans)
    ]
