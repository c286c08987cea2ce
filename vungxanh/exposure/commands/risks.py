"""What a rule makes of exposures: a class only together with how wrong it is."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from vungxanh.engines.encounters import UNKNOWN, Exposure, heard_of, previous_scans
from vungxanh.engines.encounters.types import Heard, Log
from vungxanh.engines.keymatch import Hits, KeyColumns
from vungxanh.engines.keymatch.types import MISSING
from vungxanh.engines.risk import DEPLOYED, Explained, KeyFacts, Scans, explained, told
from vungxanh.protocol import gaen
from vungxanh.refusals import Words


class Risk(NamedTuple):
    """An exposure's key, and what the rule makes of it."""

    key: bytes
    explained: Explained


def risks(
    matched: tuple[KeyColumns, Hits, Log], exposures: tuple[Exposure, ...], rule: str
) -> tuple[Risk, ...]:
    """For each exposure with measured sightings, in order, as of the log's newest row."""
    keys, hits, log = matched
    heard, _ = heard_of(keys, hits, log)
    rows = dict(_rows(keys, heard))
    found = []
    for exposure in exposures:
        row = rows.get(exposure.key)
        if row is not None:
            facts, scans = _facts(keys, row), _scans(heard, row, log)
            one = explained(facts, scans, DEPLOYED[rule], as_of=int(log.at[-1]))
            found.append(Risk(exposure.key, one))
    return tuple(found)


def document(risk: Risk) -> dict[str, object]:
    """One risk for machines; minutes weighted as the rule weighs them."""
    one, verdict = risk.explained, risk.explained.verdict
    return {
        "key": risk.key.hex(),
        "class": verdict.assessed.risk_class.value,
        "standing": one.standing.value,
        "fired": verdict.fired.value,
        "minutes": float(one.minutes),
        "weighted_minutes": float(verdict.weighted_minutes),
        "threshold_minutes": float(verdict.threshold_minutes),
        "error": _in_both(verdict.assessed.error.words),
        "message": _in_both(told(one)),
    }


def _in_both(words: Words) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en}


def _rows(keys: KeyColumns, heard: Heard) -> Iterator[tuple[bytes, int]]:
    """Keys with a sighting whose attenuation is known, and their rows; the first row counts."""
    measured = np.unique(heard.key[heard.attenuation != UNKNOWN])
    for row in measured[::-1].tolist():
        yield keys.keys[row].tobytes(), row


def _facts(keys: KeyColumns, row: int) -> KeyFacts:
    numbers = (keys.report_types, keys.onsets, keys.risks)
    said = [None if column[row] == MISSING else int(column[row]) for column in numbers]
    return KeyFacts(int(keys.starts[row]) * gaen.INTERVAL_S, *said)


def _scans(heard: Heard, row: int, log: Log) -> Scans:
    is_own = (heard.key == row) & (heard.attenuation != UNKNOWN)
    at = heard.at[is_own]
    return Scans(at, previous_scans(at, log.at), heard.attenuation[is_own])
