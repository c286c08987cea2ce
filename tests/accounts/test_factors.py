"""The second factor: codes of an app and recovery codes, at sign-in and on the own page."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from tests.factories.people import PASSWORD, Answer, Colleague
from vungxanh.accounts import actions
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import factors_of
from vungxanh.audit.models import AuditEvent
from vungxanh.config import settings as product
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM

NOON = datetime(2021, 5, 26, 5, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HALF_A_MINUTE = timedelta(seconds=30)
STEP = "/dang-nhap/buoc-hai/"
LIST = "/tai-khoan/buoc-hai/"
APP = "/tai-khoan/buoc-hai/ung-dung/"
CODES = "/tai-khoan/buoc-hai/ma-du-phong/"
CONFIRM = "/tai-khoan/xac-nhan/"


def code_at(at: datetime, secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30)))


def wrong_code(at: datetime) -> str:
    taken = {code_at(at + aside * HALF_A_MINUTE) for aside in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in taken)


def with_app(person: Colleague) -> list[str]:
    """Give somebody an authenticator app, long before noon; returns their recovery codes."""
    then = NOON - timedelta(days=1)
    actions.add_app(staff=person.staff, secret=SECRET, code=code_at(then), at=then)
    return actions.make_recovery_codes(staff=person.staff, at=then)


def password_given(person: Colleague, **more: str) -> Client:
    """A browser in which the right password was given."""
    client = Client()
    client.post("/dang-nhap/", {"email": person.email, "password": PASSWORD, **more})
    return client


def text_of(answer: Answer) -> str:
    return answer.content.decode()


def confirmed(person: Colleague) -> Client:
    """The person's browser after the password was given once more."""
    person.client.post(CONFIRM, {"password": PASSWORD})
    return person.client


def shown_secret(page: str) -> str:
    found = re.search(r"data-vx-secret>([A-Z2-7 ]+)<", page)
    assert found
    return found[1].replace(" ", "")


def test_without_a_second_factor_the_password_is_enough(officer: Colleague) -> None:
    client = password_given(officer)
    assert client.get("/tai-khoan/").status_code == 200
    assert "vx_factor" not in client.session


def test_with_an_app_the_password_alone_opens_nothing(officer: Colleague) -> None:
    with_app(officer)
    client = Client()
    answer = client.post("/dang-nhap/", {"email": officer.email, "password": PASSWORD})
    assert answer["Location"] == STEP
    assert client.get("/tai-khoan/").status_code == 302
    assert not AuditEvent.objects.filter(event="accounts.signed_in").exists()


def test_code_of_the_app_signs_in_and_leads_where_the_visitor_wanted(officer: Colleague) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        client = password_given(officer, next="/tai-khoan/")
        answer = client.post(STEP, {"code": code_at(NOON)})
        assert answer["Location"] == "/tai-khoan/"
        assert client.get("/tai-khoan/").status_code == 200
    assert client.session["vx_factor"] == "totp"
    assert AuditEvent.objects.get(event="accounts.signed_in").detail == {"factor": "totp"}


@pytest.mark.parametrize("aside", [-1, 1])
def test_code_of_a_neighbouring_step_is_taken(officer: Colleague, aside: int) -> None:
    with_app(officer)
    code = code_at(NOON + aside * HALF_A_MINUTE)
    factor = actions.sign_in_with_code(staff=officer.staff, code=code, address="::1", at=NOON)
    assert factor == "totp"


@pytest.mark.parametrize("aside", [-2, 2])
def test_code_of_a_farther_step_is_refused(officer: Colleague, aside: int) -> None:
    with_app(officer)
    code = code_at(NOON + aside * HALF_A_MINUTE)
    with pytest.raises(actions.WrongCodeError):
        actions.sign_in_with_code(staff=officer.staff, code=code, address="::1", at=NOON)


def test_code_is_taken_once_and_no_earlier_one_after_it(officer: Colleague) -> None:
    with_app(officer)
    code, earlier = code_at(NOON), code_at(NOON - HALF_A_MINUTE)
    actions.sign_in_with_code(staff=officer.staff, code=code, address="::1", at=NOON)
    for used in (code, earlier):
        with pytest.raises(actions.WrongCodeError):
            actions.sign_in_with_code(staff=officer.staff, code=used, address="::1", at=NOON)


def test_code_that_enrolled_the_app_does_not_sign_in(officer: Colleague) -> None:
    actions.add_app(staff=officer.staff, secret=SECRET, code=code_at(NOON), at=NOON)
    with pytest.raises(actions.WrongCodeError):
        actions.sign_in_with_code(staff=officer.staff, code=code_at(NOON), address="::1", at=NOON)


def test_code_of_another_account_is_refused(officer: Colleague, other_officer: Colleague) -> None:
    with_app(officer)
    then = NOON - timedelta(days=1)
    theirs = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    actions.add_app(staff=other_officer.staff, secret=theirs, code=code_at(then, theirs), at=then)
    with pytest.raises(actions.WrongCodeError):
        actions.sign_in_with_code(
            staff=officer.staff, code=code_at(NOON, theirs), address="::1", at=NOON
        )


