"""Where personal data lies and where it goes, from the settings in force; never a password."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from vungxanh.config.processing.values import Recipient, Store
from vungxanh.core import keys
from vungxanh.refusals import Words

HERE = Words("trên chính máy chủ này", "on this very machine")
ON_DISK = Words("ghi ra tệp trên máy chủ này, không niêm phong", "files on this machine, unsealed")
_SECURE = {
    "tls": Words("mã hóa TLS", "encrypted, TLS"),
    "starttls": Words("mã hóa STARTTLS", "encrypted, STARTTLS"),
    "none": Words("KHÔNG mã hóa", "NOT encrypted"),
}
_MAIL_WORDS = Words(
    "địa chỉ thư của cán bộ, nội dung thư báo việc", "addresses of staff, words of the mail"
)
_SMS_WORDS = Words("số điện thoại, nội dung tin", "telephone numbers, words of the message")
_PUSH_WORDS = Words(
    "địa chỉ nhận thông báo; nội dung đã mã hóa đầu cuối",
    "addresses of browsers; the text is encrypted to them",
)


def stores() -> tuple[Store, ...]:
    """The database, the files and the key files."""
    entry: dict[str, Any] = settings.DATABASES["default"]
    return (
        _database(entry),
        Store(Words("Tệp đã niêm phong", "Sealed files"), _folder(settings.HOME)),
        Store(Words("Tệp khóa", "Key files"), _folder(keys.folder())),
    )


def recipients() -> tuple[Recipient, ...]:
    """Every gateway that is configured, in the order mail, SMS, official account, push, inbox."""
    return (*_mail(), *_sms(), *_oa(), *_push(), *_inbox())


def is_local(host: str) -> bool:
    """Whether a database's host is a socket or this machine."""
    return not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}


def line_of(entry: dict[str, Any]) -> str:
    """What a line to a database promises: its sslmode, or nothing where libpq decides."""
    return str((entry.get("OPTIONS") or {}).get("sslmode", ""))


def _database(entry: dict[str, Any]) -> Store:
    host, port = str(entry.get("HOST") or ""), str(entry.get("PORT") or "")
    words = Words("Cơ sở dữ liệu PostgreSQL", "PostgreSQL database")
    if host.startswith("/"):
        return Store(words, Words(f"{HERE.vi}, qua socket", f"{HERE.en}, over a socket"))
    if is_local(host):
        return Store(words, HERE)
    where = f"{host}:{port}" if port else host
    return Store(words, Words(f"máy chủ {where}", f"host {where}"), host)


def _folder(path: object) -> Words:
    return Words(f"thư mục {path}", f"folder {path}")


def _mail() -> Iterator[Recipient]:
    mail, way = settings.MAIL, Words("Thư điện tử đi", "Outgoing mail")
    if mail.form == "smtp":
        yield Recipient(way, (mail.host,), _MAIL_WORDS, _SECURE[mail.security])
    if mail.form == "file":
        yield Recipient(way, (), _MAIL_WORDS, ON_DISK)


def _sms() -> Iterator[Recipient]:
    sms, way = settings.SMS, Words("Tin nhắn SMS", "SMS")
    if sms.form == "http":
        yield Recipient(way, (_host(sms.url),), _SMS_WORDS, _of_url(sms.url))
    if sms.form == "smpp":
        yield Recipient(
            Words("Tin nhắn SMS (SMPP)", "SMS (SMPP)"),
            (sms.host,),
            _SMS_WORDS,
            _SECURE[sms.security],
        )
    if sms.form == "file":
        yield Recipient(way, (), _SMS_WORDS, ON_DISK)


def _oa() -> Iterator[Recipient]:
    if settings.OA.url:
        way = Words("Tài khoản chính thức (OA)", "Official account")
        yield Recipient(way, (_host(settings.OA.url),), _SMS_WORDS, _of_url(settings.OA.url))


def _push() -> Iterator[Recipient]:
    push, way = settings.PUSH, Words("Thông báo đẩy", "Web push")
    if push.form == "web":
        yield Recipient(way, tuple(push.hosts), _PUSH_WORDS, _SECURE["tls"])
    if push.form == "file":
        yield Recipient(way, (), _PUSH_WORDS, ON_DISK)


def _inbox() -> Iterator[Recipient]:
    inbox, way = settings.INBOX, Words("Hộp thư đến", "Incoming mail")
    what = Words("địa chỉ người gửi, thư và tệp kèm", "addresses of senders, mails, attachments")
    if inbox.form == "imap":
        yield Recipient(way, (inbox.host,), what, _SECURE[inbox.security])
    if inbox.form == "file":
        yield Recipient(way, (), what, ON_DISK)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _of_url(url: str) -> Words:
    return _SECURE["tls"] if url.startswith("https:") else _SECURE["none"]
