"""Tables of points: every fault told, nothing half stored, undone as one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.opendocument import ods
from tests.factories.people import Colleague, employed
from tests.factories.points import a_point
from tests.factories.register import AT
from tests.factories.workbooks import workbook
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import Role
from vungxanh.checkins import jobs
from vungxanh.checkins.actions import issuing
from vungxanh.checkins.actions import point_imports as actions
from vungxanh.checkins.actions import point_undoing as undoing
from vungxanh.checkins.imports import point_reading
from vungxanh.checkins.imports import points as imports
from vungxanh.checkins.imports.points import Choice
from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode, PointImport
from vungxanh.checkins.values.import_refusals import NoSuchTableError
from vungxanh.checkins.values.kinds import Kind
from vungxanh.checkins.values.points import PointEntry
from vungxanh.checkins.values.refusals import PointError
from vungxanh.checkins.values.words import same_key
from vungxanh.core import files
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.documents.vietnamese import moment
from vungxanh.locations.values import UnitId

pytestmark = pytest.mark.usefixtures("places_of_both_eras")
PAGE = "/diem/bang/"
WHOLE = Choice()
HEAD = "Tên điểm\tLoại\tĐịa chỉ\tXã\tTỉnh\tĐiện thoại\tLối vào\tPhòng\tSức chứa\n"
SHOP = "Chợ mẫu\tChợ\t1 Lê Lợi\tPhường Quy Nhơn\tGia Lai\t0912000001\tCửa trước; Cửa sau\tKho\t50\n"
HALL = "Hội trường mẫu\tVăn phòng\t\tPhường Quy Nhơn\tGia Lai\t\t\t\t\n"
BAD = "Trường \u202emẫu\tkhông rõ\t\tXã Không Có\tGia Lai\t12\t\t\tnhiều\n"


@contextmanager
def beside() -> Iterator[CursorWrapper]:
    """A cursor of another connection, which commits at once."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()


def brought(text: str, who: Colleague) -> PointImport:
    return imports.bring_in(content=text.encode(), name="", by=who.viewer, at=AT)


def taken_in(text: str, who: Colleague, choice: Choice = WHOLE) -> PointImport:
    kept = brought(text, who)
    return imports.accept(import_id=kept.pk, choice=choice, by=who.viewer, at=AT)


def test_a_table_becomes_points_with_doors_rooms_and_signed_codes(officer: Colleague) -> None:
    assert taken_in(HEAD + SHOP + HALL, officer).state == "accepted"
    shop = Point.objects.get(name="Chợ mẫu")
    assert (shop.kind, shop.state, shop.capacity, shop.unit_id) == (
        *("market", "approved", 50),
        "vn-2025:21583",
    )
    assert [one.label for one in shop.entrances.order_by("number")] == [
        *("", "Cửa trước", "Cửa sau", "Kho"),
    ]
    assert PointCode.objects.filter(point=shop).count() == 4
    assert PointChange.objects.filter(action="registered").count() == 2


