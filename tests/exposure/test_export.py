"""`exposure export`: keys of cases as a file that phones, and `verify`, take."""

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from tests.exposure.files import (
    KEYS_HEAD,
    OTHER,
    START,
    TEK,
    private_pem,
    public_base64,
    refusal,
    run,
    written,
)
from vungxanh.exposure import rules
from vungxanh.exposure.gateways.key_files import rows_to_publish
from vungxanh.protocol import exports
from vungxanh.protocol.exports import Head, Key

ROW = f"{TEK.hex()},{START},144,3,1,-2\n"
FREE_AT = (START + 144 + 12) * 600


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return written(tmp_path / "khoa.csv", KEYS_HEAD + ROW)


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return written(tmp_path / "ky.pem", private_pem())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "khoa.zip"


def asked(keys: Path, pem: Path, out: Path, *, now: int = FREE_AT) -> tuple[object, ...]:
    files = ("--keys", keys, "--signing-key", pem, "--out", out)
    return ("export", *files, "--region", "VN", "--now", now)


def parsed(out: Path) -> exports.Export:
    return exports.parsed(exports.opened(out.read_bytes()).body)


def test_what_is_exported_verifies_and_holds_the_keys(keys: Path, pem: Path, out: Path) -> None:
    ended = run(*asked(keys, pem, out))
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout == f"Đã ghi {out}: 1 khóa\n"
    assert run("verify", out, "--public-key", public_base64()).exit_code == 0
    export = parsed(out)
    assert export.head == Head(FREE_AT - 86_400, FREE_AT, "VN")
    assert export.keys == (Key(TEK, START, 144, 3, 1, -2),)
    assert export.infos == (exports.SignatureInfo("452", "v1"),)


def test_numbers_that_are_not_known_are_left_out(tmp_path: Path, pem: Path, out: Path) -> None:
    content = KEYS_HEAD + f"{TEK.hex().upper()},{START},7,,,\n"
    assert run(*asked(written(tmp_path / "a.csv", content), pem, out)).exit_code == 0
    assert parsed(out).keys == (Key(TEK, START, 7),)
    short = f"\ufeffrolling_start;rolling_period;key\r\n{START};7;{TEK.hex()}\r\n"
    assert run(*asked(written(tmp_path / "b.csv", short), pem, out)).exit_code == 0
    assert parsed(out).keys == (Key(TEK, START, 7),)


def test_times_names_and_several_signers_are_as_said(
    tmp_path: Path, keys: Path, pem: Path, out: Path
) -> None:
    second = written(tmp_path / "ky2.pem", private_pem(OTHER))
    more = ("--signing-key", second, "--key-id", "452", "--start", START * 600, "--json")
    times = ("--end", "2020-04-03T00:00:00+07:00")
    ended = run(*asked(keys, pem, out), *more, *times)
    assert json.loads(ended.stdout) == {
        "keys": 1,
        "region": "VN",
        "start": START * 600,
        "end": 1_585_846_800,
        "signers": [
            {"key_id": "452", "key_version": "v1"},
            {"key_id": "452", "key_version": "v2"},
        ],
        "out": str(out),
    }
    assert run("verify", out, "--public-key", public_base64()).exit_code == 1
    both = ("--public-key", public_base64(), "--public-key", public_base64(OTHER))
    assert run("verify", out, *both).exit_code == 0


@pytest.mark.parametrize(
    "names",
    [
        ("--key-id", "452", "--key-id", "84", "--key-id", "85"),
        ("--key-version", "v1"),
        ("--key-version", "v1", "--key-version", "v1"),
    ],
)
def test_signers_are_told_apart_by_their_names(
    keys: Path, pem: Path, out: Path, names: tuple[str, ...]
) -> None:
    assert run(*asked(keys, pem, out), "--signing-key", pem, *names).exit_code == 2
    assert not out.exists()


def test_a_file_that_is_replaced_is_said(keys: Path, pem: Path, out: Path) -> None:
    written(out, "cũ")
    ended = run(*asked(keys, pem, out), "--lang", "en")
    assert ended.stderr == f"Replacing {out}, which was there\n"
    assert len(parsed(out).keys) == 1
    assert {path.name for path in out.parent.iterdir()} == {"khoa.csv", "ky.pem", "khoa.zip"}
    assert stat.S_IMODE(out.stat().st_mode) == 0o644


def test_a_key_that_phones_still_accept_is_not_published(keys: Path, pem: Path, out: Path) -> None:
    refused = refusal(*asked(keys, pem, out, now=FREE_AT - 1))
    assert (refused.code, refused.where) == ("exposure.embargo", "1")
    assert "công bố từ 09:00 ngày 03/4/2020 (1585879200)" in refused.words.vi
    assert not out.exists()
    assert rules.publishable_at(START, 144) == FREE_AT == 1_585_879_200


def test_by_default_it_is_now(tmp_path: Path, pem: Path, out: Path) -> None:
    future = written(tmp_path / "mai.csv", KEYS_HEAD + f"{TEK.hex()},4000000,144,,,\n")
    files = ("--keys", future, "--signing-key", pem, "--out", out)
    assert refusal("export", *files, "--region", "VN").code == "exposure.embargo"


