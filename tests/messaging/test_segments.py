"""Parts of an SMS, held against counting letter by letter (3GPP TS 23.038, TS 23.040)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.messaging.gateways.alphabet import parts
from vungxanh.messaging.rules.segments import (
    BASIC,
    EXTENSION,
    chosen_form,
    fits_gsm,
    segments,
    unaccented,
)

ALPHABET, ESCAPED = frozenset(BASIC) - {"\x1b"}, frozenset(EXTENSION.values())
GSM = st.text(st.sampled_from(sorted(ALPHABET | ESCAPED)), max_size=700)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
VIETNAMESE = "ắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"


def slow_parts(text: str) -> list[str]:
    """The parts themselves, put together letter by letter."""
    is_unicode = any(sign not in ALPHABET and sign not in ESCAPED for sign in text)
    alone, joined = (70, 67) if is_unicode else (160, 153)

    def width(piece: str) -> int:
        if is_unicode:
            return len(piece.encode("utf-16-be")) // 2
        return len(piece) + sum(sign in ESCAPED for sign in piece)

    if width(text) <= alone:
        return [text]
    made = [""]
    for sign in text:
        made = [*made[:-1], made[-1] + sign] if width(made[-1] + sign) <= joined else [*made, sign]
    return made


@given(st.one_of(GSM, ANY))
def test_parts_are_those_of_counting_letter_by_letter(text: str) -> None:
    slow = slow_parts(text)
    assert "".join(slow) == text
    assert segments(text).n_parts == len(slow)


@given(st.one_of(GSM, ANY))
def test_parts_are_those_that_the_gateway_sends(text: str) -> None:
    found = segments(text)
    assert len(parts(text, is_unicode=found.is_unicode)) == found.n_parts


@pytest.mark.parametrize(
    ("text", "n_parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ă" * 70, 1),
        ("ă" * 71, 2),
        ("ă" * 134, 2),
        ("ă" * 135, 3),
        ("€" * 80, 1),
        ("a" * 152 + "€" + "a" * 152, 3),  # an escape is not split: 152, then € and 151, then 1
        ("😀" * 35, 1),
        ("ă" * 66 + "😀" + "ă" * 66, 3),  # nor a surrogate pair
    ],
)
def test_bounds_of_the_standard(text: str, n_parts: int) -> None:
    assert segments(text).n_parts == n_parts


@pytest.mark.parametrize("letters", [VIETNAMESE, VIETNAMESE.upper()], ids=["small", "large"])
def test_every_vietnamese_letter_has_a_plain_one(letters: str) -> None:
    plain = unaccented(letters)
    assert plain.isascii()
    assert len(plain) == len(letters)


@given(ANY)
def test_chosen_form_never_costs_more_than_the_text_as_written(text: str) -> None:
    form = chosen_form(text, prefers_unaccented=True)
    kept = chosen_form(text, prefers_unaccented=False)
    assert form.segments.n_parts <= kept.segments.n_parts
    assert form.segments.is_unicode != fits_gsm(form.text)
    assert form.segments == segments(form.text)


def test_accents_stay_where_they_cost_nothing() -> None:
    assert chosen_form("Chào bạn", prefers_unaccented=True).text == "Chào bạn"
    long = "Vùng Xanh đã gửi mã. " * 5
    assert chosen_form(long, prefers_unaccented=True).text.isascii()
    assert chosen_form(long, prefers_unaccented=False).text == long
