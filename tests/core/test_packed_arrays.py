"""Packed arrays are what PostgreSQL reads as the same values."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vungxanh.core.packed_arrays import (
    instant_array,
    int2_array,
    int8_array,
    register,
    uuid_array,
)

pytestmark = pytest.mark.django_db
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
A_DAY_US = 86_400_000_000
instants = st.integers(-25_000 * A_DAY_US, 80_000 * A_DAY_US).map(
    lambda us: EPOCH + timedelta(microseconds=us)
)
again = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


def echoed(packed: object, kind: str) -> list[Any]:
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    register(raw.adapters)
    with psycopg.RawCursor(raw) as cursor:
        cursor.execute(f"SELECT unnest($1::{kind}[])", [packed])
        return [one for (one,) in cursor.fetchall()]


@again
@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_whole_numbers(values: list[int]) -> None:
    assert echoed(int8_array(values), "bigint") == values


@again
@given(st.lists(st.integers(-(2**15), 2**15 - 1)))
def test_small_numbers(values: list[int]) -> None:
    assert echoed(int2_array(values), "smallint") == values


@again
@given(st.lists(st.uuids()))
def test_identifiers(values: list[UUID]) -> None:
    assert echoed(uuid_array([one.bytes for one in values]), "uuid") == values


@again
@given(st.lists(instants))
def test_instants(values: list[datetime]) -> None:
    packed = instant_array([(one - EPOCH) // timedelta(microseconds=1) for one in values])
    assert echoed(packed, "timestamptz") == values


@pytest.mark.parametrize("number", [2**15, -(2**15) - 1])
def test_what_does_not_fit_is_refused_before_it_is_sent(number: int) -> None:
    with pytest.raises(OverflowError):
        int2_array([number])
