"""One deadline for one order out of several in its clause; the letter is of 5 August 2021."""

import pytest

from tests.engines.letters.sayings import in_short, timed
from vungxanh.engines.letters.deadlines import merged
from vungxanh.engines.letters.passages import Passage
from vungxanh.engines.letters.types import Deadline


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            "phát thanh ít nhất 02 lần/ngày từ nay đến hết ngày 31/8/2021",
            "daily times 2 until 2021-08-31T23:59:59",
        ),
        (
            "từ nay đến hết ngày 31/8/2021 phát thanh ít nhất 02 lần/ngày",
            "daily times 2 until 2021-08-31T23:59:59",
        ),
        (
            "tuyên truyền từ ngày 15/8 đến hết ngày 31/8/2021, mỗi ngày ít nhất 03 lần",
            "daily times 3 until 2021-08-31T23:59:59",
        ),
        ("hằng ngày đến hết ngày 31/8/2021", "daily until 2021-08-31T23:59:59"),
        (
            "báo cáo trước 16h00 hằng ngày đến hết ngày 31/8/2021",
            "daily before 16:00 until 2021-08-31T23:59:59",
        ),
        (
            "báo cáo hằng ngày (trước 16 giờ) cho đến ngày 31/8/2021",
            "daily before 16:00 until 2021-08-31T23:59:59",
        ),
        ("phát thanh hằng ngày, ít nhất 02 lần/ngày", "daily times 2"),
        ("phát thanh liên tục ít nhất 02 lần/ngày", "daily times 2"),
        (
            "thường xuyên, liên tục từ nay đến hết 31/8/2021",
            "until 2021-08-31T23:59:59 from 2021-08-05",
        ),
        ("triển khai ngay và báo cáo trước ngày 20/8/2021", "before 2021-08-20T00:00:00"),
        (
            "báo cáo trước ngày 20/8/2021 để báo cáo tỉnh theo quy định",
            "before 2021-08-20T00:00:00",
        ),
        (
            "báo cáo trước 17h00 ngày 20/8/2021, sau đó trước 16h00 hằng ngày",
            "before 2021-08-20T17:00:00",
        ),
        ("báo cáo từ ngày 15/8 đến 20/8/2021 trước ngày 25/8/2021", "before 2021-08-25T00:00:00"),
        ("báo cáo trước ngày 20/8/2021, chậm nhất ngày 25/8/2021", "before 2021-08-20T00:00:00"),
        (
            "định kỳ báo cáo, gửi trước thứ Sáu hằng tuần",
            "periodic every «trước thứ Sáu hằng tuần»",
        ),
        ("báo cáo hằng ngày trước 15h và báo cáo tuần vào thứ Sáu hằng tuần", "daily before 15:00"),
        ("triển khai ngay, thường xuyên kiểm tra", "immediate"),
        ("thường xuyên đôn đốc, báo cáo theo quy định", "continuous"),
        ("báo cáo ngay, chậm nhất sau 24 giờ kể từ khi phát hiện", "by ?"),
        ("khẩn trương triển khai", "none"),
    ],
)
def test_one_order_has_one_deadline(words: str, says: str) -> None:
    assert in_short(merged(timed(words))) == says


def test_the_words_of_all_parts_are_quoted_in_order() -> None:
    deadline = merged(timed("từ nay đến hết ngày 31/8/2021 phát thanh ít nhất 02 lần/ngày"))
    assert deadline.text == "từ nay đến hết ngày 31/8/2021; ít nhất 02 lần/ngày"


def test_the_span_of_a_merged_deadline_holds_all_its_parts() -> None:
    text = "Phát thanh hằng ngày nội dung này đến hết ngày 31/8/2021."
    start, end = merged(timed(text)).span or (0, 0)
    assert Passage.of(text).text[start:end] == text[len("Phát thanh ") : -1]


def test_a_duration_begins_on_the_day_of_the_letter() -> None:
    deadline = merged(timed("phát thanh 02 lần/ngày từ nay đến hết ngày 31/8/2021"))
    assert deadline.start == "2021-08-05"


def test_an_order_without_words_of_time_has_none() -> None:
    assert merged(()) == Deadline()
