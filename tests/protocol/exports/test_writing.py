"""Export files as they are written: each byte, always alike, nobody's order told."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.exports.samples import (
    DAY,
    HEAD,
    KEY,
    LATER,
    OTHER,
    SIGNER,
    fixed,
    heads,
    held,
    key_lists,
    whole,
)
from vungxanh.protocol.exports import (
    HEADER,
    Export,
    ExportError,
    Head,
    Key,
    SignatureInfo,
    Signer,
    opened,
    parsed,
    written,
)
from vungxanh.protocol.exports.archives import LIMITS
from vungxanh.protocol.exports.messages import signature_list, signatures_in

INFO = held(3, b"v1") + held(4, b"452") + held(5, b"1.2.840.10045.4.3.2")


def test_a_body_is_laid_out_as_the_format_says() -> None:
    by_hand = (
        b"EK Export v1    "
        + fixed(1, HEAD.start)
        + fixed(2, HEAD.end)
        + held(3, b"VN")
        + whole(4, 1)
        + whole(5, 1)
        + held(6, INFO)
        + held(7, held(1, KEY.key) + whole(2, 4) + whole(3, DAY) + whole(5, 1) + whole(6, 4))
        + held(8, held(1, LATER.key) + whole(3, DAY - 144) + whole(4, 143))
    )
    assert opened(written(HEAD, [KEY], [SIGNER], revised=[LATER])).body == by_hand
    assert len(HEADER) == 16


def test_a_signature_list_is_laid_out_as_the_format_says() -> None:
    (one,) = opened(written(HEAD, [KEY], [SIGNER])).signatures
    by_hand = held(1, held(1, INFO) + whole(2, 1) + whole(3, 1) + held(4, one.signature))
    assert signature_list([one]) == by_hand
    assert one.of == SignatureInfo("452", "v1")


@pytest.mark.parametrize(("days", "byte"), [(0, 0), (-1, 1), (1, 2), (-14, 27), (14, 28)])
def test_days_since_onset_zigzag(days: int, byte: int) -> None:
    content = written(HEAD, [KEY._replace(days_since_onset=days)], [SIGNER])
    assert opened(content).body.endswith(bytes([6 << 3, byte]))


def test_zero_is_said_and_unknown_is_left_out() -> None:
    zero = opened(written(HEAD, [Key(KEY.key, DAY, 144, 0, 0, 0)], [SIGNER])).body
    unknown = opened(written(HEAD, [Key(KEY.key, DAY)], [SIGNER])).body
    assert len(zero) - len(unknown) == 6
    assert parsed(unknown).keys == (Key(KEY.key, DAY, 144, None, None, None),)


@pytest.mark.slow
@settings(deadline=None)
@given(heads, key_lists, key_lists)
def test_what_is_written_is_read(head: Head, listed: list[Key], revised: list[Key]) -> None:
    found = parsed(opened(written(head, listed, [SIGNER, OTHER], revised=revised)).body)
    ordered = (tuple(sorted(keys, key=lambda key: key.key)) for keys in (listed, revised))
    assert found == Export(head, (SIGNER.signs_as, OTHER.signs_as), *ordered)


@pytest.mark.slow
@settings(deadline=None)
@given(st.permutations([KEY._replace(key=bytes([n]) * 16) for n in range(5)]))
def test_the_order_of_rows_leaves_no_trace(listed: list[Key]) -> None:
    ordered = [KEY._replace(key=bytes([n]) * 16) for n in range(5)]
    assert opened(written(HEAD, listed, [SIGNER])).body == (
        opened(written(HEAD, ordered, [SIGNER])).body
    )


def test_the_container_tells_no_time_and_packs_both_members() -> None:
    with zipfile.ZipFile(BytesIO(written(HEAD, [KEY], [SIGNER]))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["export.bin", "export.sig"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}


def test_a_file_without_keys_is_a_file() -> None:
    assert parsed(opened(written(HEAD, [], [SIGNER])).body).keys == ()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (KEY._replace(key=bytes(15)), "protocol.export_key", "key"),
        (KEY._replace(key=b""), "protocol.export_key", "key"),
        (KEY._replace(rolling_period=0), "protocol.export_key", "rolling_period"),
        (KEY._replace(rolling_period=145), "protocol.export_key", "rolling_period"),
        (KEY._replace(rolling_start=-1), "protocol.export_key", "rolling_start"),
        (KEY._replace(rolling_start=2**32), "protocol.export_key", "rolling_start"),
        (KEY._replace(transmission_risk=9), "protocol.export_key", "transmission_risk"),
        (KEY._replace(transmission_risk=-1), "protocol.export_key", "transmission_risk"),
        (KEY._replace(report_type=6), "protocol.export_key", "report_type"),
        (KEY._replace(days_since_onset=15), "protocol.export_key", "days_since_onset"),
        (KEY._replace(days_since_onset=-15), "protocol.export_key", "days_since_onset"),
        (KEY._replace(rolling_start=DAY + 145), "protocol.future_key", "rolling_start"),
        (LATER, "protocol.key_twice", "key"),
    ],
)
def test_a_wrong_key_is_named_by_the_row_it_was_given_in(wrong: Key, code: str, field: str) -> None:
    first = LATER._replace(key=b"\xff" * 16)
    for listed, revised, where in (
        ([first, LATER, wrong], [], "keys, row 3"),
        ([KEY], [first, LATER, wrong], "revised_keys, row 3"),
    ):
        with pytest.raises(ExportError) as refusal:
            written(HEAD, listed, [SIGNER], revised=revised)
        found = refusal.value
        assert (found.code, found.field, found.where) == (code, field, where)


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (HEAD._replace(start=-1), "start_timestamp"),
        (HEAD._replace(end=HEAD.start - 1), "end_timestamp"),
        (HEAD._replace(end=2**64), "end_timestamp"),
        (HEAD._replace(batch_num=0), "batch_num"),
        (HEAD._replace(batch_num=2), "batch_num"),
        (HEAD._replace(batch_size=0), "batch_size"),
        (HEAD._replace(batch_num=1, batch_size=2**31), "batch_size"),
    ],
)
def test_a_head_that_cannot_be_is_refused(head: Head, field: str) -> None:
    with pytest.raises(ExportError) as refusal:
        written(head, [], [SIGNER])
    assert (refusal.value.code, refusal.value.field) == ("protocol.export_head", field)


@pytest.mark.parametrize(
    ("head", "version", "field"),
    [
        (HEAD._replace(region="V\udcff"), "v1", "region"),
        (HEAD, "v\udcff", "verification_key_version"),
    ],
)
def test_bytes_of_another_encoding_are_refused(head: Head, version: str, field: str) -> None:
    with pytest.raises(ExportError) as refusal:
        written(head, [KEY], [Signer(SIGNER.key, "452", version)])
    assert (refusal.value.code, refusal.value.field) == ("protocol.export_text", field)


def test_a_file_that_nobody_would_open_is_not_written() -> None:
    with pytest.raises(ExportError) as refusal:
        written(HEAD._replace(region="V" * LIMITS["export.bin"]), [KEY], [SIGNER])
    assert refusal.value.code == "protocol.export_too_large"


def test_nobody_to_sign_is_refused() -> None:
    with pytest.raises(ExportError) as refusal:
        written(HEAD, [KEY], [])
    assert refusal.value.code == "protocol.unsigned"


def test_files_of_an_older_batch_keep_their_number() -> None:
    found = opened(written(HEAD._replace(batch_num=2, batch_size=3), [KEY], [SIGNER]))
    assert parsed(found.body).head.batch_num == 2
    (one,) = signatures_in(signature_list(found.signatures))
    assert (one.batch_num, one.batch_size) == (2, 3)


def test_how_far_writing_is_gets_told_and_may_end_it() -> None:
    keys = [Key(n.to_bytes(16, "big"), DAY) for n in range(2500)]
    told: list[tuple[int, int]] = []
    content = written(HEAD, keys, [SIGNER], progress=lambda *done: told.append(done))
    assert told == [(0, 2500), (1000, 2500), (2000, 2500)]
    assert opened(content).body == opened(written(HEAD, keys, [SIGNER])).body

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        written(HEAD, keys, [SIGNER], progress=stop)
