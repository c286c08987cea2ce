"""A message leaves when its fact is committed, once, and its failures show."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import Colleague
from vungxanh.audit.models import AuditEvent
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.messaging import actions, queries
from vungxanh.messaging.gateways import MemoryGateway, NotSentError, mail_gateway
from vungxanh.messaging.models import Message
from vungxanh.messaging.rules import LEASE, SHORTEST_LEASE, WAITS, State, leased_until
from vungxanh.messaging.values import NewMessage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 5, tzinfo=UTC)
UNREACHABLE = NotSentError("unreachable")


def posted(
    *, to: str = "ai-do@donvi.example", key: str = "", at: datetime = NOON
) -> Message | None:
    """A message in the outbox."""
    message = NewMessage("test.kind", to, "Tiêu\nđề", "Nội dung có dấu", "staff:x", key)
    with transaction.atomic():
        found = actions.post(message=message, by=SYSTEM, at=at)
    return Message.objects.get(id=found) if found else None


def state_of(message: Message | None) -> tuple[str, int, str]:
    """What the outbox says of a message."""
    assert message is not None
    message.refresh_from_db()
    return message.state, message.n_tries, message.problem


def test_a_message_goes_once_with_its_words() -> None:
    message, way = posted(), MemoryGateway()
    assert actions.deliver(at=NOON, gateway=way) == 1
    assert actions.deliver(at=NOON + timedelta(hours=1), gateway=way) == 0
    assert [(one.to, one.subject, one.text) for one in way.sent] == [
        ("ai-do@donvi.example", "Tiêu đề", "Nội dung có dấu")
    ]
    assert state_of(message) == (State.SENT, 1, "")


@pytest.mark.django_db(transaction=True)
def test_a_message_must_be_written_with_its_fact() -> None:
    message = NewMessage("test.kind", "a@b.example", "s", "t", "staff:x")
    with pytest.raises(transaction.TransactionManagementError):
        actions.post(message=message, by=SYSTEM, at=NOON)


def test_a_message_goes_down_with_its_fact() -> None:
    with transaction.atomic():
        posted()
        transaction.set_rollback(True)
    way = MemoryGateway()
    assert actions.deliver(at=NOON, gateway=way) == 0
    assert not AuditEvent.objects.filter(event="messaging.posted").exists()


def test_the_same_key_is_written_once() -> None:
    assert posted(key="invitation:1") is not None
    assert posted(key="invitation:1") is None
    assert posted(key="invitation:2") is not None


@pytest.mark.parametrize("address", ["", "ai do@x", "a@b", "x@y.example\nBcc: z@y.example"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(actions.BadAddressError) as refused:
        posted(to=address)
    assert refused.value.code == "messaging.bad_address"
    assert not Message.objects.exists()


def test_a_server_that_is_away_is_tried_again_for_a_day_then_given_up() -> None:
    message, at = posted(), NOON
    way = MemoryGateway(failures=[UNREACHABLE] * 9)
    for wait in WAITS:
        assert actions.deliver(at=at, gateway=way) == 0
        assert actions.deliver(at=at + wait - timedelta(seconds=1), gateway=way) == 0
        at += wait
    assert state_of(message) == (State.WAITING, len(WAITS), "unreachable")
    actions.deliver(at=at, gateway=way)
    assert state_of(message) == (State.GIVEN_UP, len(WAITS) + 1, "unreachable")
    assert at - NOON > timedelta(hours=24)
    assert AuditEvent.objects.filter(event="messaging.given_up").count() == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again_and_others_go() -> None:
    refused, other = posted(), posted(at=NOON + timedelta(seconds=1))
    way = MemoryGateway(failures=[NotSentError("refused", is_final=True)])
    assert actions.deliver(at=NOON + timedelta(seconds=2), gateway=way) == 1
    assert state_of(refused) == (State.GIVEN_UP, 1, "refused")
    assert state_of(other)[0] == State.SENT


def test_a_server_that_is_away_is_asked_once_a_run() -> None:
    posted(), posted()
    way = MemoryGateway(failures=[UNREACHABLE] * 2)
    actions.deliver(at=NOON, gateway=way)
    assert len(way.failures) == 1


def test_without_a_mail_server_messages_wait_as_long_as_it_takes() -> None:
    message = posted()
    for day in range(40):
        actions.deliver(at=NOON + timedelta(days=day), gateway=mail_gateway())
    assert state_of(message) == (State.WAITING, 0, "no_server")
    assert actions.deliver(at=NOON + timedelta(days=41), gateway=MemoryGateway()) == 1


def test_a_worker_that_died_leaves_its_message_to_the_next_after_the_lease() -> None:
    class Killed(BaseException):
        """The process ends here."""

    class Dying:
        def send(self, letter: object) -> None:
            raise Killed

    message = posted()
    with pytest.raises(Killed):
        actions.deliver(at=NOON, gateway=Dying())
    way = MemoryGateway()
    assert actions.deliver(at=NOON + LEASE - timedelta(seconds=1), gateway=way) == 0
    assert actions.deliver(at=NOON + LEASE, gateway=way) == 1
    assert way.sent[0].reference == str(message and message.id)


@pytest.mark.parametrize(
    ("useful_for", "lease"),
    [
        (timedelta(days=1), LEASE),
        (timedelta(minutes=20), timedelta(minutes=5)),
        (timedelta(minutes=8), timedelta(minutes=2)),
        (timedelta(minutes=4), SHORTEST_LEASE),
        (timedelta(seconds=1), SHORTEST_LEASE),
    ],
)
def test_a_lease_is_a_quarter_of_the_useful_time_within_its_bounds(
    useful_for: timedelta, lease: timedelta
) -> None:
    assert leased_until(NOON, NOON + useful_for) == NOON + lease


def test_a_message_that_was_given_up_goes_again_when_somebody_lets_it(
    administrator: Colleague, officer: Colleague
) -> None:
    message = posted()
    assert message is not None
    final = NotSentError("refused", is_final=True)
    actions.deliver(at=NOON, gateway=MemoryGateway(failures=[final]))
    with pytest.raises(ForbiddenError):
        actions.retry(message_id=message.id, by=officer.viewer, at=NOON)
    actions.retry(message_id=message.id, by=administrator.viewer, at=NOON)
    assert actions.deliver(at=NOON, gateway=MemoryGateway()) == 1
    with pytest.raises(MissingError):
        actions.retry(message_id=message.id, by=administrator.viewer, at=NOON)
    with pytest.raises(MissingError):
        actions.retry(message_id=uuid4(), by=administrator.viewer, at=NOON)


def test_sent_messages_are_forgotten_after_thirty_days_and_waiting_ones_never() -> None:
    posted(), posted(at=NOON + timedelta(days=1))
    actions.deliver(at=NOON, gateway=MemoryGateway())
    assert actions.forget(at=NOON + timedelta(days=30)) == 0
    assert actions.forget(at=NOON + timedelta(days=31)) == 1
    assert Message.objects.count() == 1


def test_address_and_text_lie_sealed() -> None:
    posted()
    with connection.cursor() as cursor:
        cursor.execute('SELECT m::text, "to", subject, text FROM messaging_message m')
        row = cursor.fetchone()
    stored = row[0].encode() + b"".join(bytes(part) for part in row[1:])
    assert b"ai-do" not in stored
    assert "dấu".encode() not in stored


def test_the_page_shows_states_and_no_address(administrator: Colleague) -> None:
    message = posted()
    actions.deliver(at=NOON, gateway=MemoryGateway(failures=[UNREACHABLE]))
    page = administrator.client.get("/hop-thu-di/").content.decode()
    assert "Không kết nối được máy chủ thư." in page
    assert "ai-do@donvi.example" not in page
    assert "Nội dung có dấu" not in page
    reply = administrator.client.post(f"/hop-thu-di/{message and message.id}/gui-lai/")
    assert reply.status_code == 302
    assert (
        "Không có tin nào ở đây."
        in administrator.client.get("/hop-thu-di/?trang-thai=sent").content.decode()
    )


def test_the_page_takes_a_fixed_number_of_queries(
    administrator: Colleague, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        posted()
    with django_assert_max_num_queries(7):
        administrator.client.get("/hop-thu-di/")


def test_the_last_page_says_which_rows_it_shows(administrator: Colleague) -> None:
    Message.objects.bulk_create(
        Message(kind="test.kind", to="a@b.example", subject="s", text="t", next_at=NOON)
        for _ in range(52)
    )
    page = administrator.client.get("/hop-thu-di/?trang=2").content.decode()
    assert "51–52 / 52" in page


def test_counts_are_by_state(administrator: Colleague) -> None:
    posted(), posted()
    assert queries.counts(administrator.viewer)[State.WAITING] == 2
