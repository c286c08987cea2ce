"""Items of a reading, what is doubtful, what is due, words found again, orders merged and split."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.directives import rules
from vungxanh.directives.rules import Item, ItemKind, ItemState, LetterState, Wire

NOON = datetime(2021, 8, 3, 5, 0, tzinfo=UTC)


def task(number: int = 1, **said: object) -> Item:
    value: Wire = {
        "id": str(number),
        "assignee": ["Sở Y tế"],
        "action": f"báo cáo lần {number}",
        "deadline": {"type": "none"},
        "target": None,
        "span": [number * 10, number * 10 + 8],
        **said,
    }
    return Item(f"task-{number}", ItemKind.TASK, value)


def due(kind: str, value: str | None, **said: object) -> Wire:
    return {"type": kind, "value": value, **said}


def test_items_of_a_reading_are_put_together_again() -> None:
    reading: Wire = {
        "schema": "letter/1",
        "document": {"type": "công văn"},
        "signer": {"name": None},
        "tasks": [task(1).value, task(2).value],
        "addressees": ["Các sở, ban, ngành"],
        "trace": [{"rule": "x"}],
    }
    items = rules.items_of(reading)
    whole = rules.corrected(reading, items)
    assert whole["tasks"] == reading["tasks"]
    assert whole["document"] == reading["document"]
    assert whole["addressees"] == [{"name": "Các sở, ban, ngành", "span": None}]
    assert "trace" not in whole


def test_dropped_item_is_no_part_of_the_corrected_reading() -> None:
    items = (task(1), task(2).changed(state=ItemState.DROPPED))
    assert [t["id"] for t in rules.corrected({}, items)["tasks"]] == ["1"]


def test_item_survives_keeping() -> None:
    item = task(3).changed(state=ItemState.CONFIRMED, is_own=True)
    assert Item.of(item.as_wire()) == item


@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        (due("before", "2020-09-01T00:00:00+07:00"), "2020-08-31T16:59:59+00:00"),
        (due("before", "2020-08-28T17:00:00+07:00"), "2020-08-28T09:59:59+00:00"),
        (due("by", "2021-05-20T10:00:00+07:00"), "2021-05-20T03:00:00+00:00"),
        (due("until", "2021-08-31T23:59:59+07:00"), "2021-08-31T16:59:59+00:00"),
    ],
)
def test_moment_that_before_names_is_itself_too_late(deadline: Wire, last: str) -> None:
    found = rules.due_at(deadline)
    assert found is not None
    assert found.isoformat() == last


@pytest.mark.parametrize(
    "deadline",
    [None, {}, due("none", None), due("recurring", None), due("before", "khi nào đó")],
)
def test_without_a_day_nothing_is_due(deadline: Wire | None) -> None:
    assert rules.due_at(deadline) is None


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"assignee": []}, "ai làm"),
        ({"deadline": due("by", None)}, "ngày của hạn"),
        ({"deadline": due("by", "2021-08-20", evidence="ngày của văn bản")}, "suy ra"),
        ({"deadline": {"type": "recurring", "recurrence": {"before_time": "16:00"}}}, "kết thúc"),
        ({"target": {"value": 60, "unit": "%", "of": None}}, "mẫu số"),
    ],
)
def test_what_is_doubtful_says_why(said: Wire, word: str) -> None:
    found = rules.doubts(task(1, **said))
    assert [word in one.vi for one in found] == [True]


def test_plain_order_raises_no_doubt() -> None:
    assert rules.doubts(task(1, deadline=due("by", "2021-08-20"))) == ()


def test_progress_counts_what_stands() -> None:
    items = (
        task(1, deadline=due("by", "2021-08-20")).changed(state=ItemState.CONFIRMED),
        task(2, deadline=due("by", "2021-08-10")),
        task(3, deadline=due("by", "2021-08-01")).changed(state=ItemState.DROPPED),
    )
    found = rules.progress_of(items)
    assert (found.n_tasks, found.n_open, found.n_confirmed, found.n_deadlines) == (2, 1, 1, 2)
    assert found.state is LetterState.VIEWING
    assert found.first_due_at == rules.due_at(due("by", "2021-08-10"))


def test_letter_is_new_until_touched_and_done_when_nothing_is_open() -> None:
    assert rules.progress_of((task(1),)).state is LetterState.NEW
    whole = (task(1).changed(state=ItemState.CONFIRMED),)
    assert rules.progress_of(whole).state is LetterState.DONE


def test_new_order_stands_where_its_words_are() -> None:
    added = Item("task-n1", ItemKind.TASK, {**task(2).value, "id": "+1", "span": [15, 18]})
    whole = rules.replaced((task(1), task(2), task(3)), [added])
    assert [item.value["id"] for item in whole] == ["1", "+1", "2", "3"]


@given(st.lists(st.text("abcđê ,.", min_size=1, max_size=8), min_size=1, max_size=6))
def test_words_are_found_again_whatever_the_line_breaks(parts: list[str]) -> None:
    words = [part for text in parts for part in text.split()]
    text = "xx " + "\n  ".join(words) + " yy"
    found = rules.places_of(text, " ".join(words))
    assert bool(found) == bool(words)
    assert all(text[a:b].split() == words for a, b in found)


def test_of_several_places_the_nearest_is_meant_or_none() -> None:
    assert rules.nearest([(0, 3), (40, 43)], 38) == (40, 43)
    assert rules.nearest([(0, 3), (40, 43)], None) is None
    assert rules.nearest([(7, 9)], None) == (7, 9)
    assert rules.nearest([], 3) is None


def test_merged_order_keeps_both_words_everybody_and_the_deadline_there_is() -> None:
    whole = rules.merged_task(
        task(1).value, task(2, assignee=["Sở Y tế", "VNPT"], deadline=due("by", "2021-08-20")).value
    )
    assert whole["action"] == "báo cáo lần 1; báo cáo lần 2"
    assert whole["assignee"] == ["Sở Y tế", "VNPT"]
    assert whole["deadline"]["value"] == "2021-08-20"
    assert whole["span"] == [10, 28]


def test_split_order_leaves_no_word_out() -> None:
    text = "- Tuyên truyền rộng;\nhướng dẫn người dân."
    value = task(1, action="Tuyên truyền rộng; hướng dẫn người dân", span=[2, 40]).value
    parts = rules.split_values(text, value, "hướng dẫn")
    assert parts is not None
    assert [p["action"] for p in parts] == ["Tuyên truyền rộng", "hướng dẫn người dân"]
    assert text[slice(*parts[1]["span"])] == "hướng dẫn người dân"


@pytest.mark.parametrize("second", ["không có chữ này", "Tuyên truyền", ""])
def test_order_is_not_split_at_its_beginning_or_outside(second: str) -> None:
    value = task(1, action="Tuyên truyền; hướng dẫn").value
    assert rules.split_values("", value, second) is None


def test_ten_minutes_are_the_time_for_one_press() -> None:
    assert rules.may_be_undone(NOON, NOON + timedelta(minutes=10))
    assert not rules.may_be_undone(NOON, NOON + timedelta(minutes=10, seconds=1))
