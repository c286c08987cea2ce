"""The one clock, and identifiers that sort by time."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.core import clock, ids


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2021, 5, 26, 16, 59, 59, tzinfo=UTC), date(2021, 5, 26)),
        (datetime(2021, 5, 26, 17, 0, 0, tzinfo=UTC), date(2021, 5, 27)),
    ],
)
def test_day_turns_at_midnight_in_vietnam(instant: datetime, day: date) -> None:
    with clock.frozen_at(instant):
        assert (clock.now(), clock.today()) == (instant, day)


def test_clock_runs_again_after_being_stopped() -> None:
    then = datetime(2021, 5, 26, tzinfo=UTC)
    with clock.frozen_at(then), clock.frozen_at(then + timedelta(days=1)):
        assert clock.now() == then + timedelta(days=1)
    assert clock.now() > then + timedelta(days=2)


def test_clock_does_not_stop_at_a_naive_time() -> None:
    naive = datetime(2021, 5, 26, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"), clock.frozen_at(naive):
        pytest.fail("the clock stopped")


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_is_24_hours_less_a_second_and_in_plus_seven(day: date) -> None:
    assert clock.day_end(day) - clock.day_start(day) == timedelta(hours=23, minutes=59, seconds=59)
    assert clock.day_start(day).isoformat() == f"{day.isoformat()}T00:00:00+07:00"


def test_identifiers_are_version_7_and_only_grow() -> None:
    made = [ids.new_id() for _ in range(20_000)]
    assert {(identifier.version, identifier.variant) for identifier in made} == {
        (7, "specified in RFC 4122")
    }
    assert made == sorted(set(made))


def test_identifiers_of_many_threads_differ() -> None:
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda _: [ids.new_id() for _ in range(1000)], range(8)))
    made = [identifier for batch in batches for identifier in batch]
    assert len(set(made)) == 8000
    assert all(batch == sorted(batch) for batch in batches)


def test_identifiers_grow_when_the_wall_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert ids.new_id() > before


def test_random_part_that_runs_over_steps_to_the_next_millisecond() -> None:
    sequence = ids._Sequence()
    sequence.following(5)
    sequence._random = (1 << 74) - 1
    millisecond, random = sequence.following(5)
    assert (millisecond, random >> 74) == (6, 0)


def test_identifier_tells_when_it_was_made() -> None:
    made = ids.made_at(ids.new_id())
    assert abs(made - datetime.now(UTC)) < timedelta(seconds=5)


def test_example_of_the_standard_is_read() -> None:
    # RFC 9562, appendix A.6
    example = UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    assert ids.made_at(example) == datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def test_random_identifier_has_no_time() -> None:
    with pytest.raises(ValueError, match="version 7"):
        ids.made_at(uuid4())
