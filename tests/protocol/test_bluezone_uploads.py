"""What a case's phone uploaded: its history and its own key."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.vectors import vectors
from vungxanh.protocol import bluezone
from vungxanh.protocol.bluezone import HistoryLine, OwnKey
from vungxanh.protocol.refusals import ProtocolError

GIVEN = vectors("bluezone")["uploads"]
OWN, CONTACT = bytes.fromhex("490c085d937456a4dd07e710"), bytes.fromhex("cc4111fec540c346ec6a053f")
LINES = tuple(HistoryLine(OWN, CONTACT, row["rssi"], row["at_ms"]) for row in GIVEN["rows"])
LINE = GIVEN["history_of_an_iphone"].removesuffix("\n")
MIDNIGHT = 1_596_844_800
KEY: dict[str, Any] = json.loads(GIVEN["own_key_json"])

ids = st.binary(min_size=12, max_size=12)
lines = st.builds(HistoryLine, ids, ids, st.integers(-128, 127), st.integers(10**11, 10**14 - 1))


def test_a_history_is_written_and_read_as_given() -> None:
    assert bluezone.history_text(LINES) == GIVEN["history"]
    assert bluezone.history_in(GIVEN["history"]) == LINES


def test_seconds_of_an_iphone_are_seconds() -> None:
    (line,) = bluezone.history_in(GIVEN["history_of_an_iphone"])
    assert line == LINES[0]._replace(at_ms=1_596_844_801_000)


@settings(deadline=None)
@given(st.lists(lines, max_size=5))
def test_what_is_written_of_a_history_is_read(listed: list[HistoryLine]) -> None:
    assert bluezone.history_in(bluezone.history_text(listed)) == tuple(listed)


def test_small_letters_and_a_missing_last_line_end_are_read() -> None:
    assert bluezone.history_in(GIVEN["history"].removesuffix("\n").lower()) == LINES
    assert bluezone.history_in("") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        " " + LINE,
        LINE + "\t",
        LINE + "\r",
        LINE.replace("\t", " "),
        LINE[1:],
        LINE.replace("4", "G", 1),
        LINE.replace("-67", "-129"),
        LINE.replace("-67", "128"),
        LINE.replace("-67", "−67"),
        LINE.replace("-67", "-67.0"),
        LINE.replace("1596844801", "-1596844801"),
        LINE.replace("1596844801", "1" * 15),
        LINE.replace("1596844801", "99999999"),
        LINE.replace("1596844801", "１596844801"),
    ],
)
def test_a_line_that_is_no_sighting_is_named(wrong: str) -> None:
    with pytest.raises(ProtocolError) as refusal:
        bluezone.history_in(f"{LINE}\n{wrong}\n{LINE}\n")
    assert (refusal.value.code, refusal.value.where) == ("protocol.not_history", "line 2")


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (LINES[0]._replace(own_id=OWN[:11]), "protocol.wrong_length", "own_id"),
        (LINES[0]._replace(contact_id=b""), "protocol.wrong_length", "contact_id"),
        (LINES[0]._replace(rssi=128), "protocol.out_of_bounds", "rssi"),
        (LINES[0]._replace(at_ms=1), "protocol.out_of_bounds", "timestamp"),
    ],
)
def test_a_line_that_could_not_be_read_is_not_written(
    line: HistoryLine, code: str, field: str
) -> None:
    with pytest.raises(ProtocolError) as refusal:
        bluezone.history_text([LINES[0], line])
    found = refusal.value
    assert (found.code, found.field, found.where) == (code, field, "line 2")


def test_a_phone_gives_its_own_key_as_given() -> None:
    key = bluezone.own_key(bytes(32), MIDNIGHT + 4000, at=GIVEN["uploaded_unix"])
    assert bluezone.own_key_text(key) == GIVEN["own_key_json"]
    assert bluezone.own_key_in(GIVEN["own_key_json"]) == key


@pytest.mark.parametrize(("days_old", "n_days"), [(0, 0), (13, 0), (14, 0), (15, 1), (20, 6)])
def test_the_key_is_of_a_fortnight_ago_or_the_first(days_old: int, n_days: int) -> None:
    found = bluezone.own_key(bytes(32), MIDNIGHT, at=MIDNIGHT + days_old * bluezone.DAY_S + 5)
    assert found.daily_key == bluezone.daily_key(bytes(32), n_days)
    assert found.key_begins == MIDNIGHT + n_days * bluezone.DAY_S


def test_the_key_given_makes_the_identifiers_of_the_fortnight() -> None:
    key = bluezone.own_key_in(GIVEN["own_key_json"])
    case = bluezone.CaseKey(key.daily_key, key.key_begins, key.key_begins, 96)
    assert next(bluezone.slots_of(case)).id == bluezone.identifiers(key.daily_key)[0]


@settings(deadline=None)
@given(st.binary(min_size=32, max_size=32), st.integers(0, 2000), st.integers(0, 60))
def test_what_is_written_of_a_key_is_read(base: bytes, days: int, more: int) -> None:
    begins = days * bluezone.DAY_S
    key = bluezone.own_key(base, begins, at=begins + more * bluezone.DAY_S)
    assert bluezone.own_key_in(bluezone.own_key_text(key)) == key


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("", "protocol.not_own_key", "InfoF"),
        ("[]", "protocol.not_own_key", "InfoF"),
        ("[" * 100_000, "protocol.not_own_key", "InfoF"),
        ("1" * 10_000, "protocol.not_own_key", "InfoF"),
        ("{}", "protocol.not_own_key", "base_id"),
        (json.dumps(KEY | {"base_id": "zz"}), "protocol.not_own_key", "base_id"),
        (json.dumps(KEY | {"base_id": "00" * 31}), "protocol.wrong_length", "base_id"),
        (json.dumps(KEY | {"base_id": "01" * 32}), "protocol.not_own_key", "daily_key"),
        (json.dumps(KEY | {"daily_key": "00" * 32}), "protocol.not_own_key", "daily_key"),
        (json.dumps(KEY | {"time": "0"}), "protocol.not_own_key", "time"),
        (json.dumps(KEY | {"time": True}), "protocol.not_own_key", "time"),
        (json.dumps(KEY | {"time": 1.5}), "protocol.not_own_key", "time"),
        (json.dumps(KEY | {"time": KEY["time"] + 1}), "protocol.not_own_key", "time"),
        (json.dumps(KEY | {"time": -bluezone.DAY_S}), "protocol.not_own_key", "time"),
        (json.dumps(KEY | {"time_start": 10**12}), "protocol.not_own_key", "time_start"),
        (json.dumps(KEY | {"time_start": 99_999_964_800}), "protocol.not_own_key", "daily_key"),
        (json.dumps(KEY | {"time_start": 0}), "protocol.not_own_key", "daily_key"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_is_no_own_key_is_refused(text: str, code: str, field: str) -> None:
    with pytest.raises(ProtocolError) as refusal:
        bluezone.own_key_in(text)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_phone_older_than_any_is_refused() -> None:
    with pytest.raises(ProtocolError) as refusal:
        bluezone.own_key(bytes(32), 0, at=5000 * bluezone.DAY_S)
    assert refusal.value.code == "protocol.out_of_bounds"


def test_a_base_of_another_length_is_refused() -> None:
    with pytest.raises(ProtocolError) as refusal:
        bluezone.own_key(bytes(31), MIDNIGHT, at=MIDNIGHT)
    assert refusal.value.code == "protocol.wrong_length"
    assert OwnKey(bytes(32), 0, bytes(32), 0) == bluezone.own_key(bytes(32), 0, at=0)
