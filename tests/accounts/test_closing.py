"""What the room keeps for a time goes in time, and is counted before it goes."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.utils import timezone

from tests.factories.people import Colleague
from vungxanh.accounts.actions.closing import GONE
from vungxanh.accounts.actions.managing import lock_staff, unlock_staff
from vungxanh.accounts.apps import AccountsConfig
from vungxanh.accounts.models import EMAIL_INDEX, PersonExport, Staff, StaffSession
from vungxanh.accounts.queries.overdue import overdue
from vungxanh.accounts.values.exports import ExportState

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def purged(at: datetime) -> None:
    room = apps.get_app_config("accounts")
    assert isinstance(room, AccountsConfig)
    room.purge(at)


def closed(one: Colleague, at: datetime) -> Staff:
    Staff.objects.filter(pk=one.staff.pk).update(is_active=False, closed_at=at)
    return Staff.objects.get(pk=one.staff.pk)


def test_particulars_go_two_years_after_the_account_was_closed(officer: Colleague) -> None:
    now = timezone.now()
    email = officer.staff.email
    Authenticator.objects.create(user=officer.staff, type="totp", data={"secret": "x"})
    closed(officer, now)
    purged(now + 730 * DAY)
    assert Staff.objects.get(pk=officer.staff.pk).email == email
    due = now + 731 * DAY
    told = overdue(due)
    assert (told["accounts_staff"], told["mfa_authenticator"]) == (1, 1)
    purged(due)
    staff = Staff.objects.get(pk=officer.staff.pk)
    assert (staff.name, staff.last_login) == (GONE, None)
    assert not Staff.objects.filter(email_index__in=EMAIL_INDEX.digests(email)).exists()
    assert not Authenticator.objects.exists()
    assert (overdue(due)["accounts_staff"], overdue(due)["mfa_authenticator"]) == (0, 0)


def test_an_account_in_use_keeps_its_particulars(officer: Colleague) -> None:
    purged(timezone.now() + 4000 * DAY)
    assert Staff.objects.get(pk=officer.staff.pk).name == officer.staff.name


def test_particulars_of_two_closed_accounts_go_in_one_night(
    officer: Colleague, other_officer: Colleague
) -> None:
    now = timezone.now()
    closed(officer, now)
    closed(other_officer, now)
    purged(now + 731 * DAY)
    assert {staff.name for staff in Staff.objects.filter(is_active=False)} == {GONE}


def test_an_export_s_row_is_counted_and_goes(officer: Colleague) -> None:
    now = timezone.now()
    PersonExport.objects.create(
        resource="people",
        list_id="all",
        purpose="tracing",
        form="xlsx",
        language="vi",
        by=officer.viewer.id,
        area="",
        n_rows=1,
        asked_at=now,
        state=ExportState.GONE,
    )
    due = now + 731 * DAY
    assert overdue(due)["accounts_personexport"] == 1
    purged(due)
    assert overdue(due)["accounts_personexport"] == 0


def test_a_session_that_nobody_ended_is_counted_and_goes(officer: Colleague) -> None:
    now = timezone.now()
    StaffSession.objects.all().delete()
    StaffSession.objects.create(
        key=bytes(32), staff=officer.staff, started_at=now, seen_at=now, address=bytes(32)
    )
    assert overdue(now + 30 * DAY)["accounts_staffsession"] == 0
    due = now + 31 * DAY
    assert overdue(due)["accounts_staffsession"] == 1
    purged(due)
    assert overdue(due)["accounts_staffsession"] == 0


def test_closing_notes_when_and_opening_again_forgets_it(
    officer: Colleague, administrator: Colleague
) -> None:
    now = timezone.now()
    ref = f"staff:{officer.staff.pk}"
    lock_staff(ref=ref, by=administrator.viewer, at=now)
    assert Staff.objects.get(pk=officer.staff.pk).closed_at == now
    unlock_staff(ref=ref, by=administrator.viewer, at=now)
    assert Staff.objects.get(pk=officer.staff.pk).closed_at is None
