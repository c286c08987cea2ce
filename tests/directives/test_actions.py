"""Letters and their items: one content once, every change kept and undone, nobody overwritten."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.directives.letters import (
    BINH_DINH,
    QUY_NHON,
    SHORT,
    blank_picture,
    brought,
    items,
    task_with,
)
from tests.factories.people import Person
from vungxanh.audit.models import AuditEvent
from vungxanh.core.errors import MissingError
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.directives import imports, queries
from vungxanh.directives.actions import candidates, letters
from vungxanh.directives.actions import items as acts
from vungxanh.directives.actions.forgetting import forget_discarded
from vungxanh.directives.actions.items import Seen
from vungxanh.directives.actions.refusals import ChangedMeanwhileError, DirectivesError
from vungxanh.directives.models import FixtureCandidate, ItemChange, ReceivedLetter
from vungxanh.directives.rules import Item, ItemKind, ItemState, items_of, replaced, without
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

NOON = datetime(2021, 8, 3, 5, 0, tzinfo=UTC)
A_MONTH = timedelta(days=30)


@pytest.fixture
def letter(officer: Person) -> ReceivedLetter:
    """The short letter, received by Quy Nhơn."""
    return brought(officer.viewer)


def seen(item: Item) -> Seen:
    return Seen(item.key, item.version)


def replayed(letter: ReceivedLetter) -> tuple[Item, ...]:
    """The machine's reading with every change applied again."""
    found = items_of(queries.reading_of(letter))
    for change in reversed(queries.changes_on(letter).rows):
        gone = [key for key, after in change.after.items() if after is None]
        found = replaced(without(found, gone), [one for one in change.after.values() if one])
    return found


def events(name: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=f"directives.{name}"))


def test_letter_is_read_and_counted(letter: ReceivedLetter) -> None:
    assert (letter.state, letter.n_tasks, letter.n_open, letter.n_deadlines) == ("new", 3, 3, 2)
    assert letter.first_due_at == datetime(2021, 8, 9, 16, 59, 59, tzinfo=UTC)
    assert queries.head_of(letter)["number"] == "12/SYT-NVY"
    assert len(events("letter_received")) == 1


def test_same_file_twice_is_one_letter(letter: ReceivedLetter, officer: Person) -> None:
    asked = imports.Asked(QUY_NHON, SHORT.encode(), "ten-khac.txt", is_pasted=False)
    again = imports.bring_in(asked=asked, by=officer.viewer, at=NOON)
    assert (again.is_known, again.letter.id) == (True, letter.id)
    assert ReceivedLetter.objects.count() == 1


def test_pasted_text_is_the_same_whatever_its_blanks(officer: Person) -> None:
    texts = (SHORT, SHORT.replace("\n", "\r\n  "))
    found = [
        imports.bring_in(
            asked=imports.Asked(QUY_NHON, text.encode(), "", is_pasted=True),
            by=officer.viewer,
            at=NOON,
        )
        for text in texts
    ]
    assert [one.is_known for one in found] == [False, True]


def test_another_unit_receives_the_same_letter_for_itself(
    letter: ReceivedLetter, province_officer: Person
) -> None:
    other = brought(province_officer.viewer, unit=BINH_DINH)
    assert other.id != letter.id


def test_letter_for_another_district_is_refused(officer: Person) -> None:
    with pytest.raises(DirectivesError) as refused:
        brought(officer.viewer, unit="vn-2021:549")
    assert (refused.value.code, refused.value.field) == ("directives.outside_area", "unit")


def test_who_lacks_the_right_is_refused(auditor: Person) -> None:
    with pytest.raises(ForbiddenError):
        brought(auditor.viewer, unit=BINH_DINH)


def test_letter_of_another_district_is_not_there(
    letter: ReceivedLetter, other_officer: Person
) -> None:
    item = task_with(letter, "tiến độ")
    with pytest.raises(MissingError):
        acts.confirm_item(letter_id=letter.id, seen=seen(item), by=other_officer.viewer, at=NOON)
    assert items(letter)[item.key].state is ItemState.DRAFT
    assert not ItemChange.objects.exists()


def test_province_sees_the_letters_of_its_districts(
    letter: ReceivedLetter, province_officer: Person, other_officer: Person
) -> None:
    assert list(queries.letters(province_officer.viewer)) == [letter]
    assert list(queries.letters(other_officer.viewer)) == []


