"""How many rounds of faults are made, and the table of what came of them."""

import os
from pathlib import Path

import pytest

from tests.faults.intake_outcome import OUTCOME
from tests.faults.intake_site import Seed, installed

ROUNDS = "VUNGXANH_FAULT_ROUNDS"


@pytest.fixture(scope="session")
def n_rounds() -> int:
    """A few in `make test`, many in `make faults`."""
    return int(os.environ.get(ROUNDS, "2"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of an installation with its own PostgreSQL."""
    return tmp_path_factory.mktemp("intake")


@pytest.fixture(scope="session")
def seed(home: Path) -> Seed:
    """Its points and phones."""
    return installed(home)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each kind of fault, with what the phones met."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [value for one in reports for name, value in one.user_properties if name == OUTCOME]
    if lines:
        terminalreporter.section("faults of device intake")
        for line in sorted(lines):
            terminalreporter.write_line(line)
