"""Lists of premises that must have a point: read, taken in whole, undone."""

from datetime import date

import pytest

from tests.factories.people import Colleague
from tests.factories.register import AT
from vungxanh.checkins.actions import premises_lists as actions
from vungxanh.checkins.imports import premises as imports
from vungxanh.checkins.models import Inspection, Premises, PremisesList
from vungxanh.checkins.values.import_refusals import NoSuchTableError
from vungxanh.checkins.values.refusals import PointError
from vungxanh.core.viewer import ForbiddenError

pytestmark = pytest.mark.usefixtures("places_of_both_eras")
HEAD = "Tên cơ sở\tLoại\tĐịa chỉ\tXã, phường\tTỉnh\tMã số thuế\tTrực thuộc\tSố người\n"
SCHOOL = "Trường mẫu Một\tTrường học\t1 Lê Lợi\tPhường Quy Nhơn\tGia Lai\t\t\t1.200\n"
BRANCH = "Trường mẫu Một cơ sở 2\t\t2 Lê Lợi\tPhường Quy Nhơn\tGia Lai\t\tTrường mẫu Một\t\n"
ELSEWHERE = "Chợ mẫu Hai\tChợ\t\tXã Không Có\tGia Lai\t\t\t\n"


def brought(text: str, officer: Colleague) -> PremisesList:
    said = imports.Brought(
        title="Trường học năm 2026 (mẫu)",
        source="Sở mẫu",
        basis="Công văn mẫu",
        as_of=date(2026, 3, 1),
        content=text.encode(),
        name="",
        is_pasted=True,
    )
    return imports.bring_in(brought=said, by=officer.viewer, at=AT)


def taken_in(text: str, officer: Colleague, *, skip: bool = False) -> PremisesList:
    kept = brought(text, officer)
    return imports.accept(list_id=kept.pk, skip_faulty=skip, by=officer.viewer, at=AT)


def test_a_list_counts_once_it_is_taken_in(officer: Colleague) -> None:
    kept = brought(HEAD + SCHOOL + BRANCH, officer)
    assert Premises.objects.count() == 0
    imports.accept(list_id=kept.pk, skip_faulty=False, by=officer.viewer, at=AT)
    school, branch = Premises.objects.order_by("id")
    assert (school.kind, school.unit_id, school.n_staff) == ("school", "vn-2025:21583", 1200)
    assert (branch.kind, branch.parent, branch.n_staff) == ("school", school, None)


def test_a_list_with_a_fault_is_refused_whole_unless_faults_are_left_out(
    officer: Colleague,
) -> None:
    kept = brought(HEAD + SCHOOL + ELSEWHERE, officer)
    (good, bad) = imports.preview(kept, by=officer.viewer).rows
    assert (good.effect, bad.effect, bad.number) == ("added", "faulty", 3)
    assert bad.faults[0].field == "commune"
    with pytest.raises(PointError, match="import_has_errors"):
        imports.accept(list_id=kept.pk, skip_faulty=False, by=officer.viewer, at=AT)
    assert Premises.objects.count() == 0
    imports.accept(list_id=kept.pk, skip_faulty=True, by=officer.viewer, at=AT)
    assert [one.name for one in Premises.objects.all()] == ["Trường mẫu Một"]


def test_premises_of_another_area_are_faults(other_officer: Colleague) -> None:
    kept = brought(HEAD + SCHOOL, other_officer)
    (row,) = imports.preview(kept, by=other_officer.viewer).rows
    assert row.effect == "faulty"


def test_the_same_list_again_adds_nothing(officer: Colleague) -> None:
    taken_in(HEAD + SCHOOL, officer)
    kept = brought(HEAD + SCHOOL, officer)
    assert imports.preview(kept, by=officer.viewer).counts == {
        "added": 0,
        "known": 1,
        "faulty": 0,
    }
    with pytest.raises(PointError, match="import_nothing"):
        imports.accept(list_id=kept.pk, skip_faulty=False, by=officer.viewer, at=AT)


def test_a_place_twice_in_one_list_is_a_fault_that_names_the_first(officer: Colleague) -> None:
    kept = brought(HEAD + SCHOOL + SCHOOL, officer)
    (_, second) = imports.preview(kept, by=officer.viewer).rows
    assert "dòng 2" in second.faults[0].words.vi


@pytest.mark.parametrize("name", ["Trường \u202emẫu", "Trườ\u200bng", "123", "Сhợ Đầm"])
def test_names_that_mislead_are_faults(officer: Colleague, name: str) -> None:
    kept = brought(HEAD + SCHOOL.replace("Trường mẫu Một", name), officer)
    (row,) = imports.preview(kept, by=officer.viewer).rows
    assert [one.field for one in row.faults] == ["name"]


def test_a_list_is_undone_as_one_step(officer: Colleague) -> None:
    kept = taken_in(HEAD + SCHOOL + BRANCH, officer)
    assert actions.undo_list(list_id=kept.pk, by=officer.viewer, at=AT) == 2
    assert Premises.objects.count() == 0


def test_a_list_with_an_inspection_is_not_undone(officer: Colleague) -> None:
    kept = taken_in(HEAD + SCHOOL, officer)
    school = Premises.objects.get()
    Inspection.objects.create(premises=school, result="no_poster", at=AT, by=officer.viewer.id)
    with pytest.raises(PointError, match="import_in_use"):
        actions.undo_list(list_id=kept.pk, by=officer.viewer, at=AT)
    assert Premises.objects.count() == 1


def test_a_list_is_hidden_from_officers_of_other_areas(
    officer: Colleague, other_officer: Colleague
) -> None:
    kept = taken_in(HEAD + SCHOOL, officer)
    with pytest.raises(NoSuchTableError):
        actions.undo_list(list_id=kept.pk, by=other_officer.viewer, at=AT)
    assert Premises.objects.count() == 1


def test_the_auditor_brings_no_lists(auditor: Colleague) -> None:
    with pytest.raises(ForbiddenError):
        brought(HEAD + SCHOOL, auditor)


def test_a_table_without_names_says_what_was_read(officer: Colleague) -> None:
    with pytest.raises(PointError, match="import_no_heading"):
        brought("Cột một\tCột hai\n1\t2\n", officer)
