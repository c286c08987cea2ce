"""Every route gives the rows of the plain definition, on this processor and on lesser ones."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engines.keymatch.worlds import World, columns, id_rows, worlds
from vungxanh.engines.keymatch import Hits, core, native, reference
from vungxanh.engines.keymatch.candidates import confirmed, seen_of
from vungxanh.engines.keymatch.compiled import Target
from vungxanh.engines.keymatch.filters import filters_of
from vungxanh.engines.keymatch.ir import aes

ROUTES = core.available()
# What the least processor of each route has: everything else of the host is left out.
LEAST = {
    "avx512": {"avx512f", "avx512bw", "avx512dq", "avx512vl", "vaes", "aes", "avx2"},
    "avx2": {"avx2", "vaes", "aes"},
    "aesni": {"aes", "ssse3", "sse4.1"},
    "sliced-512": {"avx512f", "avx512bw"},
    "sliced-256": {"avx2"},
    "sliced": {"sse2"},
}
COMPILED = [route for route in native.ROUTES if route.name in ROUTES]


def rows(hits: Hits) -> list[list[int]]:
    return [list(row) for row in zip(*(column.tolist() for column in hits), strict=True)]


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES)
@settings(max_examples=60)
@given(world=worlds())
def test_a_route_finds_what_the_definition_finds(route: str, world: World) -> None:
    expected = reference.match(world.keys, world.ids)
    assert rows(core.match(world.keys, world.ids, route=route)) == rows(expected)


@pytest.mark.slow
@pytest.mark.parametrize("route", COMPILED, ids=[route.name for route in COMPILED])
@settings(max_examples=20)
@given(world=worlds())
def test_code_for_the_least_processor_finds_the_same(route: native.Route, world: World) -> None:
    loop = native.loop(route, Target("x86-64", frozenset(LEAST[route.name])))
    found = confirmed(world.keys, seen_of(world.ids), loop(world.keys, filters_of(world.ids)))
    assert rows(found) == rows(reference.match(world.keys, world.ids))


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("threads", [1, 3])
def test_many_keys_in_shares_give_the_same_as_whole(route: str, threads: int) -> None:
    rng = np.random.default_rng(7)
    n = 5003  # several calls of the loop, and no whole vector at the end
    teks, starts = rng.integers(0, 256, (n, 16), np.uint8), rng.integers(0, 2**31, n)
    keys = columns([(tek.tobytes(), int(at), 144) for tek, at in zip(teks, starts, strict=True)])
    picked = [(int(key), int(rng.integers(144))) for key in (0, 15, 16, 2047, 2048, 4999, n - 1)]
    ids = id_rows([reference.made_by(keys, key)[offset] for key, offset in picked])
    found = core.match(keys, ids, route=route, threads=threads)
    assert rows(found) == [[key, offset, at] for at, (key, offset) in enumerate(picked)]


@pytest.mark.parametrize("route", ROUTES)
def test_identifiers_that_crowd_the_filters_are_still_told_apart(route: str) -> None:
    keys = columns([(bytes([at]) * 16, 2_649_600, 144) for at in range(16)])
    made = [identifier for at in range(16) for identifier in reference.made_by(keys, at)]
    alike = [identifier[:8] + bytes(8) for identifier in made]
    found = core.match(keys, id_rows([*alike, *made]), route=route)
    assert found.id.tolist() == list(range(len(made), 2 * len(made)))


def test_an_identifier_given_twice_is_found_in_both_rows() -> None:
    keys = columns([(bytes(16), 0, 144)])
    ids = id_rows([reference.made_by(keys, 0)[5]] * 2)
    assert rows(core.match(keys, ids)) == [[0, 5, 0], [0, 5, 1]]


def test_the_best_route_of_this_machine_is_taken_first() -> None:
    widths = [route.width for route in native.routes() if route.cipher is aes.CIPHER]
    assert widths == sorted(widths, reverse=True)
    assert ROUTES[-2:] == ("sliced", core.PORTABLE)
