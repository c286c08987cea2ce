"""`exposure match`: which published keys a phone was near to."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from vungxanh.core.progress import Watch, run
from vungxanh.engines.encounters import of_bluezone, of_gaen
from vungxanh.engines.keymatch import Hits, KeyColumns, match
from vungxanh.engines.keymatch.core import PORTABLE
from vungxanh.engines.keymatch.types import UInt8s
from vungxanh.exposure.commands import matches, refusals
from vungxanh.exposure.commands.answers import Told
from vungxanh.exposure.commands.matches import Found
from vungxanh.exposure.commands.risks import risks
from vungxanh.exposure.gateways.compiled import Kept
from vungxanh.exposure.gateways.files import check_each_once
from vungxanh.exposure.gateways.key_files import public_key, read_cases, read_keys
from vungxanh.exposure.gateways.log_files import read_log
from vungxanh.protocol import bluezone, gaen
from vungxanh.refusals import Words

_READING_KEYS: Final = Words("Đọc khóa", "Reading keys")
_READING_LOG: Final = Words("Đọc nhật ký nghe", "Reading the log")
_MATCHING: Final = Words("Dò khóa", "Matching keys")
_AT_ONCE: Final = 2**17  # keys that are matched between two words of progress
_FEW: Final = 2**15  # keys that the libraries match in less time than compiling takes


def answer(said: dict[str, Any]) -> Told:
    """The exposures; what does not count is said on standard error."""
    began = time.monotonic()
    check_each_once(said["keys"])

    def work(watch: Watch) -> Found:
        found = SCHEMES[said["scheme"]](said, watch)
        for words in matches.remarks(found):
            watch.say(words)
        return found

    with refusals.limits_of_the_machine():
        found = run(work, said["lang"])
    seconds = round(time.monotonic() - began, 3)
    return Told(
        matches.document(found) | {"seconds": seconds},
        matches.lines(found, said["lang"]),
    )


def by_gaen(said: dict[str, Any], watch: Watch) -> Found:
    """Export files of GAEN."""
    trusted = [public_key(text) for text in said["public_key"]]
    reading, parts = watch.step(_READING_KEYS), []
    for done, path in enumerate(said["keys"]):
        reading(done, len(said["keys"]))
        parts.append(read_keys(path, trusted))
    keys = _joined(parts)
    log = read_log(said["sightings"], id_bytes=gaen.ID_BYTES, progress=watch.step(_READING_LOG))
    hits = _hits(keys, log.ids, watch.step(_MATCHING))
    found, rule = of_gaen(keys, hits, log), said["rule"]
    told = risks((keys, hits, log), found.exposures, rule) if rule else None
    return Found(len(keys), len(log), found, is_signed=bool(trusted), risks=told)


def by_bluezone(said: dict[str, Any], watch: Watch) -> Found:
    """Published lists of Bluezone."""
    cases = [case for path in said["keys"] for case in read_cases(path)]
    reading = watch.step(_READING_LOG)
    log = read_log(said["sightings"], id_bytes=bluezone.ID_BYTES, progress=reading)
    found = of_bluezone(cases, log, progress=watch.step(_MATCHING))
    return Found(len(cases), len(log), found, is_signed=None)


SCHEMES: Final[Mapping[str, Callable[[dict[str, Any], Watch], Found]]] = {
    "gaen": by_gaen,
    "bluezone": by_bluezone,
}


def _joined(parts: Sequence[KeyColumns]) -> KeyColumns:
    columns = zip(*(part.parts() for part in parts), strict=True)
    return KeyColumns(*(np.concatenate(column) for column in columns))


def _hits(keys: KeyColumns, ids: UInt8s, progress: Callable[[int, int], None]) -> Hits:
    """As `keymatch.match`, some thousands of keys at a time; few keys are not worth compiling."""
    route = PORTABLE if len(keys) < _FEW else None
    nothing, kept = np.empty(0, np.int64), Kept()
    parts = [Hits(nothing, nothing, nothing)]
    for since in range(0, len(keys), _AT_ONCE):
        progress(since, len(keys))
        some = keys.rows(since, since + _AT_ONCE)
        hits = match(some, ids, route=route, threads=os.cpu_count() or 1, objects=kept)
        parts.append(hits._replace(key=hits.key + since))
    return Hits(*(np.concatenate(column) for column in zip(*parts, strict=True)))
