"""Mails that come in: from a mailbox on this machine, a folder, memory; kept once, lost never."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps

from tests.documents.test_mails import TABLE, mail
from tests.factories.people import Colleague, Person
from tests.messaging.imap_server import PASSWORD, USER, imap_server, n_unseen, put
from vungxanh.audit.models import AuditEvent
from vungxanh.core import files
from vungxanh.core.models import StoredFile
from vungxanh.documents.mails import Mail, MailError, read_mail
from vungxanh.messaging import actions
from vungxanh.messaging.gateways.inbox import (
    Arrived,
    FolderInbox,
    ImapInbox,
    MemoryInbox,
    NotReadError,
)
from vungxanh.messaging.models import CAME, IncomingMail, Message
from vungxanh.messaging.rules import MOST_AN_HOUR
from vungxanh.messaging.values import Taken
from vungxanh.refusals import Words

AT = datetime(2020, 8, 28, 8, 45, tzinfo=UTC)
WHOLE = mail("bao-cao.csv").as_bytes()
KNOWN = "bao-cao@nha-mang.example"


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    with imap_server() as port:
        yield port


def mailbox(port: int, password: str = PASSWORD) -> ImapInbox:
    return ImapInbox("127.0.0.1", port, USER, password, "INBOX", "none")


class Taker:
    """A room that knows one address and takes its tables; what it refuses, it says."""

    def __init__(self) -> None:
        self.found: list[Mail] = []
        self.refusal: Exception | None = None

    def __call__(self, *, mail: Mail, original: object, at: datetime) -> Taken | None:
        if mail.sender != KNOWN:
            return None
        if self.refusal:
            raise self.refusal
        self.found.append(mail)
        return Taken("submission:1", Words("Đã nhận báo cáo.", "The report was taken."))


@pytest.fixture
def taker(monkeypatch: pytest.MonkeyPatch) -> Taker:
    made = Taker()
    monkeypatch.setattr(apps.get_app_config("messaging"), "take_mail", made, raising=False)
    return made


def received(*mails: bytes, at: datetime = AT) -> int:
    return actions.receive(at=at, gateway=MemoryInbox(list(mails)))


def states() -> list[tuple[str, str]]:
    return list(IncomingMail.objects.order_by("came_at", "id").values_list("state", "problem"))


@pytest.mark.slow
def test_mail_of_a_mailbox_is_handed_out_whole_and_seen_only_once_kept(server: int) -> None:
    put(server, WHOLE)
    kept: list[Arrived] = []

    def die(_arrived: Arrived) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mailbox(server).each(die, at_most=5)
    assert n_unseen(server) == 1
    assert mailbox(server).each(kept.append, at_most=5) == 1
    assert read_mail(kept[0].raw or b"").attachments[0].content == TABLE
    assert n_unseen(server) == 0


@pytest.mark.slow
def test_no_more_mails_are_read_at_once_than_asked(server: int) -> None:
    put(server, *(mail(f"{n}.csv").as_bytes() for n in range(4)))
    assert mailbox(server).each(lambda _mail: None, at_most=3) == 3
    assert n_unseen(server) == 1


@pytest.mark.slow
def test_wrong_password_and_no_server_are_told_apart(server: int) -> None:
    with pytest.raises(NotReadError) as refused:
        mailbox(server, "sai").each(lambda _mail: None, at_most=1)
    with pytest.raises(NotReadError) as away:
        ImapInbox("127.0.0.1", 1, USER, PASSWORD, "INBOX", "none").each(print, at_most=1)
    assert (refused.value.problem, away.value.problem) == ("refused", "unreachable")


def test_file_of_a_folder_goes_once_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(WHOLE)
    kept: list[Arrived] = []
    assert FolderInbox(tmp_path).each(kept.append, at_most=5) == 1
    assert kept == [Arrived(len(WHOLE), WHOLE)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_report_by_mail_is_taken_by_the_room_that_knows_the_sender(taker: Taker) -> None:
    assert received(WHOLE) == 1
    row = IncomingMail.objects.get()
    assert (row.state, row.taken_as, row.n_attachments) == ("taken", "submission:1", 1)
    assert taker.found[0].attachments[0].content == TABLE
    answer = Message.objects.get()
    assert (answer.to, answer.kind) == (KNOWN, "messaging.answer")
    assert row.original_id is not None
    assert files.open_file(row.original_id) == WHOLE
    assert sorted(AuditEvent.objects.values_list("event", flat=True)) == [
        "messaging.mail_came",
        "messaging.mail_taken",
        "messaging.posted",
    ]


@pytest.mark.django_db
def test_refusal_of_the_room_is_told_to_the_sender_and_leaves_nothing_else(taker: Taker) -> None:
    taker.refusal = MailError("uptake.bad_row", Words("Dòng 3 sai.", "Row 3 is wrong."))
    received(WHOLE)
    assert states() == [("refused", "uptake.bad_row")]
    assert "Dòng 3 sai." in Message.objects.get().text


@pytest.mark.django_db
def test_mail_of_a_stranger_is_set_aside_without_an_answer(taker: Taker) -> None:
    stranger = mail("a.csv")
    stranger.replace_header("From", "ai-do@khac.example")
    received(stranger.as_bytes())
    assert states() == [("set_aside", "unknown_sender")]
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_same_mail_twice_is_kept_once(taker: Taker) -> None:
    received(WHOLE)
    received(WHOLE)
    assert (IncomingMail.objects.count(), len(taker.found)) == (1, 1)


@pytest.mark.django_db
def test_answers_of_machines_are_set_aside(taker: Taker) -> None:
    received(mail("a.csv", Auto_Submitted="auto-replied").as_bytes())
    assert states() == [("set_aside", "automatic")]
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_flood_of_one_sender_is_set_aside_after_the_bound(taker: Taker) -> None:
    mails = [mail(f"{n}.csv").as_bytes() for n in range(MOST_AN_HOUR + 2)]
    received(*mails)
    assert len(taker.found) == MOST_AN_HOUR
    assert states()[-2:] == [("set_aside", "too_many")] * 2
    assert StoredFile.objects.count() == MOST_AN_HOUR


@pytest.mark.django_db
def test_mail_that_was_kept_and_not_dealt_with_is_dealt_with_later(
    taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker.refusal = KeyError("a fault of the room")
    with pytest.raises(KeyError):
        received(WHOLE)
    taker.refusal = None
    assert states() == [("waiting", "")]
    assert received() == 0
    assert states() == [("taken", "")]


@pytest.mark.django_db
def test_mail_that_breaks_its_room_keeps_no_other_waiting(taker: Taker) -> None:
    taker.refusal = KeyError("a fault of the room")
    stranger = mail("a.csv")
    stranger.replace_header("From", "ai-do@khac.example")
    with pytest.raises(KeyError):
        received(WHOLE, stranger.as_bytes())
    assert states() == [("waiting", ""), ("set_aside", "unknown_sender")]


@pytest.mark.django_db
def test_mails_and_their_originals_go_after_their_time(taker: Taker) -> None:
    received(WHOLE)
    later = AT + CAME.period + timedelta(minutes=1)
    assert actions.forget_incoming(at=AT) == 0
    assert actions.forget_incoming(at=later) == 1
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_mailbox_that_is_away_is_recorded_and_stops_nothing(taker: Taker) -> None:
    away = ImapInbox("127.0.0.1", 1, USER, PASSWORD, "INBOX", "none")
    assert actions.receive(at=AT, gateway=away) == 0
    assert AuditEvent.objects.get().event == "messaging.mailbox_away"


@pytest.mark.django_db
def test_page_tells_what_became_of_mails_and_nothing_of_who_wrote_what(
    taker: Taker, administrator: Colleague, officer: Person
) -> None:
    received(WHOLE, mail("a.csv", Auto_Submitted="auto-replied").as_bytes())
    said = administrator.client.get("/hop-thu-den/").content.decode()
    assert "Đã nhận" in said
    assert "Thư máy tự trả lời." in said
    assert not any(word in said for word in (KNOWN, "Báo cáo 28/8/2020", "bao-cao.csv"))
    assert officer.client.get("/hop-thu-den/").status_code == 403