def test_recovery_code_works_once_and_says_how_many_are_left(officer: Colleague) -> None:
    first = with_app(officer)[0]
    with clock.frozen_at(NOON):
        client = password_given(officer, next="/tai-khoan/")
        client.post(STEP, {"code": f"{first[:4]} {first[4:]}"})
        page = text_of(client.get("/tai-khoan/"))
        again = password_given(officer).post(STEP, {"code": first})
    assert client.session["vx_factor"] == "recovery"
    assert "còn 9 mã" in page
    assert again.status_code == 422


@pytest.mark.parametrize("code", ["12345678", "abc", "", "٣٣٣٣٣٣"])
def test_no_wrong_code_is_told_from_another(officer: Colleague, code: str) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        client = password_given(officer)
        replies = [text_of(client.post(STEP, {"code": sent})) for sent in (wrong_code(NOON), "8")]
        answer = client.post(STEP, {"code": code})
    assert answer.status_code == 422
    assert all("Mã chưa đúng" in reply for reply in replies)
    assert client.get("/tai-khoan/").status_code == 302


def test_wrong_codes_are_recorded_and_wait_like_wrong_passwords(officer: Colleague) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        client = password_given(officer)
        replies = [client.post(STEP, {"code": wrong_code(NOON)}) for _ in range(6)]
        right = client.post(STEP, {"code": code_at(NOON)})
    assert [reply.status_code for reply in replies] == [422] * 5 + [429]
    assert right.status_code == 429
    refused = AuditEvent.objects.filter(event="accounts.factor_refused")
    assert {event.subject for event in refused} == {officer.viewer.id}
    assert refused.count() == 5


def test_right_password_between_wrong_codes_does_not_clear_the_count(officer: Colleague) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        for _ in range(5):
            password_given(officer).post(STEP, {"code": wrong_code(NOON)})
        last = Client().post("/dang-nhap/", {"email": officer.email, "password": PASSWORD})
    assert last.status_code == 429


def test_account_locked_between_the_steps_does_not_enter(officer: Colleague) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        client = password_given(officer)
        Staff.objects.update(is_active=False)
        answer = client.post(STEP, {"code": code_at(NOON)})
    assert answer.status_code == 422


def test_account_past_its_end_does_not_enter(officer: Colleague) -> None:
    Staff.objects.update(ends_at=NOON)
    with pytest.raises(actions.WrongPasswordError):
        actions.sign_in(email=officer.email, password=PASSWORD, address="::1", at=NOON)


def test_session_gets_a_new_key_at_each_entry(officer: Colleague) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        client = password_given(officer)
        before = client.session.session_key
        client.post(STEP, {"code": code_at(NOON)})
    assert client.session.session_key != before


def test_second_step_without_a_password_leads_to_sign_in(officer: Colleague) -> None:
    with_app(officer)
    assert Client().get(STEP)["Location"] == "/dang-nhap/"
    assert Client().post(STEP, {"code": code_at(NOON)})["Location"] == "/dang-nhap/"


def test_signing_in_anew_forgets_the_factor_shown_before(officer: Colleague) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        client = password_given(officer)
        client.post(STEP, {"code": code_at(NOON)})
        actions.reset_factors(staff=officer.staff, by=SYSTEM, at=NOON)
        client.post("/dang-nhap/", {"email": officer.email, "password": PASSWORD})
        assert client.get("/tai-khoan/").status_code == 200
    assert "vx_factor" not in client.session


def test_reset_removes_everything_and_is_recorded(officer: Colleague) -> None:
    with_app(officer)
    assert actions.reset_factors(staff=officer.staff, by=SYSTEM, at=NOON) == 2
    assert not factors_of(officer.staff).is_any
    assert AuditEvent.objects.get(event="accounts.factors_reset").detail == {"factors": 2}


def test_changing_factors_asks_for_the_password_again(officer: Colleague) -> None:
    asked = officer.client.get(APP)["Location"]
    assert asked == f"{CONFIRM}?next={quote(APP, safe='')}"
    wrong = officer.client.post(CONFIRM, {"password": "sai", "next": APP})
    assert wrong.status_code == 422
    right = officer.client.post(CONFIRM, {"password": PASSWORD, "next": APP})
    assert right["Location"] == APP
    assert officer.client.get(APP).status_code == 200


def test_who_has_a_factor_confirms_by_it_and_not_by_the_password(officer: Colleague) -> None:
    with_app(officer)
    with clock.frozen_at(NOON):
        by_password = officer.client.post(CONFIRM, {"password": PASSWORD})
        by_code = officer.client.post(CONFIRM, {"code": code_at(NOON), "next": LIST})
    assert by_password.status_code == 422
    assert by_code["Location"] == LIST
    assert AuditEvent.objects.get(event="accounts.confirmed").detail == {"with": "totp"}


