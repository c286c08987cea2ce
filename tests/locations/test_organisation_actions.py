"""Adding, changing, closing, merging organisations, and taking the last change back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.locations.organisations import AT, BY, ELSEWHERE, NHON_HOI, READER, added, entry
from vungxanh.audit.models import AuditEvent
from vungxanh.core.viewer import ForbiddenError
from vungxanh.locations.actions import organisations as actions
from vungxanh.locations.queries import organisations as queries
from vungxanh.locations.values.points import GeoPoint
from vungxanh.refusals import RefusalError

pytestmark = pytest.mark.usefixtures("places")
REFORM = date(2021, 7, 1)


def test_an_added_organisation_is_read_back_as_it_was_said() -> None:
    said = entry(telephone="02563822000", at=GeoPoint(13.77, 109.22), tax_code="0100109106")
    one = actions.add_organisation(entry=said, by=BY, at=AT)
    assert queries.entry_of_row(queries.organisation(one)) == said
    assert AuditEvent.objects.get(subject=f"organisation:{one}").event == (
        "locations.organisation_added"
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"unit_id": "vn-2021:999"}, "locations.unknown_unit"),
        ({"unit_id": "vn-2021:540", "as_of": date(2025, 7, 1)}, "locations.as_of_in_future"),
        ({"parent_id": "00000000-0000-0000-0000-000000000000"}, "locations.unknown_organisation"),
    ],
)
def test_what_contradicts_its_surroundings_is_refused(said: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusalError) as refused:
        actions.add_organisation(entry=entry(**said), by=BY, at=AT)
    assert refused.value.code == code


def test_a_unit_that_did_not_exist_on_the_day_is_refused_with_what_stands_there_now() -> None:
    later = AT.replace(year=2026)
    with pytest.raises(RefusalError) as refused:
        actions.add_organisation(entry=entry(as_of=date(2026, 1, 1)), by=BY, at=later)
    assert refused.value.code == "locations.not_valid_on"


def test_an_old_office_keeps_the_unit_of_its_own_time() -> None:
    later = AT.replace(year=2026)
    said = entry(as_of=date(2026, 1, 1), valid_to=date(2025, 3, 1))
    one = actions.add_organisation(entry=said, by=BY, at=later)
    assert queries.organisation(one).unit_id == "vn-2021:540"


def test_the_same_organisation_is_not_added_twice() -> None:
    added()
    with pytest.raises(RefusalError) as refused:
        actions.add_organisation(entry=entry("trung tâm  y tế QUY NHƠN"), by=BY, at=AT)
    assert refused.value.code == "locations.organisation_exists"


def test_only_who_may_write_in_the_area_writes() -> None:
    with pytest.raises(ForbiddenError):
        actions.add_organisation(entry=entry(), by=READER, at=AT)
    with pytest.raises(RefusalError) as refused:
        actions.add_organisation(entry=entry(), by=ELSEWHERE, at=AT)
    assert refused.value.code == "locations.outside_area"


def test_an_organisation_cannot_be_moved_into_another_s_area() -> None:
    one = added()
    with pytest.raises(RefusalError) as refused:
        actions.change_organisation(
            organisation_id=one, entry=entry(unit_id="vn-2021:213"), n_changes=1, by=BY, at=AT
        )
    assert refused.value.code == "locations.outside_area"


def test_a_change_over_somebody_else_s_is_refused() -> None:
    one = added()
    new = entry(address="114 Trần Hưng Đạo")
    actions.change_organisation(organisation_id=one, entry=new, n_changes=1, by=BY, at=AT)
    with pytest.raises(RefusalError) as refused:
        actions.change_organisation(organisation_id=one, entry=entry(), n_changes=1, by=BY, at=AT)
    assert refused.value.code == "locations.organisation_changed_since"


def test_writing_what_is_there_already_writes_nothing() -> None:
    one = added()
    actions.change_organisation(organisation_id=one, entry=entry(), n_changes=1, by=BY, at=AT)
    assert len(queries.history(one)) == 1


def test_a_parent_below_the_organisation_is_refused() -> None:
    top = added()
    middle = added("Trạm Y tế Nhơn Hội", unit_id=NHON_HOI, parent_id=top)
    looped = entry(parent_id=middle)
    with pytest.raises(RefusalError) as refused:
        actions.change_organisation(organisation_id=top, entry=looped, n_changes=1, by=BY, at=AT)
    assert refused.value.code == "locations.parent_loop"


def test_a_closed_organisation_names_its_successor_which_names_it_back() -> None:
    old, new = added("Sở Thông tin và Truyền thông", kind="agency"), added("Sở Khoa học")
    actions.close_organisation(organisation_id=old, on=REFORM, successor_id=new, by=BY, at=AT)
    assert queries.organisation(old).successor_id == new
    assert [one.id for one in queries.came_from(new)] == [old]
    assert old not in {one.id for one in queries.matching(queries.Asked(on=REFORM))}
    assert old in {one.id for one in queries.matching(queries.Asked(on=date(2021, 6, 30)))}


def test_an_organisation_is_not_closed_twice() -> None:
    one = added()
    actions.close_organisation(organisation_id=one, on=REFORM, successor_id=None, by=BY, at=AT)
    with pytest.raises(RefusalError) as refused:
        actions.close_organisation(organisation_id=one, on=REFORM, successor_id=None, by=BY, at=AT)
    assert refused.value.code == "locations.organisation_closed_already"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"on": date(2020, 1, 1)}, "locations.end_before_start"),
        ({"on": REFORM, "is_own": True}, "locations.successor_is_self"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(said: dict[str, Any], code: str) -> None:
    one = added(valid_from=date(2020, 1, 1))
    successor = one if said.pop("is_own", False) else None
    with pytest.raises(RefusalError) as refused:
        actions.close_organisation(
            organisation_id=one, successor_id=successor, by=BY, at=AT, **said
        )
    assert refused.value.code == code


def test_a_successor_that_began_later_is_refused() -> None:
    old, new = added(), added("Trung tâm mới", valid_from=date(2021, 8, 1))
    with pytest.raises(RefusalError) as refused:
        actions.close_organisation(organisation_id=old, on=REFORM, successor_id=new, by=BY, at=AT)
    assert refused.value.code == "locations.successor_not_then"


def test_followers_in_a_ring_are_refused() -> None:
    old, new = added(), added("Trung tâm mới")
    actions.close_organisation(organisation_id=old, on=REFORM, successor_id=new, by=BY, at=AT)
    with pytest.raises(RefusalError) as refused:
        actions.close_organisation(organisation_id=new, on=REFORM, successor_id=old, by=BY, at=AT)
    assert refused.value.code == "locations.successor_is_self"


def test_a_merger_closes_all_or_none() -> None:
    one, other, into = added("Trạm A"), added("Trạm B"), added("Trạm C")
    actions.merge_organisations(organisation_ids=[one, other], into=into, on=REFORM, by=BY, at=AT)
    assert {row.id for row in queries.came_from(into)} == {one, other}
    with pytest.raises(RefusalError) as refused:
        actions.merge_organisations(
            organisation_ids=[added("Trạm D"), one], into=into, on=REFORM, by=BY, at=AT
        )
    assert refused.value.code == "locations.organisation_closed_already"
    assert len(queries.came_from(into)) == 2


def test_a_merger_of_one_is_refused() -> None:
    one, into = added("Trạm A"), added("Trạm C")
    with pytest.raises(RefusalError) as refused:
        actions.merge_organisations(organisation_ids=[one, one], into=into, on=REFORM, by=BY, at=AT)
    assert refused.value.code == "locations.merge_needs_two"


def test_undoing_a_change_brings_back_what_stood_before() -> None:
    one = added()
    new = entry(address="114 Trần Hưng Đạo")
    actions.change_organisation(organisation_id=one, entry=new, n_changes=1, by=BY, at=AT)
    assert actions.undo_change(organisation_id=one, n_changes=2, by=BY, at=AT)
    assert queries.entry_of_row(queries.organisation(one)) == entry()
    assert [change.action for change in queries.history(one)] == ["undone", "changed", "added"]


def test_undoing_an_addition_takes_it_off_the_list_and_keeps_its_history() -> None:
    one = added()
    assert not actions.undo_change(organisation_id=one, n_changes=1, by=BY, at=AT)
    with pytest.raises(RefusalError) as refused:
        queries.organisation(one)
    assert refused.value.code == "locations.unknown_organisation"
    assert [change.action for change in queries.history(one)] == ["undone", "added"]


def test_what_others_name_as_parent_is_not_taken_off() -> None:
    top = added()
    added("Trạm Y tế Nhơn Hội", unit_id=NHON_HOI, parent_id=top)
    with pytest.raises(RefusalError) as refused:
        actions.undo_change(organisation_id=top, n_changes=1, by=BY, at=AT)
    assert refused.value.code == "locations.organisation_in_use"


def test_an_undo_does_not_bring_back_what_others_have_taken_since() -> None:
    one = added("Trạm A")
    renamed = replace(entry("Trạm A"), name="Trạm Y tế A mới")
    actions.change_organisation(organisation_id=one, entry=renamed, n_changes=1, by=BY, at=AT)
    added("Trạm A")
    with pytest.raises(RefusalError) as refused:
        actions.undo_change(organisation_id=one, n_changes=2, by=BY, at=AT)
    assert refused.value.code == "locations.organisation_exists"
