"""Small files read whole: export files, published lists, keys that sign or verify."""

from collections.abc import Sequence
from pathlib import Path

from vungxanh.exposure.gateways import file_refusals as refuse


def content_of(path: Path, *, limit: int) -> bytes:
    """All bytes of a file of at most `limit` bytes.

    Raises `exposure.no_file|file_unreadable|file_too_large`.
    """
    check_there(path)
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError:
        raise refuse.unreadable_file(path) from None
    if len(content) > limit:
        raise refuse.file_too_large(path, limit)
    return content


def text_of(path: Path, *, limit: int) -> str:
    """A file as text, without byte order mark. Raises `exposure.not_utf8` and as `content_of`."""
    try:
        return content_of(path, limit=limit).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse.not_utf8(path) from None


def check_there(path: Path) -> None:
    """Raises `exposure.no_file`."""
    if not path.is_file():
        raise refuse.missing_file(path)


def check_each_once(paths: Sequence[Path]) -> None:
    """Raises `exposure.no_file|file_twice`."""
    seen = set()
    for path in paths:
        check_there(path)
        if path.resolve() in seen:
            raise refuse.given_twice(path)
        seen.add(path.resolve())
