"""`exposure verify`: exit code 0 only when every signature over the whole file holds."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exposure.files import (
    OTHER,
    SIGNER,
    export,
    private_pem,
    public_base64,
    public_pem,
    refusal,
    run,
    written,
)


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return export(tmp_path / "khoa.zip")


def repacked(path: Path, change: Callable[[bytes], bytes], *, also: str = "") -> Path:
    """The same members in a new ZIP, `export.bin` changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["export.bin"] = change(members["export.bin"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if also:
            archive.writestr(also, b"")
    return path


@pytest.mark.parametrize("public", [public_base64(), public_pem().decode()])
def test_a_public_key_may_be_said_or_stand_in_a_file(
    tmp_path: Path, signed: Path, public: str
) -> None:
    in_file = written(tmp_path / "cong-khai", public)
    ended = run("verify", signed, "--public-key", in_file)
    assert (ended.exit_code, ended.stdout) == (0, "Chữ ký của 452 v1: đúng\n")
    assert run("verify", signed, "--public-key", public).exit_code == 0


def test_who_signed_is_one_document(tmp_path: Path) -> None:
    path = export(tmp_path / "khoa.zip", signers=[SIGNER, OTHER])
    keys = ("--public-key", public_base64(), "--public-key", public_base64(OTHER))
    ended = run("verify", path, *keys, "--json")
    assert json.loads(ended.stdout) == {
        "verified": True,
        "signatures": [
            {"key_id": "452", "key_version": "v1"},
            {"key_id": "452", "key_version": "v2"},
        ],
    }
    assert run("verify", path, *keys, "--lang", "en").stdout.splitlines() == [
        "Signature of 452 v1: holds",
        "Signature of 452 v2: holds",
    ]


def test_one_signature_that_nobody_vouches_for_is_enough_to_refuse(tmp_path: Path) -> None:
    path = export(tmp_path / "khoa.zip", signers=[SIGNER, OTHER])
    refused = refusal("verify", path, "--public-key", public_base64())
    assert (refused.code, refused.where) == (
        "protocol.wrong_signature",
        "khoa.zip, signatures, row 2",
    )


def test_another_s_key_does_not_do(signed: Path) -> None:
    refused = refusal("verify", signed, "--public-key", public_base64(OTHER))
    assert refused.code == "protocol.wrong_signature"


@pytest.mark.parametrize("place", [16, 30, -1])
def test_any_changed_byte_is_noticed(signed: Path, place: int) -> None:
    def changed(body: bytes) -> bytes:
        other = bytearray(body)
        other[place] ^= 1
        return bytes(other)

    refused = refusal("verify", repacked(signed, changed), "--public-key", public_base64())
    assert refused.code == "protocol.wrong_signature"


def test_a_file_packed_anew_with_the_same_content_holds(signed: Path) -> None:
    same = repacked(signed, lambda body: body)
    assert run("verify", same, "--public-key", public_base64()).exit_code == 0


@pytest.mark.parametrize(
    ("also", "header", "code"),
    [("thua.txt", b"EK", "export_members"), ("", b"ek", "export_header")],
)
def test_another_content_is_refused(signed: Path, also: str, header: bytes, code: str) -> None:
    path = repacked(signed, lambda body: header + body[2:], also=also)
    refused = refusal("verify", path, "--public-key", public_base64())
    assert (refused.code, refused.where) == (f"protocol.{code}", "khoa.zip")


@pytest.mark.parametrize("n", [0, 1, 30, 200, -1])
def test_a_file_that_was_cut_is_refused(signed: Path, n: int) -> None:
    written(signed, signed.read_bytes()[:n])
    assert refusal("verify", signed, "--public-key", public_base64()).code == "protocol.export_zip"


@pytest.mark.parametrize("public", ["abc", "A" * 5000, "khong-co.pem", "a\0b"])
def test_what_is_no_public_key_is_refused(signed: Path, public: str) -> None:
    refused = refusal("verify", signed, "--public-key", public)
    assert refused.code == "protocol.bad_public_key"


def test_a_file_with_another_key_in_it_is_named(tmp_path: Path, signed: Path) -> None:
    private = written(tmp_path / "bi-mat.pem", private_pem())
    refused = refusal("verify", signed, "--public-key", private)
    assert (refused.code, refused.where) == ("protocol.bad_public_key", "bi-mat.pem")


def test_files_that_are_not_there_or_too_large_are_refused(
    tmp_path: Path, signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = ("--public-key", public_base64())
    assert refusal("verify", tmp_path / "khong-co.zip", *trusted).code == "exposure.no_file"
    monkeypatch.setattr("vungxanh.exposure.gateways.key_files._EXPORT_BYTES", 20)
    assert refusal("verify", signed, *trusted).code == "exposure.file_too_large"


def test_without_a_key_there_is_nothing_to_verify_by(signed: Path) -> None:
    assert run("verify", signed).exit_code == 2
