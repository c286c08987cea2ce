"""Anybody reports a poster; the commune owes a look; an officer handles it, with new codes."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import Colleague, Person
from tests.factories.photos import PLANTED, a_photo
from tests.factories.points import a_point, code_of
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.photos import let_photos_go
from vungxanh.checkins.actions.reports import handle_report, report_poster
from vungxanh.checkins.models import Entrance, Photo, Point, PointCode, TamperReport
from vungxanh.checkins.queries.photos import KEPT_FOR
from vungxanh.checkins.queries.reports import photo_for
from vungxanh.checkins.values.door_refusals import NoWordsError, ReportHandledError
from vungxanh.checkins.values.inspections import Tamper, TamperSaid
from vungxanh.core import clock, files, limits
from vungxanh.core.errors import MissingError
from vungxanh.core.limits.listed import REPORTS
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.duties.models import Occurrence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
SAID = TamperSaid(Tamper.PASTED_OVER, "Có mã khác dán đè ở cổng A")


def upload(content: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def a_report(point: Point, said: TamperSaid = SAID) -> TamperReport:
    return TamperReport.objects.get(
        pk=report_poster(point_id=point.pk, said=said, by=PUBLIC, at=clock.now())
    )


def duties() -> list[str]:
    found = Occurrence.objects.filter(duty__kind="checkins.tamper")
    return list(found.values_list("state", flat=True))


def test_anybody_reports_with_photos_and_is_not_named() -> None:
    point = a_point()
    reply = Client().post(
        f"/c/{point.code}/bao/",
        {
            "what": "pasted_over",
            "note": "Dán đè\u202e",
            "photos": [upload(a_photo()), upload(a_photo())],
        },
    )
    assert reply.status_code == 302
    row = TamperReport.objects.get()
    assert (row.by, row.what, row.note, row.photos.count()) == ("", "pasted_over", "Dán đè", 2)


def test_kept_photos_tell_neither_where_nor_by_what_they_were_taken() -> None:
    photo = a_photo()
    assert PLANTED.encode() in photo
    row = a_report(a_point(), TamperSaid(Tamper.DAMAGED, photos=(photo,)))
    kept = files.open_file(row.photos.get().file_id)
    assert PLANTED.encode() not in kept
    assert b"Exif" not in kept


def test_a_report_without_a_reason_keeps_what_was_typed() -> None:
    reply = Client().post(f"/c/{a_point().code}/bao/", {"note": "chữ đã gõ"})
    assert reply.status_code == 422
    assert "chữ đã gõ" in reply.content.decode()


@pytest.mark.parametrize(
    ("contents", "words"),
    [([b"%PDF-1.7"], "không phải ảnh"), ([a_photo()] * 4, "tối đa 3 ảnh")],
    ids=["no photo", "too many"],
)
def test_bad_photos_are_told_at_their_field_and_nothing_is_kept(
    contents: list[bytes], words: str
) -> None:
    photos = [upload(one) for one in contents]
    path = f"/c/{a_point().code}/bao/"
    reply = Client().post(path, {"what": "damaged", "photos": photos})
    assert reply.status_code == 422
    assert words in reply.content.decode().lower()
    assert (TamperReport.objects.count(), Photo.objects.count()) == (0, 0)


def test_the_entrance_is_asked_where_there_are_several() -> None:
    point = a_point()
    Entrance.objects.create(point=point, number=3, label="Cổng sau")
    path = f"/c/{point.code}/bao/"
    assert "Cổng sau" in Client().get(path).content.decode()
    Client().post(path, {"what": "damaged", "entrance": "3"})
    assert TamperReport.objects.get().entrance == 3
    assert "Ở lối nào" not in Client().get(f"/c/{a_point('Khác').code}/bao/").content.decode()


def test_an_unknown_point_takes_no_report() -> None:
    assert Client().get("/c/000000000/bao/").status_code == 404


def test_one_network_sends_few_reports() -> None:
    limits.start_anew()
    client, path = Client(REMOTE_ADDR="203.0.113.20"), f"/c/{a_point().code}/bao/"
    n = REPORTS.of_address * 9 // 8 + 2
    answers = [client.post(path, {"what": "damaged"}).status_code for _ in range(n)]
    assert (answers[0], answers[-1]) == (302, 429)


def test_the_commune_owes_one_look_however_many_report() -> None:
    point = a_point()
    a_report(point)
    a_report(point)
    assert duties() == ["open"]


def test_handling_the_last_report_meets_the_duty() -> None:
    point = a_point()
    first, second = a_report(point), a_report(point)
    handle_report(report_id=first.pk, outcome="Đã gỡ", by=SYSTEM, at=clock.now())
    assert duties() == ["open"]
    handle_report(report_id=second.pk, outcome="Đã gỡ", by=SYSTEM, at=clock.now())
    assert duties() == ["done"]


def test_handling_with_new_codes_ends_the_former_at_once() -> None:
    point = a_point(at=clock.now())
    old = code_of(point)
    row = a_report(point)
    n = handle_report(report_id=row.pk, outcome="Đã gỡ", rotates=True, by=SYSTEM, at=clock.now())
    assert n == 1
    assert PointCode.objects.get(pk=old.pk).revoked_at is not None
    assert code_of(point).revoked_at is None


def test_a_report_is_handled_once_and_with_words() -> None:
    row = a_report(a_point())
    with pytest.raises(NoWordsError):
        handle_report(report_id=row.pk, outcome=" \u200b", by=SYSTEM, at=clock.now())
    handle_report(report_id=row.pk, outcome="Đã gỡ", by=SYSTEM, at=clock.now())
    with pytest.raises(ReportHandledError):
        handle_report(report_id=row.pk, outcome="Lại", by=SYSTEM, at=clock.now())


def test_only_officers_of_the_area_see_a_report_and_its_photos(
    officer: Colleague, other_officer: Colleague, outsider: Person
) -> None:
    row = a_report(a_point(), TamperSaid(Tamper.DAMAGED, photos=(a_photo(),)))
    photo = row.photos.get()
    path = f"/diem/anh/{photo.pk}/"
    assert photo_for(photo.pk, viewer=officer.viewer) == officer.client.get(path).content
    for one in (other_officer, outsider):
        with pytest.raises(MissingError):
            photo_for(photo.pk, viewer=one.viewer)
    assert other_officer.client.get(f"/diem/bao-ma/{row.pk}/").status_code == 404
    with pytest.raises(MissingError):
        handle_report(report_id=row.pk, outcome="Thử", by=other_officer.viewer, at=clock.now())


def test_an_officer_handles_a_report_in_one_press_with_new_codes(officer: Colleague) -> None:
    point = a_point(at=clock.now())
    row = a_report(point)
    assert point.name in officer.client.get("/diem/bao-ma/").content.decode()
    path = f"/diem/bao-ma/{row.pk}/"
    assert "Ghi và đổi mã ngay" in officer.client.get(path).content.decode()
    reply = officer.client.post(path, {"words": "Đã gỡ bảng giả", "act": "rotate"}, follow=True)
    assert "đổi 1 mã" in reply.content.decode()
    assert "Đã gỡ bảng giả" in officer.client.get("/diem/bao-ma/?xong=1").content.decode()


def test_the_page_of_reports_asks_few_questions_however_many_there_are(
    officer: Colleague, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(6):
        a_report(a_point(f"Chợ {n}"))
    with django_assert_max_num_queries(20):
        officer.client.get("/diem/bao-ma/")


def test_photos_go_after_half_a_year_with_their_bytes() -> None:
    row = a_report(a_point(), TamperSaid(Tamper.DAMAGED, photos=(a_photo(),)))
    file_id = row.photos.get().file_id
    assert let_photos_go(at=clock.now() + KEPT_FOR - timedelta(hours=1)) == 0
    assert let_photos_go(at=clock.now() + KEPT_FOR + timedelta(hours=1)) == 1
    with pytest.raises(MissingError):
        files.open_file(file_id)


def test_the_log_says_what_and_no_words() -> None:
    a_report(a_point())
    event = AuditEvent.objects.get(event="checkins.poster_reported")
    assert event.detail == {"what": "pasted_over", "photos": 0}
