"""Jobs that print posters: a ZIP of what was asked for, stopped, gone on with, forgotten."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from django.conf import settings

from tests.factories.people import Colleague
from tests.factories.points import a_point, code_of
from tests.factories.qr_pictures import text_in_picture
from tests.factories.register import AT
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions import printing
from vungxanh.checkins.actions.posters import (
    ask_posters,
    cancel_posters,
    forget_posters,
)
from vungxanh.checkins.gateways.poster_files import LIST, JobFolder
from vungxanh.checkins.gateways.presses import Presses
from vungxanh.checkins.models import Point, PointCode, PosterJob
from vungxanh.checkins.queries.purging import overdue
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.poster_refusals import PosterError
from vungxanh.checkins.values.posters import PosterLook
from vungxanh.core import files
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.documents.posters import Form, Language, Poster

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("places_of_both_eras"),
]
SITE = "https://vungxanh.example"


def ask(points: list[Point], *, by: Colleague, copies: int = 1) -> PosterJob:
    return ask_posters(
        points=[one.pk for one in points],
        look=PosterLook(Form.A4, Language.VI, copies, SITE),
        chosen="",
        by=by.viewer,
        at=AT,
    )


def package(job: PosterJob) -> zipfile.ZipFile:
    job.refresh_from_db()
    assert job.file_id is not None
    size, pieces = files.pieces(job.file_id)
    content = b"".join(pieces)
    assert len(content) == size
    return zipfile.ZipFile(io.BytesIO(content))


def folder(job: PosterJob) -> JobFolder:
    return JobFolder(Path(settings.HOME), job.pk)


def rows(found: zipfile.ZipFile) -> list[list[str]]:
    return list(csv.reader(io.StringIO(found.read(LIST).decode("utf-8-sig"))))


def test_job_makes_a_zip_of_codes_that_read_and_a_list(officer: Colleague) -> None:
    points = [a_point(f"Chợ mẫu {n}") for n in range(3)]
    job = ask(points, by=officer, copies=2)
    assert printing.print_waiting() == 1
    found = package(job)
    names = sorted(set(found.namelist()) - {LIST})
    assert [name.split("/")[1][:9] for name in names] == ["Chợ mẫu 0", "Chợ mẫu 1", "Chợ mẫu 2"]
    sheet = pypdfium2.PdfDocument(found.read(names[0]))
    assert len(sheet) == 2
    grey = np.squeeze(sheet[0].render(scale=3, grayscale=True).to_numpy()).astype(float)
    assert text_in_picture(grey) == f"{SITE}/c/{points[0].code}#{code_of(points[0]).payload}"
    told = {row[6]: row[1] for row in rows(found)[1:]}
    assert told == {name: f"Chợ mẫu {n}" for n, name in enumerate(names)}
    assert (job.state, job.n_done, job.n_all) == ("done", 3, 3)
    assert all(entry.compress_type == zipfile.ZIP_STORED for entry in found.infolist())


def test_point_closed_meanwhile_is_told_and_not_printed(officer: Colleague) -> None:
    kept, gone = a_point("Chợ mẫu"), a_point("Quán mẫu")
    job = ask([kept, gone], by=officer)
    Point.objects.filter(pk=gone.pk).update(state=State.SUSPENDED)
    printing.print_waiting()
    found = package(job)
    assert len(found.namelist()) == 2
    assert [row[7] != "" for row in rows(found)[1:]] == [False, True]


def test_revoked_code_is_never_asked_for(officer: Colleague) -> None:
    point = a_point()
    PointCode.objects.filter(point=point).update(
        revoked_at=AT, revoked_by=SYSTEM.id, revoked_reason="dán đè"
    )
    with pytest.raises(PosterError) as refused:
        ask([point], by=officer)
    assert refused.value.code == "checkins.no_posters"


def test_job_that_was_killed_goes_on_behind_its_last_part(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "PART", 1)
    points = [a_point(f"Chợ mẫu {n}") for n in range(3)]
    job = ask(points, by=officer)
    printed: list[str] = []
    really = Presses.print

    def print_two(self: Presses, posters: Sequence[Poster], form: Form) -> list[bytes]:
        if len(printed) == 2:
            raise KeyboardInterrupt
        printed.extend(one.name for one in posters)
        return really(self, posters, form)

    monkeypatch.setattr(Presses, "print", print_two)
    with pytest.raises(KeyboardInterrupt):
        printing.print_waiting()
    job.refresh_from_db()
    assert (job.state, job.n_done) == ("running", 2)
    monkeypatch.setattr(Presses, "print", really)
    printing.print_waiting()
    found = package(job)
    assert len(found.namelist()) == 4
    assert len(rows(found)) == 4
    assert not folder(job).path.exists()


def test_job_that_is_stopped_keeps_nothing(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "PART", 1)
    job = ask([a_point("Chợ mẫu 1"), a_point("Chợ mẫu 2")], by=officer)
    really = Presses.print

    def stop_then_print(self: Presses, posters: Sequence[Poster], form: Form) -> list[bytes]:
        cancel_posters(job=job, by=officer.viewer, at=AT)
        return really(self, posters, form)

    monkeypatch.setattr(Presses, "print", stop_then_print)
    printing.print_waiting()
    job.refresh_from_db()
    assert (job.state, job.n_done, job.file_id) == ("cancelled", 0, None)
    assert not folder(job).path.exists()
    assert not cancel_posters(job=job, by=officer.viewer, at=AT)


def test_press_that_dies_ends_the_job_with_its_reason(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask([a_point()], by=officer)
    entered = Presses.__enter__

    def killed(self: Presses) -> Presses:
        found = entered(self)
        for one in self._running:
            one.kill()
            one.wait()
        return found

    monkeypatch.setattr(Presses, "__enter__", killed)
    printing.print_waiting()
    job.refresh_from_db()
    assert (job.state, job.fault) == ("failed", "checkins.press_stopped")


def test_full_disk_ends_the_job_with_its_reason(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask([a_point()], by=officer)

    def full(self: JobFolder, *given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(JobFolder, "write_part", full)
    printing.print_waiting()
    job.refresh_from_db()
    assert (job.state, job.fault) == ("failed", "checkins.posters_not_kept")


def test_posters_are_forgotten_after_seven_days_with_their_file(officer: Colleague) -> None:
    job = ask([a_point()], by=officer)
    printing.print_waiting()
    job.refresh_from_db()
    assert forget_posters(at=AT + timedelta(days=7)) == 0
    later = AT + timedelta(days=7, seconds=1)
    assert overdue(later)["checkins_posterjob"] == 1
    assert forget_posters(at=later) == 1
    assert job.file_id is not None
    assert not PosterJob.objects.exists()
    assert not StoredFile.objects.filter(pk=job.file_id).exists()


def test_every_step_is_in_the_log(officer: Colleague) -> None:
    job = ask([a_point()], by=officer)
    printing.print_waiting()
    events = AuditEvent.objects.filter(subject=f"posters:{job.pk}").order_by("at", "id")
    assert sorted(events.values_list("event", flat=True)) == [
        "checkins.posters_asked",
        "checkins.posters_done",
    ]


def test_who_may_not_manage_points_asks_for_no_posters(outsider: Colleague) -> None:
    with pytest.raises(ForbiddenError):
        ask([a_point()], by=outsider)


def test_file_kept_whole_is_moved_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"zip" * 1000)
    kept = files.keep_whole(path, name="a.zip", media_type="application/zip", by=SYSTEM, at=AT)
    assert not path.exists()
    size, pieces = files.pieces(kept.pk)
    assert (size, b"".join(pieces)) == (3000, b"zip" * 1000)
