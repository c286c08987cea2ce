"""Somebody of the register as a door sees them, read with one statement."""

from datetime import datetime
from typing import Final

from vungxanh.core.clock import TZ
from vungxanh.core.envelope import opened
from vungxanh.core.prepared import Statement
from vungxanh.people.rules.births import year_of
from vungxanh.people.rules.initials import initials
from vungxanh.people.values.at_doors import AtDoor
from vungxanh.people.values.standing import Class, Colour
from vungxanh.people.values.subjects import CodeOddness

_AT_DOOR: Final = Statement("""
SELECT person.key, person.name, person.birth, card.colour, card.starts_at, ARRAY(
    SELECT DISTINCT standing.cls FROM people_standing AS standing
    WHERE standing.person_id = person.id AND standing.starts_at <= %(at)s
        AND (standing.ends_at IS NULL OR standing.ends_at > %(at)s)
)
FROM people_person AS person LEFT JOIN people_card AS card
    ON card.person_id = person.id AND card.starts_at <= %(at)s AND card.ends_at > %(at)s
WHERE person.id = %(person)s
""")


def at_door(person_id: int, oddness: CodeOddness, at: datetime) -> AtDoor:
    """A person as a door sees them; one query. Nobody where they went meanwhile."""
    for key, name, birth, colour, declared_at, classes in _AT_DOOR.rows(person=person_id, at=at):
        envelope = opened(bytes(key))
        plain = [
            envelope.open(bytes(text), f"people_person.{column}") if text else ""
            for column, text in (("name", name), ("birth", birth))
        ]
        return AtDoor(
            is_known=True,
            initials=initials(plain[0]),
            birth_year=year_of(plain[1]),
            classes=frozenset(map(Class, classes)),
            colour=Colour(colour) if colour else None,
            declared_on=declared_at.astimezone(TZ).date() if declared_at else None,
            oddness=oddness,
        )
    return AtDoor()
