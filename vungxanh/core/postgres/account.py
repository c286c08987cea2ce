"""The user of the system that the server runs as.

PostgreSQL refuses to run as root. A normal user runs it as himself; root runs it as the owner of
the data directory, else as the system user `vungxanh`, which is made when it is missing.
"""

import os
import pwd
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

from vungxanh.core.postgres.errors import foreign_files

SYSTEM_USER = "vungxanh"
# Where `vungxanh` cannot be made (a read-only /etc): PostgreSQL's own user, else nobody.
STAND_INS = ("postgres", "nobody")
SBIN = "/usr/sbin:/sbin"

# Linux's binary access list (acl(5), include/uapi/linux/posix_acl_xattr.h): a version, then
# entries of tag, permissions and id.
ACL = "system.posix_acl_access"
ACL_VERSION = 2
USER_OBJ, USER, GROUP_OBJ, MASK, OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
NO_ID = 0xFFFFFFFF
SEARCH = 1


@dataclass(frozen=True, slots=True)
class Account:
    """The user of the server; `switch` is true when we are root and must become that user."""

    name: str
    uid: int
    gid: int
    switch: bool


def server_account(data: Path) -> Account:
    """Who runs the server over `data`; a normal user cannot run it over another's files."""
    me = os.geteuid()
    owner = data.stat().st_uid if data.exists() else None
    if me != 0:
        if owner not in {None, me}:
            raise foreign_files(data, owner or 0)
        return _account(pwd.getpwuid(me), switch=False)
    if owner:
        return _account(pwd.getpwuid(owner), switch=True)
    return _account(_system_user(), switch=True)


def _account(entry: pwd.struct_passwd, *, switch: bool) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch)


def _system_user() -> pwd.struct_passwd:
    found = _known(SYSTEM_USER)
    if found is None:
        _make_system_user()
    for name in (SYSTEM_USER, *STAND_INS):
        found = _known(name)
        if found is not None:
            return found
    raise KeyError(SYSTEM_USER)


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make_system_user() -> None:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:{SBIN}")
    if useradd is None:
        return
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command = [useradd, *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    # Two first starts at once: the slower one finds the user made.
    subprocess.run(command, capture_output=True, check=False)


def let_through(path: Path, account: Account) -> None:
    """Give the account search permission on each directory above `path` that lacks it.

    Needed where the project stands under /root (mode 0700): only this user is let through, by an
    access list; where the file system has none, everybody is, without being able to list it.
    """
    for directory in path.resolve().parents:
        if not _may_search(directory, account):
            _allow_search(directory, account.uid)


def make_readable(tree: Path) -> None:
    """Let everybody read what a strict umask closed at installation; nothing in it is private."""
    for path in (tree, *tree.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | 0o044 | (mode & 0o100) >> 3 | (mode & 0o100) >> 6)


def _may_search(directory: Path, account: Account) -> bool:
    """By mode bits alone; a directory that an access list opens already is opened again."""
    found = directory.stat()
    if found.st_uid == account.uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == account.gid:
        return bool(found.st_mode & 0o010)
    return bool(found.st_mode & 0o001)


def _allow_search(directory: Path, uid: int) -> None:
    try:
        os.setxattr(directory, ACL, _with_search(_entries(directory), uid))
    except (OSError, AttributeError):
        directory.chmod(directory.stat().st_mode | 0o001)


def _entries(directory: Path) -> dict[tuple[int, int], int]:
    """The access list as {(tag, id): permissions}; without one, what the mode bits mean."""
    try:
        raw = os.getxattr(directory, ACL)
    except OSError:
        mode = directory.stat().st_mode
        bits = {USER_OBJ: mode >> 6 & 7, GROUP_OBJ: mode >> 3 & 7, OTHER: mode & 7}
        return {(tag, NO_ID): permissions for tag, permissions in bits.items()}
    return {(tag, who): bits for tag, bits, who in struct.iter_unpack("<HHI", raw[4:])}


def _with_search(entries: dict[tuple[int, int], int], uid: int) -> bytes:
    mask = entries.get((MASK, NO_ID), entries[GROUP_OBJ, NO_ID])
    entries[MASK, NO_ID] = mask | SEARCH
    entries[USER, uid] = entries.get((USER, uid), 0) | SEARCH
    packed = (struct.pack("<HHI", tag, entries[tag, who], who) for tag, who in sorted(entries))
    return struct.pack("<I", ACL_VERSION) + b"".join(packed)
