"""What is there in Quy Nhơn for the attacks: a file for each room, each with `things(owner)`.

A new kind of object needs a Thing of its room: under which URLs and by which parameter it is
addressed, and a real one, made in Quy Nhơn with hostile words where people write freely.
"""

from tests.factories.people import Colleague
from tests.security.doors import Thing
from tests.security.objects import (
    accounts,
    audit,
    caring,
    checkins,
    declaring,
    directives,
    duties,
    locations,
    messaging,
    obliging,
    paper_declaring,
    people,
    point_doors,
    poster_jobs,
    processing,
    reporting,
    reports,
    uptake,
)

ROOMS = (
    accounts,
    audit,
    caring,
    checkins,
    declaring,
    directives,
    duties,
    locations,
    messaging,
    obliging,
    paper_declaring,
    people,
    point_doors,
    poster_jobs,
    processing,
    reporting,
    reports,
    uptake,
)


def things(owner: Colleague) -> list[Thing]:
    """One of everything, made by somebody of Quy Nhơn."""
    return [thing for room in ROOMS for thing in room.things(owner)]
