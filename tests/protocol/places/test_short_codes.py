"""Short codes: what is written is read, as people type it; what is mistyped is found."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vungxanh.protocol.places import short_codes
from vungxanh.protocol.places.short_codes import ALPHABET, N_CHARACTERS
from vungxanh.protocol.refusals import ProtocolError

NUMBERS = st.integers(0, 2**40 - 1)
PLACES = st.integers(0, N_CHARACTERS - 1)


def is_refused(typed: str) -> bool:
    try:
        short_codes.read(typed)
    except ProtocolError as refused:
        return refused.code == "protocol.short_code"
    return False


@given(NUMBERS, st.sampled_from(["", "-", " ", "–", "\u00a0- "]))
def test_what_is_written_is_read_in_any_case_and_grouping(number: int, between: str) -> None:
    code = short_codes.written(number)
    assert len(code) == N_CHARACTERS
    assert short_codes.read(code) == number
    grouped = between.join([code[:4], code[4:8], code[8:]]).lower()
    assert short_codes.read(f" {grouped} ") == number


@given(NUMBERS)
def test_letters_that_look_like_digits_are_read_as_those(number: int) -> None:
    code = short_codes.written(number)
    assert short_codes.read(code.replace("0", "O").replace("1", "I")) == number
    assert short_codes.read(code.replace("0", "o").replace("1", "l")) == number


@given(NUMBERS, PLACES, st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_found(number: int, place: int, letter: str) -> None:
    code = short_codes.written(number)
    assume(code[place] != letter)
    assert is_refused(code[:place] + letter + code[place + 1 :])


@given(NUMBERS, PLACES, PLACES)
def test_any_two_characters_that_changed_places_are_found(number: int, one: int, two: int) -> None:
    letters = list(short_codes.written(number))
    assume(letters[one] != letters[two])
    letters[one], letters[two] = letters[two], letters[one]
    assert is_refused("".join(letters))


def test_every_wrong_character_and_every_swap_of_one_code_are_found() -> None:
    code = short_codes.written(0x123456789A)
    wrong = {
        code[:at] + letter + code[at + 1 :] for at in range(N_CHARACTERS) for letter in ALPHABET
    }
    swapped = {
        "".join(code[{i: j, j: i}.get(at, at)] for at in range(N_CHARACTERS))
        for i in range(N_CHARACTERS)
        for j in range(i)
    }
    mistyped = (wrong | swapped) - {code}
    assert len(mistyped) > N_CHARACTERS * 31
    assert [one for one in mistyped if not is_refused(one)] == []


@pytest.mark.parametrize(
    "typed", ["", "7K10Q9XD", "7K10Q9XDUU", "7K10Q9XDU", "7K10Q9XD*", "０" * 9, "0" * 41, "-" * 39]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert is_refused(typed)


@given(st.text(max_size=50))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        number = short_codes.read(typed)
    except ProtocolError:
        return
    assert 0 <= number < 2**40


@pytest.mark.parametrize("number", [-1, 2**40])
def test_numbers_of_other_than_forty_bits_are_refused(number: int) -> None:
    with pytest.raises(ProtocolError) as refused:
        short_codes.written(number)
    assert refused.value.code == "protocol.out_of_bounds"
