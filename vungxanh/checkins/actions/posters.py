"""Posters: one at once, thousands by a job that can be stopped and that goes on after a kill."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.holding import point_ref
from vungxanh.checkins.gateways.poster_files import JobFolder
from vungxanh.checkins.models import Point, PosterJob
from vungxanh.checkins.queries.posters import good_issues, sheets_of
from vungxanh.checkins.values import poster_refusals as refusals
from vungxanh.checkins.values.posters import (
    KEPT_DAYS,
    MOST_POSTERS,
    OPEN_STATES,
    PRINT,
    JobState,
    PosterAsk,
    PosterLook,
)
from vungxanh.core import files
from vungxanh.core.viewer import Viewer
from vungxanh.documents.posters import write_poster

TASK: Final = "checkins.print_posters"


def print_one(*, point: Point, entrance: int, look: PosterLook, by: Viewer, at: datetime) -> bytes:
    """The PDF of one entrance's poster, for who may see the point.

    Audit event: `checkins.poster_printed`. Refuses with `checkins.poster_no_code`.
    """
    issues = good_issues([point.pk], at)
    found = sheets_of(issues, look, at=at)
    sheets = [one for one in found if one.named.entrance == entrance]
    if not sheets:
        raise refusals.no_code()
    pdf = write_poster(sheets[0].poster, look.form)
    detail: Detail = {"form": look.form.value, "copies": look.copies, "entrance": entrance}
    with transaction.atomic():
        event = "checkins.poster_printed"
        record(event=event, by=by, at=at, subject=point_ref(point), detail=detail)
    return pdf


def ask_posters(
    *, points: Sequence[int], look: PosterLook, chosen: str, by: Viewer, at: datetime
) -> PosterJob:
    """Let a job print the posters of all entrances of these points, which the caller may see.

    `chosen` says in words what was chosen. Audit event: `checkins.posters_asked`. Refuses with
    `checkins.no_posters`, `checkins.too_many_posters`.
    """
    by.require(PRINT)
    issues = good_issues(points, at)
    if not issues:
        raise refusals.no_posters()
    if len(issues) > MOST_POSTERS:
        raise refusals.too_many_posters(MOST_POSTERS)
    asked = PosterAsk(look.site, tuple(issues), look.copies, chosen[:300])
    with transaction.atomic():
        job = PosterJob.objects.create(
            asked=msgspec.to_builtins(asked),
            form=look.form.value,
            language=look.language.value,
            n_all=len(issues),
            at=at,
            by=by.id,
        )
        detail: Detail = {"form": job.form, "posters": len(issues), "copies": look.copies}
        record(event="checkins.posters_asked", by=by, at=at, subject=ref(job), detail=detail)
        app.configure_task(name=TASK).defer(timestamp=int(at.timestamp()))
    return job


def cancel_posters(*, job: PosterJob, by: Viewer, at: datetime) -> bool:
    """Stop a job; False where it was over. Audit event: `checkins.posters_cancelled`."""
    with transaction.atomic():
        rows = PosterJob.objects.filter(pk=job.pk, state__in=OPEN_STATES)
        if not rows.update(state=JobState.CANCELLED, ended_at=at):
            return False
        record(event="checkins.posters_cancelled", by=by, at=at, subject=ref(job))
    return True


def note_download(*, job: PosterJob, by: Viewer, at: datetime) -> None:
    """Write down who took the posters of a job. Audit event: `checkins.posters_taken`."""
    with transaction.atomic():
        record(event="checkins.posters_taken", by=by, at=at, subject=ref(job))


def forget_posters(*, at: datetime) -> int:
    """Take away the jobs, and their files, that were asked for longer than seven days ago."""
    past = PosterJob.objects.filter(at__lt=at - timedelta(days=KEPT_DAYS))
    rows = list(past.values_list("pk", "file_id"))
    for job_id, file_id in rows:
        JobFolder(Path(settings.HOME), job_id).drop()
        if file_id is not None:
            files.destroy(file_id)
    PosterJob.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    return len(rows)


def ref(job: PosterJob) -> str:
    """How the log names a job."""
    return f"posters:{job.pk}"
