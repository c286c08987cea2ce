"""Laws of times in letters: made wordings are read back, any text is borne, quotes are quotes."""

import datetime as dt
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.letters.sayings import LETTER, in_short, said, timed
from vungxanh.engines.letters.deadlines import find_times, merged
from vungxanh.engines.letters.moments import LetterDay, find_moments
from vungxanh.engines.letters.passages import Passage, fold
from vungxanh.engines.letters.types import DeadlineType

DayWords = Callable[[dt.date], str]
ClockWords = Callable[[int, int], str]
A_DAY = dt.date(2021, 9, 5)

# How letters write a day, with and without its year.
DAYS: dict[str, DayWords] = {
    "figures": lambda d: f"ngày {d.day}/{d.month}/{d.year}",
    "two figures": lambda d: f"ngày {d.day:02}/{d.month:02}/{d.year}",
    "dots": lambda d: f"ngày {d.day}.{d.month}.{d.year}",
    "dashes": lambda d: f"ngày {d.day:02}-{d.month:02}-{d.year}",
    "words": lambda d: f"ngày {d.day:02} tháng {d.month} năm {d.year}",
    "without ngày": lambda d: f"{d.day}/{d.month}/{d.year}",
    "weekday before": lambda d: f"{weekday(d)}, ngày {d.day}/{d.month}/{d.year}",
    "weekday after": lambda d: f"ngày {d.day}/{d.month}/{d.year} ({weekday(d)})",
    "no year": lambda d: f"ngày {d.day}/{d.month}",
    "no year, dot": lambda d: f"ngày {d.day:02}.{d.month}",
    "no year, words": lambda d: f"ngày {d.day} tháng {d.month}",
}
CLOCKS: dict[str, ClockWords] = {
    "h": lambda hour, minute: f"{hour}h{minute:02}",
    "h'": lambda hour, minute: f"{hour}h{minute:02}’,",
    "h, ": lambda hour, minute: f"{hour:02}h{minute:02},",
    "g": lambda hour, minute: f"{hour}g{minute:02}",
    "giờ": lambda hour, minute: f"{hour} giờ {minute:02}",
    "giờ phút": lambda hour, minute: f"{hour} giờ {minute:02} phút",
    "colon": lambda hour, minute: f"{hour}:{minute:02}",
}
BEFORE = ("trước", "gửi về Sở trước", "hoàn thành xong trước", "chậm nhất trước", "thời hạn: trước")
BY = ("chậm nhất", "chậm nhất là", "muộn nhất vào", "hạn cuối là", "hoàn thành vào", "không quá")
EVERY = ("hằng ngày", "hàng ngày", "mỗi ngày", "các ngày trong tuần")
UNTIL = ("tuyên truyền từ nay đến hết", "từ nay cho đến hết", "từ nay đến", "kể từ nay đến hết")


def weekday(day: dt.date) -> str:
    """The weekday as letters write it."""
    names = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
    return names[day.weekday()]


days = st.dates(dt.date(2021, 8, 6), dt.date(2022, 5, 31))
forms = st.sampled_from([*DAYS.values()])
clocks = st.sampled_from([*CLOCKS.values()])
hours = st.integers(0, 23)
minutes = st.integers(0, 59)


@pytest.mark.parametrize("form", DAYS)
@pytest.mark.parametrize("cue", BEFORE)
def test_a_day_before_which_is_read_back(form: str, cue: str) -> None:
    assert said(f"{cue} {DAYS[form](A_DAY)} để tổng hợp") == "before 2021-09-05T00:00:00"


@pytest.mark.parametrize("form", DAYS)
@pytest.mark.parametrize("cue", BY)
def test_a_last_day_is_read_back(form: str, cue: str) -> None:
    assert said(f"{cue} {DAYS[form](A_DAY)}.") == "by 2021-09-05T23:59:59"


@pytest.mark.parametrize("form", DAYS)
@pytest.mark.parametrize("cue", UNTIL)
def test_a_duration_is_read_back(form: str, cue: str) -> None:
    assert said(f"{cue} {DAYS[form](A_DAY)}") == "until 2021-09-05T23:59:59 from 2021-08-05"


