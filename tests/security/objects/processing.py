"""Papers on processing personal data: the installation's, kept by its administrators."""

from dataclasses import replace
from datetime import timedelta

from tests.factories.people import Colleague
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.config.processing import actions
from vungxanh.config.processing.values import MANAGE, SaidOfBreach
from vungxanh.core import clock


def things(owner: Colleague) -> list[Thing]:
    """A breach notice with hostile words, as an administrator of the area writes it."""
    at = clock.now()
    by = replace(owner.viewer, capabilities=owner.viewer.capabilities | {MANAGE})
    said = SaidOfBreach(
        found_at=at - timedelta(hours=2),
        happened=PAYLOAD,
        tables=("accounts.Staff",),
        kinds=PAYLOAD[:120],
        n_persons=1,
        n_rows=1,
        consequences=PAYLOAD,
        measures=PAYLOAD,
        contact=PAYLOAD[:120],
    )
    notice = actions.notice(said=said, by=by, at=at)
    return [
        Thing("/ho-so-du-lieu/", "paper_id", str(notice), is_secret=False, is_shared=True),
        Thing("/ho-so-du-lieu/", "ending", "pdf", is_secret=False),
        Thing("/ho-so-du-lieu/", "slug", "so-dang-ky", is_secret=False),
    ]
