"""Stores of visits on disk: opened by mapping, with what they lack as a delta."""

from collections.abc import Sequence
from pathlib import Path

from vungxanh.checkins.gateways import store_refusals as refuse
from vungxanh.checkins.gateways.store_building import Progress, build, in_memory
from vungxanh.checkins.gateways.store_files import MANIFEST, Manifest, Source, mapped, read_manifest
from vungxanh.checkins.gateways.visit_files import file_facts, mark_of, read_visits
from vungxanh.engines.tracing.store import Store, with_delta
from vungxanh.engines.tracing.types import TracingError

__all__ = [
    "MANIFEST",
    "Manifest",
    "Progress",
    "build",
    "in_memory",
    "not_held",
    "opened",
    "read_manifest",
]


def opened(directory: Path, extra: Sequence[Path] = ()) -> Store:
    """The store in a directory, and the visits of those `extra` files that it does not hold.

    Raises what `read_manifest` and `mapped` do, `tracing.store_stale` where a file of the store
    has changed since, and what reading the extra files does.
    """
    manifest = read_manifest(directory)
    check_sources(directory, manifest.sources)
    try:
        store = mapped(directory, manifest)
    except TracingError:  # perhaps replaced between the two readings
        if read_manifest(directory).folder == manifest.folder:
            raise
        return opened(directory, extra)
    missing = not_held(manifest, extra)
    return with_delta(store, read_visits(missing)) if missing else store


def not_held(manifest: Manifest, paths: Sequence[Path]) -> list[Path]:
    """Those files that a store does not hold, under whatever name."""
    return [path for path in paths if not _is_held(manifest.sources, path)]


def check_sources(directory: Path, sources: Sequence[Source]) -> None:
    """Refuse a store some of whose files have changed; files that are gone are no matter."""
    changed = [Path(source.path).name for source in sources if _has_changed(source)]
    if changed:
        raise refuse.stale(directory, changed)


def _is_held(sources: Sequence[Source], path: Path) -> bool:
    """By size first, so that files are read only where they may be the same."""
    facts = file_facts(path)
    alike = [source for source in sources if source.n_bytes == facts.n_bytes]
    if any(Path(source.path) == path.resolve() for source in alike):
        return True  # unchanged, as `check_sources` has found
    return bool(alike) and mark_of(path) in {source.mark for source in alike}


def _has_changed(source: Source) -> bool:
    path = Path(source.path)
    try:
        stat = path.stat()
    except OSError:
        return False
    if (stat.st_size, stat.st_mtime_ns) == (source.n_bytes, source.mtime_ns):
        return False
    return stat.st_size != source.n_bytes or mark_of(path) != source.mark
