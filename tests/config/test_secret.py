"""The key of sessions and forms is made once and closed to others."""

from pathlib import Path

import pytest

from vungxanh.config.secret import make_secret_key, secret_key


@pytest.fixture(autouse=True)
def no_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VUNGXANH_SECRET_KEY", raising=False)


def test_key_is_made_once_and_stays(tmp_path: Path) -> None:
    make_secret_key(tmp_path / "keys")
    first = secret_key(tmp_path / "keys")
    make_secret_key(tmp_path / "keys")
    assert secret_key(tmp_path / "keys") == first
    assert len(first) >= 50


def test_key_file_is_closed_to_others(tmp_path: Path) -> None:
    make_secret_key(tmp_path / "keys")
    assert [path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")] == [0, 0]


def test_process_without_a_file_gets_a_key_of_its_own(tmp_path: Path) -> None:
    assert secret_key(tmp_path) != secret_key(tmp_path)


def test_key_of_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_secret_key(tmp_path)
    monkeypatch.setenv("VUNGXANH_SECRET_KEY", "given")
    assert secret_key(tmp_path) == "given"
