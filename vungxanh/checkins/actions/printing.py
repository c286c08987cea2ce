"""The work of a job: part after part, each kept before the next begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings
from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.posters import ref
from vungxanh.checkins.gateways.poster_files import JobFolder
from vungxanh.checkins.gateways.presses import Presses
from vungxanh.checkins.models import PosterJob
from vungxanh.checkins.queries.posters import Sheet, next_job, sheets_of
from vungxanh.checkins.values.poster_refusals import posters_not_kept
from vungxanh.checkins.values.posters import OPEN_STATES, JobState, PosterAsk, PosterLook, file_name
from vungxanh.core import clock, files
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents.posters import Form, Language
from vungxanh.documents.vietnamese import date
from vungxanh.refusals import RefusalError

PART: Final = 100
_LOCK: Final = 0x706F73746572


class _CancelledError(Exception):
    """Somebody stopped the job."""


def print_waiting() -> int:
    """Print job after job until none waits; returns how many. Nothing where another process does.

    What a killed process left goes on behind its last part.
    """
    n_jobs = 0
    with _alone() as is_alone:
        while is_alone and (job := next_job()) is not None:
            print_job(job)
            n_jobs += 1
    return n_jobs


def print_job(job: PosterJob) -> None:
    """Print one job to its end; a refusal ends it as failed, with its code."""
    folder = JobFolder(Path(settings.HOME), job.pk)
    try:
        _print(job, folder)
    except _CancelledError:
        pass
    except RefusalError as refusal:
        _end(job, JobState.FAILED, fault=refusal.code)
    except OSError:  # the disk is full, or may not be written
        _end(job, JobState.FAILED, fault=posters_not_kept().code)
    folder.drop()


def _print(job: PosterJob, folder: JobFolder) -> None:
    asked = msgspec.convert(job.asked, PosterAsk)
    firsts = range(0, len(asked.issues), PART)
    folder.open()
    with Presses() as presses:
        for first in firsts:
            if not folder.has_part(first):
                _print_part(job, asked, first=first, folder=folder, presses=presses)
            _go_on(job, min(first + PART, len(asked.issues)))
    whole = folder.joined(firsts)
    with transaction.atomic():
        kept = files.keep_whole(
            whole, name="bang-ma.zip", media_type="application/zip", by=SYSTEM, at=clock.now()
        )
        if not _end(job, JobState.DONE, file_id=kept.pk):
            raise _CancelledError


def _print_part(
    job: PosterJob, asked: PosterAsk, *, first: int, folder: JobFolder, presses: Presses
) -> None:
    issues = asked.issues[first : first + PART]
    look = PosterLook(Form(job.form), Language(job.language), asked.copies, asked.site)
    sheets = sheets_of(issues, look, at=clock.now())
    pdfs = presses.print([one.poster for one in sheets], look.form)
    names = [file_name(one.named) for one in sheets]
    gone = len(issues) - len(sheets)
    rows = [_row(sheet, name) for sheet, name in zip(sheets, names, strict=True)]
    rows += [["", "", "", "", "", "", "", "Không in: mã đã đổi, hoặc điểm đã dừng"]] * gone
    folder.write_part(first, dict(zip(names, pdfs, strict=True)), rows)


def _row(sheet: Sheet, name: str) -> list[str]:
    poster = sheet.poster
    day = date(poster.issued_on, "vi")
    told = [poster.code, poster.name, poster.entrance, sheet.address, day]
    return [*told, str(poster.copies), name, ""]


def _go_on(job: PosterJob, n_done: int) -> None:
    """Write down how far the job is, unless somebody stopped it."""
    rows = PosterJob.objects.filter(pk=job.pk, state__in=OPEN_STATES)
    if not rows.update(state=JobState.RUNNING, n_done=n_done):
        raise _CancelledError


def _end(job: PosterJob, state: JobState, **said: object) -> bool:
    at: datetime = clock.now()
    with transaction.atomic():
        rows = PosterJob.objects.filter(pk=job.pk, state__in=OPEN_STATES)
        if not rows.update(state=state, ended_at=at, **said):
            return False
        event = "checkins.posters_done" if state is JobState.DONE else "checkins.posters_failed"
        record(event=event, by=SYSTEM, at=at, subject=ref(job), detail={"posters": job.n_all})
    return True


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process prints; a lock of the connection, which its death frees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (is_alone,) = cursor.fetchone()
    try:
        yield bool(is_alone)
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
