"""Data of forms: every fault is refused by its code and its place."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.engines.forms.shipped import data_of
from vungxanh.engines.forms import FormError, QuestionKind, read_questionnaire

Change = Callable[[dict[str, Any]], object]


def first(data: dict[str, Any]) -> dict[str, Any]:
    question: dict[str, Any] = data["pages"][0]["questions"][0]
    return question


def signs(data: dict[str, Any]) -> dict[str, Any]:
    question: dict[str, Any] = data["pages"][1]["questions"][0]
    return question


def when(data: dict[str, Any], *clauses: object) -> None:
    data["pages"][1]["questions"][1]["when"] = {"any": list(clauses)}


CASES: list[tuple[Change, str, str]] = [
    (lambda d: d.update(version=0), "bad_value", "version"),
    (lambda d: d.update(version=True), "bad_value", "version"),
    (lambda d: d.update(id="General 1"), "bad_value", "id"),
    (lambda d: d.update(colour="red"), "unknown_key", "form.colour"),
    (lambda d: d.pop("title"), "not_an_object", "title"),
    (lambda d: d["title"].pop("vi"), "missing", "title.vi"),
    (lambda d: d["title"].update(lo="x"), "unknown_key", "title.lo"),
    (lambda d: d["title"].update(vi="<b>x</b>"), "bad_value", "title.vi"),
    (lambda d: d["title"].update(vi="  "), "missing", "title.vi"),
    (lambda d: d.update(languages=["en"]), "bad_value", "languages"),
    (lambda d: d.update(languages=["vi", "vi"]), "repeated", "languages"),
    (lambda d: d.update(languages=["vi", "tiếng Anh"]), "bad_value", "languages"),
    (lambda d: d.update(lookback_days=0), "bad_value", "lookback_days"),
    (lambda d: d.update(source=""), "missing", "source"),
    (lambda d: d.update(consents=["a", "a"]), "repeated", "consents"),
    (lambda d: d.update(pages=[]), "missing", "pages"),
    (lambda d: d["pages"][0].update(questions=[]), "missing", "pages[0].questions"),
    (lambda d: d["pages"][1].update(id="you"), "repeated", "pages[1].id"),
    (
        lambda d: d["pages"][0]["questions"].append(dict(first(d), id="eleventh")),
        "too_many",
        "pages[0].questions",
    ),
    (lambda d: first(d).pop("kind"), "missing", "pages[0].questions[0].kind"),
    (lambda d: first(d).update(kind="photo"), "bad_value", "pages[0].questions[0].kind"),
    (lambda d: first(d).update(kind=[]), "bad_value", "pages[0].questions[0].kind"),
    (
        lambda d: first(d).update(is_required="yes"),
        "bad_value",
        "pages[0].questions[0].is_required",
    ),
    (lambda d: first(d).update(most=5000), "bad_value", "pages[0].questions[0].most"),
    (lambda d: first(d).update(latest_days=0), "bad_value", "pages[0].questions[0].earliest_days"),
    (
        lambda d: first(d).update(options=[{"id": "a", "text": {"vi": "a"}}]),
        "bad_value",
        "pages[0].questions[0].options",
    ),
    (lambda d: signs(d).update(id="name"), "repeated", "pages[1].questions[0].id"),
    (lambda d: signs(d).pop("options"), "missing", "pages[1].questions[0].options"),
    (
        lambda d: signs(d)["options"][1].update(id="fever"),
        "repeated",
        "pages[1].questions[0].options[1].id",
    ),
    (
        lambda d: when(d, {"question": "tested", "is": "none"}),
        "unknown_reference",
        "pages[1].questions[1].when.any[0].question",
    ),
    (
        lambda d: when(d, {"question": "signs_since", "answered": True}),
        "unknown_reference",
        "pages[1].questions[1].when.any[0].question",
    ),
    (
        lambda d: when(d, {"question": "gender", "is": "female"}),
        "unknown_reference",
        "pages[1].questions[1].when.any[0].question",
    ),
    (
        lambda d: when(d, {"question": "signs", "is": "sneeze"}),
        "unknown_reference",
        "pages[1].questions[1].when.any[0].is",
    ),
    (
        lambda d: when(d, {"question": "signs", "answered": False}),
        "bad_value",
        "pages[1].questions[1].when.any[0].answered",
    ),
    (lambda d: when(d), "missing", "pages[1].questions[1].when.any"),
    (
        lambda d: d["pages"][1]["questions"][1].update(earliest_days=1),
        "bad_value",
        "pages[1].questions[1].earliest_days",
    ),
]


@pytest.mark.parametrize(("change", "code", "where"), CASES)
def test_a_fault_is_refused_by_its_place(change: Change, code: str, where: str) -> None:
    data = data_of("general-2")
    change(data)
    with pytest.raises(FormError) as refused:
        read_questionnaire(data)
    assert (refused.value.code, refused.value.where) == (f"forms.{code}", where)
    assert where in refused.value.words.vi


@pytest.mark.parametrize("data", [None, [], "form", 7, {1: 2}])
def test_what_is_no_form_at_all_is_refused(data: object) -> None:
    with pytest.raises(FormError):
        read_questionnaire(data)


def test_every_kind_of_question_is_asked_by_some_shipped_form() -> None:
    names = ("general-2", "domestic-1", "entry-1")
    kinds = {
        one["kind"]
        for name in names
        for page in data_of(name)["pages"]
        for one in page["questions"]
    }
    assert {*map(str, QuestionKind)} - kinds == {"integer"}
