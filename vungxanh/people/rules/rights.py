"""Terms of the law on personal data, in working days and in days.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP: an answer within 2 working days; done within 15 days,
20 where others who process the data must act too; one extension of 15 days, with its reason.
"""

from collections.abc import Collection
from datetime import date, timedelta

ANSWER_WORKING_DAYS = 2
ACT_DAYS = 15
ACT_DAYS_WITH_OTHERS = 20
EXTENSION_DAYS = 15
SATURDAY = 5


def after_working_days(day: date, n: int, holidays: Collection[date]) -> date:
    """The n-th working day after a day; a holiday that is not listed counts as a working day.

    So a table that lacks a year makes a term end too early, never too late.

    >>> after_working_days(date(2026, 2, 13), 2, {date(2026, 2, d) for d in range(16, 21)})
    datetime.date(2026, 2, 24)
    """
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < SATURDAY and day not in holidays
    return day


def answer_due_on(asked_on: date, holidays: Collection[date]) -> date:
    """The last day on which the person must have been answered."""
    return after_working_days(asked_on, ANSWER_WORKING_DAYS, holidays)


def act_due_on(asked_on: date, *, with_others: bool = False) -> date:
    """The last day on which it must be carried out; calendar days.

    >>> act_due_on(date(2026, 3, 2)), act_due_on(date(2026, 3, 2), with_others=True)
    (datetime.date(2026, 3, 17), datetime.date(2026, 3, 22))
    """
    return asked_on + timedelta(days=ACT_DAYS_WITH_OTHERS if with_others else ACT_DAYS)


def extended_to(due_on: date) -> date:
    """The last day after the one extension that there may be."""
    return due_on + timedelta(days=EXTENSION_DAYS)
