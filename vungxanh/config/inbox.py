"""How e-mail comes in: VUNGXANH_INBOX and what belongs to it."""

import os
from dataclasses import dataclass, field

from vungxanh.config.variables import VariableError, one_of, secret, whole_number
from vungxanh.refusals import Words

PASSWORD = "VUNGXANH_INBOX_PASSWORD"  # noqa: S105 (the name of a variable)
PORTS = {"tls": 993, "starttls": 143, "none": 143}


@dataclass(frozen=True, slots=True)
class Inbox:
    """The way in: `form` is "imap", "file" or "none"; `folder` of the mailbox or of the disk."""

    form: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = ""
    security: str = "tls"


def inbox() -> Inbox:
    """What the environment says; an incomplete answer is refused at the start."""
    form = one_of("VUNGXANH_INBOX", ("NONE", "IMAP", "FILE"), "NONE").lower()
    if form == "none":
        return Inbox(form)
    if form == "file":
        return Inbox(form, folder=_needed("VUNGXANH_INBOX_FOLDER"))
    security = one_of("VUNGXANH_INBOX_SECURITY", ("TLS", "STARTTLS", "NONE"), "TLS").lower()
    return Inbox(
        form,
        host=_needed("VUNGXANH_INBOX_HOST"),
        port=whole_number("VUNGXANH_INBOX_PORT", PORTS[security]),
        user=_needed("VUNGXANH_INBOX_USER"),
        password=secret(PASSWORD),
        folder=os.environ.get("VUNGXANH_INBOX_FOLDER", "INBOX"),
        security=security,
    )


def _needed(name: str) -> str:
    said = os.environ.get(name, "").strip()
    if not said:
        raise VariableError(name, Words("có giá trị khi nhận thư", "set when mail is to come in"))
    return said
