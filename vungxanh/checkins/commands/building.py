"""`tracing build`: visits laid out in a folder, so that questions take moments."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from vungxanh.checkins.commands import memory
from vungxanh.checkins.commands.running import Watch, run
from vungxanh.checkins.gateways import stores
from vungxanh.documents.vietnamese import count
from vungxanh.engines.tracing import TracingError
from vungxanh.refusals import Words

_BUILDING: Final = Words("Dựng kho", "Building the store")


def answer(said: dict[str, Any]) -> dict[str, object]:
    """Build the store; what there is to say about it, as one document."""
    directory = said["store"]
    allowed = memory.free() if said["memory"] is None else said["memory"]

    def work(watch: Watch) -> stores.Manifest:
        before, is_new = set(_layouts(directory)), not directory.exists()
        with watch.undoing(partial(_drop, directory, before, is_new=is_new)):
            made = stores.build(
                said["visits"],
                directory,
                shards=said["shards"],
                memory=allowed,
                progress=watch.step(_BUILDING),
            )
        n = made.n_visits
        watch.say(Words(f"Đã dựng kho {count(n)} lượt", f"Laid out {count(n, 'en')} visits"))
        return made

    made = run(work, said["lang"])
    return {"visits": made.n_visits, "people": made.n_people, "store": str(directory)}


def _drop(directory: Path, before: set[Path], *, is_new: bool) -> None:
    """Delete what a build is filling that hears nothing, and that the program will not wait for.

    While it is at work it holds the lock, so that no other program fills a folder here.
    """
    kept = _kept(directory)
    for folder in set(_layouts(directory)) - before:
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)
    if is_new and not kept:
        with suppress(OSError):
            (directory / "lock").unlink(missing_ok=True)
            directory.rmdir()


def _layouts(directory: Path) -> Iterator[Path]:
    return directory.glob("layout-*")


def _kept(directory: Path) -> str:
    try:
        return stores.read_manifest(directory).folder
    except TracingError:
        return ""
