"""How e-mail leaves: VUNGXANH_MAIL and what belongs to it."""

import os
from dataclasses import dataclass, field

from vungxanh.config.variables import VariableError, one_of, secret, whole_number
from vungxanh.refusals import Words

PASSWORD = "VUNGXANH_MAIL_PASSWORD"  # noqa: S105 (the name of a variable)
PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Mail:
    """The way out: `form` is "smtp", "file" or "none"."""

    form: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    security: str = "starttls"
    folder: str = ""


def mail() -> Mail:
    """What the environment says; an incomplete answer is refused at the start."""
    form = one_of("VUNGXANH_MAIL", ("NONE", "SMTP", "FILE"), "NONE").lower()
    if form == "none":
        return Mail(form)
    sender = _needed("VUNGXANH_MAIL_FROM")
    if form == "file":
        return Mail(form, sender=sender, folder=_needed("VUNGXANH_MAIL_FOLDER"))
    security = one_of("VUNGXANH_MAIL_SECURITY", ("STARTTLS", "TLS", "NONE"), "STARTTLS").lower()
    return Mail(
        form,
        host=_needed("VUNGXANH_MAIL_HOST"),
        port=whole_number("VUNGXANH_MAIL_PORT", PORTS[security]),
        user=os.environ.get("VUNGXANH_MAIL_USER", ""),
        password=secret(PASSWORD),
        sender=sender,
        security=security,
    )


def _needed(name: str) -> str:
    said = os.environ.get(name, "").strip()
    if not said:
        raise VariableError(name, Words("có giá trị khi gửi thư", "set when mail is to be sent"))
    return said
