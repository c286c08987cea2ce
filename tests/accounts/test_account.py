"""My account: what I see of myself, what others may see, and the password."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.people import PASSWORD, Answer, Colleague, Person
from vungxanh.accounts import actions
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import staff_card
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values import DEMO_ACCOUNTS, NewAccount
from vungxanh.audit.models import AuditEvent
from vungxanh.config import settings as product
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM

NOON = datetime(2021, 5, 26, 5, 0, tzinfo=UTC)
NEW = "mười hai cây cầu tre"


def card_of(person: Colleague) -> str:
    return f"/can-bo/{person.staff.pk}/"


def change(client: Client, old: str, new: str, again: str | None = None) -> Answer:
    answers = {"old": old, "new": new, "again": new if again is None else again}
    return client.post("/tai-khoan/mat-khau/", answers)


def test_own_page_says_who_which_role_and_what_may_be_done(officer: Colleague) -> None:
    page = officer.client.get("/tai-khoan/").content.decode()
    for words in (officer.email, "officer (mẫu)", "Cán bộ huyện", "vn-2021:540", "Nộp số liệu"):
        assert words in page
    assert "Xem nhật ký hệ thống" not in page


def test_own_page_in_english(officer: Colleague) -> None:
    reply = officer.client.post("/ngon-ngu/", {"language": "en", "next": "/tai-khoan/"})
    assert reply["Location"] == "/tai-khoan/"
    page = officer.client.get("/tai-khoan/").content.decode()
    assert '<html lang="en"' in page
    assert "District officer" in page


def test_own_page_lists_own_sign_ins_and_failures(officer: Colleague, outsider: Person) -> None:
    for password in ("sai", PASSWORD):
        outsider.client.post("/dang-nhap/", {"email": officer.email, "password": password})
    page = officer.client.get("/tai-khoan/").content.decode()
    assert "Đã vào" in page
    assert "Nhập chưa đúng" in page


def test_stranger_is_led_to_sign_in(outsider: Person) -> None:
    assert outsider.client.get("/tai-khoan/")["Location"].startswith("/dang-nhap/?next=")


def test_card_of_another_is_seen_by_the_administrator(
    officer: Colleague, administrator: Person
) -> None:
    page = administrator.client.get(card_of(officer))
    assert page.status_code == 200
    assert officer.email in page.content.decode()


def test_card_of_another_is_not_there_for_a_colleague(
    officer: Colleague, other_officer: Colleague
) -> None:
    theirs = other_officer.client.get(card_of(officer))
    nobodys = other_officer.client.get(f"/can-bo/{uuid4()}/")
    assert theirs.status_code == nobodys.status_code == 404
    assert officer.email not in theirs.content.decode()


def test_card_is_seen_by_its_owner(officer: Colleague) -> None:
    assert officer.client.get(card_of(officer)).status_code == 200


def test_card_of_another_is_behind_sign_in_for_an_outsider(
    officer: Colleague, outsider: Person
) -> None:
    assert outsider.client.get(card_of(officer)).status_code == 302
    with pytest.raises(MissingError):
        staff_card(officer.viewer.id, viewer=outsider.viewer)


def test_own_page_takes_a_fixed_number_of_queries(
    officer: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        officer.client.get("/tai-khoan/")


def test_new_password_works_and_the_old_one_no_longer(officer: Colleague) -> None:
    assert change(officer.client, PASSWORD, NEW)["Location"] == "/tai-khoan/"
    signed_in = actions.sign_in(email=officer.email, password=NEW, address="::1", at=NOON)
    assert signed_in.pk == officer.staff.pk
    with pytest.raises(actions.WrongPasswordError):
        actions.sign_in(email=officer.email, password=PASSWORD, address="::1", at=NOON)
    assert AuditEvent.objects.filter(event="accounts.password_changed").count() == 1


def test_new_password_ends_other_sessions_and_keeps_this_one(officer: Colleague) -> None:
    elsewhere = Client()
    elsewhere.force_login(Staff.objects.get(pk=officer.staff.pk))
    change(officer.client, PASSWORD, NEW)
    assert officer.client.get("/tai-khoan/").status_code == 200
    assert elsewhere.get("/tai-khoan/").status_code == 302


def test_password_is_not_changed_without_the_present_one(officer: Colleague) -> None:
    reply = change(officer.client, "không phải", NEW)
    assert reply.status_code == 422
    assert Staff.objects.get(pk=officer.staff.pk).check_password(PASSWORD)
    assert AuditEvent.objects.filter(event="accounts.password_refused").count() == 1


@pytest.mark.parametrize(
    "weak", ["ngắn", "123456789012345", "password1234", "officer@test.example"]
)
def test_weak_password_is_refused_with_the_way_out(weak: str, officer: Colleague) -> None:
    reply = change(officer.client, PASSWORD, weak)
    assert reply.status_code == 422
    assert "Dùng ít nhất 12 ký tự" in reply.content.decode()


def test_two_different_new_passwords_are_refused(officer: Colleague) -> None:
    reply = change(officer.client, PASSWORD, NEW, NEW + "!")
    assert "Hai lần nhập chưa giống nhau." in reply.content.decode()


def test_guessing_the_present_password_has_to_wait(officer: Colleague) -> None:
    replies = [change(officer.client, "sai", NEW).status_code for _ in range(6)]
    assert replies == [422] * 5 + [429]


def test_product_hashes_passwords_with_argon2id() -> None:
    assert product.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_demo_has_its_ten_accounts_once(settings: Settings, db: None) -> None:
    settings.DEMO = True
    made = [
        actions.load_demo_staff(password=NEW, by=SYSTEM, at=NOON),
        actions.load_demo_staff(password=NEW, by=SYSTEM, at=NOON),
    ]
    assert made == [10, 0]
    assert {staff.email for staff in Staff.objects.filter(is_demo=True)} == {
        f"{who}@demo.example"
        for who in (
            *("admin", "province", "gialai", "district", "commune", "tracer", "operator"),
            *("owner", "keeper", "manager"),
        )
    }
    assert AuditEvent.objects.filter(event="accounts.demo_loaded").count() == 1


def test_demo_accounts_sign_in_and_take_a_new_password(settings: Settings, db: None) -> None:
    settings.DEMO = True
    actions.load_demo_staff(password=PASSWORD, by=SYSTEM, at=NOON)
    actions.load_demo_staff(password=NEW, by=SYSTEM, at=NOON)
    staff = actions.sign_in(email="province@demo.example", password=NEW, address="::1", at=NOON)
    assert staff.name == "Cán bộ tỉnh (mẫu)"


def test_demo_accounts_are_refused_outside_a_demonstration(settings: Settings, db: None) -> None:
    settings.DEMO = False
    with pytest.raises(actions.DemoOnlyError):
        actions.load_demo_staff(password=NEW, by=SYSTEM, at=NOON)
    assert not Staff.objects.exists()


def test_every_demo_account_says_that_it_is_one() -> None:
    assert all("(mẫu)" in account.name for account in DEMO_ACCOUNTS)


def test_address_belongs_to_one_account_whatever_its_case(db: None) -> None:
    account = NewAccount("chi.lan@test.example", "Lan (mẫu)", Role("auditor"), "vn-2021:52")
    shouted = NewAccount("CHI.LAN@test.example", "Lan (mẫu)", Role("auditor"), "vn-2021:52")
    actions.add_staff(account=account, password=NEW, by=SYSTEM, at=NOON)
    with pytest.raises(actions.EmailTakenError):
        actions.add_staff(account=shouted, password=NEW, by=SYSTEM, at=NOON)
    assert AuditEvent.objects.filter(event="accounts.staff_added").count() == 1


def test_a_stored_hash_is_never_the_password() -> None:
    encoded = make_password(NEW)
    assert NEW not in encoded
    assert identify_hasher(encoded).algorithm


@pytest.mark.parametrize(
    ("path", "cookie", "answers"),
    [
        ("/ngon-ngu/", "vx_language", {"language": "fr"}),
        ("/giao-dien/", "vx_theme", {"theme": "<script>"}),
        ("/mat-do/", "vx_density", {}),
    ],
)
def test_choice_that_is_not_offered_changes_nothing(
    path: str, cookie: str, answers: dict[str, str], outsider: Person
) -> None:
    reply = outsider.client.post(path, answers | {"next": "https://elsewhere.example/"})
    assert (reply.status_code, reply["Location"]) == (302, "/")
    assert cookie not in reply.cookies


def test_theme_and_row_height_are_remembered(outsider: Person) -> None:
    outsider.client.post("/giao-dien/", {"theme": "dark"})
    outsider.client.post("/mat-do/", {"density": "roomy"})
    page = outsider.client.get("/dang-nhap/").content.decode()
    assert 'data-bs-theme="dark" data-vx-density="roomy"' in page


def test_card_tells_the_era_of_its_unit(officer: Colleague, places: None) -> None:
    page = officer.client.get("/tai-khoan/").content.decode()
    assert "Thành phố Quy Nhơn (đến 30/6/2025)" in page
