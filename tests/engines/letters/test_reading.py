"""What the reader takes out of a letter, one claim at a time."""

from pathlib import Path

import pytest

from tests.engines.letters.scoring import FAMILY, LETTERS, REAL, reading_of
from vungxanh.directives.values import known_places
from vungxanh.engines.letters import LetterError, Reading, read
from vungxanh.engines.letters.reading import LONGEST
from vungxanh.engines.letters.types import DeadlineType

HEAD = """UBND TỈNH BÌNH ĐỊNH
SỞ Y TẾ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 120/SYT-NVY

Bình Định, ngày 05 tháng 8 năm 2021

V/v rà soát người về từ vùng dịch

Kính gửi: UBND các huyện, thị xã, thành phố.

"""
END = """

Nơi nhận:
- Như trên;
- UBND tỉnh (để b/c);
- Lưu: VT.

GIÁM ĐỐC

"""


def letter(body: str, head: str = HEAD) -> Reading:
    """The reading of a short letter with this body."""
    return read(f"{head}{body}{END}", places=known_places("vn-2021"))


def only_deadline(body: str) -> tuple[DeadlineType, str | None]:
    """The deadline of the only task."""
    (task,) = letter(body).tasks
    return task.deadline.type, task.deadline.value


def test_head_is_read() -> None:
    document = letter("Sở Y tế đề nghị UBND các huyện rà soát người về từ vùng dịch.").document
    assert document.number == "120/SYT-NVY"
    assert document.date == "2021-08-05"
    assert document.place == "Bình Định"
    assert document.parent_agency == "UBND tỉnh Bình Định"
    assert document.issuing_agency == "Sở Y tế tỉnh Bình Định"
    assert document.province_gso_2021 == "52"
    assert document.subject == "rà soát người về từ vùng dịch"


def test_columns_of_the_head_set_side_by_side_are_told_apart() -> None:
    head = (
        "UBND TỈNH BÌNH ĐỊNH               CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ THÔNG TIN VÀ                   Độc lập - Tự do - Hạnh phúc\n"
        "TRUYỀN THÔNG\n"
        "Số:      /STTTT-CNTT              Bình Định, ngày     tháng 8 năm 2021\n"
        "V/v cài đặt ứng dụng\n\nKính gửi: UBND các huyện.\n\n"
    )
    document = letter("Đề nghị UBND các huyện cài đặt ứng dụng.", head).document
    assert document.issuing_agency == "Sở Thông tin và Truyền thông tỉnh Bình Định"
    assert (document.number, document.symbol) == (None, "STTTT-CNTT")
    assert (document.date, document.date_partial) == (None, "2021-08")
    assert document.subject == "cài đặt ứng dụng"


def test_agency_without_a_letterhead_is_inferred_and_says_from_what() -> None:
    document = reading_of(LETTERS / "003_f83cc81e840756ce.txt").document
    assert document.issuing_agency == "UBND thành phố Bắc Giang"
    assert document.agency_evidence is not None
    assert "UBND-VHTT" in document.agency_evidence
    assert (document.province_gso_2021, document.district_gso_2021) == ("24", "213")


def test_symbol_and_month_may_stand_in_the_annex_alone() -> None:
    document = reading_of(LETTERS / "001_e1f555be9fe08a6a.txt").document
    assert document.symbol == "STTTT-TTBCXB"
    assert document.symbol_evidence is not None
    assert document.date_partial == "2020-08"
    assert document.date_not_after == "2020-08-28"


def test_each_sentence_with_a_commanding_verb_is_a_task() -> None:
    reading = letter(
        "Đề nghị các đơn vị:\n\n1. UBND các huyện rà soát người về từ vùng dịch. "
        "Lập danh sách F1; báo cáo kết quả trước 17h00 ngày 09/8/2021.\n\n"
        "2. Trạm Y tế: theo dõi sức khỏe."
    )
    assert [task.id for task in reading.tasks] == ["1a", "1b", "1c", "2"]
    assert reading.tasks[2].deadline.value == "2021-08-09T17:00:00+07:00"
    assert reading.tasks[3].assignee == ("Trạm Y tế",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("trước 17h00’, ngày 09/8/2021", ("before", "2021-08-09T17:00:00+07:00")),
        ("trước ngày 01/9/2021", ("before", "2021-09-01T00:00:00+07:00")),
        ("trước 16 giờ 30 phút ngày 09/8/2021", ("before", "2021-08-09T16:30:00+07:00")),
        ("chậm nhất 10 giờ sáng ngày 20/8/2021", ("by", "2021-08-20T10:00:00+07:00")),
        ("chậm nhất ngày 20/8/2021", ("by", "2021-08-20T23:59:59+07:00")),
        ("trước 17h ngày 20/8", ("before", "2021-08-20T17:00:00+07:00")),
        ("hằng ngày", ("recurring", None)),
        ("theo quy định", ("unspecified", None)),
        ("ngay sau khi nhận được văn bản này", ("immediate", None)),
    ],
)
def test_deadline_of_an_order(words: str, expected: tuple[str, str | None]) -> None:
    body = f"Đề nghị UBND các huyện báo cáo danh sách F1 về Sở Y tế {words}."
    assert only_deadline(body) == expected


