"""Telephone numbers as people write them.

Numbers are invented, but for 0257.3821982 (an office, in a published letter), 0844689393 (printed
in a published letter as a hot line) and 19009095 (the hot line of the Ministry of Health).
"""

import doctest

import pytest

from vungxanh.engines.phones import (
    BadPhoneError,
    Issuer,
    Kind,
    Phone,
    Reason,
    core,
    display,
    masked,
    read_phone,
)

MOBILE = Phone("+84912345678", "0912345678", Kind.MOBILE, Issuer.VINAPHONE, may_be_ported=True)


def test_examples_in_docstrings_hold() -> None:
    results = doctest.testmod(core)
    assert (results.failed, results.attempted) == (0, 7)


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "+84912345678",
        "84912345678",
        "0084912345678",
        "(+84) 912 345 678",
        "+84 (0)912-345-678",
        "840912345678",
        "0912.345.678",
        "0912–345–678",
        " 0912\u00a0345\u200b678\t",
        "（０９１２）３４５．６７８",
        "912345678",
        "912345678.0",
        "'0912345678",
        "tel:+84-912-345-678",
        "TEL:0912345678",
    ],
)
def test_one_mobile_in_all_its_forms(text: str) -> None:
    assert read_phone(text) == MOBILE


@pytest.mark.parametrize(
    ("text", "national"),
    [
        ("0844689393", "0844689393"),
        ("844689393", "0844689393"),
        ("84844689393", "0844689393"),
        ("+84844689393", "0844689393"),
        ("0084 0844 689 393", "0844689393"),
        ("84 257 3821982", "02573821982"),
        ("2573821982", "02573821982"),
        ("1688123456", "0388123456"),
        ("84 1688123456", "0388123456"),
        ("84 1900 9095", "19009095"),
    ],
)
def test_country_code_and_lost_zero_do_not_mix(text: str, national: str) -> None:
    assert read_phone(text).national == national


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("0257.3821982", "+842573821982"),
        ("(024) 3825 1234", "+842438251234"),
        ("+84 28 3829 5678", "+842838295678"),
    ],
)
def test_landline_has_eleven_digits_and_no_issuer(text: str, e164: str) -> None:
    assert read_phone(text) == Phone(e164, f"0{e164[3:]}", Kind.LANDLINE)


# The table of 15/9/2018, with the last seven digits kept.
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0120", "070"), ("0121", "079"), ("0122", "077"), ("0126", "076"), ("0128", "078"),
        ("0123", "083"), ("0124", "084"), ("0125", "085"), ("0127", "081"), ("0129", "082"),
        ("0162", "032"), ("0163", "033"), ("0164", "034"), ("0165", "035"), ("0166", "036"),
        ("0167", "037"), ("0168", "038"), ("0169", "039"), ("0186", "056"), ("0188", "058"),
        ("0199", "059"),
    ],
)  # fmt: skip
def test_mobile_of_eleven_digits_is_converted_and_flagged(old: str, new: str) -> None:
    found = read_phone(f"{old}1234567")
    assert (found.national, found.was_eleven) == (f"{new}1234567", True)


# Prefixes and operators as vn-ident 0.1.0 (MIT) prints them, and the two that it lacks.
ISSUED = [
    (Issuer.VIETTEL, "032 033 034 035 036 037 038 039 086 096 097 098"),
    (Issuer.VINAPHONE, "081 082 083 084 085 088 091 094"),
    (Issuer.MOBIFONE, "070 076 077 078 079 089 090 093"),
    (Issuer.VIETNAMOBILE, "052 056 058 092"),
    (Issuer.GMOBILE, "059 099"),
    (Issuer.ITEL, "087"),
    (Issuer.WINTEL, "055"),
]


@pytest.mark.parametrize(("issuer", "prefixes"), ISSUED, ids=lambda one: str(one)[:7])
def test_prefix_tells_who_issued_a_mobile(issuer: Issuer, prefixes: str) -> None:
    found = [read_phone(f"{prefix}9000000") for prefix in prefixes.split()]
    assert {(one.issuer, one.may_be_ported, one.kind) for one in found} == {
        (issuer, True, Kind.MOBILE)
    }


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("+49 30 123456", "+4930123456"),
        ("00 49 (0)30 123456", "+4930123456"),
        ("+1 202 555 0123", "+12025550123"),
        ("+856 20 5555 1234", "+8562055551234"),
    ],
)
def test_foreign_number_needs_plus_or_00(text: str, e164: str) -> None:
    found = read_phone(text)
    assert (found.e164, found.kind, found.issuer) == (e164, Kind.FOREIGN, None)
    assert not found.may_be_ported


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" - ", Reason.EMPTY),
        ("không có", Reason.SIGNS),
        ("09l2345678", Reason.SIGNS),
        ("٠٩١٢٣٤٥٦٧٨", Reason.SIGNS),
        ("9.12345678E+8", Reason.SIGNS),
        ("0912345678+", Reason.SIGNS),
        ("0912345678/0987654321", Reason.SEVERAL),
        ("0912345678, 0987654321", Reason.SEVERAL),
        ("091234567", Reason.SHORT),
        ("0257382198", Reason.SHORT),
        ("+84", Reason.SHORT),
        ("113", Reason.SHORT),
        ("09123456789", Reason.LONG),
        ("0912345678 0987654321", Reason.LONG),
        ("0" * 5000, Reason.LONG),
        ("8484468939", Reason.SHORT),
        ("0312345678", Reason.PREFIX),
        ("0123456789", Reason.SHORT),
        ("02413821982", Reason.PREFIX),
        ("01301234567", Reason.PREFIX),
        ("+", Reason.SIGNS),
        ("+49", Reason.FOREIGN),
        ("+999123456789", Reason.FOREIGN),
        ("+1 202 555 01", Reason.FOREIGN),
        ("00", Reason.FOREIGN),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(BadPhoneError) as refused:
        read_phone(text)
    assert (refused.value.code, refused.value.reason) == ("phones.bad_number", reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_says_what_to_do_in_both_languages(reason: Reason) -> None:
    words = BadPhoneError(reason).words
    assert words.vi.count(". ") == words.en.count(". ") >= 1


@pytest.mark.parametrize(
    ("text", "hidden", "shown"),
    [
        ("0912345678", "091•••678", "0912 345 678"),
        ("02573821982", "025•••982", "0257 3821 982"),
        ("028 3829 5678", "028•••678", "028 3829 5678"),
        ("1800 1234", "180•••34", "1800 1234"),
        ("1900 123456", "190•••456", "1900 123 456"),
        ("+290 4123", "+29•••23", "+290 4123"),
    ],
)
def test_number_is_shown_in_groups_and_hidden_in_lists(text: str, hidden: str, shown: str) -> None:
    found = read_phone(text)
    assert (masked(found), display(found)) == (hidden, shown)
