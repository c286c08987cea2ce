"""Answers of every sort, right and wrong, for any form; and spoiled data of forms."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.engines.forms.shipped import ON
from vungxanh.engines.forms import Question, QuestionKind, Questionnaire
from vungxanh.engines.forms.countries import COUNTRIES

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 3000),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(["<script>", "\x00", "x" * 10_000, "31/2/2021", "123456789", "\ud800", "true"]),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=20,
)


def _days(question: Question) -> SearchStrategy[str]:
    first = ON + timedelta(question.earliest_days or -3)
    last = ON + timedelta(question.latest_days if question.latest_days is not None else 3)
    day = timedelta(days=1)
    return st.dates(first - day, last + day).map(date.isoformat)


def _chosen(question: Question) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([one.id for one in question.options]), max_size=4)


_GOOD: dict[QuestionKind, Callable[[Question], SearchStrategy[Any]]] = {
    QuestionKind.BOOLEAN: lambda _: st.booleans(),
    QuestionKind.CHOICE: lambda one: st.sampled_from([option.id for option in one.options]),
    QuestionKind.CHOICES: _chosen,
    QuestionKind.TEXT: lambda _: st.sampled_from(["Đà Nẵng", "Nguyê\u0303n  A", " x "]),
    QuestionKind.DATE: _days,
    QuestionKind.YEAR: lambda _: st.integers(1899, 2022),
    QuestionKind.INTEGER: lambda one: st.integers(0, one.most + 1),
    QuestionKind.PHONE: lambda _: st.sampled_from(["0912345678", "+84912345678", "012"]),
    QuestionKind.PAPER: lambda _: st.sampled_from(["123456789", "052185000001", "B1234567"]),
    QuestionKind.UNIT: lambda _: st.sampled_from(["vn-2025:22378", "vn-2021:22378", "vn-2021:1"]),
    QuestionKind.COUNTRY: lambda _: st.sampled_from([*sorted(COUNTRIES)[:9], "xx", "vn"]),
    QuestionKind.INSURANCE: lambda _: st.sampled_from(["GD4520000000001", "4520000001"]),
    QuestionKind.EMAIL: lambda _: st.sampled_from(["a@b.vn", "a@b", "a b@c.vn", "a@-.b"]),
}


def mostly_good(form: Questionnaire) -> SearchStrategy[dict[str, Any]]:
    """Answers such as people give, now and then a wrong one."""
    fields = {name: _GOOD[one.kind](one) for name, one in form.questions.items()}
    return st.fixed_dictionaries({}, optional=fields)


def any_answers(form: Questionnaire) -> SearchStrategy[dict[str, Any]]:
    """Answers of any sort to its questions and to others."""
    names = st.sampled_from([*form.questions, "blood_group"]) | st.text(max_size=9)
    return st.dictionaries(names, ODD, max_size=12)


@st.composite
def spoiled(draw: st.DrawFn, data: Any) -> Any:
    """Data of which one member, however deep, is something else or is gone."""
    if not isinstance(data, dict | list) or not data or draw(st.integers(0, 6)) == 0:
        return draw(JSON)
    keys = sorted(data) if isinstance(data, dict) else range(len(data))
    key = draw(st.sampled_from(list(keys)))
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    if draw(st.integers(0, 9)) == 0:
        del copy[key]
    else:
        copy[key] = draw(spoiled(data[key]))
    return copy
