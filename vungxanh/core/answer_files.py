"""What a verb of the command line writes: files that are whole or not there, also after Ctrl-C."""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO

from vungxanh.core.durable import beside, fill, sync_folder
from vungxanh.core.progress import StoppedError, Watch

Write = Callable[[BinaryIO], object]


def can_be_written(path: Path) -> bool:
    """Whether there is a folder in which the file may be made or replaced."""
    return path.parent.is_dir() and os.access(path.parent, os.W_OK) and not path.is_dir()


def is_among(path: Path, others: Iterable[Path]) -> bool:
    """Whether it is one of the others, under whatever name."""
    return any(path.resolve() == other.resolve() for other in others)


def write_all(files: Mapping[Path, Write], watch: Watch, *, mode: int = 0o600) -> None:
    """Write all the files or none: drafts beside them are renamed once every one is whole.

    Raises StoppedError where the work was stopped; what was there before stays then.
    """
    drafts = {path: beside(path) for path in files}
    with watch.undoing(partial(_drop, drafts.values())):
        try:
            for path, draft in drafts.items():
                fill(draft, files[path])
            if watch.stopped.is_set():
                raise StoppedError
            for path, draft in drafts.items():
                draft.chmod(mode)
                draft.replace(path)
        finally:
            _drop(drafts.values())
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def _drop(drafts: Iterable[Path]) -> None:
    for draft in drafts:
        draft.unlink(missing_ok=True)
