"""An e-mail that came in, read with bounds: who, when, what is attached.

RFC 5322 and MIME by the standard library; only what is asked for is decoded. A mail inside a mail
is not opened, and what a mail claims of itself (its sender above all) is what it claims.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final

from vungxanh.refusals import RefusalError, Words

MOST_BYTES: Final = 26 * 1024 * 1024
MOST_PARTS: Final = 200
MOST_ATTACHMENTS: Final = 10
_MACROS: Final = ("vbaproject.bin", "vbadata.xml", "macrosheets/")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the standard library lets out of mails that are none, seen with altered ones.
_BROKEN: Final = (ValueError, LookupError, AttributeError, TypeError, MessageError, RecursionError)
_OLD_MACROS: Final = (b"_VBA_PROJECT", "_VBA_PROJECT".encode("utf-16-le"))


class MailError(RefusalError):
    """A mail that is not read."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file: its name without a path, the kind that it claims, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What came. `sent_at` is None where the mail says no time that can be read.

    `is_automatic` marks answers of machines (RFC 3834): they are never answered.
    """

    message_id: str
    sender: str
    subject: str
    sent_at: datetime | None
    is_automatic: bool
    attachments: tuple[Attachment, ...]


def read_mail(raw: bytes) -> Mail:
    """Read a whole mail.

    Raises MailError `mail.too_large`, `mail.too_many_parts`, `mail.no_sender`, `mail.unreadable`;
    an attachment with macros is refused by `without_macros`, not here.
    """
    if len(raw) > MOST_BYTES:
        raise too_large()
    try:
        return _read(message_from_bytes(raw, policy=policy.default))
    except _BROKEN:
        raise unreadable() from None


def _read(said: EmailMessage) -> Mail:
    sender = parseaddr(_header(said, "From"))[1].lower()
    if "@" not in sender:
        raise no_sender()
    return Mail(
        message_id=_header(said, "Message-ID")[:200],
        sender=sender[:254],
        subject=_header(said, "Subject")[:300],
        sent_at=_date(said),
        is_automatic=_is_automatic(said),
        attachments=tuple(_attachments(said)),
    )


def without_macros(attachment: Attachment) -> Attachment:
    """The attachment, unless it holds macros: MailError `mail.macros`.

    >>> without_macros(Attachment("a.csv", "text/csv", b"x")).name
    'a.csv'
    """
    content = attachment.content
    if content.startswith(b"PK") and any(_is_macro(name) for name in _names_in(content)):
        raise macros(attachment.name)
    if content.startswith(_OLD_OFFICE) and any(mark in content for mark in _OLD_MACROS):
        raise macros(attachment.name)
    return attachment


def _names_in(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []  # whoever reads the table will say that it is damaged


def _is_macro(name: str) -> bool:
    return any(mark in name.lower() for mark in _MACROS)


def _attachments(said: EmailMessage) -> Iterator[Attachment]:
    found = 0
    for part in _parts(said):
        name = _plain_name(part.get_filename() or "")
        if not name:
            continue
        found += 1
        if found > MOST_ATTACHMENTS:
            raise too_many_parts()
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield Attachment(name, part.get_content_type(), content)


def _parts(said: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves of a mail, those of a mail inside it left out."""
    waiting, seen = [said], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > MOST_PARTS:
            raise too_many_parts()
        if part.get_content_maintype() == "multipart":
            inner = part.get_payload()
            waiting += [one for one in inner if isinstance(one, EmailMessage)]
        elif part.get_content_maintype() != "message":
            yield part


def _plain_name(name: str) -> str:
    """The last part of a name, without what moves the text about.

    >>> _plain_name("../../bao cao.xlsx"), _plain_name("C:\\\\a\\\\b.csv")
    ('bao cao.xlsx', 'b.csv')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable())[:200].strip()


def _header(said: EmailMessage, name: str) -> str:
    """A header as text; one that cannot be read counts as missing."""
    try:
        value = str(said.get(name, ""))
    except _BROKEN:
        return ""
    return " ".join("".join(one for one in value if one.isprintable() or one == " ").split())


def _date(said: EmailMessage) -> datetime | None:
    try:
        header = said.get("Date")
        found = getattr(header, "datetime", None)
    except (*_BROKEN, OverflowError):
        return None
    if not isinstance(found, datetime):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_automatic(said: EmailMessage) -> bool:
    marks = _header(said, "Auto-Submitted").lower(), _header(said, "Precedence").lower()
    is_marked = marks[0] not in ("", "no") or marks[1] in {"bulk", "junk", "list", "auto_reply"}
    return is_marked or said.get_content_type() == "multipart/report"


def too_large() -> MailError:
    """A mail over the bound."""
    words = Words(
        "Thư lớn hơn 26 MB nên không nhận. Gửi tệp nhỏ hơn, hoặc nộp trên trang.",
        "The mail is larger than 26 MB and is not taken. Send a smaller file, or use the page.",
    )
    return MailError("mail.too_large", words)


def too_many_parts() -> MailError:
    """A mail of very many parts or attachments."""
    words = Words(
        "Thư có quá nhiều tệp đính kèm. Gửi một thư với một bảng.",
        "The mail has too many attachments. Send one mail with one table.",
    )
    return MailError("mail.too_many_parts", words)


def no_sender() -> MailError:
    """A mail that does not say whose it is."""
    words = Words(
        "Thư không ghi địa chỉ người gửi nên không biết là báo cáo của ai. Gửi lại từ địa chỉ đã "
        "đăng ký.",
        "The mail names no sender, so nobody knows whose report it is. Send it again from the "
        "registered address.",
    )
    return MailError("mail.no_sender", words)


def unreadable() -> MailError:
    """Bytes that are no mail."""
    words = Words(
        "Thư bị hỏng nên không đọc được. Gửi lại, hoặc nộp trên trang.",
        "The mail is damaged and cannot be read. Send it again, or use the page.",
    )
    return MailError("mail.unreadable", words)


def macros(name: str) -> MailError:
    """An attachment with macros."""
    words = Words(
        "Tệp đính kèm có macro nên không mở. Lưu lại dạng .xlsx hoặc .csv không có macro rồi gửi.",
        "The attached file holds macros and is not opened. Save it as .xlsx or .csv without macros "
        "and send it again.",
    )
    return MailError("mail.macros", words, where=name[:80])