def test_confirming_keeps_who_when_before_and_after(
    letter: ReceivedLetter, officer: Person
) -> None:
    item = task_with(letter, "đã tiêm")
    acts.confirm_item(letter_id=letter.id, seen=seen(item), by=officer.viewer, at=NOON)
    (change,) = queries.changes_on(letter)
    assert (change.kind, change.changed_by, change.changed_at) == (
        "confirmed",
        officer.viewer.id,
        NOON,
    )
    before, after = change.before[item.key], change.after[item.key]
    assert before is not None
    assert after is not None
    assert (before.state, after.state) == (ItemState.DRAFT, ItemState.CONFIRMED)
    (event,) = events("item_changed")
    assert event.detail == {"kind": "confirmed", "items": 1}


def test_second_officer_does_not_overwrite_the_first(
    letter: ReceivedLetter, officer: Person, province_officer: Person
) -> None:
    item = task_with(letter, "đã tiêm")
    acts.edit_item(
        letter_id=letter.id,
        seen=seen(item),
        value={**item.value, "action": "của người thứ nhất"},
        by=officer.viewer,
        at=NOON,
    )
    with pytest.raises(ChangedMeanwhileError):
        acts.edit_item(
            letter_id=letter.id,
            seen=seen(item),
            value={**item.value, "action": "của người thứ hai"},
            by=province_officer.viewer,
            at=NOON,
        )
    assert items(letter)[item.key].value["action"] == "của người thứ nhất"


def test_two_officers_at_two_items_do_not_disturb_each_other(
    letter: ReceivedLetter, officer: Person, province_officer: Person
) -> None:
    first, second = task_with(letter, "đã tiêm"), task_with(letter, "tiến độ")
    acts.confirm_item(letter_id=letter.id, seen=seen(first), by=officer.viewer, at=NOON)
    acts.drop_item(letter_id=letter.id, seen=seen(second), by=province_officer.viewer, at=NOON)
    states = {key: item.state for key, item in items(letter).items()}
    assert states[first.key] is ItemState.CONFIRMED
    assert states[second.key] is ItemState.DROPPED


def test_nothing_is_written_where_nothing_differs(letter: ReceivedLetter, officer: Person) -> None:
    item = task_with(letter, "đã tiêm")
    kept = acts.edit_item(
        letter_id=letter.id, seen=seen(item), value=dict(item.value), by=officer.viewer, at=NOON
    )
    assert kept is None
    assert not ItemChange.objects.exists()


def test_change_is_undone_to_what_was_before_also_later(
    letter: ReceivedLetter, officer: Person
) -> None:
    item = task_with(letter, "đã tiêm")
    change = acts.edit_item(
        letter_id=letter.id,
        seen=seen(item),
        value={**item.value, "deadline": {"type": "none"}},
        by=officer.viewer,
        at=NOON,
    )
    assert change is not None
    later = NOON + timedelta(days=3)
    acts.undo_change(letter_id=letter.id, number=change.number, by=officer.viewer, at=later)
    restored = items(letter)[item.key]
    assert (restored.value, restored.is_own, restored.version) == (item.value, False, 2)
    assert queries.changes_on(letter).rows[1].is_undone


def test_change_below_a_newer_one_is_not_undone(letter: ReceivedLetter, officer: Person) -> None:
    item = task_with(letter, "đã tiêm")
    first = acts.confirm_item(letter_id=letter.id, seen=seen(item), by=officer.viewer, at=NOON)
    now = items(letter)[item.key]
    acts.reopen_item(letter_id=letter.id, seen=seen(now), by=officer.viewer, at=NOON)
    with pytest.raises(DirectivesError) as refused:
        acts.undo_change(letter_id=letter.id, number=first.number, by=officer.viewer, at=NOON)
    assert refused.value.code == "directives.cannot_undo"


def test_change_is_undone_once(letter: ReceivedLetter, officer: Person) -> None:
    item = task_with(letter, "đã tiêm")
    change = acts.drop_item(letter_id=letter.id, seen=seen(item), by=officer.viewer, at=NOON)
    by, number = officer.viewer, change.number
    acts.undo_change(letter_id=letter.id, number=number, by=by, at=NOON)
    with pytest.raises(DirectivesError):
        acts.undo_change(letter_id=letter.id, number=number, by=by, at=NOON)


