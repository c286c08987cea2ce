"""`tracing build`: visits laid out in a folder, so that questions take moments."""

import shutil
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
        with watch.undoing(partial(_undo, directory, is_new=not directory.exists())):
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


def _undo(directory: Path, *, is_new: bool) -> None:
    """Delete what a build left that was stopped; the store that was there before stays."""
    if is_new:
        shutil.rmtree(directory, ignore_errors=True)
        return
    try:
        kept = stores.read_manifest(directory).folder
    except TracingError:
        kept = ""
    for folder in directory.glob("layout-*"):
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)
