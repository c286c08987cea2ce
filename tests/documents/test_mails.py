"""Mails that came in: what they hold, and what cannot hurt whoever reads them."""

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.documents.mails import (
    MOST_ATTACHMENTS,
    MOST_BYTES,
    Attachment,
    MailError,
    read_mail,
    without_macros,
)

TABLE = "Địa bàn;Số máy\nQuy Nhơn;1200\n".encode()


def mail(*names: str, **headers: str) -> EmailMessage:
    """A mail with these attachments."""
    said = EmailMessage()
    said["From"], said["Subject"] = "Viễn thông mẫu <bao-cao@nha-mang.example>", "Báo cáo 28/8/2020"
    said["Date"], said["Message-ID"] = "Fri, 28 Aug 2020 15:40:00 +0700", "<1@nha-mang.example>"
    for name, value in headers.items():
        said[name.replace("_", "-")] = value
    said.set_content("Kính gửi Sở, báo cáo đính kèm.")
    for name in names:
        said.add_attachment(TABLE, maintype="text", subtype="csv", filename=name)
    return said


def test_a_report_is_read_with_its_sender_time_and_table() -> None:
    found = read_mail(mail("báo cáo.csv").as_bytes())
    assert (found.sender, found.subject) == ("bao-cao@nha-mang.example", "Báo cáo 28/8/2020")
    assert found.sent_at == datetime(2020, 8, 28, 8, 40, tzinfo=UTC)
    assert found.attachments == (Attachment("báo cáo.csv", "text/csv", TABLE),)
    assert not found.is_automatic


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Auto_Submitted": "auto-notified"},
    ],
)
def test_an_answer_of_a_machine_is_known_as_one(headers: dict[str, str]) -> None:
    assert read_mail(mail(**headers).as_bytes()).is_automatic


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\a\\b.xlsx", "b.xlsx"), ("a\u202etxt.xlsx", "atxt.xlsx")],
)
def test_a_name_leads_nowhere(name: str, kept: str) -> None:
    assert read_mail(mail(name).as_bytes()).attachments[0].name == kept


def test_a_mail_inside_a_mail_is_not_opened() -> None:
    outer = mail("own.csv")
    outer.add_attachment(mail("inner.csv"))
    assert [one.name for one in read_mail(outer.as_bytes()).attachments] == ["own.csv"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"x" * (MOST_BYTES + 1), "mail.too_large"),
        (b"Subject: x\r\n\r\nno sender", "mail.no_sender"),
        (b"", "mail.no_sender"),
        (
            mail(*(f"{n}.csv" for n in range(MOST_ATTACHMENTS + 1))).as_bytes(),
            "mail.too_many_parts",
        ),
    ],
    ids=["large", "no sender", "empty", "many"],
)
def test_what_is_no_report_is_refused_with_a_code(raw: bytes, code: str) -> None:
    with pytest.raises(MailError) as refused:
        read_mail(raw)
    assert refused.value.code == code


def test_a_thousand_parts_in_one_another_end() -> None:
    begin = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=0\r\n\r\n"
    nested = b"".join(
        b"--%d\r\nContent-Type: multipart/mixed; boundary=%d\r\n\r\n" % (n, n + 1)
        for n in range(1000)
    )
    with pytest.raises(MailError):
        read_mail(begin + nested)


def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        for name in names:
            written.writestr(name, b"x")
    return held.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        packed("xl/workbook.xml", "xl/vbaProject.bin"),
        packed("xl/macrosheets/sheet1.xml"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT".encode("utf-16-le"),
    ],
    ids=["workbook", "macro sheet", "old workbook"],
)
def test_an_attachment_with_macros_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(MailError) as refused:
        without_macros(Attachment("bao-cao.xlsx", "text/csv", content))
    assert refused.value.code == "mail.macros"


@pytest.mark.parametrize("content", [TABLE, packed("xl/workbook.xml"), b"PK\x03\x04broken"])
def test_an_attachment_without_macros_passes(content: bytes) -> None:
    assert without_macros(Attachment("a", "", content)).content == content


CODES = {"mail.too_many_parts", "mail.no_sender", "mail.unreadable"}
WHOLE = mail("a.csv", "b.xlsx").as_bytes()


@settings(max_examples=300)
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=12)), min_size=1, max_size=12
    )
)
def test_altered_mails_are_read_or_refused(cuts: list[tuple[int, bytes]]) -> None:
    raw = bytearray(WHOLE)
    for place, other in cuts:
        raw[place : place + len(other)] = other
    assert told(bytes(raw)) in CODES or "@" in told(bytes(raw))


def told(raw: bytes) -> str:
    """The sender, or the code of the refusal."""
    try:
        return read_mail(raw).sender
    except MailError as refused:
        return refused.code
