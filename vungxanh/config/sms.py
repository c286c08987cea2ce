"""How short messages leave and come in: VUNGXANH_SMS and what belongs to it."""

import os
import re
from dataclasses import dataclass, field

from vungxanh.config.variables import VariableError, one_of, secret, url, whole_number
from vungxanh.refusals import Words

TOKEN = "VUNGXANH_SMS_TOKEN"  # noqa: S105 (the name of a variable)
PASSWORD = "VUNGXANH_SMS_PASSWORD"  # noqa: S105 (the name of a variable)
WEBHOOK_SECRET = "VUNGXANH_SMS_WEBHOOK_SECRET"  # noqa: S105 (the name of a variable)
OA_TOKEN = "VUNGXANH_OA_TOKEN"  # noqa: S105 (the name of a variable)
PORTS = {"tls": 3550, "none": 2775}
# A number in E.164, a short code, or a brand's name (SMPP 3.4, 4.4.1; 3GPP TS 23.040, 9.1.2.5).
SENDER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}")


@dataclass(frozen=True, slots=True)
class Sms:
    """The way out: `form` is "http", "smpp", "file" or "none"; `long` is "parts" or "payload"."""

    form: str
    sender: str = ""
    url: str = ""
    token: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "tls"
    authorities: str = ""
    long: str = "parts"
    folder: str = ""


def sms() -> Sms:
    """What the environment says; an incomplete answer is refused at the start."""
    form = one_of("VUNGXANH_SMS", ("NONE", "HTTP", "SMPP", "FILE"), "NONE").lower()
    if form == "none":
        return Sms(form)
    sender = _sender()
    if form == "file":
        return Sms(form, sender=sender, folder=_needed("VUNGXANH_SMS_FOLDER"))
    authorities = os.environ.get("VUNGXANH_SMS_CA", "")
    if form == "http":
        return Sms(
            form,
            sender=sender,
            url=url("VUNGXANH_SMS_URL"),
            token=_needed_secret(TOKEN),
            webhook_secret=secret(WEBHOOK_SECRET),
            authorities=authorities,
        )
    security = one_of("VUNGXANH_SMS_SECURITY", ("TLS", "NONE"), "TLS").lower()
    return Sms(
        form,
        sender=sender,
        host=_needed("VUNGXANH_SMS_HOST"),
        port=whole_number("VUNGXANH_SMS_PORT", PORTS[security]),
        user=_short("VUNGXANH_SMS_USER", _needed("VUNGXANH_SMS_USER"), 15),
        password=_short(PASSWORD, _needed_secret(PASSWORD), 32),
        security=security,
        authorities=authorities,
        long=one_of("VUNGXANH_SMS_LONG", ("PARTS", "PAYLOAD"), "PARTS").lower(),
    )


@dataclass(frozen=True, slots=True)
class Oa:
    """A broker of official accounts; none without a `url`."""

    url: str = ""
    token: str = field(default="", repr=False)
    sender: str = ""


def oa() -> Oa:
    """What the environment says of official accounts."""
    if not os.environ.get("VUNGXANH_OA_URL", "").strip():
        return Oa()
    sender = os.environ.get("VUNGXANH_OA_FROM", "")
    return Oa(url("VUNGXANH_OA_URL"), _needed_secret(OA_TOKEN), sender)


def _sender() -> str:
    said = _needed("VUNGXANH_SMS_FROM")
    if not SENDER.fullmatch(said):
        wanted = Words(
            "đầu số, số điện thoại dạng +84… hoặc tên thương hiệu tối đa 11 ký tự không dấu",
            "a short code, a number like +84… or a brand's name of at most 11 plain characters",
        )
        raise VariableError("VUNGXANH_SMS_FROM", wanted)
    return said


def _needed(name: str) -> str:
    return _said(name, os.environ.get(name, "").strip())


def _needed_secret(name: str) -> str:
    return _said(name, secret(name))


def _said(name: str, value: str) -> str:
    if not value:
        wanted = Words("có giá trị khi gửi tin nhắn", "set when short messages are to be sent")
        raise VariableError(name, wanted)
    return value


def _short(name: str, value: str, most: int) -> str:
    """Plain characters: SMPP knows no others in names and passwords."""
    if not value.isascii() or not value.isprintable() or len(value) > most:
        wanted = Words(
            f"tối đa {most} ký tự không dấu", f"at most {most} characters without accents"
        )
        raise VariableError(name, wanted)
    return value
