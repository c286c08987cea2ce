"""Laws of reading numbers: the slow twin and Google's library say the same."""

import contextlib

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.phones import BadPhoneError, Kind, Phone, core, display, masked, read_phone
from vungxanh.engines.phones.reference import BEFORE, IGNORED, readings
from vungxanh.engines.phones.tables import AREAS, BECAME, ISSUED

DIGITS = "0123456789"
REST = st.text(DIGITS, min_size=5, max_size=8)
STARTS = sorted({prefix[1:] for prefix in (*ISSUED, *BECAME)} | AREAS | {"1800", "1900", "84", "9"})


def spread(text: str, signs: list[str]) -> str:
    """`text` with one of `signs` after each letter."""
    return "".join(letter + sign for letter, sign in zip(text, signs * len(text), strict=False))


WRITTEN = st.builds(
    lambda before, start, rest: before + start + rest,
    st.sampled_from(BEFORE),
    st.sampled_from(STARTS),
    REST,
)
SIGNS = st.lists(st.sampled_from(["", "", *IGNORED]), min_size=1, max_size=5)
LINES = st.builds(
    "{}{}".format,
    st.sampled_from(sorted({*ISSUED, *(f"0{area}" for area in AREAS)})),
    st.text(DIGITS, min_size=7, max_size=7),
)


def read(text: str) -> set[tuple[str, Kind, bool]]:
    """As the twin answers."""
    try:
        found = read_phone(text)
    except BadPhoneError:
        return set()
    return {(found.e164, found.kind, found.was_eleven)}


@given(WRITTEN | st.text(DIGITS, min_size=1, max_size=14), SIGNS)
def test_reading_is_what_the_slow_twin_reads(text: str, signs: list[str]) -> None:
    expected = readings(text)
    assert len({e164 for e164, _, _ in expected}) <= 1
    is_foreign = text.startswith("00") and not text.startswith("0084")
    assert is_foreign or read(spread(text, signs)) == expected


@given(LINES)
def test_mobiles_and_landlines_are_those_of_the_library(national: str) -> None:
    found = read_phone(national)
    theirs = phonenumbers.parse(national, "VN")
    e164 = phonenumbers.format_number(theirs, phonenumbers.PhoneNumberFormat.E164)
    assert (found.e164, found.national) == (e164, national)
    assert phonenumbers.is_possible_number(theirs)


@given(st.sampled_from(sorted(AREAS)), st.text(DIGITS, min_size=7, max_size=7))
def test_every_area_is_one_of_the_library(area: str, subscriber: str) -> None:
    theirs = phonenumbers.parse(f"0{area}{subscriber}", "VN")
    kind = phonenumbers.number_type(theirs)
    assert kind == phonenumbers.PhoneNumberType.FIXED_LINE


def test_no_area_of_the_library_is_missing() -> None:
    theirs = [phonenumbers.parse(f"02{n:02}4567890"[:11], "VN") for n in range(100)]
    fixed = phonenumbers.PhoneNumberType.FIXED_LINE
    known = [one for one in theirs if phonenumbers.number_type(one) == fixed]
    assert {str(one.national_number)[:3] for one in known} == set(AREAS)


@given(LINES)
def test_what_is_shown_is_read_again(national: str) -> None:
    found = read_phone(national)
    assert read_phone(display(found)) == read_phone(found.e164) == found


@given(LINES)
def test_mask_hides_how_many_digits_it_hides(national: str) -> None:
    hidden = masked(read_phone(national))
    assert hidden == f"{national[:3]}•••{national[-3:]}"


@pytest.mark.slow
@given(st.text(max_size=80) | st.text(f"{DIGITS}+ .-()/", max_size=30))
def test_any_text_is_answered_or_refused(text: str) -> None:
    with contextlib.suppress(BadPhoneError):
        found = read_phone(text)
        assert isinstance(found, Phone)
        assert masked(found)
        assert display(found)
        assert len(text) <= core.LONGEST
