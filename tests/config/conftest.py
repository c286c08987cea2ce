"""Installations that run on this machine, for tests of what they promise to the outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import homes
from tests.config.hardened_site import Site, serving


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of its own with an empty database that is up to date."""
    return homes.migrated(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def https_site(migrated_home: Path) -> Iterator[Site]:
    """A server behind a proxy that speaks HTTPS."""
    with serving(migrated_home, VUNGXANH_PROXIES="127.0.0.1", VUNGXANH_HTTPS="1") as started:
        yield started


@pytest.fixture(scope="session")
def plain_site(migrated_home: Path) -> Iterator[Site]:
    """A server as it starts without any setting."""
    with serving(migrated_home) as started:
        yield started
