"""What is kept of compiled loops when processes write at once, are killed, or the code changes."""

import fcntl
from pathlib import Path

import pytest

from vungxanh.engines.tracing.compiling import WRITING, Kept, stamp


class Files:
    """Numba's files of one loop, in memory: what is kept, and when it was asked for."""

    def __init__(self, cache_path: Path) -> None:
        self.cache_path = cache_path
        self.code: dict[object, object] = {}

    def load_overload(self, sig: object, target_context: object) -> object:
        return self.code.get(sig)

    def save_overload(self, sig: object, data: object) -> None:
        self.code[sig] = data
        if data == "killed":
            raise KeyboardInterrupt

    def flush(self) -> None:
        self.code.clear()


def test_what_was_kept_is_found_by_another_process(tmp_path: Path) -> None:
    files = Files(tmp_path)
    Kept(files, "loop").save_overload("int32", "code")
    assert Kept(files, "loop").load_overload("int32", None) == "code"
    assert (tmp_path / "loop.lock").read_bytes() == b""


def test_what_a_killed_process_left_half_written_is_dropped(tmp_path: Path) -> None:
    files = Files(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        Kept(files, "loop").save_overload("int32", "killed")
    assert (tmp_path / "loop.lock").read_bytes() == WRITING
    assert Kept(files, "loop").load_overload("int32", None) is None
    assert (tmp_path / "loop.lock").read_bytes() == b""


def test_nobody_reads_while_another_writes(tmp_path: Path) -> None:
    files = Files(tmp_path)
    kept = Kept(files, "loop")
    with kept._held(), (tmp_path / "loop.lock").open("ab") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_loops_are_made_anew_when_any_file_with_loops_changes(tmp_path: Path) -> None:
    for name in ("one.py", "other.py"):
        (tmp_path / name).write_text("BITS = 13\n@compiled\ndef loop() -> None: ...\n")
    (tmp_path / "checks.py").write_text("MOST = 1\n")
    before = stamp(tmp_path)
    (tmp_path / "checks.py").write_text("MOST = 2\n")
    stamp.cache_clear()
    assert stamp(tmp_path) == before
    (tmp_path / "other.py").write_text("BITS = 14\n@compiled\ndef loop() -> None: ...\n")
    stamp.cache_clear()
    assert stamp(tmp_path) != before
