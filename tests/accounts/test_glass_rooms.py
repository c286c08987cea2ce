"""Through broken glass other rooms are read, not acted upon, and every read is recorded."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests.directives.letters import brought
from tests.factories.figures import recorded
from tests.factories.people import QUY_NHON, Colleague
from tests.reports.documents import issued
from vungxanh.accounts import actions
from vungxanh.accounts.values.glass import Breaking
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.directives.actions import candidates
from vungxanh.locations.values import UnitId

pytestmark = [pytest.mark.usefixtures("places", "province_officer"), pytest.mark.slow]
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
REASON = "Ca bệnh ở Quy Nhơn đã đến chợ An Nhơn, cần xem văn bản ngay"


@pytest.fixture(autouse=True)
def purposes(db: None) -> Iterator[None]:
    """The list of purposes that the package brings, on a day on which they hold."""
    with frozen_at(NOON):
        actions.load_purposes(by=SYSTEM, at=NOON)
        yield


@pytest.fixture
def letter(officer: Colleague) -> str:
    """The address of a letter of Quy Nhơn."""
    return f"/van-ban/{brought(officer.viewer).id}/"


@pytest.fixture
def glass(other_officer: Colleague, letter: str) -> str:
    """The officer of An Nhơn breaks the glass of Quy Nhơn."""
    return break_it(other_officer)


def break_it(officer: Colleague) -> str:
    """The officer opens Quy Nhơn for a quarter of an hour."""
    breaking = Breaking(QUY_NHON, REASON, "tracing", 15)
    return str(actions.break_glass(breaking=breaking, by=officer.viewer, at=NOON))


def seen() -> list[tuple[str, object]]:
    """What was recorded as read through glass: subject and opening."""
    found = AuditEvent.objects.filter(event="accounts.glass_seen").order_by("sequence")
    return [(event.subject, event.detail["glass"]) for event in found]


def test_without_breaking_a_letter_of_another_district_is_not_there(
    other_officer: Colleague, letter: str
) -> None:
    assert other_officer.client.get(letter).status_code == 404


def test_a_letter_is_read_through_glass_and_recorded(
    other_officer: Colleague, letter: str, glass: str
) -> None:
    assert other_officer.client.get(letter).status_code == 200
    assert seen() == [(f"letter:{letter.split('/')[2]}", glass)]


def test_an_expired_opening_shows_nothing(
    other_officer: Colleague, letter: str, glass: str
) -> None:
    with frozen_at(NOON + timedelta(minutes=15)):
        assert other_officer.client.get(letter).status_code == 404


def test_nothing_is_done_through_glass(other_officer: Colleague, letter: str, glass: str) -> None:
    assert other_officer.client.post(f"{letter}bo/").status_code in {403, 404}


def test_somebody_elses_opening_opens_nothing(
    other_officer: Colleague, letter: str, glass: str, auditor: Colleague
) -> None:
    assert auditor.client.get(letter).status_code in {403, 404}


def addresses(officer: Colleague) -> dict[str, str]:
    """Pages and calls that read of Quy Nhơn what only its officers may, each with its subject."""
    day = date(2021, 5, 26)
    table = recorded(
        [(UnitId(QUY_NHON), "scans", 10, day)], scope=UnitId(QUY_NHON), published=False
    )
    letter, report = brought(officer.viewer), issued(unit_id=QUY_NHON)
    kept = candidates.keep_candidate(letter_id=letter.id, by=officer.viewer, at=NOON)
    unit, own, paper = f"/dia-ban/{QUY_NHON}/", f"figures:{QUY_NHON}", f"/bao-cao/{report.id}/"
    lone = f"report:{report.id}"
    return {
        unit: own,
        f"{unit}so-sanh/?so=2021-05-26": own,
        f"{unit}nguon/scans/": own,
        f"{unit}bang.csv": own,
        f"{unit}bang/": own,
        f"{unit}sai-lech/": own,
        f"{unit}dan-so/": own,
        f"/api/v1/uptake/table?unit={QUY_NHON}": own,
        f"/so-lieu/{table.id}/": f"submission:{table.id}",
        "/van-ban/": "letters",
        f"/van-ban/{letter.id}/": f"letter:{letter.id}",
        f"/van-ban/{letter.id}/goc/": f"letter:{letter.id}",
        f"/van-ban/{letter.id}/lan-sua/": f"letter:{letter.id}",
        "/van-ban/mau/": "candidates",
        f"/van-ban/mau/{kept.id}/expected.json": f"candidate:{kept.id}",
        "/bao-cao/": "reports",
        paper: lone,
        f"{paper}pdf/": lone,
    }


def test_each_page_and_call_that_reads_through_glass_is_recorded_once(
    officer: Colleague, other_officer: Colleague
) -> None:
    wanted = addresses(officer)
    break_it(other_officer)
    for address in wanted:
        assert (address, other_officer.client.get(address).status_code) == (address, 200)
    assert [subject for subject, _ in seen()] == list(wanted.values())


REFUSE = """
CREATE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$;
CREATE TRIGGER refuse_it BEFORE INSERT ON audit_auditevent
    FOR EACH ROW WHEN (NEW.event = 'accounts.glass_seen') EXECUTE FUNCTION refuse_it();
"""


def test_what_cannot_be_recorded_is_not_shown(
    other_officer: Colleague, letter: str, glass: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    other_officer.client.raise_request_exception = False
    reply = other_officer.client.get(letter)
    assert reply.status_code == 500
    assert "báo cáo tiêm chủng" not in reply.content.decode()


def test_the_own_area_is_not_recorded(other_officer: Colleague, glass: str) -> None:
    other_officer.client.get("/dia-ban/vn-2021:549/", follow=True)
    assert seen() == []


def test_every_page_shows_what_is_open_and_a_way_to_close_it(
    other_officer: Colleague, glass: str
) -> None:
    page = other_officer.client.get("/mo-khan-cap/").content.decode()
    assert "Đang mở khẩn cấp: Thành phố Quy Nhơn (đến 30/6/2025)" in page
    assert 'action="/mo-khan-cap/dong/"' in page
    other_officer.client.post("/mo-khan-cap/dong/")
    assert "vx-glass" not in other_officer.client.get("/bat-dau/").content.decode()
