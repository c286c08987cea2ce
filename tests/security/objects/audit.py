"""Days of the log: whoever may read it may read each."""

from tests.factories.people import Colleague
from tests.security.doors import Thing
from vungxanh.core import clock


def things(owner: Colleague) -> list[Thing]:
    """Today."""
    return [Thing("/nhat-ky/ngay/", "day", clock.today().isoformat(), is_secret=False)]
