"""A new key for rows and seals: what the former ones made still holds."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.audit.tampering import NOON, sealed, tamper, write
from vungxanh.audit import actions
from vungxanh.audit.models import AuditDay, AuditEvent, AuditSeal
from vungxanh.audit.queries import kept_seal, own_public_key, verify
from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.viewer import SYSTEM

DAY = timedelta(days=1)


def test_log_is_whole_across_a_change_of_both_keys(db: None) -> None:
    sealed("a")
    former = own_public_key()
    row_key = actions.change_row_key(by=SYSTEM, at=NOON)
    seal_key = actions.change_seal_key(by=SYSTEM, at=NOON)
    sealed("b")
    sealed("c", at=NOON + DAY)
    actions.sign_days(at=NOON + 2 * DAY)
    new_row = AuditEvent.objects.get(subject="b")
    assert bytes(new_row.tag).hex().startswith(row_key)
    assert {bytes(seal.tag).hex()[:8] == seal_key for seal in AuditSeal.objects.all()} == {
        False,
        True,
    }
    assert {bytes(day.key) for day in AuditDay.objects.all()} == {own_public_key()} != {former}
    assert (verify().is_whole, verify().n_rows) == (True, 5)


def test_day_that_the_former_key_signed_still_holds(db: None) -> None:
    sealed("a")
    actions.sign_days(at=NOON + DAY)
    kept = kept_seal(None, viewer=SYSTEM)
    actions.change_seal_key(by=SYSTEM, at=NOON + DAY)
    sealed("b", at=NOON + DAY)
    actions.sign_days(at=NOON + 2 * DAY)
    assert len({bytes(day.key) for day in AuditDay.objects.all()}) == 2
    assert verify(kept=kept).is_whole


def test_change_of_a_key_is_recorded_under_the_new_one(db: None) -> None:
    new_id = actions.change_row_key(by=SYSTEM, at=NOON)
    row = AuditEvent.objects.get(event="audit.key_changed")
    assert (row.subject, row.detail) == (f"key:{new_id}", {"use": "audit"})
    assert bytes(row.tag).hex().startswith(new_id)


def test_row_of_before_the_change_cannot_be_altered_after_it(db: None) -> None:
    sealed("a")
    actions.change_row_key(by=SYSTEM, at=NOON)
    tamper("UPDATE LOG SET subject = 'x' WHERE subject = 'a'")
    assert str(verify().fault) == "row_changed"


def test_sealer_that_runs_takes_rows_under_a_key_of_since(
    db: None, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    file = settings.KEYS / "audit.json"
    former = file.read_bytes()
    actions.change_row_key(by=SYSTEM, at=NOON)
    write("a")
    changed = file.read_bytes()
    _hold(Use.AUDIT, former, settings)
    file.write_bytes(changed)
    assert actions.seal_events(at=NOON) == 2
    assert caplog.text == ""


def _hold(use: Use, content: bytes, settings: Settings) -> None:
    """As a process holds it that read the file earlier."""
    (settings.KEYS / f"{use}.json").write_bytes(content)
    keys.forget()
    keys.ring(use)
