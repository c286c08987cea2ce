"""The fast form gives the same visits as plain Python on worlds full of nasty things."""

from hypothesis import given

from tests.engines.stays.worlds import World, same, worlds
from vungxanh.engines.stays import reference, visits_of


@given(world=worlds())
def test_fast_and_plain_give_the_same_visits(world: World) -> None:
    fast = visits_of(
        world.scans,
        world.points,
        corrections=world.corrections,
        parameters=world.parameters,
        as_of=world.as_of,
    )
    plain = reference.visits_of(
        world.scans,
        world.points,
        corrections=world.corrections,
        parameters=world.parameters,
        as_of=world.as_of,
    )
    assert same(fast, plain), (fast, plain)
