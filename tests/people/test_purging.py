"""What is past its time goes every night, and a proof tells that nothing of it is left."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.register import AT, TRAN_PHU, a_citizen, a_device, a_neighbour
from vungxanh.core import upkeep
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions import purging
from vungxanh.people.models import (
    Device,
    Person,
    PhoneProof,
    PurgeProof,
    SearchToken,
    Standing,
    UsedCode,
)
from vungxanh.people.queries import live_counts, proofs
from vungxanh.people.queries.purging import overdue
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = timedelta(days=1)
HALF_A_YEAR = timedelta(days=181)


def used(n: int) -> None:
    codes = [UsedCode(digest=uuid4().bytes * 2, until=AT, used_at=AT) for _ in range(n)]
    UsedCode.objects.bulk_create(codes)


def test_a_code_asked_for_is_forgotten_after_a_day_and_not_before() -> None:
    a_citizen()
    assert purging.purge(at=AT + DAY)["people_phoneproof"] == 0
    assert purging.purge(at=AT + DAY + timedelta(seconds=1))["people_phoneproof"] == 1
    assert PhoneProof.objects.count() == 0


def test_used_codes_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "ROWS_AT_ONCE", 3)
    used(8)
    assert purging.purge(at=AT + 5 * DAY)["people_usedcode"] == 8
    assert UsedCode.objects.count() == 0


def test_a_person_past_their_time_goes_with_everything_that_names_them() -> None:
    a_neighbour()
    assert purging.purge(at=AT + HALF_A_YEAR)["people_person"] == 1
    assert (Person.objects.count(), SearchToken.objects.count()) == (0, 0)


def test_a_person_within_their_time_stays() -> None:
    a_neighbour()
    purging.purge(at=AT + 180 * DAY)
    assert Person.objects.count() == 1


def test_whose_phone_is_still_heard_of_stays() -> None:
    person = a_citizen()
    Device.objects.update(last_seen_at=AT + 100 * DAY)
    purging.purge(at=AT + HALF_A_YEAR)
    person.refresh_from_db()
    assert person.kept_until == (AT + 280 * DAY).date()


def test_dependants_stay_as_long_as_their_guardian() -> None:
    guardian = a_citizen()
    child = NewPerson(
        Origin.DEPENDANT, "Bé Mẫu", residence=Residence(TRAN_PHU), guardian=guardian.pk
    )
    actions.add_person(person=child, by=SYSTEM, at=AT)
    Device.objects.update(last_seen_at=AT + 100 * DAY)
    purging.purge(at=AT + HALF_A_YEAR)
    assert Person.objects.count() == 2


def test_who_is_still_followed_up_stays() -> None:
    person = a_neighbour()
    standing = NewStanding(person.pk, Class.QUARANTINED, AT, None, "case:x")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    purging.purge(at=AT + HALF_A_YEAR)
    assert Person.objects.count() == 1


def test_a_standing_goes_a_month_after_its_end() -> None:
    person = a_neighbour()
    standing = NewStanding(person.pk, Class.CONTACT, AT, AT + DAY, "case:x")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    assert purging.purge(at=AT + 31 * DAY)["people_standing"] == 0
    assert purging.purge(at=AT + 32 * DAY)["people_standing"] == 1
    assert Standing.objects.count() == 0


def test_an_anonymous_phone_that_fell_silent_leaves_the_count() -> None:
    device, _ = a_device()
    actions.note_seen(device=device, at=AT + DAY)
    assert live_counts([""])["", "devices"] == 1
    purging.purge(at=AT + DAY + HALF_A_YEAR)
    assert (Device.objects.count(), live_counts([""])["", "devices"]) == (0, 0)


def test_what_would_go_is_told_and_nothing_goes() -> None:
    a_neighbour()
    used(2)
    told = overdue(AT + HALF_A_YEAR)
    assert (told["people_person"], told["people_usedcode"]) == (1, 2)
    assert (Person.objects.count(), UsedCode.objects.count()) == (1, 2)


def test_a_night_keeps_a_proof_that_nothing_is_left() -> None:
    a_neighbour()
    upkeep.purge(AT + HALF_A_YEAR)
    proof = PurgeProof.objects.get()
    assert proof.counts["people"] == 1
    assert {"people_person", "messaging_message", "accounts_staffsession"} <= set(proof.overdue)
    assert set(proof.overdue.values()) == {0}


def test_an_auditor_reads_the_nights() -> None:
    upkeep.purge(timezone.now())
    line = proofs.purges(SYSTEM).rows[0]
    assert (line.is_dry, line.n_left) == (False, 0)


def test_a_night_without_a_proof_is_an_alarm() -> None:
    now = timezone.now()
    assert not proofs.is_purged(now)
    upkeep.purge(now)
    assert proofs.is_purged(now + timedelta(hours=25))
    assert not proofs.is_purged(now + timedelta(hours=27))
