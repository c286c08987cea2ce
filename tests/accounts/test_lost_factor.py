"""A lost second step: two colleagues who know the person, never the person alone."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories.people import PASSWORD, PROVINCE, QUY_NHON, Colleague, employed, signed_in
from vungxanh.accounts import actions
from vungxanh.accounts.models import Recovery, Staff
from vungxanh.accounts.queries import askers
from vungxanh.accounts.rules import PROVED_AT, Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.messaging.models import Message

LIST = "/giup-dong-nghiep/"


@pytest.fixture
def neighbour(db: None) -> Colleague:
    """Another officer of Quy Nhơn."""
    return employed("neighbour", Role("tracer"), QUY_NHON)


@pytest.fixture
def duty_officer(db: None) -> Colleague:
    """Somebody of Quy Nhơn whose role asks for no second factor, signed in by the password."""
    found = employed("duty", Role("duty_officer"), QUY_NHON)
    return replace(found, client=signed_in(found.staff, factor=""))


@pytest.fixture
def asked(officer: Colleague) -> Recovery:
    """What the officer of Quy Nhơn asks, whose telephone is lost."""
    Authenticator.objects.create(user=officer.staff, type="totp", data={"secret": "x"})
    return actions.ask_recovery(staff=officer.staff, at=clock.now())


def vouch(by: Colleague, row: Recovery) -> bool:
    return actions.vouch(recovery_id=row.pk, by=by.viewer, at=clock.now())


def proved(person: Colleague) -> Colleague:
    """Somebody who has proved a moment ago who they are."""
    session = person.client.session
    session[PROVED_AT] = clock.now().isoformat()
    session.save()
    return person


def has_factor(person: Colleague) -> bool:
    return bool(Authenticator.objects.filter(user=person.staff).exists())


def test_two_colleagues_remove_the_lost_factor_and_end_all_sessions(
    officer: Colleague, neighbour: Colleague, province_officer: Colleague, asked: Recovery
) -> None:
    assert vouch(neighbour, asked) is False
    assert has_factor(officer)
    assert vouch(province_officer, asked) is True
    assert not has_factor(officer)
    assert officer.client.get("/tai-khoan/").status_code == 302
    events = AuditEvent.objects.filter(event__startswith="accounts.recovery")
    assert [one.event for one in events.order_by("sequence")] == [
        "accounts.recovery_asked",
        "accounts.recovery_confirmed",
        "accounts.recovery_done",
    ]
    assert AuditEvent.objects.filter(event="accounts.factors_reset").count() == 1


def test_colleagues_and_the_person_are_told(
    neighbour: Colleague, other_officer: Colleague, officer: Colleague
) -> None:
    Authenticator.objects.create(user=officer.staff, type="totp", data={"secret": "x"})
    actions.ask_recovery(staff=officer.staff, at=clock.now())
    assert {one.to for one in Message.objects.all()} == {neighbour.email, officer.email}


def test_a_colleague_without_an_address_keeps_nobody_from_help(
    officer: Colleague, neighbour: Colleague
) -> None:
    Staff.objects.filter(pk=neighbour.staff.pk).update(email="neighbour@intranet")
    Authenticator.objects.create(user=officer.staff, type="totp", data={"secret": "x"})
    actions.ask_recovery(staff=officer.staff, at=clock.now())
    assert [message.to for message in Message.objects.all()] == [officer.email]
    assert AuditEvent.objects.get(event="accounts.recovery_asked").detail == {"told": 0}


def test_one_person_does_not_count_twice(
    officer: Colleague, neighbour: Colleague, asked: Recovery
) -> None:
    vouch(neighbour, asked)
    with pytest.raises(actions.VouchedAlreadyError):
        vouch(neighbour, asked)
    assert has_factor(officer)


def test_nobody_vouches_for_themselves(officer: Colleague, asked: Recovery) -> None:
    with pytest.raises(MissingError):
        vouch(officer, asked)


def test_a_stranger_to_the_unit_does_not_find_the_request(
    other_officer: Colleague, asked: Recovery
) -> None:
    with pytest.raises(MissingError):
        vouch(other_officer, asked)
    assert other_officer.client.get(f"{LIST}{asked.pk}/").status_code == 404
    assert askers(viewer=other_officer.viewer, at=clock.now()) == ()


@pytest.mark.parametrize("role", ["caller", "volunteer", "point_keeper"])
def test_a_role_of_one_list_or_point_vouches_for_nobody(role: str, asked: Recovery) -> None:
    with pytest.raises(MissingError):
        vouch(employed("limited", Role(role), QUY_NHON), asked)


def test_a_word_needs_a_proof_of_the_last_minutes(neighbour: Colleague, asked: Recovery) -> None:
    page = f"{LIST}{asked.pk}/"
    proved(neighbour)
    with clock.frozen_at(clock.now() + timedelta(minutes=11)):
        reply = neighbour.client.post(page)
    assert reply["Location"] == f"/tai-khoan/xac-nhan/?{urlencode({'next': page})}"
    assert Recovery.objects.get().first_by == ""
    neighbour.client.post(page)
    assert Recovery.objects.get().first_by == neighbour.viewer.id


def test_who_has_no_second_factor_by_rule_gives_the_password(
    duty_officer: Colleague, asked: Recovery
) -> None:
    confirmed = {"password": PASSWORD, "next": f"{LIST}{asked.pk}/"}
    assert duty_officer.client.post("/tai-khoan/xac-nhan/", confirmed)["Location"].startswith(LIST)
    duty_officer.client.post(f"{LIST}{asked.pk}/")
    assert Recovery.objects.get().first_by == duty_officer.viewer.id


def test_a_password_is_no_proof_of_somebody_who_holds_a_second_factor(
    duty_officer: Colleague, asked: Recovery
) -> None:
    proved(duty_officer)
    Authenticator.objects.create(user=duty_officer.staff, type="totp", data={"secret": "x"})
    reply = duty_officer.client.post(f"{LIST}{asked.pk}/")
    assert reply["Location"].startswith("/tai-khoan/xac-nhan/")
    page = duty_officer.client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
    assert (page.status_code, Recovery.objects.get().first_by) == (422, "")


def test_after_a_day_the_request_is_void(neighbour: Colleague, asked: Recovery) -> None:
    with clock.frozen_at(clock.now() + timedelta(hours=25)), pytest.raises(MissingError):
        vouch(neighbour, asked)


def test_a_word_of_somebody_locked_since_does_not_count(
    officer: Colleague, neighbour: Colleague, province_officer: Colleague, asked: Recovery
) -> None:
    vouch(neighbour, asked)
    Staff.objects.filter(pk=neighbour.staff.pk).update(is_active=False)
    assert vouch(province_officer, asked) is False
    assert has_factor(officer)


def test_asking_again_changes_nothing_while_a_request_is_open(
    officer: Colleague, asked: Recovery
) -> None:
    assert actions.ask_recovery(staff=officer.staff, at=clock.now()).pk == asked.pk
    assert AuditEvent.objects.filter(event="accounts.recovery_asked").count() == 1


def test_the_person_takes_a_request_of_somebody_else_back(
    officer: Colleague, neighbour: Colleague, asked: Recovery
) -> None:
    officer.client.post(f"{LIST}{asked.pk}/bo/")
    with pytest.raises(MissingError):
        vouch(neighbour, asked)
    assert AuditEvent.objects.filter(event="accounts.recovery_dropped").count() == 1


def test_an_account_without_a_factor_has_lost_nothing(officer: Colleague) -> None:
    with pytest.raises(actions.NothingLostError):
        actions.ask_recovery(staff=officer.staff, at=clock.now())


def test_asking_needs_the_right_password_first() -> None:
    assert Client().get("/mat-buoc-hai/")["Location"] == "/dang-nhap/"


def test_a_colleague_sees_who_asks_and_confirms_on_the_page(
    officer: Colleague, neighbour: Colleague, asked: Recovery
) -> None:
    assert "officer (mẫu)" in neighbour.client.get(LIST).content.decode()
    page = proved(neighbour).client.get(f"{LIST}{asked.pk}/").content.decode()
    assert officer.email in page
    reply = neighbour.client.post(f"{LIST}{asked.pk}/", follow=True)
    assert "Cần thêm một đồng nghiệp khác." in reply.content.decode()


def test_the_request_is_made_where_the_second_step_waits(officer: Colleague) -> None:
    Authenticator.objects.create(user=officer.staff, type="totp", data={"secret": "x"})
    browser = Client()
    asked_for = browser.post(
        "/dang-nhap/", {"email": officer.email, "password": PASSWORD}, follow=True
    )
    assert 'href="/mat-buoc-hai/"' in asked_for.content.decode()
    assert "Nhờ đồng nghiệp xác nhận" in browser.get("/mat-buoc-hai/").content.decode()
    assert "Đã báo cho đồng nghiệp" in browser.post("/mat-buoc-hai/").content.decode()
    assert Recovery.objects.get().staff_id == officer.staff.pk


def test_an_account_of_the_province_is_vouched_for_by_the_province_alone(
    province_officer: Colleague, neighbour: Colleague
) -> None:
    Authenticator.objects.create(user=province_officer.staff, type="totp", data={"secret": "x"})
    row = actions.ask_recovery(staff=province_officer.staff, at=clock.now())
    with pytest.raises(MissingError):
        vouch(neighbour, row)
    assert vouch(employed("second", Role("tracer"), PROVINCE), row) is False
