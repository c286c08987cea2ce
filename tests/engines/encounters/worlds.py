"""Phones and what they hear: logs written by hand, and small nasty ones from chance."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from hypothesis import strategies as st

from vungxanh.engines.encounters import Log, log_of
from vungxanh.engines.keymatch import KeyColumns
from vungxanh.engines.keymatch.types import MISSING
from vungxanh.protocol import bluezone, gaen

START = 2_642_976  # 2020-04-02 00:00 UTC, as an interval
BEGIN = START * gaen.INTERVAL_S
TEKS = (bytes(range(16)), bytes(16), bytes([255]) * 16)
PERIOD = 3
STRANGER = bytes([7]) * 16


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a log: `tx` dBm of its metadata, none without."""

    at: int
    id: bytes
    rssi: int = -60
    tx: int | None = -8
    tek: bytes = TEKS[0]

    @property
    def aem(self) -> bytes:
        """Encrypted metadata; what says nothing where there are none."""
        if self.tx is None:
            return bytes(gaen.METADATA_BYTES)
        metadata = gaen.Metadata(gaen.VERSION_1_0, self.tx).encoded()
        return gaen.crypted_metadata(gaen.derived_keys(self.tek).aemk, self.id, metadata)


def heard(at: int, *, interval: int = 0, tek: bytes = TEKS[0], rssi: int = -60) -> Row:
    """A sighting, `at` seconds after the key's begin, of the identifier of its `interval`."""
    return Row(BEGIN + at, gaen.identifiers(tek, START)[interval], rssi=rssi, tek=tek)


def bytes_of(contents: Iterable[bytes], width: int) -> np.ndarray:
    """Byte strings as rows."""
    return np.frombuffer(b"".join(contents), np.uint8).reshape(-1, width)


def log(rows: Iterable[Row]) -> Log:
    """A log of GAEN."""
    rows = list(rows)
    return log_of(
        np.array([row.at for row in rows], np.int64),
        bytes_of((row.id for row in rows), gaen.ID_BYTES),
        np.array([row.rssi for row in rows], np.int64),
        aem=bytes_of((row.aem for row in rows), gaen.METADATA_BYTES),
        has_aem=np.array([row.tx is not None for row in rows], np.bool_),
    )


def bluezone_log(rows: Iterable[tuple[int, bytes]]) -> Log:
    """A log of Bluezone: seconds and identifiers."""
    rows = list(rows)
    at = np.array([second for second, _ in rows], np.int64)
    ids = bytes_of((identifier for _, identifier in rows), bluezone.ID_BYTES)
    return log_of(at, ids, np.full(len(rows), -70))


def keys(*teks: bytes, period: int = gaen.PERIOD, report_types: Iterable[int] = ()) -> KeyColumns:
    """Keys of the first day."""
    n = len(teks)
    types = [*report_types, *[MISSING] * n][:n]
    unknown = np.full(n, MISSING, np.int8)
    return KeyColumns(
        bytes_of(teks, 16),
        np.full(n, START, np.uint32),
        np.full(n, period, np.uint8),
        unknown,
        np.array(types, np.int8),
        unknown,
    )


SHORT = {tek: gaen.identifiers(tek, START, PERIOD) for tek in TEKS}
EDGES = (-7201, -7200, -7199, 0, 599, 600, 1199, 1200, 1201, 7199, 7200, 7799, 7800, 7801)
moments = st.one_of(
    st.sampled_from(EDGES),
    st.integers(0, 60).map(lambda step: 25 * step),
    st.integers(-9000, 9000),
    st.sampled_from((-BEGIN, -BEGIN - 5, 86_400, -86_400, 10**9)),
)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A sighting at a nasty moment."""
    tek = draw(st.sampled_from(TEKS))
    interval = draw(st.integers(0, PERIOD - 1))
    return Row(
        BEGIN + 600 * interval + draw(moments),
        draw(st.sampled_from((SHORT[tek][interval], SHORT[tek][0], STRANGER))),
        rssi=draw(st.sampled_from((-128, -127, -90, -60, -8, 0, 126, 127))),
        tx=draw(st.sampled_from((None, -128, -51, -50, -8, 20, 21, 127))),
        tek=tek,
    )


logs = st.lists(rows(), max_size=14).map(log)
key_sets = st.lists(
    st.tuples(st.sampled_from(TEKS), st.sampled_from((MISSING, 0, 1, 4, 5))), max_size=4
).map(lambda some: keys(*(k for k, _ in some), period=PERIOD, report_types=[t for _, t in some]))

DAY = 1_597_017_600
CASES = tuple(
    bluezone.CaseKey(bytes([byte]) * 32, DAY + shift, DAY + shift + 5000, per_day)
    for byte, shift, per_day in ((0, 0, 96), (0, 0, 7), (1, 450, 96), (1, 0, 96))
)
SLOTS = tuple(chain.from_iterable(bluezone.slots_of(case) for case in CASES))


@st.composite
def bluezone_rows(draw: st.DrawFn) -> tuple[int, bytes]:
    """A sighting about the ends of its slot."""
    slot = draw(st.sampled_from(SLOTS))
    edge = draw(st.sampled_from((slot.begins_ms, slot.ends_ms))) // 1000
    return edge + draw(st.sampled_from((-60, -1, 0, 1, 30, 400))), slot.id


bluezone_logs = st.lists(bluezone_rows(), max_size=12).map(bluezone_log)
