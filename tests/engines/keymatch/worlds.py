"""Keys and identifiers for tests: made, heard, nearly heard, never heard."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from vungxanh.engines.keymatch import KeyColumns, key_columns, reference
from vungxanh.engines.keymatch.types import UInt8s

STARTS = st.one_of(
    st.integers(2_649_600, 2_650_000), st.sampled_from([0, 1, 2**31 - 7, 2**31, 2**32 - 144])
)
PERIODS = st.one_of(st.just(144), st.integers(1, 144))
TEKS = st.binary(min_size=16, max_size=16)
KEYS = st.tuples(TEKS, STARTS, PERIODS)


class World(NamedTuple):
    """Keys, and identifiers uint8 (m, 16), some of which they made."""

    keys: KeyColumns
    ids: UInt8s


def columns(keys: list[tuple[bytes, int, int]]) -> KeyColumns:
    """Keys one by one into columns."""
    teks = np.frombuffer(b"".join(key[0] for key in keys), np.uint8).reshape(-1, 16)
    starts = np.array([key[1] for key in keys], np.uint32)
    return key_columns(teks, starts, np.array([key[2] for key in keys], np.uint8))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Few keys, one perhaps twice; identifiers made by them, also past their period, or altered."""
    keys = draw(st.lists(KEYS, min_size=1, max_size=40))
    keys += draw(st.lists(st.sampled_from(keys), max_size=2))
    made = st.builds(_made, st.sampled_from(keys), st.integers(0, 143))
    altered = st.builds(_altered, made, st.integers(0, 127))
    ids = draw(st.lists(made | altered | st.binary(min_size=16, max_size=16), max_size=30))
    return World(columns(keys), id_rows(ids))


def id_rows(ids: list[bytes]) -> UInt8s:
    """Identifiers as rows of bytes."""
    return np.frombuffer(b"".join(ids), np.uint8).reshape(-1, 16)


def _made(key: tuple[bytes, int, int], offset: int) -> bytes:
    return reference.made_by(columns([(key[0], key[1], 144)]), 0)[offset]


def _altered(identifier: bytes, bit: int) -> bytes:
    return (int.from_bytes(identifier) ^ (1 << bit)).to_bytes(16)
