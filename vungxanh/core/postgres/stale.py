"""Lock files that a dead server left: whose process is it really?

PostgreSQL takes any live process with the number in its lock file for a server: a zombie that
nobody has reaped yet (containers), or, after a restart of the machine, a stranger with the same
number. Here the process is looked at in /proc; without /proc PostgreSQL's own rule stays.
"""

from pathlib import Path

from vungxanh.core.postgres.sockets import SOCKET

PROC = Path("/proc")


def live_postmaster(data: Path) -> int | None:
    """The process number of a server that runs over `data` now, or None."""
    pid = _first_line(data / "postmaster.pid")
    return pid if pid is not None and _works_in(PROC / str(pid), data) else None


def drop_stale_locks(data: Path, sockets: Path) -> None:
    """Remove locks of zombies and strangers, unless children of the dead server still live.

    While they do, PostgreSQL's own check of the shared memory must see its lock file.
    """
    if not PROC.joinpath("self").exists() or orphans(data):
        return
    for lock in (data / "postmaster.pid", sockets / f"{SOCKET}.lock"):
        pid = _first_line(lock)
        if pid is not None and PROC.joinpath(str(pid)).exists():
            lock.unlink()


def orphans(data: Path) -> list[int]:
    """Processes whose working directory is the data directory: the server and its children."""
    return [int(found.name) for found in PROC.glob("[0-9]*") if _works_in(found, data)]


def _works_in(process: Path, data: Path) -> bool:
    """A zombie has no working directory any more, and a stranger has another one."""
    try:
        return process.joinpath("cwd").readlink() == data.resolve()
    except OSError:
        return False


def _first_line(lock: Path) -> int | None:
    try:
        first = lock.read_text().split("\n", 1)[0].strip()
    except OSError:
        return None
    return abs(int(first)) if first.lstrip("-").isdigit() else None
