"""Changing the user of a shared computer leaves nothing behind."""

from tests.factories.people import Colleague, Person


def test_switching_ends_the_session_and_clears_the_browser(officer: Colleague) -> None:
    before = dict(officer.client.cookies)
    reply = officer.client.post("/doi-nguoi-dung/")
    assert reply["Location"] == "/dang-nhap/"
    assert reply["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert reply["Cache-Control"] == "no-store"
    assert reply.cookies["vx_session"]["max-age"] == 0
    officer.client.cookies["vx_session"] = before["vx_session"].value
    assert officer.client.get("/tai-khoan/").status_code == 302


def test_switching_leads_to_the_address_field(officer: Colleague) -> None:
    page = officer.client.post("/doi-nguoi-dung/", follow=True).content.decode()
    field = page.split('name="email"')[1].split(">")[0]
    assert "autofocus" in field
    assert officer.email not in page


def test_switching_is_offered_to_who_is_signed_in(officer: Colleague, outsider: Person) -> None:
    assert "Đổi người dùng" in officer.client.get("/tai-khoan/").content.decode()
    assert "Đổi người dùng" not in outsider.client.get("/dang-nhap/").content.decode()


def test_a_link_does_not_end_a_session(officer: Colleague) -> None:
    assert officer.client.get("/doi-nguoi-dung/").status_code == 405
    assert officer.client.get("/tai-khoan/").status_code == 200
