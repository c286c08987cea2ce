"""Codes of others: Decision 1405, chip cards, insurance cards. Persons and numbers are invented."""

import doctest
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.protocol.personal import bhyt, cccd, decision1405
from vungxanh.protocol.personal.decision1405 import Declared, PersonalQr
from vungxanh.protocol.personal.values import PartialDay, Sex
from vungxanh.protocol.refusals import ProtocolError

CARD = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, phường Mẫu, Quy Nhơn|01052021"
NATIONAL = "******000001|NGUOI MAU MOT|1985-**-**|0|Q0001|"
INSURANCE = "GD4520000000001|4e67c6b0e1bb9d69|20/03/1985|2|-|52 - 001|01/01/2021|-|x|$"
READERS: list[tuple[Callable[[str], object], str, str]] = [
    (decision1405.read, NATIONAL, "protocol.not_personal_qr"),
    (cccd.read, CARD, "protocol.not_card_qr"),
    (bhyt.read, INSURANCE, "protocol.not_insurance_qr"),
]
IDS = ["decision1405", "cccd", "bhyt"]
PERSON = PersonalQr("052185000001", "Người Mẫu Một", PartialDay(1985, 3, 20), qid="Q0001")


def told(read: Callable[[str], object], text: str) -> str:
    """The code of the refusal, nothing where the text is read."""
    try:
        read(text)
    except ProtocolError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("module", [decision1405, cccd, bhyt])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.failed == 0
    assert results.attempted > 0


def test_national_code_is_masked_unless_asked() -> None:
    assert decision1405.write(PERSON) == NATIONAL
    assert (
        decision1405.write(PERSON, is_masked=False)
        == "052185000001|NGUOI MAU MOT|1985-03-20|0|Q0001|"
    )


@pytest.mark.parametrize(
    ("text", "born", "declared", "n_more"),
    [
        (NATIONAL, PartialDay(1985), Declared.SELF, 0),
        ("******789|NGUOI MAU|1989/3/3|1", PartialDay(1989, 3, 3), Declared.OTHER, 0),
        ("B1234567|Người Mẫu|1990|0|Q|2<x>|a|b", PartialDay(1990), Declared.SELF, 2),
        ("******67|NGUOI MAU|1990-05-**|0|", PartialDay(1990, 5), Declared.SELF, 0),
    ],
)
def test_national_code_is_read_with_what_it_leaves_out(
    text: str, born: PartialDay, declared: Declared, n_more: int
) -> None:
    found = decision1405.read(text)
    assert (found.born, found.declared, found.n_more) == (born, declared, n_more)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "12|34567"}, "SoGiayTo"),
        ({"number": ""}, "SoGiayTo"),
        ({"name": "X"}, "HoTen"),
        ({"name": "Mẫu|Một"}, "HoTen"),
        ({"name": "名前"}, "HoTen"),
        ({"born": PartialDay(1985, 2, 30)}, "NgaySinh"),
        ({"born": PartialDay(1985, None, 3)}, "NgaySinh"),
        ({"qid": "a b"}, "QID"),
        ({"ext": "1|2"}, "EXT"),
        ({"ext": "1\n2"}, "EXT"),
        ({"ext": "x" * 600}, "EXT"),
    ],
)
def test_words_that_a_code_cannot_hold_are_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        decision1405.write(replace(PERSON, **change))
    assert (refused.value.code, refused.value.field) == ("protocol.personal_field", field)


def test_card_is_read_whole() -> None:
    found = cccd.read(CARD)
    assert (found.number, found.old_number, found.name) == (
        "052185000001",
        "123456789",
        "Người Mẫu Một",
    )
    assert (found.born, found.sex) == (PartialDay(1985, 3, 20), Sex.FEMALE)
    assert (found.address, found.issued_on) == ("Số 1, phường Mẫu, Quy Nhơn", date(2021, 5, 1))


@pytest.mark.parametrize(
    ("text", "n_more"),
    [
        (CARD.replace("123456789", ""), 0),
        (CARD + "\r\n", 0),
        (CARD.replace("20031985", "1985"), 0),
        (CARD.replace("20031985", "00001985"), 0),
        (CARD + "||Người Mẫu Hai|Người Mẫu Ba|", 4),
    ],
)
def test_card_without_old_number_or_day_and_newer_cards_are_read(text: str, n_more: int) -> None:
    found = cccd.read(text)
    assert (found.number, found.born.year, found.n_more) == ("052185000001", 1985, n_more)


