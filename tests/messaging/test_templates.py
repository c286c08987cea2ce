"""Templates: versions that stay, new wordings through the page, what rooms publish."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.apps import apps
from django.test.client import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import Colleague, Person
from tests.messaging.gateway import NOON, REFUSED, otp, posted, texts, ways
from vungxanh.audit.models import AuditEvent
from vungxanh.messaging import actions, queries
from vungxanh.messaging.gateways import MemorySmsGateway
from vungxanh.messaging.models import Message, TemplateText
from vungxanh.messaging.queries.templates import published
from vungxanh.messaging.values import Channel, Template, Wording, read_templates

pytestmark = pytest.mark.django_db
PAGE = "/hop-thu-di/mau/people.otp/"
SHORT = {
    "sms-vi": "Mã {code}",
    "sms-en": "Code {code}",
    "oa-vi": "Mã {code}",
    "oa-en": "Code {code}",
    "follows": "1",
}
OF_A_ROOM = """
["test.hello"]
version = {version}
grade = "essential"
name = {{ vi = "Chào", en = "Hello" }}
examples = {{ name = "Người mẫu 1" }}
sms = {{ vi = "{words} {{name}}", en = "Hello {{name}}" }}
"""


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Template]]:
    """A room that publishes templates; those in the list."""
    listed: list[Template] = []
    own = apps.get_app_config("messaging")
    monkeypatch.setattr(own, "message_templates", lambda: tuple(listed), raising=False)
    published.cache_clear()
    yield listed
    published.cache_clear()


def publish(room: list[Template], version: int, words: str) -> None:
    room[:] = read_templates(OF_A_ROOM.format(version=version, words=words))
    published.cache_clear()


def hello() -> Message:
    return posted(otp(template="test.hello", values={"name": "Người mẫu 1"}))


def test_a_room_s_template_is_registered_when_it_is_first_used(room: list[Template]) -> None:
    publish(room, 1, "Xin chào")
    message = hello()
    assert (message.text, message.template_version, message.grade) == (
        "Xin chào Người mẫu 1",
        1,
        "essential",
    )
    assert TemplateText.objects.filter(code="test.hello", published=1).count() == 2


def test_a_room_s_new_wording_is_the_next_version_and_old_messages_keep_theirs(
    room: list[Template],
) -> None:
    publish(room, 1, "Xin chào")
    old = hello()
    publish(room, 2, "Kính chào")
    new = hello()
    assert (old.text, old.template_version) == ("Xin chào Người mẫu 1", 1)
    assert (new.text, new.template_version) == ("Kính chào Người mẫu 1", 2)
    assert [one.number for one in queries.versions("test.hello")] == [2, 1]


def test_what_was_written_here_stays_in_force_over_a_room_s_next(
    room: list[Template], administrator: Colleague
) -> None:
    publish(room, 1, "Xin chào")
    hello()
    texts_ = {
        (Channel.SMS, "vi"): Wording("Chào {name}"),
        (Channel.SMS, "en"): Wording("Hi {name}"),
    }
    write = partial(
        actions.write_version,
        code="test.hello",
        wordings=texts_,
        follows=1,
        by=administrator.viewer,
        at=NOON,
    )
    write()
    publish(room, 2, "Kính chào")
    assert (hello().text, hello().template_version) == ("Chào Người mẫu 1", 2)
    with pytest.raises(actions.StaleTemplateError):
        write()


def test_other_way_is_worded_by_the_version_of_the_first(administrator: Colleague) -> None:
    first, way = posted(otp()), ways(REFUSED)
    Message.objects.filter(id=first.id).update(instead_channel="oa", instead_to="+84900000002")
    administrator.client.post(PAGE, SHORT | {"act": "save"})
    actions.deliver(at=NOON, ways=way)
    second = Message.objects.get(instead_of=first.id)
    assert second.template_version == 1
    assert isinstance(way.oa, MemorySmsGateway)
    assert way.oa.sent[0].text.startswith("Mã xác nhận Vùng Xanh")
    assert texts(way) == []


def test_every_template_is_listed_with_what_its_sms_cost(administrator: Colleague) -> None:
    page = administrator.client.get("/hop-thu-di/mau/").content.decode()
    assert all(code in page for code in published())
    assert "Mã xác nhận số điện thoại" in page


def test_the_list_takes_a_fixed_number_of_queries(
    administrator: Colleague, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    posted(otp())
    with django_assert_max_num_queries(5):
        administrator.client.get("/hop-thu-di/mau/")


def test_a_new_wording_is_looked_at_before_it_counts(administrator: Colleague) -> None:
    page = administrator.client.post(PAGE, SHORT | {"act": "preview"}).content.decode()
    assert "Xem trước lời mới" in page
    assert "Mã 123456" in page
    assert not TemplateText.objects.exists()


def test_a_new_wording_is_in_force_once_it_is_saved_and_told_in_the_log(
    administrator: Colleague,
) -> None:
    before = posted(otp())
    reply = administrator.client.post(PAGE, SHORT | {"act": "save"}, follow=True)
    assert "Phiên bản 2" in reply.content.decode()
    assert posted(otp()).text == "Mã 482913"
    before.refresh_from_db()
    assert str(before.text).startswith("Ma xac nhan")
    event = AuditEvent.objects.get(event="messaging.template_written")
    assert (event.subject, event.detail) == (
        "template:people.otp",
        {"template": "people.otp", "version": 2},
    )


def test_two_who_write_at_once_do_not_overwrite_each_other(administrator: Colleague) -> None:
    administrator.client.post(PAGE, SHORT | {"act": "save"})
    reply = administrator.client.post(PAGE, SHORT | {"act": "save"})
    assert reply.status_code == 409
    assert "Tải lại trang" in reply.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sms-vi": "Mã {cod}"}, "Chỉ viết ngoặc nhọn cho"),
        ({"sms-en": ""}, "Chưa lưu được: 1 chỗ cần sửa"),
        ({"sms-en": "x" * 1001}, "Viết ngắn lại"),
    ],
    ids=["unknown place", "empty", "too long"],
)
def test_a_wording_that_cannot_be_used_is_not_saved(
    administrator: Colleague, wrong: dict[str, str], said: str
) -> None:
    reply = administrator.client.post(PAGE, SHORT | {"act": "save"} | wrong)
    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert not TemplateText.objects.filter(published=None).exists()


def test_unknown_template_is_missing_and_strangers_stay_outside(
    administrator: Colleague, officer: Person
) -> None:
    assert administrator.client.get("/hop-thu-di/mau/khong.co/").status_code == 404
    assert officer.client.get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302
