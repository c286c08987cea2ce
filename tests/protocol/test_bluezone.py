"""Bluezone of 2020 to the bit, against traffic of the production app and worked examples."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.vectors import vectors
from vungxanh.protocol import bluezone
from vungxanh.protocol.refusals import ProtocolError

GIVEN = vectors("bluezone")
PHONES = GIVEN["field_vectors"]["vectors"]
SEEN = [(phone, seen) for phone in PHONES for seen in phone["observations"]]
WORKED = GIVEN["synthetic_vectors"]
DAYS = [
    (bytes.fromhex(one["base_id_hex"]), day)
    for one in WORKED.values()
    if isinstance(one, dict)
    for day in one.get("days", [])
]
HITS = GIVEN["matching_vector"]["hits"]
F0 = json.dumps(GIVEN["matching_vector"]["f0_json"])
KEY: dict[str, Any] = {
    "daily_key": "00" * 32,
    "time_start": 1_597_017_600,
    "max": 96,
    "time_end": 1_597_104_000,
}


@pytest.mark.parametrize(("phone", "seen"), SEEN, ids=lambda one: str(one.get("slot", "")))
def test_identifiers_seen_in_production(phone: dict[str, Any], seen: dict[str, Any]) -> None:
    second = seen["unix_ms"] // 1000
    n_days = (second - phone["base_day_start_unix"]) // bluezone.DAY_S
    key = bluezone.daily_key(bytes.fromhex(phone["base_id_hex"]), n_days)
    slot = bluezone.slot_of(second, phone["max_sub_keys_per_day"])
    found = bluezone.identifiers(key, phone["max_sub_keys_per_day"])[slot]
    assert (slot, found.hex()) == (seen["slot"], seen["bluezone_id_hex"].lower())


@pytest.mark.parametrize(("base", "day"), DAYS, ids=lambda one: str(one)[:24])
def test_days_worked_out(base: bytes, day: dict[str, Any]) -> None:
    key = bluezone.daily_key(base, day["day_index"])
    ids = bluezone.identifiers(key)
    assert key.hex() == day["daily_key_hex"]
    assert {at: ids[int(at)].hex() for at in day["ids"]} == day["ids"]


def test_fewer_slots_a_day_use_the_first_of_the_same_chain() -> None:
    key = bytes.fromhex(WORKED["max_48"]["base_id_hex"])
    ids = bluezone.identifiers(key, 48)
    given_ids = WORKED["max_48"]["ids_day0"]
    assert {at: ids[int(at)].hex() for at in given_ids} == given_ids
    assert ids == bluezone.identifiers(key)[:48]


@pytest.mark.parametrize("hit", HITS, ids=lambda hit: hit.get("why", "inside"))
def test_published_cases_hold_who_was_seen_in_their_slot(hit: dict[str, Any]) -> None:
    sent = [slot for case in bluezone.case_keys(F0) for slot in bluezone.slots_of(case)]
    at, seen = hit["seen_unix"] * 1000, bytes.fromhex(hit["contact_id_hex"])
    found = any(slot.id == seen and slot.begins_ms <= at <= slot.ends_ms for slot in sent)
    assert found is hit["match"]


def test_an_android_phone_advertises_23_bytes() -> None:
    payload = bluezone.android_advertisement(bytes(range(12)))
    assert payload.hex() == "0201020fffb522" + bytes(range(12)).hex() + "0303564e"
    assert len(payload) == 23


@given(st.binary(min_size=12, max_size=12))
def test_what_is_advertised_is_seen(identifier: bytes) -> None:
    payload = bluezone.android_advertisement(identifier)
    assert bluezone.identifier_in(payload) == identifier
    reordered = payload[:3] + payload[19:] + payload[3:19]
    assert bluezone.identifier_in(reordered) == identifier


@given(st.binary(max_size=80))
def test_what_comes_by_radio_is_seen_or_nothing(payload: bytes) -> None:
    found = bluezone.identifier_in(payload)
    assert found is None or found in payload
    assert bluezone.is_ios(payload) in {True, False}


def test_an_iphone_is_known_by_its_service() -> None:
    service = bytes.fromhex(bluezone.IOS_SERVICE.replace("-", ""))[::-1]
    name = bytes((9, 9)) + bluezone.NAME
    assert bluezone.is_ios(b"\x02\x01\x06" + b"\x11\x07" + service + name)
    assert not bluezone.is_ios(b"\x02\x01\x06" + name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"data": 5}',
        '{"data": [5]}',
        json.dumps({"data": [KEY | {"daily_key": "zz"}]}),
        json.dumps({"data": [KEY | {"daily_key": "00" * 31}]}),
        json.dumps({"data": [KEY | {"max": 0}]}),
        json.dumps({"data": [KEY | {"max": 96.5}]}),
        json.dumps({"data": [KEY | {"time_end": 2**50}]}),
        json.dumps({"data": [KEY | {"time_end": KEY["time_start"] - 1}]}),
        json.dumps({"data": [{name: KEY[name] for name in ("daily_key", "max", "time_end")}]}),
    ],
    ids=lambda text: text[:60],
)
def test_what_is_no_list_of_cases_is_refused(text: str) -> None:
    with pytest.raises(ProtocolError):
        bluezone.case_keys(text)


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"daily_key": "00" * 31}, "protocol.wrong_length", "data[1]"),
        ({"daily_key": "zz"}, "protocol.not_f0_keys", "data[1].daily_key"),
        ({"max": 0}, "protocol.out_of_bounds", "data[1]"),
        ({"max": 86_401}, "protocol.out_of_bounds", "data[1]"),
        ({"max": True}, "protocol.not_f0_keys", "data[1].max"),
        ({"time_end": 0}, "protocol.out_of_bounds", "data[1]"),
        ({"time_start": "0"}, "protocol.not_f0_keys", "data[1].time_start"),
    ],
)
def test_a_wrong_case_is_named_by_its_place(change: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(ProtocolError) as refusal:
        bluezone.case_keys(json.dumps({"data": [KEY, KEY | change]}))
    assert (refusal.value.code, refusal.value.where) == (code, where)


def test_the_published_list_is_written_as_given() -> None:
    cases = bluezone.case_keys(F0)
    assert json.loads(bluezone.case_keys_text(cases)) == json.loads(F0)
    assert bluezone.case_keys(bluezone.case_keys_text(cases)) == cases


def test_cases_with_more_slots_than_anyone_looks_through_are_refused() -> None:
    long = KEY | {"max": 86_400, "time_end": KEY["time_start"] + 190 * bluezone.DAY_S}
    assert len(bluezone.case_keys(json.dumps({"data": [long]}))) == 1
    with pytest.raises(ProtocolError) as refusal:
        bluezone.case_keys(json.dumps({"data": [long] * 2}))
    assert refusal.value.code == "protocol.too_many_slots"


@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ProtocolError):
        bluezone.case_keys(text)
