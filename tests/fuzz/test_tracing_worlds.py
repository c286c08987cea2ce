"""The fuzzer of tracing finds nothing in a few worlds, and finds what is wrong where it is."""

from dataclasses import replace

import pytest

from tools.fuzz_tracing import BATCH, Case, compiled, main, report, run_batch
from vungxanh.engines.tracing import Contacts

SEED = 4


@pytest.mark.slow
def test_engines_agree_on_two_thousand_worlds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--worlds", "2000", "--seed", f"{SEED}"]) == 0
    assert "2,000 worlds, all the same rows" in capsys.readouterr().out


def off_by_a_second(case: Case) -> Contacts:
    """Wrong wherever two met for fifteen minutes to the second."""
    world = case.world
    asked = replace(world.parameters, min_overlap_s=world.parameters.min_overlap_s + 1)
    return compiled(replace(case, world=replace(world, parameters=asked)))


def broken(case: Case) -> Contacts:
    """Cannot work with a delta."""
    if case.is_delta.any():
        msg = "no delta"
        raise ValueError(msg)
    return compiled(case)


@pytest.mark.slow
def test_a_wrong_second_is_found_and_made_small() -> None:
    found = run_batch(SEED, 0, n_worlds=BATCH, engine=off_by_a_second)
    assert found is not None
    assert len(found.case.world.visits) == 2
    assert len(found.case.world.windows) == 1
    assert f"--seed {SEED} --worlds {found.number + 1}" in report(found)


@pytest.mark.slow
def test_an_engine_that_fails_is_found() -> None:
    found = run_batch(SEED, 0, n_worlds=BATCH, engine=broken)
    assert found is not None
    assert "ValueError: no delta" in found.said
    assert len(found.case.world.visits) == 1
