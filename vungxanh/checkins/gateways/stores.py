"""Stores of visits on disk: opened by mapping, with what they lack as a delta."""

from collections.abc import Sequence
from pathlib import Path

from vungxanh.checkins.gateways import store_refusals as refuse
from vungxanh.checkins.gateways.store_building import Progress, build, in_memory
from vungxanh.checkins.gateways.store_files import MANIFEST, Manifest, Source, mapped, read_manifest
from vungxanh.checkins.gateways.visit_files import file_facts, read_visits
from vungxanh.engines.tracing.store import Store, with_delta

__all__ = ["MANIFEST", "Manifest", "Progress", "build", "in_memory", "opened", "read_manifest"]


def opened(directory: Path, extra: Sequence[Path] = ()) -> Store:
    """The store in a directory, and the visits of those `extra` files that it does not hold.

    Raises what `read_manifest` and `mapped` do, `tracing.store_stale` where a file of the store
    has changed since, and what reading the extra files does.
    """
    manifest = read_manifest(directory)
    check_sources(directory, manifest.sources)
    store = mapped(directory, manifest)
    held = {source.mark for source in manifest.sources}
    missing = [path for path in extra if file_facts(path).mark not in held]
    return with_delta(store, read_visits(missing)) if missing else store


def check_sources(directory: Path, sources: Sequence[Source]) -> None:
    """Refuse a store some of whose files have changed; files that are gone are no matter."""
    changed = [Path(source.path).name for source in sources if _has_changed(source)]
    if changed:
        raise refuse.stale(directory, changed)


def _has_changed(source: Source) -> bool:
    path = Path(source.path)
    try:
        stat = path.stat()
    except OSError:
        return False
    if (stat.st_size, stat.st_mtime_ns) == (source.n_bytes, source.mtime_ns):
        return False
    return file_facts(path).mark != source.mark
