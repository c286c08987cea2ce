"""The ways out: a real conversation over SMTP on this machine, and files."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from vungxanh.config.mail import mail
from vungxanh.config.variables import VariableError, secret
from vungxanh.messaging.gateways import FileGateway, Letter, NotSentError, SmtpGateway

LETTER = Letter("0196f0a0", "ai-do@donvi.example", "Lời mời: Quy Nhơn", "Chào bạn,\nnội dung.\n")
SENDER = "vungxanh@tinh.example"


@contextmanager
def server(
    *, answer_to_rcpt: str = "250 ok", answer_to_text: str = "250 ok"
) -> Iterator[tuple[int, list[bytes]]]:
    """A mail server that takes one letter, or refuses its address or its text; (port, letters)."""
    taken: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    answers = {b"RCPT": answer_to_rcpt, b"DATA": answer_to_text}

    def talk() -> None:
        client, _ = listener.accept()
        with client, client.makefile("rwb", buffering=0) as line:
            line.write(b"220 test\r\n")
            for said in iter(line.readline, b""):
                verb = said[:4].upper()
                if verb == b"DATA":
                    line.write(b"354 go\r\n")
                    taken.append(b"".join(iter(line.readline, b".\r\n")))
                line.write(answers.get(verb, "250 ok").encode() + b"\r\n")

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], taken
    finally:
        listener.close()
        thread.join(timeout=5)


def smtp(port: int) -> SmtpGateway:
    """A way to a server on this machine."""
    return SmtpGateway("127.0.0.1", port, "", "", SENDER, "none")


def test_a_letter_arrives_by_smtp_with_its_accents() -> None:
    with server() as (port, taken):
        smtp(port).send(LETTER)
    letter = message_from_bytes(taken[0], policy=policy.default)
    assert (letter["To"], letter["Subject"]) == (LETTER.to, LETTER.subject)
    assert letter["Message-ID"] == "<0196f0a0@tinh.example>"
    assert letter.get_content().splitlines() == LETTER.text.splitlines()


@pytest.mark.parametrize(("answer", "is_final"), [("550 no such user", True), ("451 later", False)])
def test_a_refused_address_is_final_only_when_the_server_says_so(
    answer: str, is_final: bool
) -> None:
    with server(answer_to_rcpt=answer) as (port, taken), pytest.raises(NotSentError) as failure:
        smtp(port).send(LETTER)
    assert (failure.value.problem, failure.value.is_final) == ("refused", is_final)
    assert taken == []


@pytest.mark.parametrize(("answer", "is_final"), [("554 spam", True), ("452 full", False)])
def test_a_refused_text_is_no_server_that_is_away(answer: str, is_final: bool) -> None:
    with server(answer_to_text=answer) as (port, _), pytest.raises(NotSentError) as failure:
        smtp(port).send(LETTER)
    assert (failure.value.problem, failure.value.is_final) == ("refused", is_final)


def test_a_server_that_is_not_there_is_unreachable() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(NotSentError) as failure:
        smtp(port).send(LETTER)
    assert (failure.value.problem, failure.value.is_final) == ("unreachable", False)


def test_a_letter_becomes_one_file_however_often_it_is_sent(tmp_path: Path) -> None:
    way = FileGateway(tmp_path / "di", SENDER)
    way.send(LETTER)
    way.send(LETTER)
    [file] = (tmp_path / "di").iterdir()
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (file.name, letter["Subject"]) == ("0196f0a0.eml", LETTER.subject)
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "di").write_text("a file")
    with pytest.raises(NotSentError):
        FileGateway(tmp_path / "di", SENDER).send(LETTER)


def test_the_environment_says_how_mail_leaves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("bí mật\n")
    for name, value in {
        "VUNGXANH_MAIL": "smtp",
        "VUNGXANH_MAIL_FROM": SENDER,
        "VUNGXANH_MAIL_HOST": "mail.tinh.example",
        "VUNGXANH_MAIL_PASSWORD_FILE": str(tmp_path / "password"),
    }.items():
        monkeypatch.setenv(name, value)
    said = mail()
    assert (said.form, said.port, said.security, said.password) == (
        "smtp",
        587,
        "starttls",
        "bí mật",
    )
    assert "bí mật" not in repr(said)


@pytest.mark.parametrize("missing", ["VUNGXANH_MAIL_FROM", "VUNGXANH_MAIL_HOST"])
def test_an_incomplete_answer_is_refused(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name in {"VUNGXANH_MAIL_FROM", "VUNGXANH_MAIL_HOST"} - {missing}:
        monkeypatch.setenv(name, "x@y.example")
    monkeypatch.setenv("VUNGXANH_MAIL", "smtp")
    with pytest.raises(VariableError) as refused:
        mail()
    assert refused.value.field == missing


def test_a_secret_file_that_is_missing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUNGXANH_MAIL_PASSWORD_FILE", "/nowhere/password")
    with pytest.raises(VariableError):
        secret("VUNGXANH_MAIL_PASSWORD")