@pytest.mark.parametrize("form", DAYS)
@pytest.mark.parametrize("clock", CLOCKS)
def test_a_moment_is_read_back(form: str, clock: str) -> None:
    words = f"báo cáo trước {CLOCKS[clock](16, 5)} {DAYS[form](A_DAY)}"
    assert said(words) == "before 2021-09-05T16:05:00"


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("every", EVERY)
def test_a_daily_time_is_read_back(clock: str, every: str) -> None:
    assert said(f"báo cáo trước {CLOCKS[clock](16, 5)} {every}") == "daily before 16:05"


@pytest.mark.slow
@given(form=forms, cue=st.sampled_from(BEFORE), day=days, clock=clocks, hour=hours, minute=minutes)
def test_any_moment_is_read_back(
    form: DayWords, cue: str, day: dt.date, clock: ClockWords, hour: int, minute: int
) -> None:
    words = f"{cue} {clock(hour, minute)} {form(day)} để tổng hợp"
    assert said(words) == f"before {day}T{hour:02}:{minute:02}:00"


@pytest.mark.slow
@given(form=forms, cue=st.sampled_from(BY), until=st.sampled_from(UNTIL), day=days)
def test_any_last_day_is_read_back(form: DayWords, cue: str, until: str, day: dt.date) -> None:
    assert said(f"{cue} {form(day)}.") == f"by {day}T23:59:59"
    assert said(f"{until} {form(day)}.") == f"until {day}T23:59:59 from 2021-08-05"


@pytest.mark.slow
@given(form=forms, cue=st.sampled_from(BY), day=days, clock=clocks, hour=hours, minute=minutes)
def test_any_last_moment_is_read_back(
    form: DayWords, cue: str, day: dt.date, clock: ClockWords, hour: int, minute: int
) -> None:
    assert said(f"{cue} {clock(hour, minute)} {form(day)}") == f"by {day}T{hour:02}:{minute:02}:00"


@pytest.mark.slow
@given(form=forms, day=days, hour=hours, minute=minutes)
def test_a_clock_after_its_day_is_read_back(
    form: DayWords, day: dt.date, hour: int, minute: int
) -> None:
    words = f"{form(day)}, trước {hour} giờ {minute:02}, các đơn vị gửi báo cáo"
    assert said(words) == f"before {day}T{hour:02}:{minute:02}:00"


@pytest.mark.slow
@given(clock=clocks, every=st.sampled_from(EVERY), hour=hours, minute=minutes)
def test_any_daily_time_is_read_back(clock: ClockWords, every: str, hour: int, minute: int) -> None:
    before = f"báo cáo trước {clock(hour, minute)} {every}"
    after = f"{every} báo cáo kết quả về Sở trước {clock(hour, minute)}"
    assert {said(before), said(after)} == {f"daily before {hour:02}:{minute:02}"}


@pytest.mark.slow
@given(
    unit=st.sampled_from(["lần", "buổi"]),
    per=st.sampled_from(["/ngày", " một ngày", " mỗi ngày", "/ ngày"]),
    least=st.sampled_from(["ít nhất ", "tối thiểu ", ""]),
    day=days,
    times=st.integers(1, 24),
)
def test_a_daily_count_until_a_day_is_one_deadline(
    unit: str, per: str, least: str, day: dt.date, times: int
) -> None:
    words = f"phát thanh {least}{times:02} {unit}{per} từ nay đến hết ngày {day:%d/%m/%Y}"
    assert in_short(merged(timed(words))) == f"daily times {times} until {day}T23:59:59"


