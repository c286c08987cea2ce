"""Parts of the compiled loop by themselves; what is kept; what is refused."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.keymatch.worlds import columns, id_rows
from vungxanh.engines.keymatch import KeymatchError, compiled, core, key_columns, native, portable
from vungxanh.engines.keymatch.filters import filters_of, may_know
from vungxanh.engines.keymatch.ir import seek, sha, sliced, walk
from vungxanh.engines.keymatch.ir.lanes import Lanes, Text
from vungxanh.protocol import gaen

WALK = compiled.Function("walk", walk.module())
WIDE = compiled.Function("seek", seek.module(8, sliced.CIPHER))


class Kept(dict[str, bytes]):
    """Compiled code in memory."""

    def put(self, name: str, content: bytes) -> None:
        self[name] = content


@given(message=st.binary(max_size=55))
def test_a_block_reckoned_from_numbers_is_sha_256(message: bytes) -> None:
    padded = message + b"\x80" + bytes(55 - len(message)) + (8 * len(message)).to_bytes(8)
    block = [int.from_bytes(padded[at : at + 4]) for at in range(0, 64, 4)]
    state = sha.compressed(Lanes(Text("none"), 1), sha.START, block)
    made = b"".join(int(word).to_bytes(4) for word in state)
    assert made == hashlib.sha256(message).digest()


@given(tek=st.binary(min_size=16, max_size=16))
def test_kept_states_give_the_key_of_identifiers(tek: bytes) -> None:
    assert portable._rpik(tek) == gaen.derived_keys(tek).rpik


@given(ids=st.lists(st.binary(min_size=16, max_size=16), min_size=1, max_size=50))
def test_the_near_filter_knows_every_identifier_seen(ids: list[bytes]) -> None:
    rows = id_rows(ids)
    assert may_know(filters_of(rows), rows.view("<u4")[:, 0]).all()


def test_the_filters_know_few_that_were_not_seen() -> None:
    rng = np.random.default_rng(3)
    filters = filters_of(rng.integers(0, 256, (20_000, 16), np.uint8))
    strangers = rng.integers(0, 2**32, 200_000, np.uint32)
    assert may_know(filters, strangers).mean() < 0.01


def test_code_that_was_kept_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_LINKED", {})
    kept = Kept()
    first = compiled.address(WALK, compiled.host(), kept)
    monkeypatch.setattr(compiled, "_LINKED", {})
    monkeypatch.setattr(kept, "put", None)  # being asked to keep again would fail
    second = compiled.address(WALK, compiled.host(), kept)
    assert len(kept) == 1
    assert first != second


def test_code_is_kept_under_another_name_for_another_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compiled, "_LINKED", {})
    kept = Kept()
    compiled.address(WALK, compiled.host(), kept)
    compiled.address(WALK, compiled.Target("x86-64", frozenset({"sse2"})), kept)
    assert len(kept) == 2


@pytest.mark.parametrize(("start", "period"), [(0, 0), (0, 145), (2**32 - 1, 2)])
def test_a_key_outside_its_bounds_is_refused_with_its_row(start: int, period: int) -> None:
    with pytest.raises(KeymatchError) as refused:
        columns([(bytes(16), 5, 144), (bytes(16), start, period)])
    assert (refused.value.code, refused.value.where) == ("keymatch.bad_keys", "2")


def test_keys_of_fifteen_bytes_are_refused() -> None:
    with pytest.raises(KeymatchError, match="1"):
        key_columns(np.zeros((3, 15), np.uint8), np.zeros(3, np.uint32))


def test_what_a_virtual_machine_hides_of_its_processor_is_switched_off() -> None:
    named = compiled.Target("sapphirerapids", frozenset({"sse4.1"}))
    masked = named._replace(lacks=frozenset({"avx", "avx2", "avx512f"}))
    assert masked.switches() == "+sse4.1,-avx,-avx2,-avx512f"
    assert "ymm" in compiled.assembly(WIDE, named)
    assert "ymm" not in compiled.assembly(WIDE, masked)


def test_identifiers_of_twelve_bytes_are_refused() -> None:
    with pytest.raises(KeymatchError) as refused:
        core.match(columns([(bytes(16), 0, 144)]), np.zeros((1, 12), np.uint8))
    assert refused.value.code == "keymatch.bad_ids"


@pytest.mark.parametrize("route", core.available())
def test_no_keys_or_no_identifiers_give_no_hits(route: str) -> None:
    none = columns([])
    assert not core.match(none, id_rows([bytes(16)]), route=route).key.size
    assert not core.match(columns([(bytes(16), 0, 1)]), id_rows([]), route=route).key.size


def test_a_route_names_what_the_processor_must_have() -> None:
    assert all(route.needs <= compiled.host().features for route in native.routes())
