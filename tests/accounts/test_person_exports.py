"""Exports of persons: the own open list, for a purpose, named on every page, gone in a day."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pypdfium2
import pytest
from django.db import transaction
from openpyxl import load_workbook

from tests.factories.people import AN_NHON, PROVINCE, Colleague, Person, employed
from tests.factories.resource import NAME, People, registered
from vungxanh.accounts import actions
from vungxanh.accounts.models import PersonExport
from vungxanh.accounts.queries import exports as queries
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values.exports import ExportAsked, ExportForm, ExportState
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.locations.values import Level, registry

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
A_DAY = timedelta(hours=24)
XLSX, PDF = ExportForm.XLSX, ExportForm.PDF


@pytest.fixture(autouse=True)
def people(db: None) -> Iterator[People]:
    """The registered list of tests, and the list of purposes."""
    with frozen_at(NOON), registered(People()) as listed:
        actions.load_purposes(by=SYSTEM, at=NOON)
        yield listed


@pytest.fixture
def second(db: None) -> Colleague:
    """Another officer of Quy Nhơn."""
    return employed("second", Role("district_officer"), "vn-2021:540")


def ask(
    by: Person,
    list_id: str,
    *,
    form: ExportForm = XLSX,
    purpose: str = "tracing",
    at: datetime = NOON,
) -> UUID:
    """Ask for an export."""
    asked = ExportAsked(NAME, list_id, purpose, form)
    return actions.ask_export(asked=asked, language="vi", by=by.viewer, at=at)


def open_it(export_id: UUID, by: Person, at: datetime = NOON) -> bytes:
    """The file of an export."""
    return actions.open_export(export_id=export_id, by=by.viewer, at=at).content


def decide(export_id: UUID, by: Person, *, approve: bool = True, at: datetime = NOON) -> None:
    """Decide as the second officer."""
    actions.decide_export(export_id=export_id, approve=approve, by=by.viewer, at=at)


def events(name: str) -> list[AuditEvent]:
    """Recorded events of one kind, in order."""
    return list(AuditEvent.objects.filter(event=f"accounts.{name}").order_by("sequence"))


def test_the_own_list_becomes_a_sheet_with_name_time_and_number(
    officer: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 3))
    sheet = load_workbook(io.BytesIO(open_it(export_id, officer))).worksheets[0]
    number = f"XDS-{PersonExport.objects.get().number:06d}"
    line = f"{officer.staff.name} · 12:00 22/11/2026 · {number}"
    assert sheet.oddFooter.center.text == line
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(line in text for text in texts)
    assert any("Truy vết và báo cho người tiếp xúc" in text for text in texts)
    assert "Người mẫu 3" in texts
    assert people.purposes == ["tracing"]


@pytest.mark.parametrize("first", ["=1+1", "+84 900", "@SUM(A1)", "-1", "\t=1", "＝1"])
def test_no_cell_is_a_formula(officer: Colleague, people: People, first: str) -> None:
    people.first_cell = first
    export_id = ask(officer, people.open_list("l1", officer.viewer, 1))
    sheet = load_workbook(io.BytesIO(open_it(export_id, officer))).worksheets[0]
    risky = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert risky == []


@pytest.mark.slow
def test_every_page_of_the_pdf_names_officer_time_and_number(
    officer: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 120), form=PDF)
    pages = pypdfium2.PdfDocument(open_it(export_id, officer))
    line = f"{officer.staff.name} · 12:00 22/11/2026 · XDS-"
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert len(texts) > 2
    assert [text for text in texts if line not in text] == []


def test_an_export_is_recorded_with_its_rows_and_purpose(
    officer: Colleague, people: People
) -> None:
    ask(officer, people.open_list("l1", officer.viewer, 3))
    (event,) = events("persons_exported")
    assert (event.by, event.purpose) == (officer.viewer.id, "tracing")
    assert event.detail == {"rows": 3, "resource": NAME, "form": "xlsx"}


def test_the_file_lies_sealed(officer: Colleague, people: People) -> None:
    ask(officer, people.open_list("l1", officer.viewer, 3))
    assert StoredFile.objects.get().is_sealed


def test_each_download_is_recorded(officer: Colleague, people: People) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 3))
    open_it(export_id, officer)
    open_it(export_id, officer)
    assert [event.purpose for event in events("export_downloaded")] == ["tracing", "tracing"]
    assert PersonExport.objects.get().n_downloads == 2


def test_it_opens_for_a_day_and_then_is_gone(officer: Colleague, people: People) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 3))
    assert open_it(export_id, officer, NOON + A_DAY - timedelta(seconds=1))
    with pytest.raises(actions.ExportClosedError):
        open_it(export_id, officer, NOON + A_DAY)
    assert actions.forget_exports(at=NOON + A_DAY) == 1
    assert not StoredFile.objects.exists()
    assert PersonExport.objects.get().state == ExportState.GONE
    assert len(events("exports_forgotten")) == 1


def test_a_file_within_its_day_is_kept(officer: Colleague, people: People) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 3))
    assert actions.forget_exports(at=NOON + timedelta(hours=23)) == 0
    assert open_it(export_id, officer)


@pytest.mark.parametrize("list_id", ["theirs", "nothing"])
def test_somebody_elses_list_is_not_there(
    officer: Colleague, second: Colleague, people: People, list_id: str
) -> None:
    people.open_list("theirs", second.viewer, 3)
    with pytest.raises(MissingError):
        ask(officer, list_id)
    assert not PersonExport.objects.exists()


def test_people_of_another_area_are_not_there(officer: Colleague, people: People) -> None:
    people.unit = "vn-2021:549"
    with pytest.raises(MissingError):
        ask(officer, people.open_list("l1", officer.viewer, 3))


def test_a_list_of_all_communes_of_a_province_is_exported(people: People) -> None:
    chief = employed("chief", Role("province_officer"), PROVINCE)
    below = [one for one in registry().units("vn-2021") if PROVINCE in one.chain]
    communes = [one.id for one in below if one.level is Level.COMMUNE]
    people.unit = ",".join(communes)
    export_id = ask(chief, people.open_list("l1", chief.viewer, 3))
    assert len(communes) > 100
    assert open_it(export_id, chief)


def test_who_works_elsewhere_by_now_opens_and_makes_no_file(
    officer: Colleague, second: Colleague, people: People
) -> None:
    ready = ask(officer, people.open_list("l1", officer.viewer, 3))
    approved = ask(officer, people.open_list("l2", officer.viewer, 201))
    decide(approved, second)
    moved = replace(officer, viewer=replace(officer.viewer, units=frozenset({AN_NHON})))
    with pytest.raises(MissingError):
        open_it(ready, moved)
    with pytest.raises(MissingError):
        actions.make_export(export_id=approved, by=moved.viewer, at=NOON)
    assert not events("export_downloaded")


def test_a_list_that_nobody_registered_is_not_there(officer: Colleague) -> None:
    asked = ExportAsked("nothing", "l1", "tracing", XLSX)
    with pytest.raises(MissingError):
        actions.ask_export(asked=asked, language="vi", by=officer.viewer, at=NOON)


@pytest.mark.parametrize("purpose", ["", "duty", "police"])
def test_without_a_purpose_in_force_nothing_is_exported(
    officer: Colleague, people: People, purpose: str
) -> None:
    with pytest.raises(actions.PurposeNeededError):
        ask(officer, people.open_list("l1", officer.viewer, 3), purpose=purpose)


def test_without_the_right_nothing_is_exported(auditor: Colleague, people: People) -> None:
    with pytest.raises(ForbiddenError):
        ask(auditor, people.open_list("l1", auditor.viewer, 3))


def test_nobody_opens_somebody_elses_export(
    officer: Colleague, second: Colleague, other_officer: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 3))
    for somebody in (second, other_officer):
        with pytest.raises(MissingError):
            open_it(export_id, somebody)
    assert not events("export_downloaded")


class KilledError(Exception):
    """What ends a transaction half-way."""


def ask_and_die(by: Person, list_id: str) -> None:
    """Ask for an export in a transaction that does not come to its end."""
    with transaction.atomic():
        ask(by, list_id)
        raise KilledError


def test_a_killed_transaction_exports_nothing(officer: Colleague, people: People) -> None:
    people.open_list("l1", officer.viewer, 3)
    with pytest.raises(KilledError):
        ask_and_die(officer, "l1")
    assert not PersonExport.objects.exists()
    assert not StoredFile.objects.exists()
    assert not events("persons_exported")


def states() -> list[str]:
    """Where exports stand, in the order in which they were asked for."""
    return list(PersonExport.objects.order_by("number").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("earlier", "n_rows"), [((), 201), ((200,), 1), ((100, 60), 41)], ids=["one", "two", "three"]
)
def test_more_than_two_hundred_of_a_day_wait_however_they_are_parted(
    officer: Colleague, people: People, earlier: tuple[int, ...], n_rows: int
) -> None:
    for n in earlier:
        ask(officer, people.open_list(f"l{n}", officer.viewer, n))
    waiting = ask(officer, people.open_list("l0", officer.viewer, n_rows))
    assert len(events("persons_exported")) == len(earlier)
    assert len(events("export_asked")) == 1
    with pytest.raises(actions.ExportClosedError):
        open_it(waiting, officer)


def test_what_another_took_a_second_approved_or_a_day_passed_over_is_not_counted(
    officer: Colleague, second: Colleague, people: People
) -> None:
    ask(officer, people.open_list("l1", officer.viewer, 200), at=NOON - A_DAY)
    ask(second, people.open_list("l2", second.viewer, 200))
    approved = ask(officer, people.open_list("l3", officer.viewer, 201))
    decide(approved, second)
    actions.make_export(export_id=approved, by=officer.viewer, at=NOON)
    ask(officer, people.open_list("l4", officer.viewer, 200))
    assert states() == [ExportState.READY] * 4


def test_a_file_that_was_forgotten_still_counts(officer: Colleague, people: People) -> None:
    ask(officer, people.open_list("l1", officer.viewer, 200), at=NOON - A_DAY)
    late = NOON - timedelta(seconds=1)
    actions.forget_exports(at=NOON)
    ask(officer, people.open_list("l2", officer.viewer, 1), at=late)
    assert states() == [ExportState.GONE, ExportState.WAITING]


def test_a_second_officer_approves_and_the_first_makes_the_file(
    officer: Colleague, second: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 201))
    assert [line.id for line in queries.to_approve(second.viewer, NOON)] == [export_id]
    decide(export_id, second)
    actions.make_export(export_id=export_id, by=officer.viewer, at=NOON)
    assert open_it(export_id, officer)
    (approved,), (made,) = events("export_approved"), events("persons_exported")
    assert (approved.by, made.by) == (second.viewer.id, officer.viewer.id)
    assert made.detail["rows"] == 201


def test_never_the_requester_and_never_another_area(
    officer: Colleague, other_officer: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 201))
    for somebody in (officer, other_officer):
        assert queries.to_approve(somebody.viewer, NOON).rows == ()
        with pytest.raises(MissingError):
            decide(export_id, somebody)


def test_who_may_not_approve_is_refused(officer: Colleague, people: People) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 201))
    with pytest.raises(ForbiddenError):
        decide(export_id, employed("commune", Role("commune_officer"), "vn-2021:21586"))


def test_a_refused_export_is_never_made(
    officer: Colleague, second: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 201))
    decide(export_id, second, approve=False)
    with pytest.raises(actions.ExportClosedError):
        actions.make_export(export_id=export_id, by=officer.viewer, at=NOON)
    assert len(events("export_refused")) == 1


def test_an_unused_request_or_approval_is_void_after_a_day(
    officer: Colleague, second: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 201))
    waiting = ask(officer, people.open_list("l2", officer.viewer, 201))
    decide(export_id, second)
    with pytest.raises(actions.ExportClosedError):
        actions.make_export(export_id=export_id, by=officer.viewer, at=NOON + A_DAY)
    with pytest.raises(MissingError):
        decide(waiting, second, at=NOON + A_DAY)
    actions.forget_exports(at=NOON + A_DAY)
    assert set(PersonExport.objects.values_list("state", flat=True)) == {ExportState.GONE}


def test_a_list_that_grew_after_its_approval_is_asked_for_again(
    officer: Colleague, second: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 201))
    decide(export_id, second)
    people.open_list("l1", officer.viewer, 202)
    with pytest.raises(actions.ExportGrownError):
        actions.make_export(export_id=export_id, by=officer.viewer, at=NOON)


def test_a_whole_register_is_no_list(officer: Colleague, people: People) -> None:
    with pytest.raises(actions.ExportTooLongError):
        ask(officer, people.open_list("l1", officer.viewer, 5001))


def test_the_page_exports_shows_and_hands_out(officer: Colleague, people: People) -> None:
    people.open_list("l1", officer.viewer, 3)
    said = {"resource": NAME, "list_id": "l1", "purpose": "tracing", "form": "xlsx"}
    with frozen_at(NOON):
        assert officer.client.post("/xuat-danh-sach/", said).status_code == 302
        export = PersonExport.objects.get()
        shown = officer.client.get("/xuat-danh-sach/").content.decode()
        reply = officer.client.get(f"/xuat-danh-sach/{export.id}/tep/")
    assert f"XDS-{export.number:06d}" in shown
    assert "24 giờ qua bạn đã tự xuất: 3." in shown
    assert reply.content[:2] == b"PK"
    assert "attachment" in reply["Content-Disposition"]
    assert "no-store" in reply["Cache-Control"]


def test_the_page_says_that_a_list_is_not_there(officer: Colleague, people: People) -> None:
    said = {"resource": NAME, "list_id": "l9", "purpose": "tracing", "form": "xlsx"}
    with frozen_at(NOON):
        reply = officer.client.post("/xuat-danh-sach/", said)
    assert reply.status_code == 422
    assert "Không có danh sách đang mở nào" in reply.content.decode()


def test_the_second_officers_page_approves(
    officer: Colleague, second: Colleague, other_officer: Colleague, people: People
) -> None:
    with frozen_at(NOON):
        export_id = ask(officer, people.open_list("l1", officer.viewer, 201))
        assert "XDS-" in second.client.get("/xuat-danh-sach/duyet/").content.decode()
        empty = other_officer.client.get("/xuat-danh-sach/duyet/").content.decode()
        address = f"/xuat-danh-sach/{export_id}/duyet/"
        assert other_officer.client.post(address, {"act": "approve"}).status_code == 404
        assert second.client.post(address, {"act": "approve"}).status_code == 302
        assert officer.client.post(f"/xuat-danh-sach/{export_id}/lap/").status_code == 302
        assert officer.client.get(f"/xuat-danh-sach/{export_id}/tep/").status_code == 200
    assert "Không có gì chờ duyệt" in empty


def test_a_gone_file_answers_that_it_is_gone(officer: Colleague, people: People) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 3), at=NOON - A_DAY)
    assert officer.client.get(f"/xuat-danh-sach/{export_id}/tep/").status_code == 410


def test_another_officer_gets_no_file(
    officer: Colleague, second: Colleague, people: People
) -> None:
    export_id = ask(officer, people.open_list("l1", officer.viewer, 3))
    with frozen_at(NOON):
        assert second.client.get(f"/xuat-danh-sach/{export_id}/tep/").status_code == 404
