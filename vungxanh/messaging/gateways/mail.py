"""E-mail by SMTP, into a folder, or into memory."""

import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core import mail

from vungxanh.core.durable import write_draft

SECONDS = 20  # for one conversation with a server


class NotSentError(Exception):
    """A letter did not go; `problem` says why, `is_final` that trying again is no use."""

    def __init__(self, problem: str, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter. `reference` becomes its Message-ID, so that readers know a repeat."""

    reference: str
    to: str
    subject: str
    text: str


class MailGateway(Protocol):
    """Takes a letter away, or raises `NotSentError`."""

    def send(self, letter: Letter) -> None:
        """Send one letter."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class SmtpGateway:
    """A mail server; `security` is "starttls", "tls" or "none"."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    security: str

    def send(self, letter: Letter) -> None:
        """Send by SMTP; an address or a text that the server refuses for good is final."""
        connection = mail.get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.security == "starttls",
            use_ssl=self.security == "tls",
            timeout=SECONDS,
        )
        try:
            connection.send_messages([_django_letter(letter, self.sender)])
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise NotSentError("refused", is_final=all(code >= 500 for code in codes)) from refused
        except smtplib.SMTPDataError as refused:
            raise NotSentError("refused", is_final=refused.smtp_code >= 500) from refused
        except (OSError, smtplib.SMTPException) as failure:
            raise NotSentError("unreachable") from failure


@dataclass(frozen=True, slots=True)
class FileGateway:
    """Whole `.eml` files in a folder, for a relay of the operator's own. They are not sealed."""

    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        """Write one file; a repeat replaces it."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / f"{letter.reference}.eml"
            write_draft(path, as_email(letter, self.sender).as_bytes()).replace(path)
        except OSError as failure:
            raise NotSentError("unreachable") from failure


@dataclass(slots=True)
class MemoryGateway:
    """Keeps letters for tests; fails as often as told beforehand."""

    sent: list[Letter] = field(default_factory=list)
    failures: list[NotSentError] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        """Keep it, or fail with the next failure."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(letter)


class NoGateway:
    """No way out is set: letters wait."""

    def send(self, letter: Letter) -> None:
        """Never sends."""
        raise NotSentError("no_server")


def mail_gateway() -> MailGateway:
    """The way out that the installation's settings name."""
    said = settings.MAIL
    if said.form == "smtp":
        return SmtpGateway(
            said.host, said.port, said.user, said.password, said.sender, said.security
        )
    return FileGateway(Path(said.folder), said.sender) if said.form == "file" else NoGateway()


def as_email(letter: Letter, sender: str) -> EmailMessage:
    """The letter as RFC 5322 has it."""
    email = EmailMessage()
    email["From"], email["To"], email["Subject"] = sender, letter.to, letter.subject
    email["Message-ID"] = message_id(letter, sender)
    email.set_content(letter.text)
    return email


def message_id(letter: Letter, sender: str) -> str:
    """The same for every try of one letter."""
    return f"<{letter.reference}@{sender.rpartition('@')[2].rstrip('>')}>"


def _django_letter(letter: Letter, sender: str) -> mail.EmailMessage:
    headers = {"Message-ID": message_id(letter, sender), "Auto-Submitted": "auto-generated"}
    return mail.EmailMessage(letter.subject, letter.text, sender, [letter.to], headers=headers)
