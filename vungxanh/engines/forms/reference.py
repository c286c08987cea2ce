"""The slow twin: a form's data interpreted plainly, each question by looking the others up anew."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from string import ascii_lowercase, digits
from typing import Any, Final

from vungxanh.engines.forms.countries import COUNTRIES
from vungxanh.engines.forms.marked import as_kept, is_marked
from vungxanh.engines.papers import BadPaperError, Kind, read_paper
from vungxanh.engines.phones import BadPhoneError, read_phone

Data = Mapping[str, Any]
FAULT: Final = object()
"""What stands before the code of a fault in a pair."""


def plain_shown(form: Data, answers: Mapping[str, object]) -> set[str]:
    """The questions that are asked."""
    return {one["id"] for one in _questions(form) if _is_asked(one, form, answers)}


def plain_answers(
    form: Data, given: Mapping[str, object], *, on: date, known: Collection[str] = ()
) -> tuple[dict[str, object], set[tuple[str, str]]]:
    """The answers kept and the faults; where there is a fault the answers count for nothing."""
    kept: dict[str, object] = {}
    faults = {(str(name)[:40], "not_asked") for name in given if _question(form, name) is None}
    for question in _questions(form):
        name = question["id"]
        if not _is_asked(question, form, kept):
            continue
        found = _one(question, given.get(name), on)
        if isinstance(found, tuple) and found[:1] == (FAULT,):
            faults.add((name, str(found[1])))
        elif found is not None:
            kept[name] = found
        elif question.get("is_required") and not (question.get("identity") and name in known):
            faults.add((name, "required"))
    return kept, faults


def _questions(form: Data) -> list[Data]:
    return [question for page in form["pages"] for question in page["questions"]]


def _question(form: Data, name: object) -> Data | None:
    return next((one for one in _questions(form) if one["id"] == name), None)


def _is_asked(question: Data, form: Data, answers: Mapping[str, object]) -> bool:
    """A question is asked if clauses on questions that are asked themselves say so."""
    when = question.get("when")
    if when is None:
        return True
    held = []
    for clause in when.get("any", []) + when.get("all", []):
        other = _question(form, clause["question"])
        answer = answers.get(clause["question"])
        is_answered = answer not in (None, "", ()) and other is not None
        is_so = is_answered and ("answered" in clause or _is_among(clause["is"], answer))
        held.append(is_so and other is not None and _is_asked(other, form, answers))
    return any(held) if "any" in when else all(held)


def _is_among(value: object, answer: object) -> bool:
    return value in answer if isinstance(answer, tuple) else value == answer


def _one(question: Data, given: object, on: date) -> object:
    """The answer, None where there is none, or FAULT with a code."""
    is_blank = isinstance(given, str) and not given.strip()
    if given is None or is_blank or given in ([], ()):
        return None
    kind = question["kind"]
    if kind == "boolean":
        found = {"true": True, "false": False}.get(given) if isinstance(given, str) else given
        return found if isinstance(found, bool) else (FAULT, "form")
    if kind in ("choice", "choices"):
        return _chosen(question, given)
    if kind in ("year", "integer"):
        return _number(question, given, on)
    return _written(question, given, on)


def _chosen(question: Data, given: object) -> object:
    ids = [one["id"] for one in question["options"]]
    alone = {one["id"] for one in question["options"] if one.get("is_exclusive")}
    if question["kind"] == "choice":
        if not isinstance(given, str):
            return FAULT, "form"
        return given if given in ids else (FAULT, "not_an_option")
    many = [given] if isinstance(given, str) else given
    if not isinstance(many, list | tuple):
        return FAULT, "form"
    if len(many) > len(ids):
        return FAULT, "too_long"
    for one in many:
        if not isinstance(one, str) or one not in ids:
            return FAULT, "not_an_option" if isinstance(one, str) else "form"
    kept = tuple(one for one in ids if one in many)
    if len(kept) > question.get("most", len(ids)):
        return FAULT, "too_long"
    return (FAULT, "exclusive") if len(kept) > 1 and alone & set(kept) else kept


def _number(question: Data, given: object, on: date) -> object:
    if isinstance(given, str) and given.strip().isascii() and given.strip().isdigit():
        given = int(given) if len(given.strip()) <= 7 else None
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        return FAULT, "form"
    if question["kind"] == "integer":
        return given if given <= question.get("most", 1000) else (FAULT, "too_long")
    if given < 1900:
        return FAULT, "too_early"
    return given if given <= on.year else (FAULT, "in_the_future")


def _written(question: Data, given: object, on: date) -> object:
    kind = question["kind"]
    most = question.get("most", {"text": 200, "email": 254}.get(kind, 64))
    if not isinstance(given, str):
        return FAULT, "form"
    if len(given) > 4 * most + 64:
        return FAULT, "too_long"
    if is_marked(given):
        return FAULT, "script"
    text = as_kept(given)
    if len(text) > most:
        return FAULT, "too_long"
    if kind == "date":
        return _day(question, text, on)
    return _coded(kind, text, on)


def _coded(kind: str, text: str, on: date) -> object:
    if kind == "unit":
        tree, _, code = text.partition(":")
        is_tree = tree[:3] == "vn-" and _are_digits(tree[3:], 4)
        return text if is_tree and _are_digits(code, 5) else (FAULT, "unknown_unit")
    if kind == "country":
        return text.upper() if text.upper() in COUNTRIES else (FAULT, "country")
    if kind == "email":
        return text if _is_email(text) else (FAULT, "email")
    if kind == "phone":
        try:
            return read_phone(text).e164
        except BadPhoneError:
            return FAULT, "phone"
    if kind in ("paper", "insurance"):
        return _paper(kind, text, on)
    return text


def _paper(kind: str, text: str, on: date) -> object:
    try:
        if kind == "insurance":
            return read_paper(text, Kind.BHYT).number
        paper = read_paper(text, on=on)
    except BadPaperError:
        return FAULT, kind
    return (FAULT, "paper") if paper.kind is Kind.BHYT else paper.number


def _day(question: Data, text: str, on: date) -> object:
    """Every day there is, written in both ways, is compared with what is written."""
    parts = text.split("-")
    if len(parts) != 3 or [len(one) for one in parts] != [4, 2, 2]:
        for sign in "/.":
            text = text.replace(sign, "-")
        parts = text.split("-")[::-1]
        if len(parts) != 3 or not (len(parts[0]) == 4 and {len(p) for p in parts[1:]} <= {1, 2}):
            return FAULT, "impossible_date"
    if not all(_are_digits(one, len(one)) for one in parts):
        return FAULT, "impossible_date"
    year, month, day = (int(one) for one in parts)
    lengths = {2: 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28}
    longest = lengths.get(month, 30 if month in (4, 6, 9, 11) else 31)
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= longest):
        return FAULT, "impossible_date"
    found, bounds = (
        date(year, month, day),
        (question.get("earliest_days"), question.get("latest_days")),
    )
    if bounds[0] is not None and found < on + timedelta(bounds[0]):
        return FAULT, "too_early"
    if bounds[1] is not None and found > on + timedelta(bounds[1]):
        return FAULT, "too_late" if bounds[1] > 0 else "in_the_future"
    return found.isoformat()


def _are_digits(text: str, length: int) -> bool:
    return len(text) == length and length > 0 and all(one in "0123456789" for one in text)


def _is_email(text: str) -> bool:
    name, at, domain = text.rpartition("@")
    labels = domain.split(".")
    letters = ascii_lowercase + digits
    is_named = 0 < len(name) <= 64 and all(
        one.lower() in letters + ".!#$%&'*+/=?^_`{|}~-" for one in name
    )
    are_labels = all(one and all(sign.lower() in letters + "-" for sign in one) for one in labels)
    return bool(at) and is_named and are_labels and len(labels) > 1 and text.isascii()
