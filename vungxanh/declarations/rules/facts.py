"""Facts of a judgement from the answers of a form and from what the register says."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from vungxanh.engines.decisions import Facts
from vungxanh.engines.decisions.types import CONDITIONS, FORMS, SIGNS, STANDINGS, TESTS
from vungxanh.engines.forms import Answer

_HOURS_OF_A_DAY: Final = 24
_SAME: Final = {"pregnant": "pregnancy"}
"""Words of forms that rules call otherwise."""


def facts_of(
    answers: Mapping[str, Answer],
    *,
    form: str,
    standings: Collection[str],
    birth: str,
    levels: tuple[int | None, int | None],
    on: date,
) -> Facts:
    """What the rules are asked about; what is not answered is not known.

    `levels` are those of the home on the day and, the worst, of places visited.

    >>> facts_of({"signs": ("cough",), "doses": "2"}, form="general", standings=(), birth="",
    ...     levels=(None, None), on=date(2021, 9, 1)).doses
    2
    """
    return Facts(
        signs=_words(answers, "signs", SIGNS),
        standings=frozenset(standings).intersection(STANDINGS),
        conditions=_words(answers, "conditions", CONDITIONS),
        been=_flag(answers, "been"),
        contact_case=_flag(answers, "contact_case"),
        contact_country=_flag(answers, "contact_country"),
        contact_ill=_flag(answers, "contact_ill"),
        area_level=levels[0],
        worst_place_level=levels[1],
        doses=_number(answers.get("doses")),
        dose_days=_days_since(answers, "last_dose", on),
        recovered_days=_days_since(answers, "recovered_on", on),
        test=_word(answers, "tested", TESTS),
        test_hours=_hours_since(answers, "tested_on", on),
        age=_age(birth or str(answers.get("birth_year", "")), on),
        form=form if form in FORMS else "",
    )


def _words(answers: Mapping[str, Answer], name: str, known: Collection[str]) -> frozenset[str]:
    found = answers.get(name)
    if not isinstance(found, tuple):
        return frozenset()
    return frozenset(_SAME.get(one, one) for one in found).intersection(known)


def _word(answers: Mapping[str, Answer], name: str, known: Collection[str]) -> str:
    found = answers.get(name, "")
    return found if isinstance(found, str) and found in known else ""


def _flag(answers: Mapping[str, Answer], name: str) -> bool | None:
    found = answers.get(name)
    return found if isinstance(found, bool) else None


def _number(found: object) -> int | None:
    if isinstance(found, str) and found.isdecimal():
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _days_since(answers: Mapping[str, Answer], name: str, on: date) -> int | None:
    found = answers.get(name)
    return max((on - date.fromisoformat(found)).days, 0) if isinstance(found, str) else None


def _hours_since(answers: Mapping[str, Answer], name: str, on: date) -> int | None:
    days = _days_since(answers, name, on)
    return None if days is None else days * _HOURS_OF_A_DAY


def _age(birth: str, on: date) -> int | None:
    """Whole years, by the year alone where no day is known."""
    year = _number(birth[:4])
    if year is None:
        return None
    has_day = len(birth) == len("2000-01-01")
    is_before = has_day and (on.month, on.day) < (int(birth[5:7]), int(birth[8:10]))
    return max(on.year - year - is_before, 0)
