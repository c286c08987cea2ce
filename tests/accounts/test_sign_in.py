"""Signing in and out: what works, what is refused, and what a refusal gives away."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.people import PASSWORD, Answer, Colleague, Person
from vungxanh.accounts import actions
from vungxanh.accounts.actions import signing_in
from vungxanh.accounts.models import FailedSignIns
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock

PAGE = "/dang-nhap/"
NOON = datetime(2021, 5, 26, 5, 0, tzinfo=UTC)


def try_password(client: Client, email: str, password: str, **more: str) -> Answer:
    return client.post(PAGE, {"email": email, "password": password, **more})


def shown(response: Answer) -> str:
    """The page without its forgery token, which differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_sign_in_page_is_vietnamese_for_an_english_browser(outsider: Person) -> None:
    response = outsider.client.get(PAGE, headers={"accept-language": "en-US,en;q=0.9"})
    assert response.status_code == 200
    assert '<html lang="vi"' in response.content.decode()


def test_right_password_signs_in_and_is_recorded(officer: Colleague, outsider: Person) -> None:
    response = try_password(outsider.client, officer.email, PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"
    event = AuditEvent.objects.get(event="accounts.signed_in")
    assert (event.by, event.subject) == (officer.viewer.id, officer.viewer.id)


def test_case_of_the_address_does_not_matter(officer: Colleague, outsider: Person) -> None:
    response = try_password(outsider.client, f" {officer.email.upper()}", PASSWORD)
    assert response.status_code == 302


def test_wrong_password_is_refused_and_recorded(officer: Colleague, outsider: Person) -> None:
    response = try_password(outsider.client, officer.email, "không phải mật khẩu này")
    assert response.status_code == 422
    assert "Email hoặc mật khẩu chưa đúng" in response.content.decode()
    event = AuditEvent.objects.get(event="accounts.sign_in_refused")
    assert (event.by, event.subject) == ("public", officer.viewer.id)


def test_unknown_locked_and_wrong_look_the_same(
    officer: Colleague, other_officer: Colleague, outsider: Person
) -> None:
    other_officer.staff.is_active = False
    other_officer.staff.save()
    wrong = try_password(outsider.client, officer.email, "sai")
    unknown = try_password(outsider.client, "nobody@test.example", "sai")
    locked = try_password(outsider.client, other_officer.email, PASSWORD)
    pages = {
        (reply.status_code, shown(reply).replace(email, "…"))
        for reply, email in (
            (wrong, officer.email),
            (unknown, "nobody@test.example"),
            (locked, other_officer.email),
        )
    }
    assert len(pages) == 1


def test_unknown_account_costs_as_much_hashing_as_a_known_one(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def counted(text: str) -> str:
        hashed.append(text)
        return make_password(text)

    monkeypatch.setattr(signing_in, "make_password", counted)
    with pytest.raises(actions.WrongPasswordError):
        actions.sign_in(email="nobody@test.example", password="sai", address="::1", at=NOON)
    assert hashed == ["sai"]


def test_sixth_failure_of_an_account_has_to_wait(officer: Colleague, outsider: Person) -> None:
    with clock.frozen_at(NOON):
        replies = [try_password(outsider.client, officer.email, "sai") for _ in range(6)]
    assert [reply.status_code for reply in replies] == [422] * 5 + [429]
    assert "Thử lại sau khoảng 1 phút" in replies[-1].content.decode()


def test_right_password_waits_too_and_works_afterwards(
    officer: Colleague, outsider: Person
) -> None:
    with clock.frozen_at(NOON):
        for _ in range(5):
            try_password(outsider.client, officer.email, "sai")
        early = try_password(outsider.client, officer.email, PASSWORD)
    with clock.frozen_at(NOON + timedelta(seconds=61)):
        later = try_password(outsider.client, officer.email, PASSWORD)
    assert (early.status_code, later.status_code) == (429, 302)


def test_an_account_that_does_not_exist_waits_the_same(outsider: Person, db: None) -> None:
    with clock.frozen_at(NOON):
        replies = [try_password(outsider.client, "nobody@test.example", "sai") for _ in range(6)]
    assert replies[-1].status_code == 429


def test_one_address_cannot_try_one_password_on_many_accounts(
    outsider: Person, officer: Colleague
) -> None:
    with clock.frozen_at(NOON):
        for number in range(30):
            try_password(outsider.client, f"nobody-{number}@test.example", "sai")
        last = try_password(outsider.client, officer.email, PASSWORD)
    assert last.status_code == 429


def test_own_success_does_not_wash_an_address_clean(officer: Colleague) -> None:
    for number in range(29):
        with pytest.raises(actions.WrongPasswordError):
            actions.sign_in(
                email=f"nobody-{number}@test.example", password="sai", address="10.0.0.1", at=NOON
            )
    actions.sign_in(email=officer.email, password=PASSWORD, address="10.0.0.1", at=NOON)
    address = FailedSignIns.key_of_address("10.0.0.1")
    assert FailedSignIns.objects.get(key=address).n_failures == 29


def test_an_hour_without_failures_forgets_them(officer: Colleague) -> None:
    for minute in (0, 1, 2, 3, 4):
        with pytest.raises(actions.WrongPasswordError):
            actions.sign_in(
                email=officer.email,
                password="sai",
                address="10.0.0.1",
                at=NOON + timedelta(minutes=minute),
            )
    with pytest.raises(actions.WrongPasswordError):
        actions.sign_in(
            email=officer.email, password="sai", address="10.0.0.1", at=NOON + timedelta(hours=2)
        )
    assert (
        FailedSignIns.objects.get(key=FailedSignIns.key_of_account(officer.email)).n_failures == 1
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "http:elsewhere.example",
        "elsewhere.example",
    ],
)
def test_sign_in_never_leads_to_another_place(
    elsewhere: str, officer: Colleague, outsider: Person
) -> None:
    response = try_password(outsider.client, officer.email, PASSWORD, next=elsewhere)
    assert response["Location"] == "/"


def test_sign_in_leads_back_to_the_page_that_asked(officer: Colleague, outsider: Person) -> None:
    asked = outsider.client.get("/tai-khoan/?a=1")
    assert asked["Location"] == "/dang-nhap/?next=%2Ftai-khoan%2F%3Fa%3D1"
    response = try_password(outsider.client, officer.email, PASSWORD, next="/tai-khoan/?a=1")
    assert response["Location"] == "/tai-khoan/?a=1"


def test_session_gets_a_new_name_at_sign_in(officer: Colleague, outsider: Person) -> None:
    session = outsider.client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    try_password(outsider.client, officer.email, PASSWORD)
    assert outsider.client.session.session_key != before


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    officer: Colleague, outsider: Person
) -> None:
    response = try_password(outsider.client, officer.email, PASSWORD)
    cookie = response.cookies["vx_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_form_without_its_token_is_refused(officer: Colleague) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = try_password(strict, officer.email, PASSWORD)
    assert response.status_code == 403
    assert not AuditEvent.objects.filter(event="accounts.signed_in").exists()


def test_sign_out_by_link_is_refused(officer: Colleague) -> None:
    assert officer.client.get("/dang-xuat/").status_code == 405
    assert officer.client.get("/tai-khoan/").status_code == 200


def test_sign_out_ends_the_session_and_is_recorded(officer: Colleague) -> None:
    assert officer.client.post("/dang-xuat/")["Location"] == PAGE
    assert officer.client.get("/tai-khoan/").status_code == 302
    assert AuditEvent.objects.get(event="accounts.signed_out").subject == officer.viewer.id


def test_locked_account_is_out_at_once(officer: Colleague) -> None:
    officer.staff.is_active = False
    officer.staff.save()
    assert officer.client.get("/tai-khoan/").status_code == 302


def test_sign_in_page_is_not_kept_by_browsers(outsider: Person) -> None:
    assert "no-store" in outsider.client.get(PAGE)["Cache-Control"]


def test_who_is_signed_in_is_not_asked_again(officer: Colleague) -> None:
    assert officer.client.get(f"{PAGE}?next=/tai-khoan/")["Location"] == "/tai-khoan/"


def test_stranger_costs_no_query(
    outsider: Person, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        outsider.client.get(PAGE)


def test_counts_of_failures_are_forgotten_after_their_day(officer: Colleague) -> None:
    with pytest.raises(actions.WrongPasswordError):
        actions.sign_in(email=officer.email, password="sai", address="10.0.0.1", at=NOON)
    assert actions.forget_failures(at=NOON + timedelta(hours=23)) == 0
    assert actions.forget_failures(at=NOON + timedelta(hours=25)) == 2


def test_demo_lists_its_accounts_by_role_and_unit(
    settings: Settings, outsider: Person, places_of_both_eras: None
) -> None:
    settings.DEMO = True
    page = shown(outsider.client.get(PAGE, {"next": "/van-ban/"}))
    for words in ("gialai@demo.example", "Tỉnh Gia Lai", "từ 1/7/2025", "Tỉnh Bình Định"):
        assert words in page
    assert "?email=gialai%40demo.example&amp;next=%2Fvan-ban%2F" in page


def test_an_address_chosen_from_the_list_is_filled_in(outsider: Person) -> None:
    page = shown(outsider.client.get(PAGE, {"email": "gialai@demo.example"}))
    assert 'value="gialai@demo.example"' in page


def test_outside_a_demonstration_no_account_is_listed(outsider: Person) -> None:
    assert "demo.example" not in shown(outsider.client.get(PAGE))
