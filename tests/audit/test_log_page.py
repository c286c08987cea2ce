"""The log's page: for auditors and administrators, filtered, in pages that do not waver."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import connection, transaction
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import Person
from vungxanh.accounts.actions import load_purposes
from vungxanh.accounts.queries.purposes import purposes
from vungxanh.audit import actions
from vungxanh.audit.models import AuditEvent
from vungxanh.audit.pages import KEYS, Speech, told
from vungxanh.audit.queries import Filter, detail_words, events, sign_ins_of
from vungxanh.audit.rules import read_seal
from vungxanh.audit.values import PURPOSES, Detail
from vungxanh.core.viewer import SYSTEM, ForbiddenError

PAGE = "/nhat-ky/"
EVENTS = Path(__file__).resolve().parents[2] / "docs" / "audit-events.md"
THING = "organisation:01a20639-f109-78b1-924c-0329a10a0973"
NOON = datetime(2021, 5, 26, 5, 0, tzinfo=UTC)


def listed_details() -> set[str]:
    """The keys of details in the list of events: what stands in its last column before a colon."""
    rows = [
        line.split("|")[4] for line in EVENTS.read_text("utf-8").splitlines() if line[:3] == "| `"
    ]
    parts = [part for row in rows for part in row.split(";")]
    return {key for part in parts for key in re.findall(r"`([a-z_]+)`", part.split(":")[0])}


def write(n: int, subject: str = "unit:vn-2021:540") -> None:
    with transaction.atomic():
        for hour in range(n):
            at = NOON + timedelta(hours=hour)
            actions.record(event="uptake.facts_recorded", by=SYSTEM, at=at, subject=subject)


def test_auditor_reads_the_log(auditor: Person) -> None:
    write(1)
    page = auditor.client.get(PAGE).content.decode()
    assert "uptake.facts_recorded" in page
    assert "Ghi số liệu" in page


def test_reading_the_log_is_recorded(auditor: Person) -> None:
    auditor.client.get(f"{PAGE}?subject=unit:vn-2021:540")
    seen = AuditEvent.objects.get(event="audit.seen")
    assert (seen.by, seen.subject) == (auditor.viewer.id, "unit:vn-2021:540")


def test_officer_is_told_what_is_missing_and_not_a_number(officer: Person) -> None:
    reply = officer.client.get(PAGE)
    page = reply.content.decode()
    assert reply.status_code == 403
    assert "Bạn xem được địa bàn của mình" in page
    assert not re.search(r"\b403\b", page)


def test_outsider_is_led_to_sign_in(outsider: Person) -> None:
    assert outsider.client.get(PAGE).status_code == 302


def test_query_itself_refuses_whoever_may_not_read(officer: Person) -> None:
    with pytest.raises(ForbiddenError):
        events(Filter(), viewer=officer.viewer)
    with pytest.raises(ForbiddenError):
        sign_ins_of("staff:somebody-else", viewer=officer.viewer)


def test_filters_by_event_person_subject_and_day(auditor: Person) -> None:
    write(2)
    write(1, subject="unit:vn-2021:549")
    with transaction.atomic():
        actions.record(
            event="audit.seen", by=auditor.viewer, at=NOON + timedelta(days=1), subject="audit"
        )

    def found(wanted: Filter) -> int:
        return len(events(wanted, viewer=auditor.viewer).rows)

    assert found(Filter()) == 4
    assert found(Filter(event="audit.seen")) == 1
    assert found(Filter(by=auditor.viewer.id)) == 1
    assert found(Filter(subject="unit:vn-2021:549")) == 1
    assert found(Filter(since=date(2021, 5, 27))) == 1
    assert found(Filter(until=date(2021, 5, 26))) == 3


def test_day_ends_at_midnight_in_vietnam(auditor: Person) -> None:
    with transaction.atomic():
        for at in (datetime(2021, 5, 26, 16, 59, 59, tzinfo=UTC), NOON + timedelta(hours=12)):
            actions.record(event="audit.seen", by=SYSTEM, at=at, subject="audit")
    found = events(Filter(until=date(2021, 5, 26)), viewer=auditor.viewer)
    assert len(found.rows) == 1


def test_pages_of_fifty_show_each_event_once(auditor: Person) -> None:
    write(120)
    shown, before = [], None
    for _ in range(3):
        page = events(Filter(), viewer=auditor.viewer, before=before)
        shown += [entry.sequence for entry in page]
        before = page.next_before
    assert before is None
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) == len(shown) == 120


def test_link_to_the_next_page_keeps_the_filter(auditor: Person) -> None:
    write(60)
    page = auditor.client.get(f"{PAGE}?event=uptake.facts_recorded").content.decode()
    assert "by=&amp;" not in page
    assert "?event=uptake.facts_recorded&amp;before=" in page


@pytest.mark.parametrize(
    "nonsense", ["before=x", "before=-1", "before=9" * 30, "since=31/31", "event=x"]
)
def test_nonsense_in_the_address_is_no_error(nonsense: str, auditor: Person) -> None:
    assert auditor.client.get(f"{PAGE}?{nonsense}").status_code == 200


def test_page_takes_a_fixed_number_of_queries(
    auditor: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write(60)
    with django_assert_num_queries(12):
        auditor.client.get(PAGE)


def test_each_row_leads_to_its_person_officer_purpose_and_event(auditor: Person) -> None:
    write(1)
    page = auditor.client.get(PAGE).content.decode()
    for part in ("subject=unit", "by=system", "purpose=upkeep", "event=uptake.facts_recorded"):
        assert f'href="?{part}' in page


@pytest.mark.parametrize("by", ["staff:an", "staff:", "staff:01a2007a", "device:1", "x"])
def test_row_by_somebody_without_an_account_is_shown(by: str, auditor: Person) -> None:
    with transaction.atomic():
        doer = replace(SYSTEM, id=by)
        actions.record(event="uptake.facts_recorded", by=doer, at=NOON, subject="audit")
    page = auditor.client.get(f"{PAGE}?event=uptake.facts_recorded").content.decode()
    assert f'title="{by}"' in page
    assert "Thẻ cán bộ" not in page


def test_link_of_a_row_narrows_what_was_asked_for(auditor: Person) -> None:
    write(1)
    page = auditor.client.get(f"{PAGE}?by=system:worker&before=99999").content.decode()
    assert "?by=system%3Aworker&amp;purpose=upkeep" in page


def test_filter_by_purpose(auditor: Person) -> None:
    write(2)
    auditor.client.get(PAGE)
    found = events(Filter(purpose="upkeep"), viewer=auditor.viewer)
    assert {entry.purpose for entry in found} == {"upkeep"}
    assert len(found.rows) == 2


def test_events_are_counted_by_month_and_purpose(auditor: Person) -> None:
    write(3)
    page = auditor.client.get(f"{PAGE}?since=2021-05-01&until=2021-05-31").content.decode()
    assert "05/2021" in page
    assert re.search(r'<td>Vận hành</td><td class="[^"]*vx-num">3</td>', page)


@pytest.mark.parametrize(
    "asked",
    ["event=x", "since=31/31", "by=Trần", "since=2021-05-27&until=2021-05-26"],
)
def test_filter_that_is_not_clear_says_so_and_lists_nothing(asked: str, auditor: Person) -> None:
    write(1)
    page = auditor.client.get(f"{PAGE}?{asked}").content.decode()
    assert "Bộ lọc có chỗ chưa đúng" in page
    assert "Chưa tìm được" in page
    assert 'title="system:worker"' not in page


def test_purpose_of_looking_at_persons_is_shown_in_words(auditor: Person) -> None:
    load_purposes(by=SYSTEM, at=NOON)
    purpose = purposes()[0]
    with transaction.atomic():
        looking = replace(SYSTEM, purpose=purpose.code)
        actions.record(event="accounts.person_seen", by=looking, at=NOON, subject="person:1")
    page = auditor.client.get(f"{PAGE}?purpose={purpose.code}").content.decode()
    assert f'href="?purpose={purpose.code}">{escape(purpose.words.vi)}</a>' in page


@pytest.mark.parametrize("field", ["by", "subject", "purpose"])
def test_name_in_the_filter_is_refused_and_not_recorded(field: str, auditor: Person) -> None:
    reply = auditor.client.get(PAGE, {field: "Trần Văn An"})
    assert "không nhập tên" in reply.content.decode()
    assert not AuditEvent.objects.exists()


def test_page_warns_of_rows_without_a_seal(auditor: Person) -> None:
    write(1)
    assert 'role="alert"' not in auditor.client.get(PAGE).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_unsealedevent SET queued_at = now() - interval '9 s'")
    assert 'role="alert"' in auditor.client.get(PAGE).content.decode()


def test_page_shows_signed_days(auditor: Person) -> None:
    write(1)
    actions.seal_due(at=NOON)
    actions.sign_days(at=NOON + timedelta(days=1))
    assert "26/05/2021" in auditor.client.get(PAGE).content.decode()


def test_details_are_told_in_words() -> None:
    detail: Detail = {
        "told": 1200,
        "until": "2021-05-26T05:00:00+00:00",
        "ends": None,
        "own_key": "x-1",
    }
    assert told(detail, Speech("vi", {}, {})) == [
        ("own_key", "own_key", "x-1"),
        ("told", "số người được báo", "1.200"),
        ("until", "đến", "12:00 ngày 26/5/2021"),
    ]


@pytest.mark.parametrize(
    ("key", "codes", "words"),
    [
        ("kind", "accounts.recovery", "Mất bước hai"),
        ("kind", "accounts.staff_locked", "Khóa tài khoản"),
        ("kind", "api_key", "Khóa API"),
        ("kind", "clinic", "Phòng khám"),
        ("kind", "totp", "ứng dụng mã"),
        ("kind", "split", "Tách"),
        ("scope", "figures.submit", "Nộp số liệu từ máy của doanh nghiệp"),
        ("scope", "vn-2021:540", "vn-2021:540"),
        ("roles", "admin,auditor", "Quản trị hệ thống, Kiểm tra, giám sát"),
        ("why", "recovery", "gỡ bước hai"),
        ("with", "recovery", "mã dự phòng"),
        ("purpose", "duty", "Công vụ"),
    ],
)
def test_codes_of_rooms_are_told_in_words(key: str, codes: str, words: str) -> None:
    speech = Speech("vi", PURPOSES, detail_words())
    assert [value for _, _, value in told({key: codes}, speech)] == [words]


def test_a_row_of_the_page_says_what_its_codes_mean(auditor: Person) -> None:
    detail: Detail = {"kind": "api_key", "scope": "figures.submit"}
    with transaction.atomic():
        actions.record(
            event="accounts.key_made", by=SYSTEM, at=NOON, subject="device:1", detail=detail
        )
    page = auditor.client.get(f"{PAGE}?event=accounts.key_made").content.decode()
    assert "Nộp số liệu từ máy của doanh nghiệp" in page
    assert "figures.submit" not in page


def test_seal_of_a_day_can_be_printed_and_checked_without_us(auditor: Person) -> None:
    write(1)
    actions.seal_due(at=NOON)
    actions.sign_days(at=NOON + timedelta(days=1))
    assert 'href="/nhat-ky/ngay/2021-05-26/"' in auditor.client.get(PAGE).content.decode()
    text = auditor.client.get(f"{PAGE}ngay/2021-05-26/").content.decode().replace("<br>", "\n")
    shown = re.findall(r'<p class="vx-key">(.*?)</p>', text, re.DOTALL)
    kept = read_seal(shown[0])
    key = load_pem_public_key(shown[2].encode())
    assert isinstance(key, Ed25519PublicKey)
    first_lines = "".join(f"{line}\n" for line in shown[0].splitlines()[:7])
    key.verify(kept.signature, first_lines.encode())
    assert kept.signature.hex() in shown[3]
    assert AuditEvent.objects.filter(event="audit.seen", subject="day:2021-05-26").exists()


@pytest.mark.parametrize("day", ["2021-05-27", "x", "2021-13-01"])
def test_day_without_a_seal_is_not_there(day: str, auditor: Person) -> None:
    assert auditor.client.get(f"{PAGE}ngay/{day}/").status_code == 404


def told_of(**detail: str | int) -> dict[str, str]:
    """What the page says of a row's detail in Vietnamese."""
    speech = Speech("vi", PURPOSES, detail_words())
    return {words: value for _, words, value in told(detail, speech)}


@pytest.mark.parametrize("key", sorted(listed_details()))
def test_every_detail_that_an_event_tells_has_words(key: str) -> None:
    assert key in KEYS


def test_the_way_of_a_report_is_said_in_words() -> None:
    assert told_of(channel="telephone", revision=1) == {
        "nộp bằng": "Điện thoại",
        "lần nộp thứ": "1",
    }


def test_a_thing_in_a_detail_is_named_by_its_sort() -> None:
    assert told_of(scopes=THING) == {"phạm vi riêng": "tổ chức …0a0973"}


def test_the_log_names_what_an_event_is_about_and_links_by_the_whole_reference(
    auditor: Person,
) -> None:
    write(1, subject=THING)
    page = auditor.client.get(PAGE).content.decode()
    assert "tổ chức …0a0973</a>" in page
    assert f'title="{THING}"' in page