def test_nothing_counts_until_the_table_is_taken_in(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    assert (kept.state, kept.n_rows, kept.n_new) == ("draft", 1, 1)
    assert Point.objects.count() == 0


def test_every_fault_of_a_row_is_told_at_its_column(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP + BAD, officer)
    ((number, _, faults),) = json.loads(kept.plan)["faulty"]
    assert number == 3
    assert {field for field, _, _ in faults} == {
        *("name", "kind", "commune", "contact_phone", "capacity"),
    }


def test_a_table_with_faults_is_refused_whole_or_taken_without_them(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP + BAD, officer)
    with pytest.raises(PointError, match="import_has_errors"):
        imports.accept(import_id=kept.pk, choice=Choice(), by=officer.viewer, at=AT)
    assert Point.objects.count() == 0
    imports.accept(import_id=kept.pk, choice=Choice(skip_faulty=True), by=officer.viewer, at=AT)
    assert [one.name for one in Point.objects.all()] == ["Chợ mẫu"]


def test_rows_that_may_be_registered_wait_for_a_choice(officer: Colleague) -> None:
    there = a_point("Chợ mẫu")
    Point.objects.filter(pk=there.pk).update(same_key=same_key("Chợ mẫu"))
    kept = brought(HEAD + SHOP + HALL + HALL, officer)
    assert (kept.n_new, kept.n_suspected) == (1, 2)
    (first, second) = json.loads(kept.plan)["suspected"]
    assert first[2] == there.code
    assert second[3] == 3
    imports.accept(import_id=kept.pk, choice=Choice(), by=officer.viewer, at=AT)
    assert Point.objects.count() == 2


def test_suspected_rows_are_taken_in_by_choice(officer: Colleague) -> None:
    taken_in(HEAD + HALL + HALL, officer, Choice(keep_suspected=True))
    assert Point.objects.count() == 2


def test_writing_that_fails_in_the_middle_leaves_nothing(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = issuing.signed_codes

    def fails_at_the_second(**said: Any) -> list[PointCode]:
        if PointCode.objects.exists():
            raise RuntimeError
        return real(**said)

    monkeypatch.setattr(actions, "AT_ONCE", 1)
    monkeypatch.setattr(actions, "signed_codes", fails_at_the_second)
    kept = brought(HEAD + SHOP + HALL, officer)
    with pytest.raises(RuntimeError):
        imports.accept(import_id=kept.pk, choice=Choice(), by=officer.viewer, at=AT)
    counts = [model.objects.count() for model in (Point, Entrance, PointCode, PointChange)]
    assert counts == [0, 0, 0, 0]
    kept.refresh_from_db()
    assert kept.state == "writing"


def test_a_writer_that_died_is_followed_by_another_and_not_before(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    actions.claim(import_id=kept.pk, by=officer.viewer, at=AT)
    with pytest.raises(PointError, match="import_wrong_state"):
        actions.claim(import_id=kept.pk, by=officer.viewer, at=AT)
    later = AT + 2 * actions.SILENT
    assert actions.claim(import_id=kept.pk, by=officer.viewer, at=later).state == "writing"


def test_undo_closes_the_points_and_revokes_their_codes(officer: Colleague) -> None:
    kept = taken_in(HEAD + SHOP, officer)
    assert undoing.undo_table(import_id=kept.pk, by=officer.viewer, at=AT) == 1
    assert Point.objects.get().state == "closed"
    assert not PointCode.objects.filter(revoked_at=None).exists()


def test_a_table_is_not_undone_once_a_point_was_changed(officer: Colleague) -> None:
    kept = taken_in(HEAD + SHOP, officer)
    PointChange.objects.create(point=Point.objects.get(), action="changed", at=AT, by="staff:x")
    with pytest.raises(PointError, match="import_in_use"):
        undoing.undo_table(import_id=kept.pk, by=officer.viewer, at=AT)
    assert Point.objects.get().state == "approved"


def test_a_table_is_its_bringers_alone(officer: Colleague, province_officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    with pytest.raises(NoSuchTableError):
        imports.accept(import_id=kept.pk, choice=Choice(), by=province_officer.viewer, at=AT)
    assert province_officer.client.get(f"{PAGE}{kept.pk}/").status_code == 404


def test_a_schools_points_wait_for_approval(db: None) -> None:
    owner = "01890000-0000-7000-8000-000000000005"
    school = employed("school", Role("school"), "vn-2025:52", organisation=owner)
    assert not school.viewer.may("points.manage")
    kept = brought(HEAD + SHOP, school)
    assert kept.state == "draft"


def test_who_neither_manages_points_nor_acts_for_an_organisation_is_refused(
    auditor: Colleague,
) -> None:
    assert auditor.client.get(PAGE).status_code == 403


def test_a_table_without_heading_says_why(officer: Colleague) -> None:
    kept = brought("Một\tHai\n1\t2\n", officer)
    assert kept.state == "refused"
    assert "tiêu đề" in kept.refusal


def test_the_pages_lead_from_the_file_to_the_undo(officer: Colleague) -> None:
    answer = officer.client.post(PAGE, {"pasted": HEAD + SHOP + BAD})
    address = answer["Location"]
    page = officer.client.get(address).content.decode()
    assert "1 trong 2 dòng có lỗi" in page
    assert "Cột A" in page
    assert officer.client.get(f"{address}loi.csv").content.count(b"\n") > 4
    assert officer.client.post(f"{address}nhan/").status_code == 422
    officer.client.post(f"{address}nhan/", {"bo-loi": "1"})
    assert "Hoàn tác cả bảng" in officer.client.get(address).content.decode()
    officer.client.post(f"{address}hoan-tac/")
    assert Point.objects.get().state == "closed"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_is_read_back(officer: Colleague, form: str) -> None:
    content = officer.client.get(f"{PAGE}mau.{form}").content
    kept = imports.bring_in(content=content, name=f"mau.{form}", by=officer.viewer, at=AT)
    assert (kept.refusal, kept.n_new, kept.n_faulty) == ("", 1, 0)


def test_a_large_table_is_read_and_written_by_jobs(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LARGE", 10)
    kept = brought(HEAD + SHOP, officer)
    assert kept.state == "reading"
    with frozen_at(AT):
        assert "Đang đọc" in officer.client.get(f"{PAGE}{kept.pk}/").content.decode()
    assert "Máy dừng giữa chừng" in officer.client.get(f"{PAGE}{kept.pk}/").content.decode()
    imports.by_job(imports.read_kept, import_id=kept.pk, ref=officer.viewer.id)
    kept.refresh_from_db()
    assert (kept.state, kept.n_new) == ("draft", 1)


def test_a_job_carries_nobodys_rights_but_a_reference(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LARGE", 10)
    kept = brought(HEAD + SHOP, officer)
    job = ProcrastinateJob.objects.get(task_name="checkins.read_points")
    assert job.args == {"import_id": str(kept.pk), "by": officer.viewer.id}


@pytest.mark.parametrize(
    "taken_away", [{"is_active": False}, {"ends_at": AT}, {"roles": ["auditor"]}]
)
def test_rights_taken_away_before_the_job_runs_refuse_it(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch, taken_away: dict[str, object]
) -> None:
    monkeypatch.setattr(imports, "MANY", 0)
    kept = brought(HEAD + SHOP, officer)
    imports.accept(import_id=kept.pk, choice=WHOLE, by=officer.viewer, at=AT)
    Staff.objects.filter(pk=officer.staff.pk).update(**taken_away)
    with frozen_at(AT):
        jobs.write_points(str(kept.pk), officer.viewer.id, skip_faulty=False, keep_suspected=False)
    kept.refresh_from_db()
    assert (kept.state, Point.objects.count()) == ("refused", 0)
    assert "không còn quyền" in kept.refusal


def test_a_table_stays_taken_in_when_who_undoes_it_lost_the_right(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MANY_UNDONE", 0)
    kept = taken_in(HEAD + SHOP, officer)
    imports.undo(import_id=kept.pk, by=officer.viewer, at=AT)
    Staff.objects.filter(pk=officer.staff.pk).update(is_active=False)
    jobs.undo_points(str(kept.pk), officer.viewer.id)
    kept.refresh_from_db()
    assert (kept.state, Point.objects.get().state) == ("accepted", "approved")
    assert "không còn quyền" in kept.refusal


def test_units_taken_away_before_the_job_runs_are_no_longer_written_in(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MANY", 0)
    kept = brought(HEAD + SHOP, officer)
    imports.accept(import_id=kept.pk, choice=WHOLE, by=officer.viewer, at=AT)
    Staff.objects.filter(pk=officer.staff.pk).update(units=["vn-2025:01"])
    jobs.write_points(str(kept.pk), officer.viewer.id, skip_faulty=False, keep_suspected=False)
    assert Point.objects.count() == 0


def test_a_table_and_its_file_are_gone_after_a_week(officer: Colleague) -> None:
    kept = taken_in(HEAD + SHOP, officer)
    assert actions.forget_tables(at=AT + timedelta(days=6)) == 0
    assert actions.forget_tables(at=AT + timedelta(days=8)) == 1
    assert kept.original_id is not None
    with pytest.raises(MissingError):
        files.open_file(kept.original_id)
    assert Point.objects.count() == 1


def test_a_killed_job_holds_nobody_off(officer: Colleague, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "LARGE", 10)
    kept = brought(HEAD + SHOP, officer)
    actions.read_again(import_id=kept.pk, by=officer.viewer, at=AT + 2 * actions.SILENT)
    actions.defer(kept, task="checkins.read_points", by=officer.viewer.id)
    waiting = ProcrastinateJob.objects.filter(task_name="checkins.read_points")
    assert [(one.lock, one.queueing_lock) for one in waiting] == [(None, None), (None, None)]


def test_a_table_of_opendocument_becomes_points(officer: Colleague) -> None:
    content = ods([line.split("\t") for line in (HEAD + SHOP).splitlines()])
    kept = imports.bring_in(content=content, name="diem.ods", by=officer.viewer, at=AT)
    imports.accept(import_id=kept.pk, choice=WHOLE, by=officer.viewer, at=AT)
    assert Point.objects.get().name == "Chợ mẫu"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 half", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_file_that_is_no_table_says_why_and_keeps_no_row(
    officer: Colleague, content: bytes
) -> None:
    kept = imports.bring_in(content=content, name="a.xlsx", by=officer.viewer, at=AT)
    assert (kept.state, kept.n_rows) == ("refused", 0)
    assert kept.refusal.count(":") == 1
    assert Point.objects.count() == 0


def test_many_faults_are_summed_up_and_all_of_them_are_in_the_file(officer: Colleague) -> None:
    bad = "Chợ mẫu {}\tChợ\t\tXã Không Có\tGia Lai\t\t\t\tnhiều\n"
    rows = "".join(bad.format(n) for n in range(300)) + HALL + HALL
    kept = brought(HEAD + rows, officer)
    plan = json.loads(kept.plan)
    assert (kept.n_faulty, kept.n_suspected, len(plan["faulty"])) == (300, 1, 10)
    assert [(field, n, first) for field, _, _, n, first in plan["sorts"]] == [
        ("commune", 300, 2),
        ("capacity", 300, 2),
    ]
    page = officer.client.get(f"{PAGE}{kept.pk}/").content
    assert len(page) < 50_000
    assert "Lỗi gặp nhiều nhất" in page.decode()
    lines = officer.client.get(f"{PAGE}{kept.pk}/loi.csv").content.decode("utf-8-sig").splitlines()
    assert sum("Chợ mẫu" in line for line in lines) == 600
    assert sum("Nghi trùng: dòng 302" in line for line in lines) == 1


def test_a_sheet_that_was_not_read_is_named(officer: Colleague) -> None:
    tables = [HEAD.strip().split("\t"), SHOP.strip().split("\t")]
    content = workbook(tables, [["Khác"]])
    kept = imports.bring_in(content=content, name="a.xlsx", by=officer.viewer, at=AT)
    assert "chưa đọc “Trang 2”" in officer.client.get(f"{PAGE}{kept.pk}/").content.decode()


def test_more_rows_than_are_taken_are_refused_with_their_number(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(point_reading, "MOST_ROWS", 2)
    kept = brought(HEAD + SHOP + HALL + BAD, officer)
    assert "Bảng có 3 dòng, mỗi lần nhận đến 2" in kept.refusal


def test_the_page_says_until_when_a_table_can_be_undone(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    until = moment(AT + timedelta(days=7), "vi")
    assert until in officer.client.get(f"{PAGE}{kept.pk}/").content.decode()
    imports.accept(import_id=kept.pk, choice=WHOLE, by=officer.viewer, at=AT)
    page = officer.client.get(f"{PAGE}{kept.pk}/").content.decode()
    assert "Hoàn tác được đến" in page
    assert until in page


def test_progress_is_shown_in_percent(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    PointImport.objects.filter(pk=kept.pk).update(
        state="writing", n_done=3_000, n_rows=4_000, step_at=AT
    )
    with frozen_at(AT):
        page = officer.client.get(f"{PAGE}{kept.pk}/").content.decode()
    assert "75 %" in page


def test_writing_that_is_stopped_leaves_a_draft_that_can_be_taken_in(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    actions.claim(import_id=kept.pk, by=officer.viewer, at=AT)
    assert officer.client.post(f"{PAGE}{kept.pk}/bo/").status_code == 302
    with pytest.raises(PointError, match="import_wrong_state"):
        actions.write_points(
            kept=kept,
            entries=[PointEntry(Kind.MARKET, "Chợ mẫu", UnitId("vn-2025:21583"))],
            by=officer.viewer,
            at=AT,
            tell=lambda n: None,
        )
    assert Point.objects.count() == 0
    imports.accept(import_id=kept.pk, choice=WHOLE, by=officer.viewer, at=AT)
    assert Point.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_was_stopped_ends_at_its_next_word(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "SECONDS", 0)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    kept = brought(HEAD + SHOP + HALL, officer)
    real = issuing.signed_codes

    def stopped_meanwhile(**said: Any) -> list[PointCode]:
        with beside() as cursor:
            cursor.execute("UPDATE checkins_pointimport SET state = 'draft'")
        return real(**said)

    monkeypatch.setattr(actions, "signed_codes", stopped_meanwhile)
    actions.claim(import_id=kept.pk, by=officer.viewer, at=AT)
    imports.write_kept(import_id=kept.pk, choice=WHOLE, by=officer.viewer)
    kept.refresh_from_db()
    assert (kept.state, Point.objects.count(), PointCode.objects.count()) == ("draft", 0, 0)


def test_reading_that_is_dropped_tells_nothing_more(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    PointImport.objects.filter(pk=kept.pk).update(state="reading", plan="{}")
    actions.drop_table(import_id=kept.pk, by=officer.viewer, at=AT)
    imports.read_kept(import_id=kept.pk, by=officer.viewer)
    kept.refresh_from_db()
    assert (kept.state, kept.plan) == ("dropped", "{}")
