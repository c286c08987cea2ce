"""Quiet hours, words by SMS, numbers, places of templates."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.config.outgoing import outgoing
from vungxanh.config.variables import VariableError
from vungxanh.core.clock import TZ
from vungxanh.messaging.gateways.smpp_pdus import phone as smpp_phone
from vungxanh.messaging.rules.hours import read_quiet
from vungxanh.messaging.rules.numbers import e164
from vungxanh.messaging.rules.wording import filled, missing
from vungxanh.messaging.rules.words import Asked, Verb, read_sms
from vungxanh.messaging.values import BadTemplateError, read_templates

NIGHT = read_quiet("21:00-07:00", TZ)
YEAR = st.timedeltas(timedelta(0), timedelta(days=365))
MOMENTS = YEAR.map(lambda since: datetime(2026, 1, 1, tzinfo=UTC) + since)
WHOLE = """
["test.one"]
version = 1
grade = "ordinary"
name = {{ vi = "Một", en = "One" }}
examples = {{ code = "1" }}
sms = {{ {sms} }}
"""


@pytest.mark.parametrize(
    ("clock", "is_quiet"),
    [("20:59", False), ("21:00", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_night_is_from_nine_until_before_seven(clock: str, is_quiet: bool) -> None:
    at = datetime.fromisoformat(f"2026-11-22T{clock}:00+07:00")
    assert NIGHT.holds(at) is is_quiet


@given(MOMENTS)
def test_what_is_put_off_leaves_at_seven_within_ten_hours(at: datetime) -> None:
    awake = NIGHT.awake(at)
    assert not NIGHT.holds(awake)
    assert timedelta(0) <= awake - at <= timedelta(hours=10)
    assert (awake == at) is not NIGHT.holds(at)


def test_night_may_be_none_or_within_a_day() -> None:
    noon = datetime(2026, 11, 22, 5, tzinfo=UTC)
    assert not read_quiet("none", TZ).holds(noon)
    assert read_quiet("11:00-13:00", TZ).awake(noon) == noon + timedelta(hours=1)
    assert read_quiet("none", TZ).next_day(noon) == noon + timedelta(hours=12)
    assert NIGHT.next_day(noon) == noon + timedelta(hours=19)


@pytest.mark.parametrize("said", ["21", "21:00", "21:00-25:00", "a:b-c:d", "21:00-:", "-"])
def test_hours_that_are_none_are_refused_at_the_start(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VUNGXANH_QUIET_HOURS", said)
    with pytest.raises(VariableError, match="VUNGXANH_QUIET_HOURS"):
        outgoing()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("VAO QN0123", Asked(Verb.IN, "QN0123")),
        ("vào qn-0123", Asked(Verb.IN, "QN0123")),
        ("  Vao:  QN 01 23 ", Asked(Verb.IN, "QN0123")),
        ("VAO123456", Asked(Verb.IN, "123456")),
        ("RA QN0123.", Asked(Verb.OUT, "QN0123")),
        ("ra 123456789012", Asked(Verb.OUT, "123456789012")),
        ("STOP", Asked(Verb.STOP)),
        ("Từ chối!", Asked(Verb.STOP)),
        ("mở  lại", Asked(Verb.START)),
        ("VAO", Asked(Verb.UNKNOWN)),
        ("VAO 123", Asked(Verb.UNKNOWN)),
        ("VAO 1234567890123", Asked(Verb.UNKNOWN)),
        ("RAT VUI", Asked(Verb.UNKNOWN)),
        ("stop it now", Asked(Verb.UNKNOWN)),
        ("", Asked(Verb.UNKNOWN)),
        ("VAO " + "1" * 100, Asked(Verb.UNKNOWN)),
    ],
)
def test_words_by_sms_are_read_tolerantly(text: str, asked: Asked) -> None:
    assert read_sms(text) == asked


@given(st.text())
def test_no_sms_breaks_the_reading(text: str) -> None:
    found = read_sms(text)
    assert (found.code != "") is (found.verb in {Verb.IN, Verb.OUT})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0900 000 001", "+84900000001"),
        ("84900000001", "+84900000001"),
        ("+84 (900) 000-001", "+84900000001"),
        ("0084900000001", "+84900000001"),
        ("+1 202 555 0100", "+12025550100"),
        ("", ""),
        ("113", ""),
        ("ai@do.example", ""),
        ("٠٩٠٠٠٠٠٠٠١", ""),
        ("912345678", "+84912345678"),
        ("844689393", "+84844689393"),
        ("0168 812 3456", "+84388123456"),
        ("912345678.0", "+84912345678"),
        ("0912345678.0", ""),
        ("０９１２ 345 678", "+84912345678"),
        ("0912–345–678", "+84912345678"),
        ("19009095", ""),
        ("+841688123456", "+84388123456"),
        ("0951234567", ""),
    ],
)
def test_numbers_are_those_of_the_world(text: str, number: str) -> None:
    assert e164(text) == number


@pytest.mark.parametrize(
    ("address", "kind", "number"),
    [
        ("84912345678", 1, "+84912345678"),
        ("+84912345678", 0, "+84912345678"),
        ("0912345678", 2, "+84912345678"),
        ("0912345678", 1, "+84912345678"),
        ("912345678", 2, "+84912345678"),
        ("844689393", 2, "+84844689393"),
        ("844689393", 1, "+84844689393"),
        ("12025550100", 1, "+12025550100"),
        ("12025550100", 2, ""),
        ("Viettel", 5, ""),
        ("8079", 3, ""),
        ("19009095", 2, ""),
    ],
)
def test_addresses_of_servers_are_the_same_numbers(address: str, kind: int, number: str) -> None:
    assert smpp_phone(address, kind) == number


def test_values_cannot_add_lines_or_places() -> None:
    said = {"name": "An\n\rGọi {code}\u200b" + "x" * 500}
    text = filled("Chào {name}.", said)
    assert "\n" not in text
    assert "{code}" in text
    assert len(text) < 180
    assert missing("{a} {b}", {"a": " ", "b": "1"}) == ("a",)


@pytest.mark.parametrize(
    ("texts", "code", "place"),
    [
        ('vi = "Mã {code}"', "messaging.template_empty", "sms.en"),
        ('vi = "Mã {code}", en = " "', "messaging.template_empty", "sms.en"),
        ('vi = "Mã {coed}", en = "x"', "messaging.unknown_place", "sms.vi"),
        ('vi = "Mã {code", en = "x"', "messaging.unknown_place", "sms.vi"),
        ('vi = "' + "x" * 1001 + '", en = "x"', "messaging.template_too_long", "sms.vi"),
    ],
    ids=["one language", "empty", "unknown place", "open brace", "too long"],
)
def test_template_that_cannot_be_used_is_refused(texts: str, code: str, place: str) -> None:
    with pytest.raises(BadTemplateError) as refused:
        read_templates(WHOLE.format(sms=texts))
    assert (refused.value.code, refused.value.field) == (code, place)
