"""The calendar: what and when, no more; the secret that opens it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Component

from tests.duties.conftest import ONCE, events, only
from tests.factories.people import AN_NHON, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.viewer import PUBLIC, ForbiddenError
from vungxanh.duties import actions, queries
from vungxanh.duties.models import CalendarFeed
from vungxanh.duties.rules import Schedule, State

pytestmark = pytest.mark.django_db
Owed = Callable[..., UUID]
FIVE = datetime(2020, 8, 28, 10, tzinfo=UTC)


def entries(colleague: Colleague, at: datetime = FIVE) -> list[Component]:
    """The entries of somebody's calendar, read back as a phone reads them."""
    calendar = Calendar.from_ical(queries.calendar_of(colleague.viewer, at=at))
    return calendar.walk("VEVENT")


def test_entry_ends_when_it_is_due_and_rings_an_hour_before(
    owed: Owed, district: Colleague
) -> None:
    duty_id = owed()
    (entry,) = entries(district)
    (alarm,) = entry.walk("VALARM")
    assert entry.decoded("dtend") == FIVE
    assert entry.decoded("dtstart") + alarm.decoded("trigger") == FIVE - timedelta(hours=1)
    assert str(entry["summary"]) == "Báo cáo số máy đã cài Bluezone – Chờ"
    assert str(entry["uid"]) == f"{only(duty_id).id}@vungxanh"


def test_entry_says_what_and_when_and_no_more(owed: Owed, district: Colleague) -> None:
    owed(note="Số điện thoại của người trực: 0256 382 2000")
    (entry,) = entries(district)
    said = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"}
    assert set(entry) == said
    text = queries.calendar_of(district.viewer, at=FIVE).decode()
    for unsaid in ("Quy Nhơn", "Công văn", "382", district.email, district.viewer.id):
        assert unsaid not in text


def test_only_what_is_open_rings(owed: Owed, province: Colleague, district: Colleague) -> None:
    done, waived, cancelled = only(owed()), only(owed()), only(owed())
    owed()
    actions.meet(occurrence_id=done.id, evidence="note:1", by=district.viewer, at=FIVE)
    for row, state in ((waived, State.WAIVED), (cancelled, State.CANCELLED)):
        actions.settle(
            occurrence_id=row.id, state=state, reason="Mất điện", by=province.viewer, at=FIVE
        )
    rings = {
        str(one["summary"]).rpartition(" – ")[2]: one.walk("VALARM") for one in entries(district)
    }
    assert {state: len(alarms) for state, alarms in rings.items()} == {
        "Chờ": 1,
        "Đúng hạn": 0,
        "Được miễn": 0,
    }


def test_title_with_marks_of_the_format_stays_a_title(owed: Owed, district: Colleague) -> None:
    row = only(owed()).duty
    row.title = "Gửi; báo cáo, gấp: END:VEVENT " + "ậ" * 200
    row.save(update_fields=["title"])
    (entry,) = entries(district)
    assert str(entry["summary"]) == f"{row.title} – Chờ"


def test_calendar_holds_a_week_back_and_a_month_ahead_of_the_own(
    owed: Owed, district: Colleague
) -> None:
    owed(Schedule(date(2020, 8, 1), time(17), "FREQ=DAILY"))
    owed(ONCE, unit=AN_NHON)
    owed(Schedule(date(2020, 10, 1), time(17)))
    days = [one.decoded("dtend").date() for one in entries(district)]
    assert (days[0], days[-1]) == (date(2020, 8, 22), date(2020, 9, 4))


def test_secret_opens_its_owner_s_until_a_new_one_is_made(district: Colleague) -> None:
    other = employed("other", Role("district_officer"), AN_NHON)
    first = actions.make_feed(by=district.viewer, at=FIVE)
    theirs = actions.make_feed(by=other.viewer, at=FIVE)
    second = actions.make_feed(by=district.viewer, at=FIVE)
    assert [queries.owner_of(one) for one in (first, second, theirs, "", "x" * 9999)] == [
        "",
        district.viewer.id,
        other.viewer.id,
        "",
        "",
    ]
    kept = bytes(CalendarFeed.objects.get(owner=district.viewer.id).digest)
    assert second.encode() not in kept


def test_removed_address_opens_nothing_and_is_noted_once(district: Colleague) -> None:
    secret = actions.make_feed(by=district.viewer, at=FIVE)
    for _ in range(2):
        actions.remove_feed(by=district.viewer, at=FIVE)
    assert (queries.owner_of(secret), queries.has_feed(district.viewer)) == ("", False)
    assert events() == ["duties.feed_made", "duties.feed_removed"]


def test_who_may_not_see_duties_has_no_calendar(db: None) -> None:
    with pytest.raises(ForbiddenError):
        actions.make_feed(by=PUBLIC, at=FIVE)
