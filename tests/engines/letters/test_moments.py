"""Days and clocks as letters write them, and the year of a day written without one."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vungxanh.engines.letters.moments import Clock, Grain, LetterDay, Moment, find_moments
from vungxanh.engines.letters.passages import Passage


def moments(text: str) -> tuple[Moment, ...]:
    return find_moments(Passage.of(text))


def in_short(moment: Moment) -> str:
    """ "28/8/2020 17:00"; a month "-/8/2021"; what the calendar has not ends in "!"."""
    at = moment.at
    day = "/".join(str(part or "-") for part in (at.day, at.month, at.year))
    clock = f" {moment.clock}" if moment.clock else ""
    return (day if moment.grain is not Grain.CLOCK else "") + clock + "!" * (not moment.is_possible)


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("ngày 28/8/2020", "28/8/2020"),
        ("ngày 05/09/2021", "5/9/2021"),
        ("ngày 28 / 8 / 2020", "28/8/2020"),
        ("ngày 28-8-2020", "28/8/2020"),
        ("ngày 28.8.2020", "28/8/2020"),
        ("ngày 28/8/21", "28/8/2021"),
        ("28/8/2020", "28/8/2020"),
        ("ngày 28 tháng 8 năm 2020", "28/8/2020"),
        ("ngày 28 tháng 8, năm 2020", "28/8/2020"),
        ("ngày 28 tháng 8/2020", "28/8/2020"),
        ("NGÀY 28 THÁNG 8 NĂM 2020", "28/8/2020"),
        ("ngay 28 thang 8 nam 2020", "28/8/2020"),
        ("ngày 2O/8/2O21", "20/8/2021"),
        ("ngày 28/8", "28/8/-"),
        ("ngày 17.8", "17/8/-"),
        ("20 tháng 8", "20/8/-"),
        ("ngày mùng 2/9", "2/9/-"),
        ("đến 20/8, gửi", "20/8/-"),
        ("sáng 20/8", "20/8/-"),
        ("ngày 31/6/2021", "31/6/2021!"),
        ("ngày 29/2/2021", "29/2/2021!"),
        ("ngày 29/2", "29/2/-"),
        ("ngày 15, 16 và 17/8/2021", "17/8/2021"),
        ("tháng 9/2021", "-/9/2021"),
        ("tháng 9 năm 2021", "-/9/2021"),
        ("đến hết 9/2021", "-/9/2021"),
        ("quý III/2021", "-/7/2021"),
        ("quý 4 năm 2021", "-/10/2021"),
        ("năm 2021", "-/-/2021"),
        ("hôm nay", "-/-/-"),
        ("ngày /8/2020", "-/8/2020"),
        ("ngày … tháng 8 năm 2021", "-/8/2021"),
        ("ngày tháng năm", "-/-/-"),
    ],
)
def test_a_day_is_read_as_written(words: str, means: str) -> None:
    assert [in_short(moment) for moment in moments(words)] == [means]


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("17h00", "17:00"),
        ("17h00'", "17:00"),
        ("17h00’", "17:00"),
        ("17h00 phút", "17:00"),
        ("17h", "17:00"),
        ("17 h", "17:00"),
        ("17H30", "17:30"),
        ("17hOO", "17:00"),
        ("l7h30", "17:30"),
        ("17 giờ", "17:00"),
        ("17 GIỜ 30", "17:30"),
        ("17 gio 30 phut", "17:30"),
        ("16 giờ 30 phút", "16:30"),
        ("16giờ30", "16:30"),
        ("16g30", "16:30"),
        ("16.30 giờ", "16:30"),
        ("17:00", "17:00"),
        ("7h30 sáng", "07:30"),
        ("10 giờ sáng", "10:00"),
        ("11 giờ 30 trưa", "11:30"),
        ("12 giờ trưa", "12:00"),
        ("1 giờ trưa", "13:00"),
        ("2 giờ chiều", "14:00"),
        ("16h30 chiều", "16:30"),
        ("9 giờ tối", "21:00"),
        ("10 giờ đêm", "22:00"),
        ("1 giờ đêm", "01:00"),
        ("12 giờ đêm", "24:00"),
        ("24h00", "24:00"),
        ("0h00", "00:00"),
        ("00 giờ 00", "00:00"),
    ],
)
def test_a_clock_is_read_as_written(words: str, clock: str) -> None:
    assert [str(moment.clock) for moment in moments(words)] == [clock]


@pytest.mark.parametrize(
    ("words", "quoted", "means"),
    [
        ("trước 17h00, ngày 28/8/2020", "17h00, ngày 28/8/2020", "28/8/2020 17:00"),
        ("vào lúc 17h00', ngày 03/8/2021, toàn", "17h00', ngày 03/8/2021", "3/8/2021 17:00"),
        ("17h00 của ngày 28/8", "17h00 của ngày 28/8", "28/8/- 17:00"),
        ("17h00 (ngày 28/8/2020)", "17h00 (ngày 28/8/2020", "28/8/2020 17:00"),
        ("ngày 28/8/2020, trước 17 giờ", "ngày 28/8/2020, trước 17 giờ", "28/8/2020 17:00"),
        ("ngày 28/8/2020 lúc 7h", "ngày 28/8/2020 lúc 7h", "28/8/2020 07:00"),
        ("ngày 28/8/2020 17h00", "ngày 28/8/2020 17h00", "28/8/2020 17:00"),
        ("10 giờ sáng ngày 20/5/2021", "10 giờ sáng ngày 20/5/2021", "20/5/2021 10:00"),
        (
            "16h30 chiều thứ Sáu, ngày 28/8/2020",
            "16h30 chiều thứ Sáu, ngày 28/8/2020",
            "28/8/2020 16:30",
        ),
        ("gửi chiều thứ Sáu, ngày 28/8/2020", "chiều thứ Sáu, ngày 28/8/2020", "28/8/2020"),
        ("ngày 28/8/2020 (thứ Sáu).", "ngày 28/8/2020 (thứ Sáu)", "28/8/2020"),
        ("trước 16h chiều mai", "16h chiều mai", "-/-/- 16:00"),
        ("trước 25h00 ngày 28/8/2020", "25h00 ngày 28/8/2020", "28/8/2020 25:00!"),
    ],
)
def test_a_day_and_its_clock_are_one_moment(words: str, quoted: str, means: str) -> None:
    assert [(moment.text, in_short(moment)) for moment in moments(words)] == [(quoted, means)]


def test_the_clock_of_the_next_day_is_not_taken_by_the_last() -> None:
    found = moments("từ ngày 15/8/2021 đến 17h00 ngày 20/8/2021")
    assert [in_short(moment) for moment in found] == ["15/8/2021", "20/8/2021 17:00"]


def test_a_clock_of_every_day_stays_alone() -> None:
    found = moments("lần đầu ngày 28/8/2020, trước 16h hằng ngày")
    assert [in_short(moment) for moment in found] == ["28/8/2020", " 16:00"]


@pytest.mark.parametrize(
    ("words", "weekday"),
    [("thứ Hai, ngày 24/8/2020", 0), ("thứ 6, ngày 28/8/2020", 4), ("Chủ nhật ngày 30/8/2020", 6)],
)
def test_the_weekday_that_is_written_is_kept(words: str, weekday: int) -> None:
    assert [moment.weekday for moment in moments(words)] == [weekday]


@pytest.mark.parametrize(
    "words",
    [
        "43/63 tỉnh",
        "đến 5/9 huyện",
        "82.930/174.229 thuê bao",
        "đạt 47,59%",
        "tăng 10.8%",
        "Thông tư số 16/2021/TT-BYT",
        "số 09/CT-UBND",
        "Quyết định 1405/QĐ-BTTTT",
        "điện thoại: 0257.3821982",
        "0844689393",
        "nhiệm kỳ 2021-2026",
        "mạng 4G, 5G",
        "trong vòng 24 giờ kể từ khi nhận",
        "24 giờ qua",
        "2h/lần",
        "trực 24/24",
        "ngày 02 lần",
        "02 ngày làm việc",
        "1.487.817 người",
    ],
)
def test_what_is_no_day_and_no_clock(words: str) -> None:
    assert moments(words) == ()


@pytest.mark.parametrize(
    ("known", "day", "month", "found"),
    [
        (LetterDay(day=dt.date(2020, 8, 14)), 20, 8, dt.date(2020, 8, 20)),
        (LetterDay(day=dt.date(2020, 8, 14)), 10, 8, dt.date(2020, 8, 10)),
        (LetterDay(day=dt.date(2020, 12, 28)), 10, 1, dt.date(2021, 1, 10)),
        (LetterDay(day=dt.date(2021, 1, 5)), 31, 12, dt.date(2020, 12, 31)),
        (LetterDay(day=dt.date(2021, 1, 5)), 31, 10, dt.date(2021, 10, 31)),
        (LetterDay(day=dt.date(2021, 8, 5)), 29, 2, dt.date(2024, 2, 29)),
        (LetterDay(not_before=dt.date(2020, 8, 12)), 20, 8, dt.date(2020, 8, 20)),
        (LetterDay(not_after=dt.date(2020, 8, 28)), 20, 8, dt.date(2020, 8, 20)),
        (LetterDay(year=2021, month=8), 20, 8, dt.date(2021, 8, 20)),
        (LetterDay(year=2020, month=12), 10, 1, dt.date(2021, 1, 10)),
        (LetterDay(year=2021), 20, 8, dt.date(2021, 8, 20)),
        (LetterDay(year=2021), 25, 12, dt.date(2021, 12, 25)),
        (LetterDay(year=2021, not_before=dt.date(2021, 5, 27)), 15, 6, dt.date(2021, 6, 15)),
        (LetterDay(year=2021, not_before=dt.date(2021, 5, 27)), 15, 2, dt.date(2022, 2, 15)),
        (LetterDay(year=2021), 10, 1, None),
        (LetterDay(), 20, 8, None),
        (LetterDay(day=dt.date(2021, 8, 5)), 31, 6, None),
    ],
)
def test_a_deadline_without_a_year_lies_ahead(
    known: LetterDay, day: int, month: int, found: dt.date | None
) -> None:
    assert known.ahead(day, month).day == found


@pytest.mark.parametrize(
    ("known", "day", "month", "found"),
    [
        (LetterDay(day=dt.date(2021, 8, 5)), 4, 8, dt.date(2021, 8, 4)),
        (LetterDay(day=dt.date(2021, 1, 5)), 31, 12, dt.date(2020, 12, 31)),
        (LetterDay(day=dt.date(2021, 3, 5)), 20, 12, dt.date(2020, 12, 20)),
        (LetterDay(year=2021), 20, 8, dt.date(2021, 8, 20)),
        (LetterDay(year=2021), 20, 12, None),
    ],
)
def test_an_as_of_without_a_year_lies_behind(
    known: LetterDay, day: int, month: int, found: dt.date | None
) -> None:
    assert known.behind(day, month).day == found


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (LetterDay(day=dt.date(2020, 8, 14)), "năm 2020: theo ngày ban hành 14/08/2020"),
        (
            LetterDay(
                not_before=dt.date(2020, 8, 1),
                evidence="văn bản viện dẫn công văn ngày 01/8/2020",
            ),
            "năm 2020: văn bản viện dẫn công văn ngày 01/8/2020",
        ),
        (LetterDay(year=2020, month=8), "năm 2020: theo thời gian của văn bản"),
        (LetterDay(), None),
    ],
)
def test_a_year_that_was_found_says_what_it_rests_on(known: LetterDay, says: str | None) -> None:
    assert known.ahead(20, 8).evidence == says


def test_contradictory_bounds_give_the_later_first_day() -> None:
    known = LetterDay(not_before=dt.date(2021, 9, 1), not_after=dt.date(2021, 8, 1))
    assert known.earliest == known.latest == dt.date(2021, 9, 1)


@pytest.mark.slow
@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)), st.integers(-60, 304))
def test_a_known_letter_day_gives_back_the_year_of_any_day_around_it(
    letter: dt.date, days: int
) -> None:
    day = letter + dt.timedelta(days=days)
    assume((day.month, day.day) != (2, 29))
    assert LetterDay(day=letter).ahead(day.day, day.month).day == day


@given(st.integers(0, 99), st.integers(0, 99))
def test_a_clock_is_possible_until_midnight_and_no_longer(hour: int, minute: int) -> None:
    is_of_day = hour < 24 and minute < 60
    assert Clock(hour, minute).is_possible == (is_of_day or (hour, minute) == (24, 0))
