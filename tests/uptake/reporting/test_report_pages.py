"""Pages of figure reports: bringing, looking, sending, revising, by telephone; whose they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Answer, Colleague, employed
from tests.uptake.reporting.test_bringing import GOOD
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import frozen_at
from vungxanh.messaging.models import Message
from vungxanh.uptake.models import ColumnMapping, FigureReport, ReportedFigure, Reporter

STRANGE = "Nơi\tA\nThành phố Quy Nhơn\t5\nThị xã An Nhơn\t6\n"
QN, AN = "so_vn-2021_540_installs", "so_vn-2021_549_installs"
FILLED = {"cach": "bang", QN: "12.345", AN: "0"}


@dataclass(frozen=True)
class Scene:
    """Two operators that report, with their contacts, and a duty officer of the province."""

    reporter: Reporter
    own: Client
    other: Client
    desk: Client

    def brought(self, **fields: object) -> Answer:
        """A page that was filled in for the day."""
        return self.brought_by(self.own, fields)

    def brought_by(self, client: Client, fields: dict[str, object]) -> Answer:
        """The same in somebody's browser."""
        address = reverse("uptake-bring_report", args=[self.reporter.id])
        asked = {"ngay": f"{made.DAY}", **(fields or {"pasted": GOOD})}
        return client.post(address, asked)

    def draft(self, **fields: object) -> FigureReport:
        """What was kept of it."""
        return self.draft_by(self.own, fields)

    def draft_by(self, client: Client, fields: dict[str, object]) -> FigureReport:
        """The same in somebody's browser."""
        answer = self.brought_by(client, fields)
        assert answer.status_code == 302, text(answer)[-3000:]
        return FigureReport.objects.get(id=answer["Location"].split("/")[-2])

    def sent(self, draft: FigureReport, **fields: str) -> Answer:
        """The draft, sent."""
        return self.own.post(reverse("uptake-accept_report", args=[draft.id]), fields)


@pytest.fixture
def scene(places: None) -> Iterator[Scene]:
    """Noon of the day, four hours before the reports are due."""
    with frozen_at(made.NOON):
        form = made.form_1()
        one, two = made.operator("Nhà mạng A (ví dụ)"), made.operator("Nhà mạng B (ví dụ)")
        made.reporter(form, two, covers=(QUY_NHON, AN_NHON))
        yield Scene(
            reporter=made.reporter(form, one, covers=(QUY_NHON, AN_NHON)),
            own=_contact("a", one).client,
            other=_contact("b", two).client,
            desk=employed("desk", Role("duty_officer"), PROVINCE).client,
        )


def _contact(name: str, organisation: object) -> Colleague:
    return employed(name, Role("operator"), PROVINCE, organisation=organisation)


def text(answer: Answer) -> str:
    """The words of a page, one space between them."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(plain).split())


def page_of(client: Client, draft: FigureReport) -> Answer:
    """A report's page."""
    return client.get(reverse("uptake-report", args=[draft.id]))


def test_my_page_says_what_is_owed_and_where_to_bring_it(scene: Scene) -> None:
    page = text(scene.own.get(reverse("uptake-my_reports")))
    assert "Nộp báo cáo" in page
    assert "Hạn 28/8/2020 16:00" in page or "16:00" in page
    assert "Nhà mạng B" not in page


def test_those_in_charge_find_a_reporter_by_its_name(scene: Scene) -> None:
    mine = reverse("uptake-my_reports")
    assert "Nhà mạng A" in text(scene.desk.get(mine))
    found = text(scene.desk.get(mine, {"tim": "nha mang b"}))
    assert ("Nhà mạng B" in found, "Nhà mạng A" in found) == (True, False)
    assert "Không có đầu mối nào" in text(scene.desk.get(mine, {"tim": "xyz"}))


def test_a_report_is_read_looked_at_and_sent(scene: Scene) -> None:
    draft = scene.draft()
    preview = text(page_of(scene.own, draft))
    assert "12.345" in preview
    assert "(báo bằng không)" in preview
    assert not ReportedFigure.objects.exists()
    scene.sent(draft, thay="0")
    receipt = text(page_of(scene.own, draft))
    assert "Biên nhận báo cáo" in receipt
    assert "Đúng hạn" in receipt
    assert "Dán bảng" in receipt
    assert "Chưa nằm trong bảng nào" in receipt
    history = reverse("uptake-report_history", args=[scene.reporter.id])
    assert "28/8/2020" in text(scene.own.get(history)) or "28/08/2020" in text(
        scene.own.get(history)
    )