def test_confirming_is_good_for_ten_minutes(officer: Colleague) -> None:
    with clock.frozen_at(NOON):
        confirmed(officer)
    with clock.frozen_at(NOON + timedelta(minutes=9)):
        assert officer.client.get(APP).status_code == 200
    with clock.frozen_at(NOON + timedelta(minutes=10)):
        assert officer.client.get(APP).status_code == 302


def test_app_is_enrolled_by_its_first_code_and_recovery_codes_are_shown(
    officer: Colleague,
) -> None:
    with clock.frozen_at(NOON):
        client = password_given(officer)
        secret = shown_secret(text_of(client.get(APP)))
        wrong = client.post(APP, {"code": "1"})
        page = text_of(client.post(APP, {"code": code_at(NOON, secret)}))
    assert wrong.status_code == 422
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", page)) == 10
    assert client.session["vx_factor"] == "totp"
    assert (factors_of(officer.staff).totp, factors_of(officer.staff).n_recovery_left) == (True, 10)


def test_second_app_is_refused(officer: Colleague) -> None:
    with_app(officer)
    with pytest.raises(actions.AppAlreadyThereError):
        actions.add_app(staff=officer.staff, secret=SECRET, code=code_at(NOON), at=NOON)


def test_new_recovery_codes_end_the_old_ones(officer: Colleague) -> None:
    old = with_app(officer)
    with clock.frozen_at(NOON):
        officer.client.post(CONFIRM, {"code": code_at(NOON)})
        new = re.findall(r"<code>(\d{4} \d{4})</code>", text_of(officer.client.post(CODES)))
    assert not {code.replace(" ", "") for code in new} & set(old)
    with pytest.raises(actions.WrongCodeError):
        actions.sign_in_with_code(staff=officer.staff, code=old[0], address="::1", at=NOON)


def test_recovery_codes_are_never_shown_again(officer: Colleague) -> None:
    codes = with_app(officer)
    with clock.frozen_at(NOON):
        officer.client.post(CONFIRM, {"code": code_at(NOON)})
        page = text_of(officer.client.get(CODES)).replace(" ", "")
    assert not [code for code in codes if code in page]


def test_recovery_codes_need_something_to_recover(officer: Colleague) -> None:
    assert confirmed(officer).post(CODES)["Location"] == LIST
    with pytest.raises(actions.NoFactorError):
        actions.make_recovery_codes(staff=officer.staff, at=NOON)


def test_last_factor_takes_the_recovery_codes_with_it(officer: Colleague) -> None:
    with_app(officer)
    app = Authenticator.objects.get(type="totp")
    with clock.frozen_at(NOON):
        officer.client.post(CONFIRM, {"code": code_at(NOON)})
        asked = officer.client.get(f"{LIST}{app.pk}/bo/")
        officer.client.post(f"{LIST}{app.pk}/bo/")
    assert "cách cuối cùng" in text_of(asked)
    assert not Authenticator.objects.exists()
    assert "vx_factor" not in officer.client.session


def test_factor_of_another_is_not_there(officer: Colleague, other_officer: Colleague) -> None:
    with_app(officer)
    app = Authenticator.objects.get(type="totp")
    theirs = confirmed(other_officer).post(f"{LIST}{app.pk}/bo/")
    nobodys = other_officer.client.post(f"{LIST}9999999/bo/")
    assert theirs.status_code == nobodys.status_code == 404
    assert factors_of(officer.staff).totp


def test_no_secret_and_no_address_lies_open(officer: Colleague) -> None:
    with clock.frozen_at(NOON):
        secret = shown_secret(text_of(confirmed(officer).get(APP)))
        codes = with_app(officer)
        password_given(officer)
    rows = [str(row.data) for row in Authenticator.objects.all()]
    rows += [str(row.get_decoded()) for row in Session.objects.all()]
    lying = "\n".join(rows)
    assert not [text for text in (SECRET, secret, officer.email, *codes) if text in lying]
    assert not EmailAddress.objects.exists()


def test_demo_account_takes_no_second_factor_and_is_told_so(officer: Colleague) -> None:
    officer.staff.is_demo = True
    officer.staff.save()
    assert confirmed(officer).get(APP)["Location"] == LIST
    assert "không phải qua bước hai" in text_of(officer.client.get(LIST))
    assert "không phải qua bước hai" in text_of(officer.client.get("/tai-khoan/"))
    with pytest.raises(actions.DemoFactorError):
        actions.add_app(staff=officer.staff, secret=SECRET, code=code_at(NOON), at=NOON)


@pytest.mark.slow
def test_hash_of_an_older_kind_is_renewed_at_sign_in(
    officer: Colleague, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    Staff.objects.update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    actions.sign_in(email=officer.email, password=PASSWORD, address="::1", at=NOON)
    assert Staff.objects.get().password.startswith("argon2$argon2id$")


def test_own_pages_are_in_english_too(officer: Colleague) -> None:
    officer.client.post("/ngon-ngu/", {"language": "en", "next": LIST})
    assert "Second step at sign-in" in text_of(officer.client.get(LIST))
