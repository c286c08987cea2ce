"""Compiled loops kept between processes: used when whole and ours, else as if not there."""

from pathlib import Path

import pytest

from vungxanh.exposure.gateways.compiled import Kept

CODE = b"\x7fELF" + bytes(range(256))


def test_what_is_kept_is_found_by_the_next_process(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert Kept(folder).get("x") is None
    Kept(folder).put("x", CODE)
    assert Kept(folder).get("x") == CODE
    assert Kept(folder).get("y") is None
    assert [path.name for path in folder.iterdir()] == ["x"]
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "x").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kept", [b"", bytes(10), bytes(32) + CODE])
def test_what_was_cut_or_changed_is_not_used(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "x").write_bytes(kept)
    assert Kept(tmp_path).get("x") is None


def test_what_another_user_wrote_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Kept(tmp_path).put("x", CODE)
    monkeypatch.setattr("os.getuid", lambda: tmp_path.stat().st_uid + 1)
    assert Kept(tmp_path).get("x") is None


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Kept(tmp_path / "file" / "compiled")
    kept.put("x", CODE)
    assert kept.get("x") is None


@pytest.mark.parametrize("named", ["{}", "relative", ""])
def test_the_folder_is_the_user_s_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", named.format(tmp_path))
    Kept().put("x", CODE)
    places = [tmp_path / "vungxanh", tmp_path / "home" / ".cache" / "vungxanh"]
    assert [(place / "compiled" / "x").exists() for place in places] == [
        bool(named == "{}"),
        named != "{}",
    ]


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    Kept().put("x", CODE)
    assert Kept().get("x") is None
