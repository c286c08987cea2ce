"""Data directories of measured installations, and the programs that run inside them."""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import ROOT
from vungxanh.core.postgres import Cluster

CACHE = "VUNGXANH_BENCH_CACHE"
MIGRATED = "VUNGXANH_MIGRATED"


def kept(name: str) -> Path:
    """A folder that outlives the run, below VUNGXANH_BENCH_CACHE or ./var/bench."""
    folder = Path(os.environ.get(CACHE, ROOT / "var" / "bench")) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def migrated(home: Path) -> Path:
    """The same data directory, its database up to date; nothing runs there afterwards.

    Where VUNGXANH_MIGRATED names a folder, the first fresh one is kept there and others copy it.
    """
    template = os.environ.get(MIGRATED, "")
    if template and not Cluster(home).data_directory.exists():
        with _locked(Path(f"{template}.lock")):
            _make_once(Path(template))
        subprocess.run(["cp", "-a", f"{template}/.", str(home)], check=True)
    else:
        run(home, "vungxanh.config.cli", "migrate")
    return home


def run(home: Path, *words: str) -> str:
    """What a module says that is run inside an installation: `run(home, "bench.inside", …)`."""
    command = [sys.executable, "-m", *words]
    ended = subprocess.run(
        command, cwd=ROOT, env=inside(home), check=True, stdout=subprocess.PIPE, text=True
    )
    return ended.stdout


def inside(home: Path) -> dict[str, str]:
    """The environment of a program that belongs to an installation."""
    left = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    settings = "vungxanh.config.settings"
    return {**left, "VUNGXANH_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}


def _make_once(template: Path) -> None:
    """Migrated elsewhere first: a half-made one is never copied."""
    if template.exists():
        return
    with tempfile.TemporaryDirectory(prefix="vungxanh-migrated-") as made:
        run(Path(made), "vungxanh.config.cli", "migrate")
        subprocess.run(["cp", "-a", made, str(template)], check=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
