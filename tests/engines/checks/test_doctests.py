"""The examples in the docstrings of the reader and the checks are true."""

import doctest
from importlib import import_module

import pytest

MODULES = (
    *(
        f"vungxanh.engines.checks.{name}"
        for name in ("arithmetic", "dates", "headrows", "heads", "numerals")
    ),
    "vungxanh.engines.checks.rules.identities",
    "vungxanh.engines.checks.sentences",
    *(f"vungxanh.documents.grids.{name}" for name in ("cells", "formats")),
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    failed, tried = doctest.testmod(import_module(name))
    assert (failed, tried > 0) == (0, True)
