"""A disk that a test may fill."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MEGABYTES: Final = 512
KIND: Final = f"tmpfs of {MEGABYTES} MB"
# What mount and the kernel say to whoever may not.
DENIED: Final = ("superuser", "permission denied", "Operation not permitted")


@dataclass(frozen=True)
class SmallDisk:
    """A file system in memory of its own; `full` takes all its room."""

    path: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not one byte is free while the block runs."""
        filler = self.path / "filler"
        try:
            _fill(filler)
            yield
        finally:
            filler.unlink()


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as taken:
        for size in (1 << 20, 4096):
            block = bytes(size)
            try:
                while taken.write(block) == size:
                    continue
            except OSError:
                continue


@contextmanager
def small_disk(path: Path) -> Iterator[SmallDisk | str]:
    """A mounted disk while the block runs; where nobody may mount one, what is said to that.

    Any other reason for which there is no disk is an error.
    """
    path.mkdir()
    path.parent.chmod(0o755)
    options = f"size={MEGABYTES}m,mode=755"
    mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)]
    mounted = subprocess.run(mounting, check=False, capture_output=True, text=True)
    if mounted.returncode:
        assert any(word in mounted.stderr for word in DENIED), mounted.stderr
        yield mounted.stderr.strip()
        return
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