def test_a_receipt_says_in_which_table_it_went_and_links_what_one_may_see(scene: Scene) -> None:
    draft = scene.draft()
    scene.sent(draft, thay="0")
    with frozen_at(made.EVENING):
        table = made.tabled(scene.reporter.form)
    address = reverse("uptake-day_table", args=[table.id])
    own, desk = (page_of(client, draft) for client in (scene.own, scene.desk))
    assert ("Bảng ngày 28/08/2020" in text(own), address in own.content.decode()) == (True, False)
    assert address in desk.content.decode()


def test_a_table_typed_on_the_page_tells_zero_from_blank(scene: Scene) -> None:
    draft = scene.draft(**{**FILLED, QN: ""})
    assert draft.content["figures"] == [[AN_NHON, "installs", 0]]
    assert "chưa có số" in text(page_of(scene.own, draft))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [(QN, "12a", "chưa phải số nguyên"), (QN, "12.5", "chưa phải số nguyên"), (QN, "", "Ghi 0")],
    ids=["letters", "fraction", "nothing"],
)
def test_what_is_no_count_is_told_at_its_field(
    scene: Scene, field: str, typed: str, said: str
) -> None:
    answer = scene.brought(cach="bang", **{field: typed})
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert not FigureReport.objects.exists()


def test_a_faulty_report_cannot_be_sent_and_says_what_to_mend(scene: Scene) -> None:
    draft = scene.draft(pasted=f"{GOOD}3\tHuyện Tuy Phước\t7\t\t\n")
    page = page_of(scene.own, draft)
    assert "Tuy Phước" in text(page)
    assert "Chưa gửi được: 1 lỗi" in text(page)
    assert "/gui/" not in page.content.decode()
    assert scene.sent(draft, thay="0").status_code == 422
    again = scene.own.get(
        f"{reverse('uptake-bring_report', args=[scene.reporter.id])}?cach=bang&tu={draft.id}"
    )
    assert 'value="12345"' in again.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "(.xls)"),
        ("a.xlsm", b"PK\x03\x04broken", ""),
        ("a.csv", b" ", "trống"),
        ("a.csv", b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
        ("a.txt", b"hello", "Chưa rõ cột nào"),
    ],
    ids=["old", "broken", "empty", "large", "prose"],
)
def test_a_file_that_is_no_table_is_refused_with_one_sentence(
    scene: Scene, name: str, content: bytes, said: str
) -> None:
    answer = scene.brought(file=SimpleUploadedFile(name, content))
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert not FigureReport.objects.exists()


def test_a_report_for_tomorrow_is_refused(scene: Scene) -> None:
    tomorrow = made.DAY + timedelta(days=1)
    answer = scene.brought(ngay=f"{tomorrow}", pasted=GOOD)
    assert (answer.status_code, "chưa tới" in text(answer)) == (422, True)


def test_unknown_columns_are_asked_for_remembered_and_forgotten(scene: Scene) -> None:
    draft = scene.draft(file=SimpleUploadedFile("la.tsv", STRANGE.encode()))
    columns = reverse("uptake-report_columns", args=[draft.id])
    assert page_of(scene.own, draft)["Location"] == columns
    assert "Thị xã An Nhơn" in text(scene.own.get(columns))
    wrong = scene.own.post(columns, {"cot_1": "name", "cot_2": "other"})
    assert (wrong.status_code, "số của biểu mẫu" in text(wrong)) == (422, True)
    scene.own.post(columns, {"cot_1": "name", "cot_2": "count:installs"})
    assert FigureReport.objects.filter(state="draft", n_figures=2, channel="upload").count() == 1
    assert scene.draft(pasted=STRANGE.replace("5", "8")).n_figures == 2
    kept = reverse("uptake-remembered_columns", args=[scene.reporter.id])
    assert "noi" in text(scene.own.get(kept))
    scene.own.post(kept, {"quen": ColumnMapping.objects.get().id})
    assert not ColumnMapping.objects.exists()


def test_a_revision_shows_what_differs_and_needs_a_reason(scene: Scene) -> None:
    scene.sent(scene.draft(), thay="0")
    second = scene.draft(**{**FILLED, QN: "12.400"})
    page = text(page_of(scene.own, second))
    assert "+55" in page
    assert "Gửi bản sửa" in page
    assert scene.sent(second, thay="1").status_code == 422
    scene.sent(second, thay="1", reason="Thiếu một cửa hàng")
    assert sorted(FigureReport.objects.values_list("revision", "state")) == [
        (1, "replaced"),
        (2, "accepted"),
    ]


def test_of_two_browsers_the_second_is_told_and_nothing_is_lost(scene: Scene) -> None:
    first, second = scene.draft(), scene.draft(**FILLED)
    scene.sent(first, thay="0")
    refused = scene.sent(second, thay="0", reason="x")
    assert (refused.status_code, "một báo cáo khác của ngày này" in text(refused)) == (422, True)
    second.refresh_from_db()
    assert second.state == "draft"
    scene.sent(second, thay="1", reason="Bản đủ hơn")
    second.refresh_from_db()
    assert second.revision == 2


