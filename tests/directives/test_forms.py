"""What people type: days, times and numbers in their ways, and what is refused beside its field."""

from datetime import date
from typing import Any

import pytest
from django.forms import ValidationError

from vungxanh.directives.forms import typed
from vungxanh.directives.forms.items import HeadForm
from vungxanh.directives.forms.tasks import DeadlineForm, TaskForm
from vungxanh.directives.rules import Wire

TASK: Wire = {
    "id": "5b",
    "assignee": ["Viettel", "VNPT"],
    "action": "báo cáo tình hình",
    "deadline": {
        "type": "before",
        "value": "2020-08-28T17:00:00+07:00",
        "exclusive": True,
        "text": "trước 17h00, ngày 28/8/2020",
        "span": [10, 37],
        "evidence": "năm của văn bản",
    },
    "target": {"value": 2, "unit": "lần/ngày", "of": None, "operator": ">=", "span": [1, 2]},
    "modality": "đề nghị",
}
DAILY = {"deadline_type": "recurring", "freq": "daily"}


def typed_in(**said: Any) -> dict[str, Any]:
    return {"version": 0, "deadline_type": "none", **said}


@pytest.mark.parametrize(
    "text",
    ["31/8/2020", "31-08-2020", "31.8.2020", "ngày 31/8/2020", "2020-08-31"],
)
def test_day_is_read_as_people_write_it(text: str) -> None:
    assert typed.typed_day(text) == date(2020, 8, 31)


@pytest.mark.parametrize(
    ("text", "code"), [("31/8", "no_year"), ("31/6/2021", "invalid"), ("mai", "invalid")]
)
def test_day_that_is_none_says_what_is_missing(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        typed.typed_day(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "time"),
    [("17:00", "17:00"), ("17h30", "17:30"), ("7h", "07:00"), ("16 giờ 30", "16:30")],
)
def test_time_is_read_as_letters_write_it(text: str, time: str) -> None:
    assert typed.typed_time(text) == time


@pytest.mark.parametrize("text", ["25:00", "17:75", "chiều", "17"])
def test_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        typed.typed_time(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("973.075", 973075),
        ("13,66", 13.66),
        ("13.66", 13.66),
        ("60 %", 60),
        ("1.487.817,5", 1487817.5),
    ],
)
def test_number_is_read_in_both_ways_of_writing(text: str, number: float) -> None:
    assert typed.typed_number(text) == number


@pytest.mark.parametrize("text", ["sáu mươi", "1.2.3", "12,345,67"])
def test_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        typed.typed_number(text)


def test_form_that_is_sent_back_unchanged_changes_nothing() -> None:
    shown = TaskForm.initial_of(TASK)
    said = {**shown, "assignee": "\n".join(shown["assignee"]), "version": 0}
    form = TaskForm(said)
    assert form.is_valid(), form.errors
    assert form.value(TASK) == TASK


def test_corrected_deadline_keeps_the_letters_own_words() -> None:
    form = DeadlineForm(typed_in(deadline_type="before", day="01/9/2020"))
    assert form.is_valid(), form.errors
    new = form.value(TASK)["deadline"]
    assert new["value"] == "2020-09-01T00:00:00+07:00"
    assert (new["text"], new["span"]) == ("trước 17h00, ngày 28/8/2020", [10, 37])
    assert "evidence" not in new


def test_rhythm_is_typed_with_its_time_and_last_day() -> None:
    form = DeadlineForm(
        typed_in(
            deadline_type="recurring", freq="daily", time="16h", until="31/8/2020", min_times="2"
        )
    )
    assert form.is_valid(), form.errors
    assert form.value(TASK)["deadline"]["recurrence"] == {
        "freq": "daily",
        "before_time": "16:00",
        "min_times": 2,
        "until": "2020-08-31T23:59:59+07:00",
    }


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"deadline_type": "by"}, "day"),
        ({"deadline_type": "by", "day": "31/6/2021"}, "day"),
        ({"deadline_type": "recurring"}, "freq"),
        ({"deadline_type": "soon"}, "deadline_type"),
        ({"deadline_type": "until", "start": "2/9/2021", "day": "1/9/2021"}, "day"),
        (
            {
                "deadline_type": "recurring",
                "freq": "daily",
                "start": "2/9/2021",
                "until": "1/9/2021",
            },
            "until",
        ),
    ],
)
def test_deadline_that_cannot_be_is_refused_beside_its_field(said: Wire, field: str) -> None:
    form = DeadlineForm(typed_in(**said))
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    ("text", "day", "partial"),
    [
        ("27/5/2021", "2021-05-27", None),
        ("5/2021", None, "2021-05"),
        ("2021", None, "2021"),
        ("", None, None),
    ],
)
def test_head_takes_a_whole_date_or_what_is_known_of_it(
    text: str, day: str | None, partial: str | None
) -> None:
    form = HeadForm({"version": 0, "type": "công văn", "date": text, "number": "07/STTTT-CNTT"})
    assert form.is_valid(), form.errors
    new = form.value({"date": None, "date_partial": "2020"})
    assert (new["date"], new["date_partial"]) == (day, partial)
    assert (new["number_seq"], new["symbol"]) == ("07", "STTTT-CNTT")