VOCABULARY = (
    *("trước", "đến", "hết", "từ", "nay", "ngày", "ngay", "tháng", "năm", "giờ", "h", "17h00"),
    *("28/8/2020", "28/8", "20 tháng 8", ",", ".", ";", "(", ")", "’", "/", "–", "-", "…"),
    *("chậm nhất", "hằng", "mỗi", "02", "lần", "buổi", "thứ Sáu", "tuần", "định kỳ", "24/24"),
    *("thường xuyên", "liên tục", "tính", "số liệu", "hoàn thành", "báo cáo", "trong vòng", "kể"),
    *("khi nhận", "theo", "quy định", "đúng hạn", "quý III", "2021", "31/6/2021", "hôm", "mai"),
    *("đã", "có", "973.075", "phải", "15, 16 và 17/8", "9999/99", "0/0/2021", "vào", "lúc", "sáng"),
)
texts = st.text() | st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join)


@pytest.mark.slow
@given(texts)
def test_any_text_is_borne_and_quotes_are_quotes(text: str) -> None:
    passage = Passage.of(unicodedata.normalize("NFC", text))
    times = find_times(passage, LETTER)
    spans = [(one.start, one.end, one.deadline.text) for one in times.deadlines]
    spans += [(one.start, one.end, one.text) for one in times.as_of]
    assert [passage.text[start:end] for start, end, _ in spans] == [words for *_, words in spans]
    assert [one.deadline.span for one in times.deadlines] == [
        passage.span(one.start, one.end) for one in times.deadlines
    ]


@pytest.mark.slow
@given(texts)
def test_no_words_are_both_deadline_and_as_of(text: str) -> None:
    times = find_times(Passage.of(text), LETTER)
    due = {at for one in times.deadlines for at in range(one.start, one.end)}
    assert due.isdisjoint({at for one in times.as_of for at in range(one.start, one.end)})


@pytest.mark.slow
@given(texts)
def test_deadlines_stand_in_order_and_each_can_be_merged(text: str) -> None:
    found = timed(text)
    assert list(found) == sorted(found, key=lambda one: one.start)
    assert merged(found).type is DeadlineType.NONE or found


@pytest.mark.slow
@given(texts)
def test_moments_quote_the_passage(text: str) -> None:
    passage = Passage.of(text)
    found = find_moments(passage)
    assert [moment.text for moment in found] == [passage.text[m.start : m.end] for m in found]


@pytest.mark.slow
@given(form=forms, day=days, hour=hours, minute=minutes)
def test_capitals_accents_and_composition_change_nothing(
    form: DayWords, day: dt.date, hour: int, minute: int
) -> None:
    words = f"Báo cáo về Sở trước {hour}h{minute:02}, {form(day)} và hằng ngày trước 16h00"
    apart = unicodedata.normalize("NFD", words)
    disguises = {said(one) for one in (words.upper(), fold(words))}
    assert disguises == {said(words), said(unicodedata.normalize("NFC", apart))}


@pytest.mark.slow
@given(day=days)
def test_a_year_left_out_says_what_it_rests_on(day: dt.date) -> None:
    (found,) = timed(f"gửi báo cáo trước ngày {day.day}/{day.month}")
    assert found.deadline.evidence == f"năm {day.year}: theo ngày ban hành 05/08/2021"


def test_a_year_that_nothing_tells_is_left_open() -> None:
    assert said("gửi báo cáo trước ngày 20/8", LetterDay()) == "before ?"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *("ngày ", "1/", "1/1", "1h ", "17h00, ", "ngày 1, ", "hằng ngày ", "17h hằng ngày "),
        *("lần/ngày ", "2 lần ", "từ ", "từ nay đến ", "thứ Sáu, ", "ngày . . . ", "24/24 ", "20"),
        *("và trước ", "(", "ngày 15, 16, ", "trong vòng 24 giờ ", "đến ", "thường xuyên, "),
        *("tháng ", "định kỳ ", "trước ", "ít nhất từ ", "năm ", "hoàn thành vào lúc "),
    ],
)
def test_a_long_hostile_text_is_read_quickly(piece: str) -> None:
    passage = Passage.of(piece * (20_000 // len(piece)))
    started = time.perf_counter()
    find_times(passage, LETTER)
    assert time.perf_counter() - started < 3
