"""The examples in the docstrings are true."""

import doctest
from types import ModuleType

import pytest

from vungxanh.accounts.rules import roles, waiting
from vungxanh.audit.rules import chain, opaque, references
from vungxanh.core import clock, headings, ids


@pytest.mark.parametrize(
    "module", [clock, headings, ids, roles, waiting, chain, opaque, references]
)
def test_examples_are_true(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
