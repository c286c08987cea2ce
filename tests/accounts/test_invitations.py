"""Invitations by link: used once, for three days, by whoever has the link."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.people import PROVINCE, QUY_NHON, Answer, Colleague, Person
from tests.locations.organisations import added
from vungxanh.accounts import actions
from vungxanh.accounts.models import Invitation, Staff
from vungxanh.accounts.values import Rights
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import UnitId
from vungxanh.messaging.models import Message

NEW = "mười hai cây cầu tre"
EMAIL = "moi@test.example"
ASKED = {"email": EMAIL, "roles": ["tracer"], "units": QUY_NHON, "do": "save"}
FILLED = {"name": "Người mới (mẫu)", "new": NEW, "again": NEW}
VOID = "Đường dẫn mời này không còn dùng được."


def invited(by: Colleague, **answers: object) -> str:
    """The path of a new link."""
    page = by.client.post("/can-bo/moi/", ASKED | answers)
    return path_in(page)


def path_in(page: Answer) -> str:
    found = re.search(r"http://testserver(/loi-moi/[^<\s]+)", page.content.decode())
    assert found
    return found[1]


def test_an_invited_person_makes_the_account_and_proves_a_factor_next(
    administrator: Colleague,
) -> None:
    browser = Client()
    path = invited(administrator)
    assert "Cán bộ truy vết" in browser.get(path).content.decode()
    assert browser.post(path, FILLED)["Location"] == "/tai-khoan/buoc-hai/"
    staff = Staff.objects.get_by_natural_key(EMAIL)
    assert (staff.name, staff.roles, staff.units) == (FILLED["name"], ["tracer"], [QUY_NHON])
    assert staff.check_password(NEW)
    assert browser.get("/tai-khoan/").status_code == 200
    events = AuditEvent.objects.filter(event__startswith="accounts.invit").order_by("sequence")
    assert [one.event for one in events] == ["accounts.invited", "accounts.invitation_used"]


@pytest.mark.usefixtures("places")
def test_a_role_without_persons_begins_on_its_first_page(administrator: Colleague) -> None:
    added("Viễn thông Đất Võ (mẫu)", kind="telecom", unit_id=UnitId(PROVINCE))
    path = invited(administrator, roles=["operator"], organisation="đất võ")
    assert Client().post(path, FILLED)["Location"] == "/so-lieu/bao-cao/"


def test_only_the_digest_of_the_link_is_stored_and_the_message_carries_it(
    administrator: Colleague,
) -> None:
    token = invited(administrator).split("/")[2]
    row = Invitation.objects.get()
    assert token.encode() not in bytes(row.digest)
    assert len(token) >= 43
    message = Message.objects.get()
    assert token in message.text
    assert (message.to, message.about) == (EMAIL, f"invitation:{row.pk}")


def test_the_link_is_shown_once(administrator: Colleague) -> None:
    path = invited(administrator)
    assert path not in administrator.client.get("/can-bo/loi-moi/").content.decode()


def test_wrong_used_withdrawn_and_old_links_say_the_same(administrator: Colleague) -> None:
    used, withdrawn, old = (
        invited(administrator, email=f"{one}@test.example") for one in ("a", "b", "c")
    )
    Client().post(used, FILLED)
    second = Invitation.objects.order_by("made_at")[1]
    administrator.client.post(f"/can-bo/loi-moi/{second.pk}/thu-hoi/")
    replies = [Client().get(one) for one in (used, withdrawn, "/loi-moi/khong-co/")]
    with clock.frozen_at(clock.now() + timedelta(hours=73)):
        replies.append(Client().get(old))
    assert {reply.status_code for reply in replies} == {404}
    assert all(VOID in reply.content.decode() for reply in replies)


def test_sending_again_makes_the_old_link_void(administrator: Colleague) -> None:
    old = invited(administrator)
    row = Invitation.objects.get()
    new = path_in(administrator.client.post(f"/can-bo/loi-moi/{row.pk}/gui-lai/"))
    assert [Client().get(one).status_code for one in (old, new)] == [404, 200]
    assert Message.objects.count() == 2


def test_a_weak_password_is_refused_and_the_link_still_works(administrator: Colleague) -> None:
    path = invited(administrator)
    reply = Client().post(path, FILLED | {"new": "password1234", "again": "password1234"})
    assert (reply.status_code, Staff.objects.count()) == (422, 1)
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"email": "administrator@test.example"}, "Email này đã có tài khoản"),
        ({"email": "sai"}, "Email chưa đúng dạng"),
        ({"units": "vn-2021:01"}, "tất cả trong địa bàn của bạn"),
        ({"roles": ["national_officer"]}, "chỉ dùng cho đơn vị cả nước"),
    ],
)
def test_an_invitation_that_may_not_be_made_is_refused(
    answers: dict[str, object], words: str, administrator: Colleague
) -> None:
    reply = administrator.client.post("/can-bo/moi/", ASKED | answers)
    assert words in reply.content.decode()
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_an_address_is_invited_once_at_a_time(administrator: Colleague) -> None:
    invited(administrator)
    reply = administrator.client.post("/can-bo/moi/", ASKED)
    assert "đã có lời mời chưa dùng" in reply.content.decode()
    with clock.frozen_at(clock.now() + timedelta(hours=73)):
        actions.invite(
            email=EMAIL,
            rights=Rights(("tracer",), (QUY_NHON,)),
            link=str,
            by=administrator.viewer,
            at=clock.now(),
        )
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_an_invitation_is_shown_before_it_is_sent(administrator: Colleague) -> None:
    page = administrator.client.post("/can-bo/moi/", ASKED | {"do": "preview"}).content.decode()
    assert "Xem thông tin người trong phạm vi được giao" in page
    assert "bắt buộc có bước hai" in page
    assert not Invitation.objects.exists()


def test_locking_an_administrator_withdraws_the_open_invitations_of_theirs(
    administrator: Colleague,
) -> None:
    path = invited(administrator)
    other = Viewer(
        id="staff:x",
        name="",
        units=frozenset({PROVINCE}),
        capabilities=frozenset({"accounts.manage"}),
    )
    Staff.objects.create(
        email="b@test.example", email_index=b"b" * 32, name="b", roles=["admin"], units=[PROVINCE]
    )
    actions.lock_staff(ref=administrator.viewer.id, by=other, at=clock.now())
    assert Client().get(path).status_code == 404


def test_an_invitation_into_another_area_does_not_exist(
    administrator: Colleague, officer: Colleague
) -> None:
    invited(administrator, units=PROVINCE)
    row = Invitation.objects.get()
    Staff.objects.filter(pk=officer.staff.pk).update(roles=["admin"])
    page = officer.client.get("/can-bo/loi-moi/").content.decode()
    assert EMAIL not in page
    assert officer.client.post(f"/can-bo/loi-moi/{row.pk}/thu-hoi/").status_code == 404


def test_invitations_are_forgotten_three_months_after_their_end(
    administrator: Colleague, outsider: Person
) -> None:
    invited(administrator)
    at = clock.now() + timedelta(hours=72)
    assert actions.forget_invitations(at=at + timedelta(days=89)) == 0
    assert actions.forget_invitations(at=at + timedelta(days=91)) == 1
