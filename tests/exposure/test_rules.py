"""When a key may be published."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.encounters.core import TOLERANCE
from vungxanh.exposure import rules
from vungxanh.protocol import gaen


def test_the_rule_s_example_holds() -> None:
    results = doctest.testmod(rules)
    assert (results.failed, results.attempted) == (0, 1)


@given(st.integers(0, 10**7), st.integers(1, gaen.PERIOD))
def test_nobody_accepts_the_last_identifier_when_its_key_is_published(
    start: int, period: int
) -> None:
    last_accepted = start + period - 1 + TOLERANCE
    assert gaen.interval_of(rules.publishable_at(start, period)) == last_accepted + 1
