"""Own counts at midnight: closed into facts once, whole or not at all, and of their true moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.forms.models import model_to_dict

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Colleague, Person
from tests.factories.register import AT, NHON_BINH, TRAN_PHU, a_citizen
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.checks import Finding
from vungxanh.locations.values import UnitId
from vungxanh.people.actions.counting import move
from vungxanh.people.values.counts import Element
from vungxanh.refusals import Words
from vungxanh.uptake import jobs, queries
from vungxanh.uptake.actions import (
    publish_submission,
    record_submission,
    recording,
    save_draft,
)
from vungxanh.uptake.actions.closing import close_day, close_missed_day
from vungxanh.uptake.actions.own_counts import OwnTable, close_own_counts, draft_of
from vungxanh.uptake.actions.refusals import UptakeError
from vungxanh.uptake.models import Fact, FindingRecord, Source, Submission
from vungxanh.uptake.sources import INSTALLS, WITH_PHONE

pytestmark = pytest.mark.usefixtures("places")

DAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, 17, tzinfo=UTC)
COUNTRY = "vn-2021:vn"


def closed(day: date = DAY, *, late: timedelta = timedelta(seconds=2)) -> int:
    at = clock.day_end(day) + timedelta(seconds=1) + late
    return close_day(day=day, by=SYSTEM, at=at)


def counts(element: str = WITH_PHONE) -> dict[str, int]:
    return dict(Fact.objects.filter(element=element).values_list("unit_id", "value"))


def test_counts_of_the_day_become_facts_of_each_unit_as_of_its_end() -> None:
    a_citizen()
    a_citizen(number="+84912000002", unit=NHON_BINH)
    assert closed() == 2
    assert counts() == {TRAN_PHU: 1, NHON_BINH: 1, QUY_NHON: 2, BINH_DINH: 2, COUNTRY: 2}
    assert set(Fact.objects.values_list("as_of", flat=True)) == {clock.day_end(DAY)}


def test_their_lineage_says_that_they_are_our_own_and_stand_beside(officer: Colleague) -> None:
    reported = recorded([(TRAN_PHU, WITH_PHONE, 77, DAY)], source="Nhà mạng mẫu")
    a_citizen()
    closed()
    address = f"/dia-ban/{TRAN_PHU}/nguon/{WITH_PHONE}/?den={DAY}"
    page = officer.client.get(address).content.decode()
    assert "Hệ thống Vùng Xanh tự đếm" in page
    assert "tự đếm, để bên cạnh" in page
    (used,) = queries.latest_facts([TRAN_PHU], queries.moment_of(None, None), unpublished=True)
    assert used.submission_id == str(reported.id)


def test_their_table_is_never_published_since_it_holds_small_counts(
    administrator: Colleague,
) -> None:
    a_citizen()
    closed()
    table = Submission.objects.order_by("id").first()
    assert table is not None
    with pytest.raises(UptakeError, match="own_counts_stay"):
        publish_submission(submission_id=table.id, by=SYSTEM, at=clock.now())
    page = administrator.client.get(f"/so-lieu/{table.id}/").content.decode()
    assert f"/so-lieu/{table.id}/cong-bo/" not in page


def test_days_of_own_counts_alone_are_no_days_of_the_page(officer: Colleague) -> None:
    recorded([(TRAN_PHU, WITH_PHONE, 77, date(2026, 2, 1))])
    a_citizen()
    closed()
    page = officer.client.get(f"/dia-ban/{TRAN_PHU}/").content.decode()
    assert "01/02/2026" in page
    assert "02/03/2026" not in page


def test_strangers_see_no_own_count_of_a_day(outsider: Person) -> None:
    a_citizen()
    closed()
    page = outsider.client.get(f"/dia-ban/{TRAN_PHU}/nguon/{WITH_PHONE}/").content.decode()
    assert "tự đếm" not in page


def test_a_day_is_closed_once() -> None:
    a_citizen()
    assert (closed(), closed()) == (2, 0)
    move({(TRAN_PHU, Element.WITH_PHONE): 1})
    assert closed(late=timedelta(hours=3)) == 0
    assert Fact.objects.filter(revision__gt=1).count() == 0
    assert counts()[TRAN_PHU] == 1


def test_each_day_is_closed_by_itself() -> None:
    a_citizen()
    assert (closed(), closed(DAY + timedelta(days=1))) == (2, 2)


def test_a_late_run_counts_what_is_there_and_says_when() -> None:
    a_citizen()
    at = MIDNIGHT + timedelta(hours=6)
    close_day(day=DAY, by=SYSTEM, at=at)
    assert set(Fact.objects.values_list("as_of", flat=True)) == {at}
    assert closed() == 0


def test_a_run_that_dies_between_two_tables_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_citizen()

    def dies_at_the_second(submission: Submission, **said: Any) -> None:
        if submission.scope_id == COUNTRY:
            raise ConnectionError

    monkeypatch.setattr(recording, "_tell", dies_at_the_second)
    with pytest.raises(ConnectionError):
        closed()
    assert (Fact.objects.count(), Submission.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert closed() == 2


def test_nothing_is_closed_where_nobody_was_ever_counted() -> None:
    assert closed() == 0
    assert Submission.objects.count() == 0


def test_where_devices_are_no_longer_the_count_is_zero() -> None:
    move({(TRAN_PHU, Element.DEVICES): 3})
    closed()
    move({(TRAN_PHU, Element.DEVICES): -3})
    closed(DAY + timedelta(days=1))
    newest = Fact.objects.filter(unit_id=TRAN_PHU, element=INSTALLS).order_by("-as_of")
    assert [one.value for one in newest] == [0, 3]


def test_phones_without_a_commune_are_closed_for_the_country_alone() -> None:
    move({("", Element.DEVICES): 4})
    assert closed() == 1
    assert counts(INSTALLS) == {COUNTRY: 4}


@pytest.mark.usefixtures("places_of_both_eras")
def test_both_eras_are_closed_and_a_parted_commune_in_neither_part() -> None:
    move({(TRAN_PHU, Element.WITH_PHONE): 2})
    closed()
    found = counts()
    assert found["vn-2025:21583"] == found["vn-2025:52"] == found["vn-2025:vn"] == 2


def test_the_job_closes_the_day_that_ended_in_vietnam() -> None:
    a_citizen()
    with frozen_at(MIDNIGHT + timedelta(seconds=3)):
        assert jobs.close_own_day(int(MIDNIGHT.timestamp())) == 2
    assert set(Fact.objects.values_list("as_of", flat=True)) == {clock.day_end(DAY)}


def test_a_missed_midnight_is_closed_later_once_days_are_closed() -> None:
    a_citizen()
    at = MIDNIGHT + timedelta(days=1, hours=5)
    assert close_missed_day(day=DAY + timedelta(days=1), by=SYSTEM, at=at) == 0
    closed()
    assert close_missed_day(day=DAY + timedelta(days=1), by=SYSTEM, at=at) == 2
    assert close_missed_day(day=DAY + timedelta(days=1), by=SYSTEM, at=at) == 0


def test_the_hourly_look_closes_what_midnight_missed() -> None:
    a_citizen(AT)
    closed()
    with frozen_at(MIDNIGHT + timedelta(days=1, hours=5)):
        assert jobs.tell_jumps(0) == 0
    assert Fact.objects.filter(unit_id=TRAN_PHU).count() == 2


def kept() -> dict[str, list[dict[str, Any]]]:
    """All that a closing keeps, but what the database numbers and the names of rows."""
    tables = list(Submission.objects.order_by("scope_id"))
    scopes = {f"submission:{one.id}": one.scope_id for one in tables}
    events = AuditEvent.objects.filter(event__startswith="uptake.").order_by("sequence")
    return {
        "tables": [stripped(model_to_dict(one)) for one in tables],
        "sources": [stripped({**one}) for one in Source.objects.values()],
        "facts": [
            stripped(one)
            for one in Fact.objects.order_by("unit_id", "element", "revision").values(
                *("unit_id", "element", "as_of", "received_at", "revision", "value"),
                "submission__scope_id",
            )
        ],
        "findings": [
            stripped(one) | {"scope": found.submission.scope_id}
            for found in FindingRecord.objects.order_by("about_unit")
            for one in [model_to_dict(found)]
        ],
        "events": [
            {"event": one.event, "by": one.by, "at": one.at, "detail": one.detail}
            | {"scope": scopes[one.subject]}
            for one in events
        ],
    }


def stripped(row: dict[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in row.items() if name not in {"id", "submission", "source"}}


def own_tables() -> list[OwnTable]:
    leap = Finding(
        code="counter.jump",
        severity="warning",
        where="Phường Mẫu",
        unit=TRAN_PHU,
        element=WITH_PHONE,
        message=Words("Có thêm 40 số điện thoại.", "40 more numbers."),
        found="40",
        expected="30",
        rule="jump",
    )
    counts: dict[tuple[str, str], int] = {
        (BINH_DINH, WITH_PHONE): 9,
        (QUY_NHON, WITH_PHONE): 7,
        (BINH_DINH, INSTALLS): 0,
    }
    return [
        OwnTable(UnitId(BINH_DINH), counts, content={"day": str(DAY)}),
        OwnTable(UnitId(TRAN_PHU), {(TRAN_PHU, WITH_PHONE): 40}, {"jump_on": str(DAY)}, (leap,)),
        OwnTable(UnitId(COUNTRY), {(COUNTRY, WITH_PHONE): 9}, content={"day": str(DAY)}),
    ]


def test_tables_recorded_at_once_are_those_recorded_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recording, "AT_ONCE", 2)
    with transaction.atomic():
        close_own_counts(tables=own_tables(), as_of=MIDNIGHT, by=SYSTEM, at=MIDNIGHT)
        at_once = kept()
        transaction.set_rollback(True)
    for table in own_tables():
        one = save_draft(draft=draft_of(table, MIDNIGHT), by=SYSTEM, at=MIDNIGHT)
        record_submission(submission_id=one.id, by=SYSTEM, at=MIDNIGHT)
    assert at_once == kept()
    assert {name: len(rows) for name, rows in at_once.items()} == {
        "tables": 3,
        "sources": 1,
        "facts": 5,
        "findings": 1,
        "events": 6,
    }


def test_recorded_at_once_a_count_of_the_same_moment_is_the_next_revision() -> None:
    for _ in range(2):
        close_own_counts(tables=own_tables(), as_of=MIDNIGHT, by=SYSTEM, at=MIDNIGHT)
    revisions = Fact.objects.filter(unit_id=TRAN_PHU).values_list("revision", flat=True)
    assert sorted(revisions) == [1, 2]


def test_recorded_at_once_a_table_with_an_error_keeps_all_others_out() -> None:
    first, leapt, _ = own_tables()
    wrong = replace(leapt, findings=(replace(leapt.findings[0], severity="error"),))
    with pytest.raises(UptakeError, match="has_errors"):
        close_own_counts(tables=[first, wrong], as_of=MIDNIGHT, by=SYSTEM, at=MIDNIGHT)
    assert (Submission.objects.count(), Fact.objects.count()) == (0, 0)


def test_recorded_at_once_a_table_of_another_area_is_refused(officer: Colleague) -> None:
    with pytest.raises(UptakeError, match="outside_area"):
        close_own_counts(tables=own_tables(), as_of=MIDNIGHT, by=officer.viewer, at=MIDNIGHT)
    assert Submission.objects.count() == 0
