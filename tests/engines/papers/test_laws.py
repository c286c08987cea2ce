"""Laws of reading papers: the slow twin says the same, nothing else happens."""

import contextlib
from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.papers import (
    BadPaperError,
    Finding,
    Kind,
    Paper,
    core,
    masked,
    read_paper,
    same_paper,
)
from vungxanh.engines.papers.reference import possible
from vungxanh.engines.papers.tables import PROVINCES

CARDS = st.builds(
    "0{}{}{}".format,
    st.sampled_from(sorted(PROVINCES)),
    st.sampled_from("0123"),
    st.text(digits, min_size=8, max_size=8),
)
INSURANCE = st.builds(
    "{}{}{}".format,
    st.text(ascii_uppercase, min_size=2, max_size=2),
    st.sampled_from("12345"),
    st.text(digits, min_size=12, max_size=12),
)
NUMBERS = (
    CARDS
    | CARDS.map(lambda number: number.lstrip("0"))
    | INSURANCE
    | st.text(digits, min_size=1, max_size=16)
    | st.text(ascii_uppercase + digits, min_size=1, max_size=16)
)
PAPERS = (CARDS | INSURANCE | st.text(digits, min_size=9, max_size=10)).map(read_paper)


def read(number: str, kind: Kind | None) -> Paper | None:
    with contextlib.suppress(BadPaperError):
        return read_paper(number, kind)
    return None


@given(NUMBERS, st.sampled_from(Kind))
def test_reading_a_kind_is_what_the_slow_twin_reads(number: str, kind: Kind) -> None:
    expected = [(whole, n_added > 0) for one, whole, n_added in possible(number) if one is kind]
    found = read(number, kind)
    told = [] if found is None else [(found.number, Finding.ZEROS_ADDED in found.checks)]
    assert told == expected


@given(NUMBERS)
def test_without_a_kind_one_of_the_possible_is_told(number: str) -> None:
    found = read(number, None)
    candidates = {(kind, whole) for kind, whole, _ in possible(number)}
    clear = {
        kind
        for kind, _, n_added in possible(number)
        if n_added == 0 and not (kind is Kind.PASSPORT and number.isdigit())
    }
    assert found is None or (found.kind, found.number) in candidates
    assert len(clear) <= 1
    assert not clear or (found is not None and {found.kind} == clear)


@given(NUMBERS, st.sampled_from([" ", ".", "-", "\u00a0", ""]))
def test_separators_and_case_change_nothing(number: str, sign: str) -> None:
    assert read(sign.join(number.lower()), None) == read(number, None)


@given(PAPERS, PAPERS)
def test_comparing_is_symmetric(one: Paper, other: Paper) -> None:
    assert same_paper(one, other) == same_paper(other, one)
    assert same_paper(one, one) is True


@pytest.mark.slow
@given(st.text(max_size=60), st.sampled_from([None, *Kind]))
def test_any_text_is_answered_or_refused(text: str, kind: Kind | None) -> None:
    with contextlib.suppress(BadPaperError):
        found = read_paper(text, kind)
        assert masked(found).startswith("*" * core.N_HIDDEN)
        assert read_paper(found.number, found.kind).number == found.number
