"""Sessions: listed, ended at once, over after half an hour without use."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.people import PASSWORD, Colleague, Person, signed_in
from vungxanh.accounts import actions
from vungxanh.accounts.models import Staff, StaffSession
from vungxanh.accounts.rules import LONGEST, Why
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.errors import MissingError

OWN = "/tai-khoan/phien/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
PAGES = ("/dia-ban/vn-2021:52/", "/tai-khoan/", "/van-ban/", "/bao-cao/", "/bat-dau/", OWN)


def only_session(person: Colleague) -> StaffSession:
    return StaffSession.objects.get(staff=person.staff)


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def test_a_session_is_kept_without_its_key_or_address(officer: Colleague) -> None:
    kept = only_session(officer)
    key = str(officer.client.session.session_key)
    assert key.encode() not in bytes(kept.key)
    assert b"127.0.0.1" not in bytes(kept.address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(browser, 'escape') FROM accounts_staffsession")
        assert "Chrome" not in cursor.fetchone()[0]


def test_signing_in_and_out_is_one_session_with_its_browser(officer: Colleague) -> None:
    desk = Client(headers={"user-agent": CHROME})
    staff = Staff.objects.get(pk=officer.staff.pk)
    desk.force_login(staff)
    desk.get("/tai-khoan/")
    assert "Chrome trên Windows" in desk.get(OWN).content.decode()
    desk.post("/dang-xuat/")
    ended = StaffSession.objects.get(why=Why.SIGNED_OUT)
    assert ended.staff_id == staff.pk
    assert officer.client.get(OWN).content.decode().count('<th scope="row">') == 1


def test_a_revoked_session_is_out_with_its_next_request(officer: Colleague) -> None:
    elsewhere = signed_in(officer.staff)
    lost = StaffSession.objects.exclude(pk=only_first(officer)).get()
    officer.client.post(f"{OWN}{lost.pk}/")
    assert not is_in(elsewhere)
    assert is_in(officer.client)
    event = AuditEvent.objects.get(event="accounts.session_ended")
    assert (event.by, event.detail) == (officer.viewer.id, {"why": "revoked", "sessions": 1})


def only_first(person: Colleague) -> UUID:
    return StaffSession.objects.filter(staff=person.staff).earliest("started_at").pk


def test_all_others_end_with_one_button(officer: Colleague) -> None:
    elsewhere = [signed_in(officer.staff) for _ in range(2)]
    officer.client.post(f"{OWN}khac/")
    assert [is_in(one) for one in (officer.client, *elsewhere)] == [True, False, False]


def test_nobody_ends_a_session_of_a_colleague(officer: Colleague, other_officer: Colleague) -> None:
    theirs = f"{OWN}{only_session(officer).pk}/"
    nobodys = f"{OWN}{uuid4()}/"
    assert {other_officer.client.post(one).status_code for one in (theirs, nobodys)} == {404}
    assert is_in(officer.client)


def test_an_auditor_sees_an_account_and_ends_nothing(
    officer: Colleague, auditor: Colleague
) -> None:
    assert auditor.client.get(f"/can-bo/{officer.staff.pk}/").status_code == 200
    with pytest.raises(MissingError):
        actions.revoke_others(ref=officer.viewer.id, keep=None, by=auditor.viewer, at=clock.now())


def test_an_administrator_ends_the_sessions_of_an_account(
    officer: Colleague, administrator: Colleague
) -> None:
    administrator.client.post(f"/can-bo/{officer.staff.pk}/phien/")
    assert not is_in(officer.client)


def test_a_session_is_over_after_half_an_hour_without_use(officer: Colleague) -> None:
    with clock.frozen_at(clock.now() + timedelta(minutes=31)):
        reply = officer.client.get("/tai-khoan/", follow=True)
        assert "Hết phiên vì không dùng 30 phút" in reply.content.decode()
    assert only_session(officer).why == Why.IDLE


def test_what_was_typed_into_a_form_of_an_ended_session_is_not_promised(
    officer: Colleague,
) -> None:
    with clock.frozen_at(clock.now() + timedelta(minutes=31)):
        reply = officer.client.post("/tai-khoan/mat-khau/", {"old": "x"}, follow=True)
        assert "Nội dung vừa nhập chưa được lưu." in reply.content.decode()


def test_a_session_in_use_is_over_after_twelve_hours(officer: Colleague) -> None:
    late = clock.now() + LONGEST + timedelta(minutes=1)
    StaffSession.objects.update(seen_at=late)
    with clock.frozen_at(late):
        assert not is_in(officer.client)


def test_use_is_written_down_once_a_minute(officer: Colleague) -> None:
    began = only_session(officer).seen_at
    for seconds in (59, 61, 62):
        with clock.frozen_at(began + timedelta(seconds=seconds)):
            officer.client.get("/tai-khoan/")
    assert only_session(officer).seen_at == began + timedelta(seconds=61)


def test_an_account_past_its_end_is_out(officer: Colleague) -> None:
    Staff.objects.update(ends_at=clock.now() - timedelta(seconds=1))
    assert not is_in(officer.client)
    assert only_session(officer).why == Why.CLOSED


def test_a_new_password_ends_the_kept_sessions_too(officer: Colleague) -> None:
    elsewhere = signed_in(officer.staff)
    answers = {"old": PASSWORD, "new": "mười hai cây cầu tre", "again": "mười hai cây cầu tre"}
    officer.client.post("/tai-khoan/mat-khau/", answers)
    assert (is_in(officer.client), is_in(elsewhere)) == (True, False)
    assert StaffSession.objects.filter(ended_at=None).count() == 1


def test_who_must_still_show_a_second_factor_is_led_to_it(officer: Colleague) -> None:
    unproved = signed_in(officer.staff, factor="")
    assert unproved.get("/van-ban/")["Location"] == "/tai-khoan/buoc-hai/"
    assert "Văn bản" not in unproved.get("/tai-khoan/").content.decode().split("<main")[0]


def test_what_somebody_may_never_do_stays_forbidden_without_a_factor(officer: Colleague) -> None:
    unproved = signed_in(officer.staff, factor="")
    assert unproved.get("/nhat-ky/").status_code == 403


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("places")
def test_no_page_keeps_what_a_signed_in_person_saw(path: str, officer: Colleague) -> None:
    assert "no-store" in officer.client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("places")
def test_session_and_viewer_cost_two_queries(path: str, officer: Colleague) -> None:
    """As many as the framework's own session and account would."""
    officer.client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        officer.client.get(path)
    ours = [one["sql"] for one in asked if "accounts_staffsession" in one["sql"]]
    theirs = [one["sql"] for one in asked if "django_session" in one["sql"]]
    assert (len(ours) <= 1 + (path == OWN), len(theirs)) == (True, 1)


@pytest.mark.usefixtures("places")
def test_the_public_page_of_a_stranger_asks_for_no_session(outsider: Person) -> None:
    outsider.client.get("/dang-nhap/")
    with CaptureQueriesContext(connection) as asked:
        outsider.client.get("/dang-nhap/")
    assert [one["sql"] for one in asked if "session" in one["sql"]] == []


def test_sessions_are_forgotten_a_month_after_they_ended(officer: Colleague) -> None:
    actions.revoke_session(session_id=only_session(officer).pk, by=officer.viewer, at=clock.now())
    later = clock.now() + timedelta(days=29)
    assert actions.forget_sessions(at=later) == 0
    assert actions.forget_sessions(at=later + timedelta(days=2)) == 1
