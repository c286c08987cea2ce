"""The directory of the server's socket: under the data directory, or a private short one."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from vungxanh.core.postgres.errors import foreign_files

PORT = 5432
# sockaddr_un.sun_path holds 108 bytes with its closing zero.
LONGEST_PATH = 107
# PostgreSQL also makes ".s.PGSQL.5432.lock" beside it, but binds only the socket.
SOCKET = f".s.PGSQL.{PORT}"


def socket_directory(home: Path) -> Path:
    """`home/run`, or where its path is too long for a socket, a directory named after it."""
    beside_data = home / "run"
    if len(os.fsencode(beside_data / SOCKET)) <= LONGEST_PATH:
        return beside_data
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"vungxanh-{digest}"


def make_private(directory: Path, uid: int) -> None:
    """Create `directory` with mode 0700 for `uid`; refuse one that a stranger put there."""
    try:
        directory.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        _refuse_strangers(directory, uid)
    if directory.stat().st_uid != uid:
        os.chown(directory, uid, -1)
    directory.chmod(0o700)


def _refuse_strangers(directory: Path, uid: int) -> None:
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
        raise foreign_files(directory, found.st_uid)
