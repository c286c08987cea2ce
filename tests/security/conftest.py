"""The site that is attacked, for the tests of one file together."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.security.standing import Scene, standing


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """The people and every door, shared by the attacks of one file."""
    with django_db_blocker.unblock(), standing() as found:
        yield found
