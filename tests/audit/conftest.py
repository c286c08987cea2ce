"""Keys of each test's own: other tests of the session run beside these and share the session's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from vungxanh.core import keys


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A folder of key files that a test may change."""
    settings.KEYS = tmp_path / "keys"
    keys.create_missing()
    yield
    keys.forget()
