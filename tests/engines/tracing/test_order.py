"""Orders of keys are those of a stable sort, however many bits there are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.tracing.columns import order_of


@given(st.lists(st.integers(0, 2**62 - 1) | st.integers(0, 3), max_size=40))
def test_order_is_that_of_a_stable_sort(keys: list[int]) -> None:
    found = order_of(np.array(keys, np.int64), 62)
    assert found.tolist() == sorted(range(len(keys)), key=keys.__getitem__)


@pytest.mark.slow
@pytest.mark.parametrize("bits", [1, 20, 44, 45, 62])
def test_order_of_many_keys_is_that_of_a_stable_sort(bits: int) -> None:
    keys = np.random.default_rng(bits).integers(0, 2**bits, 2**20)
    assert np.array_equal(order_of(keys, bits), np.argsort(keys, kind="stable"))
