"""The examples in the docstrings are true."""

import doctest
from types import ModuleType

import pytest

from vungxanh.accounts.rules import roles, waiting
from vungxanh.audit import rules as audit_rules
from vungxanh.core import clock, ids


@pytest.mark.parametrize("module", [clock, ids, roles, waiting, audit_rules])
def test_examples_are_true(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
