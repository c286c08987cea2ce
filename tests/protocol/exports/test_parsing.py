"""`export.bin` as it is read: what holds, what is skipped, and each byte that is refused."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.exports.samples import (
    DAY,
    HEAD,
    KEY,
    LATER,
    body,
    fixed,
    held,
    key_lists,
    outcome,
    whole,
)
from vungxanh.protocol.exports import HEADER, ExportError, Head, Key, parsed
from vungxanh.protocol.gaen import PERIOD

TIMES = fixed(1, HEAD.start) + fixed(2, HEAD.end)
PLAIN = held(1, KEY.key) + whole(3, DAY)
WHOLE = body(KEY, LATER)


def keys_in(content: bytes) -> tuple[Key, ...]:
    """The keys of a message without its header."""
    return parsed(HEADER + content).keys


def refusal_of(content: bytes) -> tuple[str, str | None, str | None]:
    """Code, field and place by which a message is refused."""
    with pytest.raises(ExportError) as refusal:
        parsed(HEADER + content)
    return refusal.value.code, refusal.value.field, refusal.value.where


def test_what_a_file_does_not_say() -> None:
    found = parsed(HEADER)
    assert found.head == Head(0, 0, "", 1, 1)
    assert (found.infos, found.keys, found.revised) == ((), (), ())


def test_a_key_that_says_nothing_but_itself() -> None:
    assert keys_in(held(7, held(1, KEY.key))) == (Key(KEY.key, 0, PERIOD, None, None, None),)


def test_fields_that_the_format_does_not_name_are_skipped() -> None:
    odd = whole(99, 1) + held(98, b"x") + fixed(97, 1) + b"\x35abcd" + b"\x4b\x08\x01\x4c"
    assert keys_in(odd + TIMES + held(7, odd.replace(b"\x35", b"\x3d") + PLAIN)) == (
        Key(KEY.key, DAY),
    )


def test_a_field_of_another_wire_type_is_not_the_field() -> None:
    assert keys_in(whole(7, 1) + TIMES + held(7, PLAIN + held(4, b"\x01"))) == (Key(KEY.key, DAY),)
    assert refusal_of(held(7, whole(1, 1) + whole(3, DAY)))[1] == "key"


def test_of_a_field_given_twice_the_last_holds() -> None:
    twice = held(7, held(1, LATER.key) + whole(3, 1) + PLAIN + whole(4, 5) + whole(4, 6))
    assert keys_in(TIMES + twice + held(3, b"A") + held(3, b"B")) == (Key(KEY.key, DAY, 6),)
    assert parsed(HEADER + held(3, b"A") + held(3, b"B")).head.region == "B"


def test_fields_come_in_any_order() -> None:
    later_head = held(7, whole(3, DAY) + held(1, KEY.key)) + fixed(2, HEAD.end)
    assert keys_in(later_head) == (Key(KEY.key, DAY),)


def test_numbers_of_padded_bytes_are_read() -> None:
    assert keys_in(held(7, held(1, KEY.key) + b"\x18\x85\x80\x80\x00")) == (Key(KEY.key, 5),)


def test_a_body_cut_off_is_refused_or_a_shorter_body() -> None:
    whole_ones = [16, *(len(body(*listed)) for listed in ((), (KEY,), (KEY, LATER)))]
    cut = {n: outcome(partial(parsed, WHOLE[:n])) for n in range(len(WHOLE) + 1)}
    assert {cut[n] for n in whole_ones} == {""}
    assert {cut[n] for n in range(16)} == {"protocol.export_header"}
    inside = {n for n in cut if n > whole_ones[1]} - set(whole_ones)
    assert {cut[n] for n in inside} == {"protocol.export_torn"}
    assert set(cut.values()) <= {
        *("", "protocol.export_header", "protocol.export_torn", "protocol.export_head"),
    }


def test_a_key_cut_off_is_named() -> None:
    bodies = [HEADER + TIMES + held(7, PLAIN) + held(7, PLAIN[:n]) for n in range(1, len(PLAIN))]
    said = [outcome(partial(parsed, one)) for one in bodies]
    assert len(said) - said.count("protocol.export_torn") == 1  # between its two fields
    assert refusal_of(bodies[4].removeprefix(HEADER))[1:] == ("export.bin", "keys, row 2")


@pytest.mark.parametrize(
    ("number", "field"),
    [
        (whole(2, 9), "transmission_risk"),
        (whole(2, -1), "transmission_risk"),
        (whole(2, 2**32), "transmission_risk"),
        (whole(3, -1), "rolling_start"),
        (whole(3, 2**32 - 143), "rolling_start"),
        (whole(3, 2**63), "rolling_start"),
        (whole(4, 0), "rolling_period"),
        (whole(4, 145), "rolling_period"),
        (whole(4, -1), "rolling_period"),
        (whole(4, 2**32 + 144), "rolling_period"),
        (whole(5, 6), "report_type"),
        (whole(5, -1), "report_type"),
        (whole(5, 2**32 + 1), "report_type"),
        (whole(6, 29), "days_since_onset"),
        (whole(6, 30), "days_since_onset"),
        (whole(6, 2**64 - 1), "days_since_onset"),
        (held(1, KEY.key[:15]), "key"),
        (held(1, KEY.key + b"0"), "key"),
        (held(1, b""), "key"),
    ],
)
def test_a_number_outside_its_bounds_is_refused_with_its_row(number: bytes, field: str) -> None:
    good, wrong = held(7, PLAIN), PLAIN + number
    expected = ("protocol.export_key", field)
    assert refusal_of(good + good + held(7, wrong)) == (*expected, "keys, row 3")
    assert refusal_of(held(8, wrong) + good) == (*expected, "revised_keys, row 1")


@pytest.mark.parametrize(
    "number",
    [
        *(whole(2, risk) for risk in range(9)),
        *(whole(5, kind) for kind in range(6)),
        *(whole(6, zigzag) for zigzag in range(29)),
        whole(4, 1),
        whole(4, 144),
        whole(3, 0),
        whole(3, 2**32 - 144),
    ],
)
def test_numbers_within_their_bounds_are_read(number: bytes) -> None:
    assert len(keys_in(held(7, PLAIN + number))) == 1


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (fixed(1, 2), "end_timestamp"),
        (fixed(1, 2**64 - 1) + fixed(2, 2**64 - 1), "start_timestamp"),
        (fixed(2, 2**63), "end_timestamp"),
        (whole(4, 2), "batch_num"),
        (whole(4, 0), "batch_num"),
        (whole(5, 0), "batch_size"),
        (whole(4, -1) + whole(5, 3), "batch_num"),
        (whole(5, 2**31), "batch_size"),
    ],
)
def test_a_head_that_cannot_be_is_refused(head: bytes, field: str) -> None:
    assert refusal_of(head) == ("protocol.export_head", field, None)


@pytest.mark.parametrize(
    "content", [held(3, b"\xff"), held(6, held(3, b"\xc3")), held(6, b"\x1a"), b"\x00", b"\x07"]
)
def test_what_is_no_message_is_refused(content: bytes) -> None:
    assert refusal_of(content)[0] == "protocol.export_torn"


def test_a_key_begins_at_the_latest_when_its_file_ends() -> None:
    last = LATER._replace(rolling_start=HEAD.end // 600)
    assert parsed(body(last)).keys == (last,)
    one_more = last._replace(rolling_start=last.rolling_start + 1)
    assert refusal_of(body(last, one_more)[16:]) == (
        "protocol.future_key",
        "rolling_start",
        "keys, row 2",
    )


def test_a_file_that_does_not_say_its_end_holds_keys_of_any_time() -> None:
    assert keys_in(held(7, held(1, KEY.key) + whole(3, 2**32 - 144)))[0].rolling_start > DAY


LARGE = held(15, bytes(2**16))
SMALL = b"\x3a\x00"


@pytest.mark.parametrize(
    "before",
    [
        b"",
        TIMES,
        held(3, b"VN") + whole(4, 1) + whole(5, 1),
        whole(99, 2**63) + b"\xbd\x06abcd" + fixed(97, 1),
        b"\x4b\x08\x01\x53\x54\x4c",
        b"\xba\x00\x80\x00" + held(7, bytes(200)),
        LARGE,
    ],
)
@pytest.mark.parametrize(
    "small", [SMALL, b"\x42\x01\x00", b"\x32\x00", whole(9, 1), b"\xba\x00\x00"]
)
def test_a_crowd_of_small_fields_is_refused_before_it_takes_room(
    before: bytes, small: bytes
) -> None:
    crowd = before + LARGE + small * 10_001
    assert refusal_of(crowd) == ("protocol.export_torn", "export.bin", None)


def test_small_fields_of_a_small_body_are_refused_as_keys() -> None:
    assert refusal_of(SMALL * 10_001) == ("protocol.export_key", "key", "keys, row 1")
    assert refusal_of(LARGE + SMALL * 9_000) == ("protocol.export_key", "key", "keys, row 1")


@pytest.mark.parametrize(
    "torn", [b"\x3a", b"\x07", b"\xff" * 12, b"\x7a\xff\xff\xff\xff\x7f", b"\x08"]
)
def test_a_large_body_torn_at_its_end_is_refused(torn: bytes) -> None:
    assert refusal_of(LARGE + torn) == ("protocol.export_torn", "export.bin", None)


def test_a_large_body_of_whole_keys_is_read() -> None:
    listed = [KEY._replace(key=n.to_bytes(16, "big")) for n in range(4000)]
    content = body(*listed)
    assert len(content) > 2**16
    assert list(parsed(content).keys) == listed


def test_the_first_wrong_key_is_the_one_named() -> None:
    wrong = KEY._replace(rolling_period=0), KEY._replace(key=b"")
    assert refusal_of(body(KEY, *wrong)[16:])[1:] == ("rolling_period", "keys, row 2")


@pytest.mark.slow
@settings(deadline=None)
@given(key_lists, st.binary(max_size=40))
def test_what_follows_a_body_is_read_or_refused_and_takes_nothing_away(
    listed: list[Key], more: bytes
) -> None:
    content = body(*listed) + more
    said = outcome(lambda: parsed(content))
    assert said.startswith(("protocol.export_", "protocol.future_")) or (
        parsed(content).keys[: len(listed)] == tuple(listed)
    )