@pytest.mark.parametrize(
    "text",
    [
        CARD.replace("052185000001", "05218500001"),
        CARD.replace("052185000001", "０５２１８５０００００１"),
        CARD.replace("123456789", "12345678"),
        CARD.replace("Người Mẫu Một", ""),
        CARD.replace("Người Mẫu Một", "Mẫu 1"),
        CARD.replace("20031985", "31021985"),
        CARD.replace("20031985", "20/03/1985"),
        CARD.replace("20031985", "00031985"),
        CARD.replace("Nữ", "Khác"),
        CARD.replace("Số 1, phường Mẫu, Quy Nhơn", ""),
        CARD.replace("01052021", ""),
        CARD.replace("01052021", "00002021"),
        CARD.rpartition("|")[0],
        CARD + "|" * 6,
    ],
)
def test_card_with_one_wrong_field_is_refused_whole(text: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        cccd.read(text)
    assert refused.value.code == "protocol.not_card_qr"


@pytest.mark.parametrize(
    ("text", "number"),
    [(INSURANCE, "GD4520000000001"), ("0000000001|4e|1985", "0000000001")],
)
def test_insurance_card_gives_its_number_and_nothing_else(text: str, number: str) -> None:
    found = bhyt.read(text)
    assert (found.number, found.n_fields) == (number, text.count("|") + 1)


@pytest.mark.parametrize(("read", "own_text", "code"), READERS, ids=IDS)
def test_codes_of_another_kind_are_refused(
    read: Callable[[str], object], own_text: str, code: str
) -> None:
    others = {CARD, NATIONAL, INSURANCE} - {own_text}
    assert read(own_text)
    for text in sorted(others):
        with pytest.raises(ProtocolError) as refused:
            read(text)
        assert refused.value.code == code


HOSTILE = {
    "empty": "",
    "long": "{}" + "x" * 2000,
    "control": "{}\x00",
    "line": "a\n{}",
    "direction": "{}\u202e",
    "zero width": "\u200b{}",
    "surrogate": "{}\ud800",
    "link": "https://example.invalid/?{}",
    "script": "javascript://{}",
    "fields": "{}" + "|" * 40,
}


@pytest.mark.parametrize(("read", "own_text", "code"), READERS, ids=IDS)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_payloads_are_refused(
    read: Callable[[str], object], own_text: str, code: str, hostile: str
) -> None:
    with pytest.raises(ProtocolError) as refused:
        read(hostile.replace("{}", own_text))
    assert refused.value.code == code


@pytest.mark.parametrize(("read", "own_text", "code"), READERS, ids=IDS)
def test_what_is_read_does_not_show_when_it_is_printed(
    read: Callable[[str], object], own_text: str, code: str
) -> None:
    assert own_text.split("|")[0] not in repr(read(own_text))


@pytest.mark.parametrize("number", ["ß5200000000001", "ßD4520000000001", "ⅣD4520000000001"])
def test_letters_that_grow_in_capitals_are_no_letters_of_a_number(number: str) -> None:
    assert told(bhyt.read, f"{number}|4e") == "protocol.not_insurance_qr"
    assert told(decision1405.read, f"{number}|MAU MOT|1985|0") == "protocol.not_personal_qr"


PIECES = st.sampled_from(
    [*CARD.split("|"), *NATIONAL.split("|"), *INSURANCE.split("|"), "*", "\x00"]
)
TEXTS = st.text(max_size=80) | st.lists(PIECES | st.text(max_size=8), max_size=14).map("|".join)


@pytest.mark.slow
@pytest.mark.parametrize(("read", "own_text", "code"), READERS, ids=IDS)
def test_any_text_is_read_or_refused(
    read: Callable[[str], object], own_text: str, code: str
) -> None:
    @given(TEXTS | TEXTS.map(own_text.__add__))
    def holds(text: str) -> None:
        assert told(read, text) in {"", code}

    holds()


@given(
    st.text("ABCDEFGHX0123456789", min_size=6, max_size=20),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.booleans(),
)
def test_national_code_is_read_as_it_was_written(number: str, born: date, masked: bool) -> None:
    day = PartialDay(born.year, born.month, born.day)
    text = decision1405.write(PersonalQr(number, "Đỗ Mẫu", day), is_masked=masked)
    found = decision1405.read(text)
    assert (found.name, found.born.year) == ("DO MAU", born.year)
    assert found.number[6:] == number[6:]
    assert (found.number == number, found.born == day) == (not masked, not masked)
