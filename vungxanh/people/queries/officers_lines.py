"""Persons as an answer shows them to officers: opened one by one, compared, the likeliest first."""

from collections.abc import Iterable
from dataclasses import replace

from vungxanh.accounts.values import counterparts_of
from vungxanh.core.enveloped import opened
from vungxanh.core.viewer import Viewer
from vungxanh.engines.persons import PersonAsked, PersonKnown, Sex, likeness
from vungxanh.people.models import Person
from vungxanh.people.queries.finding import Within, candidates
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules.births import year_of
from vungxanh.people.rules.initials import initials
from vungxanh.people.values import Origin
from vungxanh.people.values.looking import Answer, Line

# So many lines are shown; who needs more says more.
MOST_SHOWN = 50
# Two names less alike than this are two names.
LEAST_LIKE = 0.6
# Where a search is bound to one commune, whoever it finds lives there: country to commune agree.
THERE = ("province", "district", "commune")


def line_of(person: Person) -> Line:
    """A person before they are opened: their name and birth are read for initials and year."""
    envelope = envelope_of(person)
    return Line(
        id=person.pk,
        initials=initials(opened(envelope, person, "name")),
        birth_year=year_of(opened(envelope, person, "birth")),
        unit=person.residence_id or "",
        origin=Origin(person.origin),
        companion=person.companion,
    )


def lines_of(persons: Iterable[Person]) -> Answer:
    """Those whom a number or paper itself names, by number."""
    return Answer(tuple(line_of(person) for person in persons))


def alike(viewer: Viewer, asked: PersonAsked, commune: str = "") -> Answer:
    """Who of the area may bear a name: only the block that the index selects is opened.

    The likeliest first, then by number; never in the order of a name.
    """
    within = Within(counterparts_of(commune)) if commune else Within()
    asked = replace(asked, residence=THERE if commune else ())
    block = candidates(viewer, asked, within)
    lines = [_compared(person, asked) for person in block.persons]
    fitting = sorted((one for one in lines if _is_like(one)), key=_order)
    n_more = max(0, len(fitting) - MOST_SHOWN)
    return Answer(tuple(fitting[:MOST_SHOWN]), n_more, block.is_cut)


def _compared(person: Person, asked: PersonAsked) -> Line:
    envelope = envelope_of(person)
    name, birth, sex = (opened(envelope, person, one) for one in ("name", "birth", "sex"))
    year = year_of(birth)
    known = PersonKnown(
        name=name,
        birth_year=year,
        sex=Sex(sex) if sex in set(Sex) else None,
        residence=asked.residence,
    )
    return Line(
        id=person.pk,
        initials=initials(name),
        birth_year=year,
        unit=person.residence_id or "",
        origin=Origin(person.origin),
        likeness=likeness(asked, known),
    )


def _is_like(line: Line) -> bool:
    return line.likeness is not None and line.likeness.name >= LEAST_LIKE


def _order(line: Line) -> tuple[float, int]:
    found = line.likeness
    return (-round(found.score, 6) if found else 0.0, line.id)
