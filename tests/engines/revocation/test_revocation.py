"""A list says of every issued number what a set says, in few bytes, the same bytes each time."""

import doctest
from random import Random
from types import ModuleType
from typing import NamedTuple

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.engines.revocation import (
    RevocationError,
    answers,
    core,
    reference,
    revocations_of,
    sieves,
)
from vungxanh.engines.revocation.reference import RevokedSet
from vungxanh.engines.revocation.types import Int64s
from vungxanh.protocol.places import revocations
from vungxanh.protocol.places.revocations import LAST_NUMBER, Revocations, Verdict

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
N_POINTS, N_REVOKED, MOST_BYTES = 3_700_000, 37_000, 64_000


class World(NamedTuple):
    """Numbers issued, and which of them are revoked."""

    issued: list[int]
    revoked: list[int]
    upto: int


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Few or many numbers, near each other or far apart, none to all of them revoked."""
    first = draw(st.sampled_from([0, 1, 2**32 - 50, LAST_NUMBER - 10_000]))
    farthest = draw(st.sampled_from([5, 200, 10_000]))
    offsets = draw(st.sets(st.integers(0, farthest), max_size=300))
    issued = sorted(first + offset for offset in offsets)
    share = draw(st.sampled_from([0.0, 0.01, 0.1, 0.5, 0.9, 1.0]))
    random = draw(st.randoms(use_true_random=False))
    revoked = [number for number in issued if random.random() < share]
    upto = max(issued, default=first) + draw(st.integers(0, 3))
    return World(issued, revoked, min(upto, LAST_NUMBER))


def of(numbers: list[int]) -> Int64s:
    return np.array(numbers, np.int64)


def made(world: World) -> Revocations:
    return revocations_of(of(world.issued), of(world.revoked), upto=world.upto)


def signed(held: Revocations) -> bytes:
    return revocations.write(held, built_at=1, key_id=bytes(4), private_key=KEY)


@given(worlds())
def test_every_issued_number_is_told_as_the_set_tells_it(world: World) -> None:
    held, plain = made(world), RevokedSet(world.revoked, upto=world.upto)
    asked = [*world.issued, min(world.upto + 1, LAST_NUMBER)]
    assert [held.holds(number) for number in asked] == [plain.holds(number) for number in asked]


@given(worlds(), st.lists(st.integers(0, LAST_NUMBER), max_size=50))
def test_many_numbers_are_answered_as_one_by_one(world: World, others: list[int]) -> None:
    held, asked = made(world), [*world.issued, *others]
    found = answers(held, of(asked))
    said = [held.holds(number) for number in asked]
    assert found.is_revoked.tolist() == [one is Verdict.REVOKED for one in said]
    assert found.is_covered.tolist() == [one is not Verdict.NOT_COVERED for one in said]


@given(worlds(), st.randoms(use_true_random=False))
def test_order_and_repetition_of_the_input_change_no_byte(world: World, random: Random) -> None:
    issued, revoked = world.issued * 2, world.revoked * 2
    random.shuffle(issued)
    random.shuffle(revoked)
    assert signed(made(World(issued, revoked, world.upto))) == signed(made(world))


@given(worlds())
def test_revoked_numbers_may_be_left_out_of_the_issued_ones(world: World) -> None:
    valid = sorted(set(world.issued) - set(world.revoked))
    assert made(World(valid, world.revoked, world.upto)) == made(world)


@given(worlds())
def test_what_is_written_is_read(world: World) -> None:
    held = made(world)
    found = revocations.read(signed(held), {bytes(4): KEY.public_key()})
    assert (found.revocations, found.verified) == (held, True)


def test_other_numbers_have_another_digest_and_other_seeds() -> None:
    made_of = [made(World([1, 2, 3, 4], [n], 9)) for n in (1, 2)] + [made(World([1, 2], [1], 9))]
    assert len({one.digest for one in made_of}) == 3
    assert len({one.sieves[0].seeds for one in made_of}) == 3


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 8, 13, 33, 100, 1000, 20_000])
@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.999, 1])
def test_any_size_and_share_is_exact(n: int, share: float) -> None:
    numbers = np.arange(1, n + 1) * 3
    revoked = np.random.default_rng(n).permutation(numbers)[: round(n * share)]
    found = answers(revocations_of(numbers, revoked, upto=3 * n), numbers)
    assert np.array_equal(found.is_revoked, np.isin(numbers, revoked))


def test_sieve_grows_until_its_slots_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = np.arange(1000)
    monkeypatch.setattr(sieves, "shape_of", lambda n: sieves.Shape(5, 1))  # 128 slots
    sieve = sieves.sieve_of(numbers, bits=3, seed=b"")
    assert sieve.n_slots > 1000
    assert sieves.passes(sieve, numbers).all()


@pytest.mark.slow
@settings(max_examples=20)
@given(st.integers(1, 2000), st.integers(1, 2000))
def test_bits_of_the_first_sieve_are_those_of_the_smallest_list(valid: int, gone: int) -> None:
    def cost(bits: int) -> int:
        return (bits + 1) * gone + (valid >> bits)

    assert all(cost(core.bits_of(valid, gone)) <= cost(bits) for bits in range(17))


@pytest.mark.parametrize(
    ("issued", "revoked", "upto", "field"),
    [
        (of([-1, 1]), of([]), 5, "issued"),
        (of([1, 6]), of([]), 5, "issued"),
        (of([1]), of([6]), 5, "revoked"),
        (of([1]), of([-1]), 5, "revoked"),
        (np.array([1.0]), of([]), 5, "issued"),
        (np.array([True]), of([]), 5, "issued"),
        (np.array([[1]]), of([]), 5, "issued"),
        (of([1]), of([]), -1, "upto"),
        (of([1]), of([]), 2**40, "upto"),
        (np.array([2**63], np.uint64), of([]), 5, "issued"),
    ],
)
def test_numbers_that_no_list_can_hold_are_refused(
    issued: Int64s, revoked: Int64s, upto: int, field: str
) -> None:
    with pytest.raises(RevocationError) as refused:
        revocations_of(issued, revoked, upto=upto)
    assert (refused.value.code, refused.value.field) == ("revocation.bad_numbers", field)


@pytest.mark.parametrize("module", [core, reference, revocations])
def test_examples_of_the_docstrings_hold(module: ModuleType) -> None:
    tried = doctest.testmod(module)
    assert tried.attempted > 0
    assert tried.failed == 0


@pytest.mark.slow
def test_of_3_7_million_points_no_valid_one_is_refused_and_every_revoked_one_is() -> None:
    issued = np.arange(1, N_POINTS + 1)
    revoked = np.random.default_rng(11).choice(issued, N_REVOKED, replace=False)
    is_revoked = np.zeros(N_POINTS, np.bool_)
    is_revoked[revoked - 1] = True
    content = signed(revocations_of(issued, revoked, upto=N_POINTS))
    held = revocations.read(content, {bytes(4): KEY.public_key()})
    found = answers(held.revocations, issued)
    assert held.verified is True
    assert len(content) <= MOST_BYTES
    assert found.is_covered.all()
    assert int((found.is_revoked & ~is_revoked).sum()) == 0
    assert int((found.is_revoked & is_revoked).sum()) == N_REVOKED
    assert {held.holds(number) for number in revoked.tolist()} == {Verdict.REVOKED}
    valid = issued[~is_revoked][::37].tolist()
    assert {held.holds(number) for number in valid} == {Verdict.NOT_REVOKED}
