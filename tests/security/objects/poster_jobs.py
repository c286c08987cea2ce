"""A job of posters of Quy Nhơn, with hostile words in what was chosen."""

from tests.factories.people import Colleague
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.checkins.models import PosterJob
from vungxanh.core import clock


def things(owner: Colleague) -> list[Thing]:
    """One job, asked for by somebody of Quy Nhơn."""
    job = PosterJob.objects.create(
        asked={"site": "https://vungxanh.example", "issues": [1], "filter": PAYLOAD[:300]},
        form="a4",
        language="vi",
        n_all=1,
        at=clock.now(),
        by=owner.viewer.id,
    )
    return [Thing("/diem/bang-ma/", "job_id", str(job.pk))]