def test_a_double_click_sends_once(scene: Scene) -> None:
    draft = scene.draft()
    answers = [scene.sent(draft, thay="0") for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert FigureReport.objects.get().revision == 1


@pytest.mark.parametrize(
    ("name", "of_report"),
    [
        ("uptake-report", True),
        ("uptake-report_original", True),
        ("uptake-report_columns", True),
        ("uptake-bring_report", False),
        ("uptake-report_history", False),
        ("uptake-remembered_columns", False),
        ("uptake-report_by_telephone", False),
    ],
)
def test_another_operator_gets_the_answer_of_what_is_not_there(
    scene: Scene, name: str, of_report: bool
) -> None:
    draft = scene.draft()
    key = draft.id if of_report else scene.reporter.id
    theirs, nobodys = (scene.other.get(reverse(name, args=[one])) for one in (key, uuid4()))
    assert (theirs.status_code, text(theirs)) == (404, text(nobodys))


@pytest.mark.parametrize("verb", ["accept", "drop", "send_back"])
def test_another_operator_does_nothing_to_a_draft(scene: Scene, verb: str) -> None:
    draft = scene.draft()
    address = reverse(f"uptake-{verb}_report", args=[draft.id])
    assert scene.other.post(address, {"reason": "x"}).status_code == 404
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_operator_has_no_telephone_desk(scene: Scene) -> None:
    address = reverse("uptake-report_by_telephone", args=[scene.reporter.id])
    assert scene.own.get(address).status_code == 404


def told(scene: Scene, **fields: str) -> Answer:
    """What the duty officer wrote down of a call."""
    address = reverse("uptake-report_by_telephone", args=[scene.reporter.id])
    said = {"caller": "Người gọi (mẫu)", "called_on": "28/8/2020", "called_time": "11:50"}
    return scene.desk.post(address, {"ngay": f"{made.DAY}", **said, QN: "7", AN: "", **fields})


def test_a_report_by_telephone_names_the_caller_and_is_read_back(scene: Scene) -> None:
    draft = FigureReport.objects.get(id=told(scene)["Location"].split("/")[-2])
    page = text(page_of(scene.desk, draft))
    assert "Đọc lại cho người gọi" in page
    assert "Người gọi (mẫu) gọi lúc" in page
    scene.desk.post(reverse("uptake-accept_report", args=[draft.id]), {"thay": "0"})
    assert "Điện thoại" in text(scene.own.get(reverse("uptake-my_reports")))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("caller", "", "họ tên người gọi"),
        ("caller", "Lan 0901 234 567", "bỏ số điện thoại"),
        ("called_time", "23:00", "trước lúc này"),
        ("called_time", "trưa", "Chưa hiểu giờ"),
    ],
)
def test_a_call_without_caller_or_time_is_refused(
    scene: Scene, field: str, typed: str, said: str
) -> None:
    answer = told(scene, **{field: typed})
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert not FigureReport.objects.exists()


def test_what_is_sent_back_is_told_by_mail_and_owed_again(scene: Scene) -> None:
    draft = scene.draft()
    scene.sent(draft, thay="0")
    back = reverse("uptake-send_back_report", args=[draft.id])
    assert scene.desk.post(back, {"reason": ""}).status_code == 422
    scene.desk.post(back, {"reason": "Số của tháng trước"})
    assert list(Message.objects.values_list("kind", flat=True)) == ["uptake.report_sent_back"]
    assert "Số của tháng trước" in text(page_of(scene.own, draft))
    assert "Trả lại" in text(scene.own.get(reverse("uptake-my_reports")))


def test_the_original_comes_back_byte_for_byte_until_it_is_purged(scene: Scene) -> None:
    draft = scene.draft()
    address = reverse("uptake-report_original", args=[draft.id])
    assert scene.own.get(address).content == GOOD.encode()
    FigureReport.objects.update(original=None)
    assert scene.own.get(address).status_code == 404
    assert "Đã xóa theo thời hạn lưu" in text(page_of(scene.own, draft))


def test_yesterdays_file_again_is_an_error(scene: Scene) -> None:
    scene.sent(scene.draft(file=SimpleUploadedFile("a.tsv", GOOD.encode())), thay="0")
    day = made.DAY + timedelta(days=1)
    with frozen_at(made.NOON + timedelta(days=1)):
        client = _contact("again", scene.reporter.organisation_id).client
        file = SimpleUploadedFile("a.tsv", GOOD.encode())
        again = scene.draft_by(client, {"ngay": f"{day}", "file": file})
        assert "đúng là tệp đã nộp" in text(page_of(client, again))
