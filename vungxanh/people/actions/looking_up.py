"""Looking persons up: for a purpose, within the own area, so often an hour, and written down."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from vungxanh.accounts.actions.purposes import for_purpose
from vungxanh.accounts.values.purposes import SEE_PERSONS
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core.viewer import Viewer
from vungxanh.engines.papers import Kind, read_paper
from vungxanh.engines.persons import Likeness, PersonAsked, Reason, Sex, block_of
from vungxanh.engines.phones import read_phone
from vungxanh.people.actions.looking_limit import next_look_up
from vungxanh.people.actions.looking_refusals import NameTellsLittleError, TooManyLookUpsError
from vungxanh.people.queries.finding import with_number, with_paper
from vungxanh.people.queries.officers_lines import alike, line_of, lines_of
from vungxanh.people.rules.births import year_of
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.looking import Answer, Line, LookUp, Way

STAFF_DEVICE = "device:"
# Shown before a new person is written: half a dismissal costs less than one person kept twice.
# The chance of name alone in one commune is 0.26, of name and year 0.96.
MAY_BE_SAME = 0.25
_NONE = Likeness(1.0, 0.0, ())


def look_up(*, asked: LookUp, by: Viewer, at: datetime) -> Answer:
    """Who of the viewer's area has this number, this paper or a name like this.

    Whoever lives elsewhere is answered as whoever is not known. Records people.looked_up with the
    purpose, the way and how many were found, never what was asked; the tries are counted before
    anything is looked at, outside of any transaction.
    """
    by.require(SEE_PERSONS)
    looking = for_purpose(by, asked.purpose, at)
    _refuse_what_cannot_be(asked)
    _take(by, at)
    answer = _ANSWERS[asked.way](looking, asked)
    _record(looking, str(asked.way), len(answer.lines) + answer.n_more, at=at)
    return answer


def same_persons(*, person: NewPerson, purpose: str, by: Viewer, at: datetime) -> tuple[Line, ...]:
    """Who of the area may be the one that is to be written down, the likeliest first.

    The same paper, the same number, or name and birth in the same commune. An answer that shows
    somebody counts as a look-up and is recorded as one.
    """
    by.require(SEE_PERSONS)
    looking = for_purpose(by, purpose, at)
    found = _same(looking, person)
    if found:
        _take(by, at)
        _record(looking, "new", len(found), at=at)
    return found


def _refuse_what_cannot_be(asked: LookUp) -> None:
    if asked.way is Way.PHONE:
        read_phone(asked.text)
    elif asked.way is Way.PAPER:
        read_paper(asked.text)
    elif not block_of(PersonAsked(name=asked.text)):
        raise NameTellsLittleError


def _take(by: Viewer, at: datetime) -> None:
    """One look-up of the hour; each is counted in one row of who asks, so none comes on top."""
    of_device = by.id.startswith(STAFF_DEVICE)
    n = settings.LOOKUPS_DEVICE if of_device else settings.LOOKUPS_OFFICER
    next_at = next_look_up(who=by.id, n=n, at=at)
    if next_at:
        raise TooManyLookUpsError(n, next_at, at)


def _record(looking: Viewer, way: str, n: int, *, at: datetime) -> None:
    with transaction.atomic():
        detail: Detail = {"way": way, "results": n}
        record(event="people.looked_up", by=looking, at=at, subject="people", detail=detail)


def _by_phone(looking: Viewer, asked: LookUp) -> Answer:
    return lines_of(with_number(looking, read_phone(asked.text).e164))


def _by_paper(looking: Viewer, asked: LookUp) -> Answer:
    return lines_of(with_paper(looking, read_paper(asked.text)))


def _by_name(looking: Viewer, asked: LookUp) -> Answer:
    particulars = PersonAsked(name=asked.text, birth_year=asked.birth_year)
    return alike(looking, particulars, asked.commune)


_ANSWERS = {Way.PHONE: _by_phone, Way.PAPER: _by_paper, Way.NAME: _by_name}


def _same(looking: Viewer, person: NewPerson) -> tuple[Line, ...]:
    found: dict[int, Line] = {}
    for kind, text in person.papers:
        for row in with_paper(looking, read_paper(text, Kind(kind) if kind else None)):
            found[row.pk] = _surely(found.get(row.pk) or line_of(row), Reason.PAPERS_SAME)
    if person.phone.strip():
        for row in with_number(looking, read_phone(person.phone).e164):
            found[row.pk] = _surely(found.get(row.pk) or line_of(row), Reason.PHONE_SAME)
    return (*found.values(), *(one for one in _namesakes(looking, person) if one.id not in found))


def _surely(line: Line, reason: Reason) -> Line:
    said = line.likeness or _NONE
    return replace(line, likeness=replace(said, reasons=(*said.reasons, reason)))


def _namesakes(looking: Viewer, person: NewPerson) -> tuple[Line, ...]:
    if person.residence is None:
        return ()
    asked = PersonAsked(
        name=person.name,
        birth_year=year_of(person.birth),
        sex=Sex(person.sex) if person.sex else None,
    )
    lines = alike(looking, asked, person.residence.unit).lines
    return tuple(one for one in lines if one.likeness and one.likeness.score >= MAY_BE_SAME)