def test_day_without_a_year_names_its_evidence() -> None:
    (task,) = letter("Đề nghị UBND các huyện báo cáo về Sở trước ngày 20/8.").tasks
    assert task.deadline.evidence is not None
    assert "2021" in task.deadline.evidence


def test_time_alone_on_its_line_is_of_all_orders_of_its_part() -> None:
    reading = letter(
        "Đề nghị:\n\n1. UBND các huyện\n\n- Rà soát người về từ vùng dịch.\n\n"
        "- Lập danh sách F1.\n\n- Thời gian hoàn thành trước ngày 20/8/2021."
    )
    assert {task.deadline.value for task in reading.tasks} == {"2021-08-20T00:00:00+07:00"}


def test_share_of_own_staff_is_the_target_of_the_task() -> None:
    reading = letter("Yêu cầu UBND các huyện bảo đảm 100% cán bộ, công chức cài đặt ứng dụng.")
    (task,) = reading.tasks
    assert task.target is not None
    assert (task.target.value, task.target.of) == (100, "cán bộ, công chức")
    assert reading.campaign_targets == ()


def test_goal_without_a_base_stays_without_one() -> None:
    (goal,) = letter("Phấn đấu đến ngày 31/8/2021 đạt tỷ lệ 60%.").campaign_targets
    assert (goal.value, goal.denominator, goal.due) == (60, None, "2021-08-31")


def test_both_sides_of_a_fraction_are_facts() -> None:
    reading = letter(
        "Đến 17h ngày 03/8/2021, toàn tỉnh có 82.930/174.229 thuê bao cài đặt, đạt 47,59%."
    )
    facts = [(fact.metric, float(fact.value), fact.denominator) for fact in reading.facts]
    assert facts == [
        ("bluezone_installs", 82930.0, "thuê bao"),
        ("denominator", 174229.0, None),
        ("bluezone_rate", 47.59, "thuê bao"),
    ]
    assert {fact.as_of for fact in reading.facts} == {"2021-08-03T17:00:00+07:00"}


def test_figures_of_a_table_are_no_facts() -> None:
    reading = reading_of(LETTERS / "000_b33c053614f58b3c.txt")
    assert len(reading.facts) == 3
    assert len(reading.tables[0].rows) == 11


def test_blank_form_is_known_as_one() -> None:
    (form,) = reading_of(LETTERS / "001_e1f555be9fe08a6a.txt").tables
    assert form.is_blank_form
    assert form.rows == ()
    assert len(form.columns) == 6


def test_order_in_brackets_among_the_addressees_is_found() -> None:
    first = reading_of(LETTERS / "003_f83cc81e840756ce.txt").tasks[0]
    assert (first.id, first.assignee) == ("0", ("UBND các phường, xã",))


def test_report_goes_where_the_letter_says() -> None:
    (task,) = letter(
        "Đề nghị UBND các huyện báo cáo kết quả về Sở Y tế (qua email: dich@example.vn) trước "
        "ngày 20/8/2021."
    ).tasks
    assert task.deliver_to is not None
    assert "Sở Y tế" in task.deliver_to
    assert "dich@example.vn" in task.deliver_to


def test_two_letters_in_one_are_said_and_only_the_first_is_read() -> None:
    one = f"{HEAD}Đề nghị UBND các huyện rà soát.{END}"
    reading = read(one + one.replace("120/SYT", "121/SYT"), places=known_places("vn-2021"))
    assert len(reading.tasks) == 1
    assert any("hai văn bản" in warning.vi for warning in reading.warnings)


def test_english_text_is_read_with_a_warning() -> None:
    reading = read("Dear all,\n\nPlease install the application before 31 August.\n")
    assert reading.tasks == ()
    assert any("tiếng Việt" in warning.vi for warning in reading.warnings)


def test_day_that_no_calendar_has_is_never_moved() -> None:
    (task,) = letter("Đề nghị UBND các huyện báo cáo về Sở trước ngày 31/6/2021.").tasks
    assert task.deadline.value is None


@pytest.mark.parametrize("text", ["", " \n\t", "…… ** --"])
def test_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(LetterError) as refusal:
        read(text)
    assert refusal.value.code == "letters.empty"


def test_endless_text_is_refused() -> None:
    with pytest.raises(LetterError) as refusal:
        read("a " * LONGEST)
    assert refusal.value.code == "letters.too_long"


@pytest.mark.parametrize("path", [*REAL, *FAMILY], ids=lambda path: path.stem)
def test_trace_names_a_rule_for_every_item(path: Path) -> None:
    reading = reading_of(path)
    traced = {step.span for step in reading.trace}
    spans = {named.span for named in reading.addressees}
    spans |= {recipient.span for recipient in reading.recipients}
    spans |= {task.span for task in reading.tasks}
    assert spans <= traced
    assert all(reading.text[step.span[0] : step.span[1]] == step.text for step in reading.trace)
