"""The examples in the engine's docstrings hold."""

import doctest

from vungxanh.engines.encounters import scans


def test_examples_in_docstrings_hold() -> None:
    results = doctest.testmod(scans)
    assert (results.failed, results.attempted) == (0, 4)
