"""Batches of subjects give what a slow, obvious twin gives one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.register import AT, a_neighbour
from vungxanh.people.actions.personal_codes import offline_codes
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.models import Person
from vungxanh.people.values.subjects import (
    CodeOddness,
    FoundSubject,
    ShownSubject,
    SubjectRefusal,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places"), pytest.mark.slow]
DOOR = uuid4()
FIRST, SECOND = "first", "second"  # two holders of phones, who have one-time codes too


class Meaning(NamedTuple):
    """What a subject is, for the twin: by what it is looked for, and what is written down of it."""

    looked_for: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    one_time: str = ""


@dataclass
class Twin:
    """The register as a list of people, each with all by which they are known."""

    people: list[set[str]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def told(self, one: Meaning) -> tuple[int, bool] | None:
        """Who it is, by their place in the list, and whether the code was used before."""
        if not one.looked_for:
            return None
        again = one.one_time in self.used
        self.used |= {one.one_time} - {""}
        for mark in one.looked_for:
            for place, marks in enumerate(self.people):
                if mark in marks:
                    return place, again
        self.people.append(set(one.written))
        return len(self.people) - 1, again


def papers(*numbers: str) -> Meaning:
    return Meaning(numbers, numbers)


CARDS = {
    "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Quy Nhơn|01052021": papers("a", "old"),
    "052185000002|123456789|Người Mẫu Hai|20031985|Nữ|Quy Nhơn|01052021": papers("b", "old"),
    "052185000001||Người Mẫu Một|20031985|Nữ|Quy Nhơn|01052021": papers("a"),
    "052185000003": papers("c"),
    "052985000003": Meaning(),
}
NATIONAL = {
    "052185000002|NGUOI MAU|1985-**-**|0|Q1|": papers("b", "Q1"),
    "******000002|NGUOI MAU|1985-**-**|0|Q1|": papers("Q1"),
    "******000002|NGUOI MAU|1985-**-**|0||": papers("text"),
    "123456789|NGUOI MAU|1985-**-**|0||x": papers("old"),
    "NGUOI MAU": Meaning(),
}
INSURANCE = {
    "GD4524520000001": Meaning(("long", "short"), ("long",)),
    "4520000001": Meaning(("short",), ("short",)),
}
PHONES = {"0912000003": papers("tel"), "+84912000003": papers("tel"), "113": Meaning()}
PLAIN = [
    (kind, value, "", meaning)
    for kind, texts in (
        ("vn.cccd", CARDS),
        ("vn.person", NATIONAL),
        ("bhyt", INSURANCE),
        ("phone", PHONES),
    )
    for value, meaning in texts.items()
]
ALONG = [
    ("companion", f"+{n}", holder, papers(f"{holder}+{n}"))
    for n in (1, 2)
    for holder in (FIRST, SECOND)
]
CODES = [
    ("vungxanh.person", f"{holder} {n}", "", Meaning((holder,), (), f"{holder} {n}"))
    for n in (0, 1)
    for holder in (FIRST, SECOND)
]
Said = tuple[str, str, str, Meaning]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(st.sampled_from(PLAIN + ALONG + CODES), max_size=8), max_size=4))
def test_batches_tell_what_one_after_the_other_tells(batches: list[list[Said]]) -> None:
    with transaction.atomic():
        holders = {FIRST: a_neighbour().pk, SECOND: a_neighbour("Người Mẫu Hai").pk}
        codes = {
            f"{name} {n}": code.text
            for name, pk in holders.items()
            for n, code in enumerate(offline_codes(person_id=pk, n=2, at=AT))
        }
        twin = Twin([{FIRST}, {SECOND}])
        expected = [twin.told(one[3]) for batch in batches for one in batch]
        told = [answer for batch in batches for answer in of(batch, holders, codes)]
        numbered = places(told, list(holders.values()))
        assert numbered == expected
        assert Person.objects.count() == len(twin.people)
        transaction.set_rollback(True)


def of(
    batch: Sequence[Said], holders: dict[str, int], codes: dict[str, str]
) -> list[FoundSubject | SubjectRefusal]:
    asked = [
        ShownSubject(kind, codes.get(value, value), AT, holders.get(holder), DOOR)
        for kind, value, holder, _ in batch
    ]
    return persons_of(asked=asked, at=AT)


def places(
    told: Iterable[FoundSubject | SubjectRefusal], known: list[int]
) -> list[tuple[int, bool] | None]:
    """Persons by the order in which they came to be known."""
    order = list(known)
    found: list[tuple[int, bool] | None] = []
    for one in told:
        if isinstance(one, SubjectRefusal):
            found.append(None)
            continue
        if one.person_id not in order:
            order.append(one.person_id)
        found.append((order.index(one.person_id), CodeOddness.AGAIN in one.flags))
    return found