def test_undoing_a_split_makes_one_order_again(letter: ReceivedLetter, officer: Person) -> None:
    item = task_with(letter, "hướng dẫn")
    change = acts.split_task(
        letter_id=letter.id,
        seen=seen(item),
        second="hướng dẫn người dân",
        by=officer.viewer,
        at=NOON,
    )
    assert letter.__class__.objects.get(id=letter.id).n_tasks == 4
    assert task_with(letter, "hướng dẫn").value["action"] == "hướng dẫn người dân đăng ký"
    acts.undo_change(letter_id=letter.id, number=change.number, by=officer.viewer, at=NOON)
    assert items(letter)[item.key].value == item.value
    assert ReceivedLetter.objects.get(id=letter.id).n_tasks == 3


def test_merged_order_takes_the_words_of_both(letter: ReceivedLetter, officer: Person) -> None:
    first, second = task_with(letter, "đã tiêm"), task_with(letter, "tiến độ")
    acts.merge_tasks(
        letter_id=letter.id, seen=seen(first), other=second.key, by=officer.viewer, at=NOON
    )
    found = items(letter)
    assert "tiến độ" in found[first.key].value["action"]
    assert found[second.key].state is ItemState.DROPPED


@pytest.mark.parametrize("other", ["task-1", "head-0"])
def test_order_is_merged_only_with_another_order(
    letter: ReceivedLetter, officer: Person, other: str
) -> None:
    with pytest.raises(DirectivesError) as refused:
        acts.merge_tasks(
            letter_id=letter.id, seen=Seen("task-1", 0), other=other, by=officer.viewer, at=NOON
        )
    assert refused.value.code == "directives.cannot_merge"


def test_clear_orders_are_confirmed_together_doubtful_ones_stay(
    letter: ReceivedLetter, officer: Person
) -> None:
    acts.confirm_clear_tasks(letter_id=letter.id, by=officer.viewer, at=NOON)
    fresh = ReceivedLetter.objects.get(id=letter.id)
    assert (fresh.n_confirmed, fresh.n_open, fresh.state) == (2, 1, "viewing")
    assert items(letter)[task_with(letter, "tiến độ").key].state is ItemState.DRAFT
    assert acts.confirm_clear_tasks(letter_id=letter.id, by=officer.viewer, at=NOON) is None


