"""Columns hold what the protobuf library reads, and refuse what it refuses, in the same words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.engines.keymatch import KeyColumns, columns
from vungxanh.protocol import exports
from vungxanh.protocol.exports import messages
from vungxanh.refusals import RefusalError

END = 1_598_576_400
LATEST = END // 600
STARTS = st.one_of(st.integers(LATEST - 2100, LATEST), st.integers(0, LATEST))
KEYS = st.builds(
    exports.Key,
    st.binary(min_size=16, max_size=16),
    STARTS,
    st.one_of(st.just(144), st.integers(1, 144)),
    st.none() | st.integers(0, 8),
    st.none() | st.integers(0, 5),
    st.none() | st.integers(-14, 14),
)
HEADS = st.builds(
    exports.Head,
    st.just(1_598_572_800),
    st.sampled_from([END, 2**37]),
    st.sampled_from(["VN", ""]),
    st.just(1),
    st.just(1),
)
INFOS = st.lists(st.just(exports.SignatureInfo("452", "v1")), max_size=2).map(tuple)
EXPORTS = st.builds(
    exports.Export,
    HEADS,
    INFOS,
    st.lists(KEYS, max_size=12).map(tuple),
    st.lists(KEYS, max_size=3).map(tuple),
)
KEY = exports.Key(bytes(range(16)), LATEST - 144, 144, 2, 1, -3)
HEAD = exports.Head(1_598_572_800, END, "VN")


def body_of(*keys: exports.Key) -> bytes:
    return messages.body_of(exports.Export(HEAD, (), keys))


def entry(content: bytes) -> bytes:
    return (
        body_of(KEY) + bytes([0x3A, len(content)]) + content + body_of(KEY, KEY)[len(body_of()) :]
    )


def same(left: KeyColumns, right: KeyColumns) -> bool:
    return all(map(np.array_equal, left.parts(), right.parts()))


def plainly(body: bytes) -> KeyColumns:
    export = exports.parsed(body)
    return columns.columns_of([*export.keys, *export.revised])


def outcome(read: object, body: bytes) -> object:
    assert callable(read)
    try:
        return [column.tolist() for column in read(body).parts()]
    except RefusalError as refusal:
        return refusal.code, refusal.words, refusal.where


@pytest.mark.slow
@settings(max_examples=300)
@given(export=EXPORTS)
def test_columns_hold_what_the_library_reads(export: exports.Export) -> None:
    body = messages.body_of(export)
    assert same(columns.columns_in(body), plainly(body))


@pytest.mark.slow
@settings(max_examples=300)
@given(export=EXPORTS, at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_an_altered_byte_changes_both_alike(export: exports.Export, at: float, byte: int) -> None:
    body = bytearray(messages.body_of(export))
    body[int(at * len(body))] = byte
    assert outcome(columns.columns_in, bytes(body)) == outcome(plainly, bytes(body))


@pytest.mark.slow
def test_a_file_cut_at_any_byte_gives_both_the_same() -> None:
    body = body_of(KEY, KEY, KEY._replace(rolling_period=130))
    cuts = [body[:at] for at in range(len(body) + 1)]
    assert [outcome(columns.columns_in, cut) for cut in cuts] == [
        outcome(plainly, cut) for cut in cuts
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x0a\x0f" + bytes(15) + b"\x18\x80\xdc\xa1\x01",
        b"\x0a\x10" + bytes(16),
        b"\x0a\x10" + bytes(16) + b"\x0a\x10" + bytes(range(16)) + b"\x18\x80\xdc\xa1\x01",
        b"\x0a\x10" + bytes(16) + b"\x20\x00",
        b"\x0a\x10" + bytes(16) + b"\x20\x91\x01",
        b"\x0a\x10" + bytes(16) + b"\x20\x90\x01",
        b"\x0a\x10" + bytes(16) + b"\x20\x81\x00",
        b"\x0a\x10" + bytes(16) + b"\x10\x09",
        b"\x0a\x10" + bytes(16) + b"\x10\x85\x80\x00",
        b"\x0a\x10" + bytes(16) + b"\x28\x06",
        b"\x0a\x10" + bytes(16) + b"\x30\x1d",
        b"\x0a\x10" + bytes(16) + b"\x18\xff\xff\xff\xff\x0f",
        b"\x0a\x10" + bytes(16) + b"\x18" + b"\xff" * 9 + b"\x01",
        b"\x0a\x10" + bytes(16) + b"\x58\x07",
        b"\x0a\x10" + bytes(16) + b"\x12\x01\x07",
        b"\x0a\x10" + bytes(16) + b"\x18\x80",
        b"\x0a\x10" + bytes(8),
    ],
    ids=lambda content: content.hex()[:60] or "empty",
)
def test_an_unusual_entry_among_others_is_read_or_refused_as_by_the_library(content: bytes) -> None:
    body = entry(content)
    assert outcome(columns.columns_in, body) == outcome(plainly, body)


def test_a_key_after_the_end_of_its_file_is_refused_with_its_row() -> None:
    body = body_of(KEY, KEY._replace(rolling_start=LATEST + 1))
    with pytest.raises(RefusalError) as refused:
        columns.columns_in(body)
    assert refused.value.code == "protocol.future_key"


def test_keys_that_are_revised_follow_those_that_are_new() -> None:
    revised = KEY._replace(key=bytes(16), report_type=5)
    body = messages.body_of(exports.Export(HEAD, (), (KEY,), (revised,)))
    assert columns.columns_in(body).report_types.tolist() == [1, 5]
