"""Keys of doors: always one that holds for a device without a network, destroyed in time."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.door_keys import keep_door_keys
from vungxanh.checkins.actions.purging import purge
from vungxanh.checkins.gateways import sealed_visits
from vungxanh.checkins.models import DoorKey
from vungxanh.checkins.queries.door_keys import door_keys, opening_keys
from vungxanh.checkins.queries.purging import overdue
from vungxanh.checkins.rules.door_keys import KEPT_AFTER, bound_to, signed_bytes
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.queries.code_keys import public_keys

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)
LAPSES = timedelta(hours=72)
INFO = bound_to(bytes(16), "7K2M9QX4A")


def events() -> list[str]:
    rows = AuditEvent.objects.filter(event__startswith="checkins.door_key").order_by("sequence")
    return [row.event.removeprefix("checkins.door_key_") for row in rows]


def walked(days: int) -> list[datetime]:
    """Let the job run each day; returns the days."""
    found = [AT + n * DAY for n in range(days)]
    for at in found:
        keep_door_keys(by=SYSTEM, at=at)
    return found


@pytest.mark.django_db
def test_device_that_heard_of_keys_before_its_right_lapses_always_holds_one_that_lasts() -> None:
    held = []
    for at in walked(400):
        keys = door_keys(at)
        held.append(max(one.until for one in keys) - at)
    assert min(held) > LAPSES
    assert DoorKey.objects.count() == 5


@pytest.mark.django_db
def test_key_is_destroyed_a_week_after_its_end_and_the_log_says_so() -> None:
    keep_door_keys(by=SYSTEM, at=AT)
    first = DoorKey.objects.get()
    assert first.private_part
    box = sealed_visits.sealed(b"content", bytes(first.public_part), INFO)
    over = first.until + KEPT_AFTER
    keep_door_keys(by=SYSTEM, at=over - timedelta(seconds=1))
    private = opening_keys([first.pk])[first.pk]
    assert private is not None
    assert sealed_visits.opened(box, private, INFO) == b"content"
    keep_door_keys(by=SYSTEM, at=over)
    assert opening_keys([first.pk]) == {first.pk: None}
    assert events() == ["made", "made", "destroyed"]


@pytest.mark.django_db
def test_key_that_no_job_destroyed_is_overdue_and_goes_with_the_purge() -> None:
    keep_door_keys(by=SYSTEM, at=AT)
    over = DoorKey.objects.get().until + KEPT_AFTER
    early = over - timedelta(seconds=1)
    assert (overdue(early)["checkins_doorkey"], overdue(over)["checkins_doorkey"]) == (0, 1)
    purge(at=over)
    assert overdue(over)["checkins_doorkey"] == 0
    assert events() == ["made", "destroyed"]


@pytest.mark.django_db
def test_private_part_lies_sealed() -> None:
    keep_door_keys(by=SYSTEM, at=AT)
    row = DoorKey.objects.get()
    lying = DoorKey.objects.extra(select={"raw": "private_part"}).values_list("raw", flat=True)[0]
    assert row.private_part is not None
    assert bytes.fromhex(row.private_part) not in bytes(lying)
    assert row.private_part.encode() not in bytes(lying)


@pytest.mark.django_db
def test_the_key_of_codes_vouches_for_a_key_of_doors_until_its_end() -> None:
    keep_door_keys(by=SYSTEM, at=AT)
    [told] = door_keys(AT)
    signer: Ed25519PublicKey = public_keys()[bytes.fromhex(told.signed_by)]
    signer.verify(told.signature, signed_bytes(told.id, told.public, told.until))
    assert told.until.microsecond == 0
    assert keep_door_keys(by=SYSTEM, at=AT + DAY) == 0
    assert door_keys(told.until) == ()


def test_box_opens_for_its_scan_at_its_point_under_its_key_alone() -> None:
    public, private = sealed_visits.new_pair()
    other = sealed_visits.new_pair()[1]
    box = sealed_visits.sealed(b"content", public, INFO)
    assert sealed_visits.opened(box, private, INFO) == b"content"
    assert sealed_visits.opened(box, private, bound_to(bytes(15) + b"\1", "7K2M9QX4A")) is None
    assert sealed_visits.opened(box, private, bound_to(bytes(16), "7K2M9QX4B")) is None
    assert sealed_visits.opened(box, other, INFO) is None


@pytest.mark.parametrize("spoil", [b"", b"\x04" * 65, bytes(64), bytes(200)])
def test_what_is_no_box_is_not_opened(spoil: bytes) -> None:
    assert sealed_visits.opened(spoil, sealed_visits.new_pair()[1], INFO) is None