def test_changes_played_again_over_the_reading_give_what_stands(
    letter: ReceivedLetter, officer: Person
) -> None:
    by, at, letter_id = officer.viewer, NOON, letter.id
    one, two = task_with(letter, "đã tiêm"), task_with(letter, "hướng dẫn")
    acts.confirm_item(letter_id=letter_id, seen=seen(one), by=by, at=at)
    split = acts.split_task(letter_id=letter_id, seen=seen(two), second="hướng dẫn", by=by, at=at)
    acts.undo_change(letter_id=letter_id, number=split.number, by=by, at=at)
    acts.add_item(letter_id=letter_id, kind=ItemKind.FACT, value={"value": 3}, by=by, at=at)
    fresh = ReceivedLetter.objects.get(id=letter_id)
    assert replayed(fresh) == queries.items_of(fresh)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE directives_itemchange SET kind = 'edited'", "DELETE FROM directives_itemchange"],
)
def test_database_refuses_to_change_the_history(
    letter: ReceivedLetter, officer: Person, statement: str
) -> None:
    acts.drop_item(letter_id=letter.id, seen=Seen("task-1", 0), by=officer.viewer, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_picture_waits_for_the_background_reader(officer: Person) -> None:
    asked = imports.Asked(QUY_NHON, blank_picture(), "quet.png", is_pasted=False)
    found = imports.bring_in(asked=asked, by=officer.viewer, at=NOON).letter
    assert (found.state, found.read_at) == ("waiting", None)


def test_unreadable_picture_says_why_and_may_be_tried_again(officer: Person) -> None:
    asked = imports.Asked(QUY_NHON, blank_picture(), "quet.png", is_pasted=False)
    found = imports.bring_in(asked=asked, by=officer.viewer, at=NOON).letter
    imports.read_picture(letter_id=found.id, by=SYSTEM, at=NOON)
    failed = ReceivedLetter.objects.get(id=found.id)
    assert failed.state == "failed"
    assert queries.refusal_of(failed)["vi"]
    letters.read_again(letter_id=found.id, by=officer.viewer, at=NOON)
    assert ReceivedLetter.objects.get(id=found.id).state == "waiting"


def test_file_that_is_no_letter_is_refused_and_leaves_nothing(officer: Person) -> None:
    with pytest.raises(RefusalError):
        brought(officer.viewer, text="MZ\x90\x00\x03" + "\x00" * 60, name="virus.exe")
    assert not ReceivedLetter.objects.exists()


def test_discarded_letter_leaves_the_list_and_comes_back(
    letter: ReceivedLetter, officer: Person
) -> None:
    letters.discard_letter(letter_id=letter.id, by=officer.viewer, at=NOON)
    assert not queries.letters(officer.viewer).exists()
    letters.restore_letter(letter_id=letter.id, by=officer.viewer, at=NOON)
    assert queries.letters(officer.viewer).get().state == "new"


def test_discarded_letter_stays_out_where_the_same_came_again(
    letter: ReceivedLetter, officer: Person
) -> None:
    letters.discard_letter(letter_id=letter.id, by=officer.viewer, at=NOON)
    assert brought(officer.viewer).id != letter.id
    with pytest.raises(DirectivesError):
        letters.restore_letter(letter_id=letter.id, by=officer.viewer, at=NOON)


def test_discarded_letter_is_not_worked_on(letter: ReceivedLetter, officer: Person) -> None:
    letters.discard_letter(letter_id=letter.id, by=officer.viewer, at=NOON)
    with pytest.raises(DirectivesError) as refused:
        acts.drop_item(letter_id=letter.id, seen=Seen("task-1", 0), by=officer.viewer, at=NOON)
    assert refused.value.code == "directives.wrong_state"


def test_discarded_letter_goes_for_good_after_a_month(
    letter: ReceivedLetter, officer: Person
) -> None:
    acts.drop_item(letter_id=letter.id, seen=Seen("task-1", 0), by=officer.viewer, at=NOON)
    acts.undo_change(letter_id=letter.id, number=1, by=officer.viewer, at=NOON)
    candidates.keep_candidate(letter_id=letter.id, by=officer.viewer, at=NOON)
    letters.discard_letter(letter_id=letter.id, by=officer.viewer, at=NOON)
    assert forget_discarded(at=NOON + A_MONTH - timedelta(seconds=1)) == 0
    assert forget_discarded(at=NOON + A_MONTH) == 1
    left = (ReceivedLetter, ItemChange, FixtureCandidate, StoredFile)
    assert [model for model in left if model.objects.exists()] == []
    assert [event.subject for event in events("letter_forgotten")] == [f"letter:{letter.id}"]


def test_letters_that_stand_are_never_forgotten(letter: ReceivedLetter, officer: Person) -> None:
    letters.discard_letter(letter_id=letter.id, by=officer.viewer, at=NOON)
    letters.restore_letter(letter_id=letter.id, by=officer.viewer, at=NOON)
    assert forget_discarded(at=NOON + 2 * A_MONTH) == 0
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT directives_forget_changes(%s)", [letter.id])


def test_example_holds_the_corrected_reading_and_is_kept_once(
    letter: ReceivedLetter, officer: Person
) -> None:
    acts.drop_item(letter_id=letter.id, seen=Seen("task-1", 0), by=officer.viewer, at=NOON)
    kept = candidates.keep_candidate(letter_id=letter.id, by=officer.viewer, at=NOON)
    again = candidates.keep_candidate(letter_id=letter.id, by=officer.viewer, at=NOON)
    whole = json.loads(FixtureCandidate.objects.get().expected)
    assert kept.id == again.id
    assert whole["schema"] == "letter/1"
    assert [t["id"] for t in whole["tasks"]] == ["2", "3"]
    assert FixtureCandidate.objects.get().text == letter.text


def test_withdrawn_example_forgets_its_content(letter: ReceivedLetter, officer: Person) -> None:
    kept = candidates.keep_candidate(letter_id=letter.id, by=officer.viewer, at=NOON)
    candidates.withdraw_candidate(candidate_id=kept.id, by=officer.viewer, at=NOON)
    gone = FixtureCandidate.objects.get()
    assert (gone.expected, gone.text, gone.withdrawn_by) == ("", "", officer.viewer.id)
    assert {e.event for e in AuditEvent.objects.filter(subject=f"candidate:{kept.id}")} == {
        "directives.candidate_kept",
        "directives.candidate_withdrawn",
    }


def test_example_of_another_district_is_not_there(
    letter: ReceivedLetter, officer: Person, other_officer: Person
) -> None:
    kept = candidates.keep_candidate(letter_id=letter.id, by=officer.viewer, at=NOON)
    with pytest.raises(MissingError):
        candidates.withdraw_candidate(candidate_id=kept.id, by=other_officer.viewer, at=NOON)
    assert not queries.candidates(other_officer.viewer).rows
