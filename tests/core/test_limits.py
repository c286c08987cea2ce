"""How often somebody may call: the table, the bucket in front of it, and both together."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries, Settings

from vungxanh.core import limits
from vungxanh.core.limits import local, rule, taking
from vungxanh.core.limits.rule import SECOND, Rate, Wait
from vungxanh.core.models import LimitBucket
from vungxanh.core.upkeep import purge

AT = datetime(2021, 5, 26, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> Iterator[None]:
    limits.start_anew()
    yield
    limits.start_anew()


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


class SlowBucket:
    """A plain token bucket: tokens as whole microseconds of refilling, no clever moment."""

    def __init__(self, rate: Rate) -> None:
        self.rate, self.held, self.looked_at = rate, rate.window, 0

    def take(self, n: int, at: int) -> bool:
        self.held = min(self.rate.window, self.held + max(0, at - self.looked_at))
        self.looked_at = max(self.looked_at, at)
        cost = n * self.rate.step
        if self.held < cost:
            return False
        self.held -= cost
        return True


RATES = st.builds(Rate, n=st.integers(1, 12), per_seconds=st.integers(1, 30))
CALLS = st.lists(st.tuples(st.integers(0, 5 * SECOND), st.integers(1, 3)), max_size=40)


@given(rate=RATES, calls=CALLS)
def test_moment_of_being_full_says_what_counting_tokens_says(
    rate: Rate, calls: list[tuple[int, int]]
) -> None:
    slow, full_at, now = SlowBucket(rate), 0, 10**9
    for pause, n in calls:
        now += pause
        expected = slow.take(n, now)
        full_at, was_taken = rule.taken(full_at, now, rate=rate, n=n)
        assert was_taken == expected


class TheTable(TestCase):
    """The statement against the plain bucket, call by call."""

    @given(rate=RATES, calls=CALLS)
    @hypothesis_settings(max_examples=60)
    def test_statement_says_what_counting_tokens_says(
        self, rate: Rate, calls: list[tuple[int, int]]
    ) -> None:
        slow, now = SlowBucket(rate), rule.microseconds(AT)
        for pause, n in calls:
            now += pause
            n_calls = min(n, rate.n)
            refused = taking.take_shared(b"k" * 32, rate=rate, n_calls=n_calls, now=now)
            assert (refused is None) == slow.take(n_calls, now)


@pytest.mark.django_db
def test_call_over_the_limit_waits_as_long_as_is_said() -> None:
    asked = [limits.take("try", "a", n=2, per_seconds=10, at=AT) for _ in range(3)]
    assert asked == [None, None, Wait(5)]
    assert limits.take("try", "a", n=2, per_seconds=10, at=after(4.9)) == Wait(1)
    assert limits.take("try", "a", n=2, per_seconds=10, at=after(5)) is None


@pytest.mark.django_db
def test_names_and_keys_are_counted_apart() -> None:
    for name, key in (("a", "x"), ("a", "y"), ("b", "x")):
        assert limits.take(name, key, n=1, per_seconds=60, at=AT) is None
    assert limits.take("a", "x", n=1, per_seconds=60, at=AT) == Wait(60)


@pytest.mark.django_db
def test_refusal_says_what_to_do_and_when() -> None:
    limits.require("try", "a", n=1, per_seconds=60, at=AT)
    with pytest.raises(limits.TooManyRequestsError) as refused:
        limits.require("try", "a", n=1, per_seconds=60, at=AT)
    assert refused.value.code == "core.too_many_requests"
    assert refused.value.retry_after_seconds == 60
    assert "60 giây" in refused.value.words.vi


@pytest.mark.django_db
def test_most_calls_cost_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        for _ in range(100):
            assert limits.take("pages", "a", n=800, per_seconds=60, at=AT) is None
    with django_assert_num_queries(1):
        for _ in range(100):
            assert limits.take("pages", "a", n=800, per_seconds=60, at=AT) is None


@pytest.mark.django_db
def test_one_process_gives_no_more_than_the_limit_and_an_eighth() -> None:
    asked = [limits.take("pages", "a", n=80, per_seconds=60, at=AT) for _ in range(200)]
    assert asked.count(None) == 90
    assert asked[-1] == Wait(8)


@pytest.mark.django_db
def test_refused_key_is_refused_again_without_a_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(91):
        limits.take("pages", "a", n=80, per_seconds=60, at=AT)
    with django_assert_num_queries(0):
        assert limits.take("pages", "a", n=80, per_seconds=60, at=after(2)) == Wait(6)
    assert limits.take("pages", "a", n=80, per_seconds=60, at=after(8)) is None


@pytest.mark.django_db
def test_two_processes_share_one_table() -> None:
    def ask_until_refused() -> int:
        limits.start_anew()
        asked = [limits.take("pages", "a", n=80, per_seconds=60, at=AT) for _ in range(200)]
        return asked.count(None)

    assert [ask_until_refused(), ask_until_refused()] == [90, 10]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_calls_at_the_same_moment_do_not_outrun_the_count() -> None:
    def ask(number: int) -> bool:
        try:
            return limits.take("try", "a", n=7, per_seconds=60, at=AT) is None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(40))).count(True) == 7


@pytest.mark.django_db
def test_no_address_or_account_stands_in_the_table(settings: Settings) -> None:
    limits.take("try", "203.0.113.9", n=1, per_seconds=60, at=AT)
    (key,) = LimitBucket.objects.values_list("key", flat=True)
    assert len(key) == 32
    assert b"203.0.113.9" not in bytes(key)
    settings.SECRET_KEY = "another installation's"
    assert bytes(key) != taking.digest_of("try", "203.0.113.9")


@pytest.mark.django_db
def test_table_is_unlogged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'core_limitbucket'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db
def test_table_that_was_lost_costs_one_window_of_counting() -> None:
    limits.take("try", "a", n=1, per_seconds=60, at=AT)
    LimitBucket.objects.all().delete()
    assert limits.take("try", "a", n=1, per_seconds=60, at=AT) is None


@pytest.mark.django_db
def test_buckets_that_are_full_again_are_purged() -> None:
    limits.take("try", "old", n=1, per_seconds=60, at=AT - timedelta(minutes=1))
    limits.take("try", "new", n=1, per_seconds=60, at=AT)
    assert limits.forget(AT) == 1
    assert LimitBucket.objects.count() == 1


@pytest.mark.django_db
def test_nightly_purge_takes_them_too() -> None:
    limits.take("try", "old", n=1, per_seconds=60, at=AT - timedelta(minutes=1))
    purge(AT)
    assert not LimitBucket.objects.exists()


def test_memory_of_one_process_is_bounded() -> None:
    buckets = local.Buckets(most=100)
    for number in range(1000):
        buckets.take(str(number).encode(), Rate(5, 60), number)
    assert len(buckets) <= 100
    assert buckets.take(b"999", Rate(5, 60), 1000)


def test_buckets_that_are_full_are_dropped_before_others() -> None:
    buckets = local.Buckets(most=4)
    buckets.take(b"busy", Rate(1, 100), 0)
    for number in range(8):
        buckets.take(str(number).encode(), Rate(1, 1), number * 2 * SECOND)
    assert not buckets.take(b"busy", Rate(1, 100), 20 * SECOND)


@pytest.mark.parametrize("rate", [(0, 60), (5, 0)])
def test_limit_that_lets_nobody_pass_is_no_limit(rate: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="at least one call"):
        Rate(*rate)


@pytest.mark.parametrize("limit", limits.LIMITS, ids=lambda limit: limit.name)
def test_every_limit_has_its_reason_and_room_for_an_office(limit: limits.Limit) -> None:
    assert len(limit.reason) > 30
    assert limit.of_address >= limit.of_one
    assert limit.of_address * 300 >= 300 * limit.per_seconds  # each of 300 once in five minutes


def test_names_of_limits_are_their_own() -> None:
    names = [limit.name for limit in limits.LIMITS]
    assert sorted(set(names)) == sorted(names)
