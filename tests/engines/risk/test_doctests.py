"""The examples in the docstrings are true."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["roc", "scores", "told"])
def test_examples_are_true(name: str) -> None:
    failed, tried = doctest.testmod(import_module(f"vungxanh.engines.risk.{name}"))
    assert (failed, tried > 0) == (0, True)
