"""Bringing tables of organisations in: recognised, compared, taken in whole, undone as one step."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.workbooks import workbook
from tests.locations.organisations import AT, BY, QUY_NHON, READER, added, entry
from vungxanh.core.headings import columns_of
from vungxanh.core.viewer import ForbiddenError
from vungxanh.locations.actions import organisation_lists as lists
from vungxanh.locations.actions import organisations as actions
from vungxanh.locations.imports import organisations as imports
from vungxanh.locations.imports.columns import HEADINGS
from vungxanh.locations.models.organisations import Organisation, OrganisationImport
from vungxanh.locations.queries import organisations as queries
from vungxanh.refusals import RefusalError

pytestmark = pytest.mark.usefixtures("places")

HEAD = "STT;Tên cơ sở;Loại;Huyện;Xã;Điện thoại;Vĩ độ;Kinh độ;Giờ làm việc;Đơn vị cấp trên"
CENTRE = "1;TTYT Quy Nhơn;Trung tâm y tế;TP. Quy Nhơn;;0256.3822000;13,7758;109,2233;24/7;"
STATION = "2;TYT xã Nhơn Hội;TYT;Quy Nhơn;Nhơn Hội;;;;T2-T6: 7:30-17:00;TTYT Quy Nhơn"


def brought(*lines: str, unit: str = "vn-2021:52") -> OrganisationImport:
    text = "\n".join((HEAD, *lines)).encode()
    one = imports.Brought(unit, text, "danh-sach.csv", False, "Sở Y tế", "1/8/2021")
    return imports.bring_in(brought=one, by=BY, at=AT)


def seen(kept: OrganisationImport, choices: dict[int, str] | None = None) -> imports.Preview:
    return imports.preview(kept, choices or {}, by=BY, at=AT)


def accepted(kept: OrganisationImport, choices: dict[int, str] | None = None) -> OrganisationImport:
    return imports.accept(import_id=kept.id, choices=choices or {}, by=BY, at=AT)


def names() -> set[str]:
    return set(Organisation.objects.filter(removed_at=None).values_list("name", flat=True))


def faults(*lines: str) -> list[tuple[int, str, str]]:
    found = seen(brought(*lines))
    return [(row.number, fault.field, fault.code) for row in found.rows for fault in row.faults]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("TÊN ĐƠN VỊ", "name"),
        ("Tên cơ sở y tế (đầy đủ)", "name"),
        ("Xã, phường, thị trấn", "commune"),
        ("SĐT", "telephone"),
        ("Mã số thuế", "tax_code"),
        ("Cơ quan chủ quản", "parent"),
        ("STT", ""),
        ("Giám đốc", ""),
    ],
)
def test_vietnamese_headings_are_recognised(heading: str, field: str) -> None:
    (column,) = columns_of([heading], HEADINGS)
    assert column.field == field


def test_a_list_is_taken_in_whole_with_parents_of_the_same_list() -> None:
    kept = brought(CENTRE, STATION)
    assert [row.effect for row in seen(kept).rows] == ["added", "added"]
    accepted(kept)
    station = Organisation.objects.get(name="TYT xã Nhơn Hội")
    assert (station.unit_id, station.kind) == ("vn-2021:21601", "commune_station")
    assert station.parent is not None
    assert station.parent.name == "TTYT Quy Nhơn"
    assert station.hours == {str(day): [[450, 1020]] for day in range(1, 6)}


def test_nothing_counts_before_it_is_taken_in() -> None:
    brought(CENTRE)
    assert names() == set()


def test_repeating_the_same_file_changes_nothing() -> None:
    accepted(brought(CENTRE, STATION))
    again = brought(CENTRE, STATION)
    assert [row.effect for row in seen(again).rows] == ["unchanged", "unchanged"]
    accepted(again)
    assert set(Organisation.objects.values_list("n_changes", flat=True)) == {1}


def test_a_changed_cell_changes_its_organisation_and_an_empty_one_keeps_what_is_known() -> None:
    accepted(brought(CENTRE))
    accepted(brought("1;TTYT Quy Nhơn;Trung tâm y tế;Quy Nhơn;;0256 3822 111;;;;"))
    one = Organisation.objects.get()
    assert one.telephone == "02563822111"
    assert one.lat is not None


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ("1;;TYT;Quy Nhơn;;;;;;", "name", "locations.field_missing"),
        ("1;Trạm A;gì đó;Quy Nhơn;;;;;;", "kind", "locations.unknown_kind"),
        ("1;Trạm A;TYT;Quy Nhơn;Xã Không Có;;;;;", "commune", "locations.unknown_name"),
        ("1;Trạm A;TYT;;;;;;;", "commune", "locations.unit_missing"),
        ("1;Trạm A;TYT;Quy Nhơn;;12345;;;;", "telephone", "locations.phone_impossible"),
        ("1;Trạm A;TYT;Quy Nhơn;;;0;0;;", "lat", "locations.point_outside"),
        ("1;Trạm A;TYT;Quy Nhơn;;;109,22;13,77;;", "lat", "locations.point_outside"),
        ("1;Trạm A;TYT;Quy Nhơn;;;13,77;;;", "lon", "locations.point_half"),
        ("1;Trạm A;TYT;Quy Nhơn;;;;;lúc rảnh;", "hours", "locations.hours_unreadable"),
        ("1;Trạm A;TYT;Quy Nhơn;;;;;;Sở Nào Đó", "parent", "locations.unknown_relative"),
        ("1;Trạm A;TYT;Quy Nhơn;;;;;;Trạm A", "parent", "locations.unknown_relative"),
    ],
)
def test_each_fault_is_said_at_its_row_and_column(line: str, field: str, code: str) -> None:
    assert faults(CENTRE, line) == [(3, field, code)]


def test_a_list_with_one_faulty_row_is_refused_whole() -> None:
    kept = brought(CENTRE, "2;;TYT;Quy Nhơn;;;;;;")
    with pytest.raises(RefusalError) as refused:
        accepted(kept)
    assert refused.value.code == "locations.import_has_errors"
    assert names() == set()


def test_one_organisation_twice_in_a_list_is_a_fault_that_names_the_first_row() -> None:
    assert faults(CENTRE, CENTRE.lower()) == [(3, "name", "locations.row_repeated")]


def test_rows_that_are_parents_of_each_other_are_faults() -> None:
    one, other = "1;Đội A;khác;Quy Nhơn;;;;;;Đội B", "2;Đội B;khác;Quy Nhơn;;;;;;Đội A"
    assert {code for _, _, code in faults(one, other)} == {"locations.parent_loop"}


def test_a_suspected_duplicate_waits_for_a_decision() -> None:
    there = added("Trung tâm Y tế thành phố Quy Nhơn")
    kept = brought(CENTRE)
    row = seen(kept).rows[0]
    assert (row.effect, [twin.id for twin in row.twins]) == ("asked", [there])
    with pytest.raises(RefusalError) as refused:
        accepted(kept)
    assert refused.value.code == "locations.import_undecided"


def test_a_suspected_duplicate_becomes_the_one_that_is_there_or_a_new_one_as_chosen() -> None:
    there = added("Trung tâm Y tế thành phố Quy Nhơn")
    accepted(brought(CENTRE), {2: str(there)})
    assert names() == {"TTYT Quy Nhơn"}
    assert queries.organisation(there).telephone == "02563822000"
    accepted(brought("1;Trung tâm Y tế Quy Nhơn;Trung tâm y tế;Quy Nhơn;;;;;;"), {2: "new"})
    assert names() == {"TTYT Quy Nhơn", "Trung tâm Y tế Quy Nhơn"}


def test_the_same_tax_code_is_suspected_under_another_name() -> None:
    there = added("Viễn thông X", kind="telecom", tax_code="0100109106")
    text = "Tên;Loại;Mã số thuế;Mã địa bàn\nVT Mới;nhà mạng;100109106;540".encode()
    one = imports.Brought("vn-2021:52", text, "a.csv", False, "Sở", "1/8/2021")
    rows = seen(imports.bring_in(brought=one, by=BY, at=AT)).rows
    assert [twin.id for twin in rows[0].twins] == [there]


def test_undoing_a_list_is_one_step() -> None:
    there = added("TTYT Quy Nhơn", address="Số 1")
    kept = accepted(brought(CENTRE, STATION))
    done = lists.undo_list(import_id=kept.id, by=BY, at=AT)
    assert (done.n_undone, done.kept) == (2, ())
    assert names() == {"TTYT Quy Nhơn"}
    assert queries.entry_of_row(queries.organisation(there)) == entry(
        "TTYT Quy Nhơn", address="Số 1"
    )


def test_who_works_elsewhere_by_now_neither_takes_a_list_in_nor_back() -> None:
    moved = replace(BY, units=frozenset({"vn-2021:24"}))
    draft, kept = brought(STATION), accepted(brought(CENTRE))
    with pytest.raises(RefusalError) as refused:
        imports.accept(import_id=draft.id, choices={}, by=moved, at=AT)
    assert refused.value.code == "locations.import_has_errors"  # each row is of another area
    with pytest.raises(RefusalError) as refused:
        lists.undo_list(import_id=kept.id, by=moved, at=AT)
    assert refused.value.code == "locations.outside_area"
    assert names() == {"TTYT Quy Nhơn"}


def test_what_others_changed_since_is_said_and_kept() -> None:
    kept = accepted(brought(CENTRE, STATION))
    row = Organisation.objects.get(name="TYT xã Nhơn Hội")
    said = replace(queries.entry_of_row(row), address="Thôn Hội Tân")
    actions.change_organisation(organisation_id=row.id, entry=said, n_changes=1, by=BY, at=AT)
    done = lists.undo_list(import_id=kept.id, by=BY, at=AT)
    # The centre stays too: the station that was changed names it as its parent.
    assert (done.n_undone, done.kept) == (0, ("TTYT Quy Nhơn", "TYT xã Nhơn Hội"))


def test_a_list_is_dealt_with_once() -> None:
    kept = accepted(brought(CENTRE))
    with pytest.raises(RefusalError) as refused:
        accepted(kept)
    assert refused.value.code == "locations.import_wrong_state"


def test_a_dropped_list_leaves_nothing() -> None:
    kept = brought(CENTRE)
    lists.drop_list(import_id=kept.id, by=BY, at=AT)
    assert names() == set()


def test_whoever_may_not_write_brings_nothing_in() -> None:
    one = imports.Brought("vn-2021:52", b"a", "a.csv", False, "Sở", "1/8/2021")
    with pytest.raises(ForbiddenError):
        imports.bring_in(brought=one, by=READER, at=AT)


def test_rows_of_another_area_are_faults() -> None:
    text = "Tên;Loại;Mã địa bàn\nTrạm A;TYT;213".encode()
    one = imports.Brought("vn-2021:52", text, "a.csv", False, "Sở", "1/8/2021")
    rows = seen(imports.bring_in(brought=one, by=BY, at=AT)).rows
    assert [fault.code for fault in rows[0].faults] == ["locations.outside_area"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cột A;Cột B\n1;2", "locations.import_no_heading"),
        ("Tên;Loại\n;", "locations.import_empty"),
    ],
)
def test_a_table_that_is_no_list_of_organisations_is_refused(text: str, code: str) -> None:
    one = imports.Brought("vn-2021:52", text.encode(), "a.csv", False, "Sở", "1/8/2021")
    with pytest.raises(RefusalError) as refused:
        imports.bring_in(brought=one, by=BY, at=AT)
    assert refused.value.code == code


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_what_begins_like_a_formula_is_words(formula: str) -> None:
    accepted(brought(f"1;{formula} Trạm;TYT;Quy Nhơn;;;;;;"))
    assert names() == {f"{formula} Trạm"}


def test_a_workbook_is_read_as_a_csv_is() -> None:
    table: list[list[object]] = [
        ["DANH SÁCH CƠ SỞ Y TẾ", None, None, None],
        ["Tên cơ sở", "Loại", "Mã địa bàn", "Cập nhật đến"],
        ["Trạm Y tế phường Trần Phú", "TYT", "21586", date(2021, 8, 1)],
    ]
    one = imports.Brought("vn-2021:52", workbook(table), "a.xlsx", False, "Sở", "")
    rows = seen(imports.bring_in(brought=one, by=BY, at=AT)).rows
    assert [(row.number, row.effect, row.entry.as_of) for row in rows] == [
        (3, "added", date(2021, 8, 1))
    ]


def test_unit_of_the_file_s_scope_is_used_where_no_column_names_one() -> None:
    text = "Tên;Loại\nTrung tâm A;TTYT".encode()
    one = imports.Brought(QUY_NHON, text, "a.csv", False, "Sở", "1/8/2021")
    assert seen(imports.bring_in(brought=one, by=BY, at=AT)).rows[0].entry.unit_id == QUY_NHON
