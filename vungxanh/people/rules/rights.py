"""Terms of the law on personal data: working days until the answer, days until it is done.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP, article 5: an answer within 2 working days;
one extension.
"""

from collections.abc import Collection
from datetime import date, timedelta

ANSWER_WORKING_DAYS = 2
SATURDAY = 5


def after_working_days(
    day: date, n: int, closed: Collection[date], *, worked: Collection[date] = ()
) -> date:
    """The n-th working day after a day; `worked` are Saturdays on which offices open.

    A day that is not known to be closed counts as a working day: what is unknown makes a term end
    too early, never too late.

    >>> after_working_days(date(2026, 2, 13), 2, {date(2026, 2, d) for d in range(16, 21)})
    datetime.date(2026, 2, 24)
    >>> after_working_days(date(2026, 1, 8), 2, (), worked={date(2026, 1, 10)})
    datetime.date(2026, 1, 10)
    """
    while n:
        day += timedelta(days=1)
        n -= day in worked or (day.weekday() < SATURDAY and day not in closed)
    return day


def answer_due_on(asked_on: date, closed: Collection[date], worked: Collection[date] = ()) -> date:
    """The last day on which the person must have been answered."""
    return after_working_days(asked_on, ANSWER_WORKING_DAYS, closed, worked=worked)


def days_later(day: date, n: int) -> date:
    """The last day of a term of so many calendar days.

    >>> days_later(date(2026, 3, 2), 15)
    datetime.date(2026, 3, 17)
    """
    return day + timedelta(days=n)


def days_of_law(year: int, hung_kings: date | None) -> frozenset[date]:
    """Days that Labour Code 45/2019/QH14 closes by itself, and those off in their place.

    Article 112: 1 January, Hùng Kings' day (10 of the third lunar month), 30 April, 1 May and
    2 September; article 111: one on a weekend gives the next working day. Tết and the second day of
    National Day are chosen each year by the Prime Minister and are not here.

    >>> sorted(days_of_law(2027, date(2027, 4, 16)))[-2:]
    [datetime.date(2027, 5, 3), datetime.date(2027, 9, 2)]
    """
    fixed = {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)}
    feasts = fixed | ({hung_kings} if hung_kings else set())
    closed = set(feasts)
    for feast in sorted(feasts):
        if feast.weekday() >= SATURDAY:
            closed.add(_next_working_day(feast, closed))
    return frozenset(closed)


def _next_working_day(day: date, closed: Collection[date]) -> date:
    return after_working_days(day, 1, closed)