def test_a_key_that_begins_after_the_file_ends_is_refused(keys: Path, pem: Path, out: Path) -> None:
    refused = refusal(*asked(keys, pem, out), "--end", START * 600 - 1)
    assert refused.code == "protocol.future_key"


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (f"{TEK.hex()[:-2]},{START},144,,,", "protocol.export_key", "key"),
        (f"{TEK.hex()[:-1]},{START},144,,,", "exposure.not_hex", "key"),
        (f"{TEK.hex()[:-2]}zz,{START},144,,,", "exposure.not_hex", "key"),
        (f"{TEK.hex()},{START},0,,,", "protocol.export_key", "rolling_period"),
        (f"{TEK.hex()},{START},145,,,", "protocol.export_key", "rolling_period"),
        (f"{TEK.hex()},-1,144,,,", "protocol.export_key", "rolling_start"),
        (f"{TEK.hex()},{2**32},144,,,", "protocol.export_key", "rolling_start"),
        (f"{TEK.hex()},{START},,,,", "exposure.not_a_number", "rolling_period"),
        (f"{TEK.hex()},hôm nay,144,,,", "exposure.not_a_number", "rolling_start"),
        (f"{TEK.hex()},{START},144,9,,", "protocol.export_key", "transmission_risk"),
        (f"{TEK.hex()},{START},144,,6,", "protocol.export_key", "report_type"),
        (f"{TEK.hex()},{START},144,,,15", "protocol.export_key", "days_since_onset"),
        (f"{TEK.hex()},{START},144,,,x", "exposure.not_a_number", "days_since_onset"),
        (f"{TEK.hex()},{START},144", "exposure.wrong_row", None),
    ],
)
def test_a_key_that_cannot_be_is_refused_by_row(
    tmp_path: Path, pem: Path, out: Path, row: str, code: str, field: str | None
) -> None:
    good = f"{bytes(16).hex()},{START},144,,,\n"
    keys = written(tmp_path / "khoa.csv", KEYS_HEAD + good + row + "\n")
    refused = refusal(*asked(keys, pem, out))
    assert (refused.code, refused.field) == (code, field)
    assert str(refused.where).endswith("2")
    assert refused.words.vi.startswith("Tệp khoa.csv")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "exposure.no_header"),
        ("key,rolling_start\n", "exposure.missing_columns"),
        (KEYS_HEAD.replace("report_type", "key"), "exposure.column_twice"),
        (KEYS_HEAD.replace("report_type", "transmission_risk"), "exposure.column_twice"),
        (KEYS_HEAD + ROW + ROW, "protocol.key_twice"),
    ],
)
def test_what_is_no_list_of_keys_is_refused(
    tmp_path: Path, pem: Path, out: Path, content: str, code: str
) -> None:
    assert refusal(*asked(written(tmp_path / "khoa.csv", content), pem, out)).code == code


def test_what_is_no_signing_key_is_refused(tmp_path: Path, keys: Path, out: Path) -> None:
    refused = refusal(*asked(keys, written(tmp_path / "ky.pem", "-----"), out))
    assert (refused.code, refused.where) == ("protocol.bad_signing_key", "ky.pem")


def test_where_nothing_can_be_written_is_said_before_any_work(
    tmp_path: Path, keys: Path, pem: Path
) -> None:
    assert refusal(*asked(keys, pem, tmp_path / "a" / "b.zip")).code == "exposure.out_folder"
    assert refusal(*asked(keys, pem, tmp_path)).code == "exposure.out_folder"
    assert refusal(*asked(keys, pem, keys)).code == "exposure.out_is_input"
    assert refusal(*asked(keys, pem, pem)).code == "exposure.out_is_input"
    assert keys.read_text() == KEYS_HEAD + ROW


@pytest.mark.parametrize(
    ("error", "code"),
    [(OSError(errno.ENOSPC, ""), "disk_full"), (MemoryError(), "memory_short")],
)
def test_limits_of_the_machine_are_sentences(
    keys: Path, pem: Path, out: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    def fails(descriptor: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fails)
    assert refusal(*asked(keys, pem, out)).code == f"exposure.{code}"
    assert {path.name for path in out.parent.iterdir()} == {"khoa.csv", "ky.pem"}


def test_no_keys_make_an_empty_file(tmp_path: Path, pem: Path, out: Path) -> None:
    assert run(*asked(written(tmp_path / "khoa.csv", KEYS_HEAD), pem, out)).exit_code == 0
    assert parsed(out).keys == ()


def test_how_far_reading_is_gets_told(tmp_path: Path) -> None:
    rows = "".join(f"{n:032x},{START},144,,,\n" for n in range(3000))
    told: list[tuple[int, int]] = []
    path = written(tmp_path / "khoa.csv", KEYS_HEAD + rows)
    found = list(rows_to_publish(path, lambda *done: told.append(done)))
    assert len(found) == 3000
    assert len(told) == 3
    assert all(0 < done <= total for done, total in told)
