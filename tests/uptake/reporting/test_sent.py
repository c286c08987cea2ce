"""Reports by machine and by e-mail: taken whole, or refused whole with what was found."""

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.messaging.actions import receive
from vungxanh.messaging.gateways.inbox import MemoryInbox
from vungxanh.messaging.models import IncomingMail, Message
from vungxanh.uptake.models import FigureReport, Reporter

API = "/api/v1/uptake/reports"
CAME = datetime(2020, 8, 28, 8, 45, tzinfo=UTC)
GOOD = "Địa bàn\tSố điện thoại thông minh cài đặt\nThành phố Quy Nhơn\t5\nThị xã An Nhơn\t0\n"


@pytest.fixture
def viettel(places: None) -> Reporter:
    """An operator that reports on two districts."""
    organisation = made.operator("Nhà mạng thử")
    return made.reporter(made.form_1(), organisation, covers=(QUY_NHON, AN_NHON))


@pytest.fixture
def contact(viettel: Reporter) -> Colleague:
    """The operator's contact."""
    return employed("contact", Role("operator"), PROVINCE, organisation=viettel.organisation_id)


def posted(contact: Colleague, one: Reporter, **more: object) -> tuple[int, dict[str, object]]:
    """What the API answers to a report for the day."""
    rows = [
        {"unit": QUY_NHON, "figures": {"installs": 5}},
        {"unit": AN_NHON, "figures": {"installs": None}},
    ]
    body = {"reporter": str(one.id), "day": str(made.DAY), "rows": rows, **more}
    answer = contact.client.post(API, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_a_machine_reports_and_null_is_not_told(contact: Colleague, viettel: Reporter) -> None:
    status, told = posted(contact, viettel)
    assert (status, told["state"], told["figures"], told["channel"]) == (201, "accepted", 1, "api")


def test_the_same_again_is_the_report_that_stands(contact: Colleague, viettel: Reporter) -> None:
    first, second = posted(contact, viettel)[1], posted(contact, viettel)[1]
    assert first["report"] == second["report"]
    assert FigureReport.objects.count() == 1


def test_a_faulty_report_leaves_nothing_behind(contact: Colleague, viettel: Reporter) -> None:
    rows = [{"unit": "vn-2021:545", "figures": {"installs": 5}}]
    status, told = posted(contact, viettel, rows=rows)
    assert (status, told["code"]) == (422, "uptake.report_has_errors")
    assert not FigureReport.objects.exists()


def test_another_operator_is_told_of_nothing(contact: Colleague, viettel: Reporter) -> None:
    other = employed(
        "other", Role("operator"), PROVINCE, organisation=made.operator("Nhà mạng khác")
    )
    assert posted(other, viettel)[0] == 404


def test_what_is_owed_names_the_units(contact: Colleague, viettel: Reporter) -> None:
    (told,) = contact.client.get(API).json()
    assert (told["units"], told["elements"]) == ([QUY_NHON, AN_NHON], ["installs"])


def mailed(sender: str, subject: str, content: bytes = GOOD.encode(), name: str = "a.tsv") -> None:
    """A mail with one file that came at a quarter to four."""
    said = EmailMessage()
    said["From"], said["Subject"] = sender, subject
    said["Message-ID"] = f"<{len(subject)}-{len(content)}@test.example>"
    said.set_content("Kính gửi Sở, báo cáo đính kèm.")
    said.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    receive(at=CAME, gateway=MemoryInbox([said.as_bytes()]))


def test_an_attachment_is_taken_and_its_sender_told(contact: Colleague, viettel: Reporter) -> None:
    mailed(contact.email, "Báo cáo 28/8/2020")
    report = FigureReport.objects.get()
    assert (report.channel, report.state, report.n_figures) == ("mail", "accepted", 2)
    assert "Đã nhận Biểu mẫu số 1" in Message.objects.get(kind="messaging.answer").text


def test_a_revision_by_mail_says_why_in_its_subject(contact: Colleague, viettel: Reporter) -> None:
    mailed(contact.email, "Báo cáo 28/8/2020")
    better = GOOD.replace("\t5", "\t6").encode()
    mailed(contact.email, "Báo cáo 28/8/2020 lần 2", better)
    assert IncomingMail.objects.filter(problem="uptake.report_reason").count() == 1
    mailed(contact.email, "Báo cáo 28/8/2020 Sửa: gửi nhầm số", better)
    assert FigureReport.objects.get(state="accepted").reason == "gửi nhầm số"


def test_a_faulty_mail_is_refused_with_what_was_found(
    contact: Colleague, viettel: Reporter
) -> None:
    mailed(contact.email, "Báo cáo", GOOD.replace("Thị xã An Nhơn", "Huyện Tuy Phước").encode())
    assert not FigureReport.objects.exists()
    assert "Tuy Phước" in Message.objects.get(kind="messaging.answer").text


def test_macros_and_strangers_are_not_taken(contact: Colleague, viettel: Reporter) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as inside:
        inside.writestr("xl/vbaProject.bin", b"x")
    mailed(contact.email, "Báo cáo", book.getvalue(), "a.xlsx")
    mailed("stranger@test.example", "Báo cáo 2")
    assert not FigureReport.objects.exists()
    assert set(IncomingMail.objects.values_list("problem", flat=True)) == {
        "mail.macros",
        "unknown_sender",
    }
