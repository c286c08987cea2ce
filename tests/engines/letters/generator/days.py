"""Days and hours as clerks write them."""

from datetime import date, time, timedelta

from tests.engines.letters.generator.dice import Dice

HOURS = [(17, 0), (17, 0), (16, 0), (16, 30), (11, 0), (15, 0), (9, 0), (14, 30), (8, 30), (10, 0)]
DAY_FORMS = ["{d}/{m}/{y}", "{d:02}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d:02}/{m}/{y}"]
RARE_FORMS = ["{d:02}-{m}-{y}", "{d:02}.{m}.{y}", "{d:02} tháng {m} năm {y}"]
SPOKEN = [("10 giờ sáng", 10), ("9 giờ sáng", 9), ("4 giờ chiều", 16), ("5 giờ chiều", 17)]


def written(day: date, dice: Dice) -> str:
    """A day with its year: 3/8/2021, 03/8/2021, 03/08/2021, seldom 03-8-2021."""
    form = dice.one(RARE_FORMS if dice.maybe(0.08) else DAY_FORMS)
    month = f"{day.month:02}" if day.month < 3 else day.month
    return form.replace("{m}", str(month)).format(d=day.day, m=day.month, y=day.year)


def written_short(day: date, dice: Dice) -> str:
    """A day without its year: 20/8."""
    return dice.one(["{d}/{m}", "{d:02}/{m}", "{d:02}/{m:02}"]).format(d=day.day, m=day.month)


def an_hour(dice: Dice) -> tuple[str, time]:
    """An hour of the clock in words and as a time."""
    hour, minute = dice.one(HOURS)
    whole = ["{h}h00", "{h}h", "{h} giờ", "{h} giờ 00", "{h} giờ 00 phút", "{h:02}h00"]
    broken = ["{h}h{m:02}", "{h} giờ {m:02} phút", "{h} giờ {m:02}"]
    form = dice.one(broken if minute else whole)
    return form.format(h=hour, m=minute), time(hour, minute)


def spoken_hour(dice: Dice) -> tuple[str, time]:
    """An hour with its part of the day: 10 giờ sáng."""
    words, hour = dice.one(SPOKEN)
    return words, time(hour, 0)


def moment(day: date, at: time) -> str:
    """ISO text in Vietnam's time."""
    return f"{day.isoformat()}T{at:%H:%M:%S}+07:00"


def end_of(day: date) -> str:
    """The last second of a day."""
    return moment(day, time(23, 59, 59))


def last_of_month(day: date) -> date:
    """The last day of the month of a day."""
    first_of_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first_of_next - timedelta(days=1)
