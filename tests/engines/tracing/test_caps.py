"""What keeps an answer from being everyone, and what is said about it."""

import numpy as np
import pytest

from tests.engines.tracing.worlds import visits_of, windows_of
from vungxanh.engines.tracing import Contacts, Parameters, Visits, core, reference
from vungxanh.engines.tracing.caps import Caps, with_warnings, without_crowds
from vungxanh.engines.tracing.store import store_of

HOUR = 3600
CROWDED, QUIET = 7, 8
# Ten people at one place and the case there too; one more person meets the case elsewhere.
VISITS = visits_of(
    [
        *((person, CROWDED, 0, HOUR) for person in range(1, 12)),
        (1, QUIET, 2 * HOUR, 3 * HOUR),
        (99, QUIET, 2 * HOUR, 3 * HOUR),
        (99, QUIET, 400 * HOUR, 401 * HOUR),
    ]
)
CASE = windows_of([(1, 0, 4 * HOUR)])


def asked(caps: Caps, *, generations: int = 1) -> Contacts:
    return core.contacts(store_of(VISITS), CASE, Parameters(), generations=generations, caps=caps)


def test_places_with_more_visits_than_the_cap_are_left_out_and_said() -> None:
    found = asked(Caps(crowd=10))
    assert found.person_id.tolist() == [99]
    assert "1 địa điểm có hơn 10 lượt vào" in found.warnings[0].vi


def test_a_place_with_as_many_visits_as_the_cap_counts() -> None:
    assert len(asked(Caps(crowd=11))) == 11


def test_half_of_everybody_is_said_to_be_everybody() -> None:
    (warning,) = asked(Caps()).warnings
    assert "Vòng 1 gồm 91 % số người" in warning.vi


def test_a_generation_over_the_cap_is_given_and_not_followed() -> None:
    found = asked(Caps(most=5), generations=3)
    assert set(found.generation.tolist()) == {1}
    assert "không tìm vòng sau" in found.warnings[-1].vi


def test_a_generation_within_the_cap_is_followed() -> None:
    assert not any("không tìm" in one.vi for one in asked(Caps(most=11), generations=2).warnings)


@pytest.mark.parametrize("crowd", [0, 10, 11])
def test_engines_without_a_store_say_the_same(crowd: int) -> None:
    caps = Caps(crowd=crowd)
    as_of = int(VISITS.t_in.max())
    quiet, n_crowds = without_crowds(VISITS, crowd)
    plain = reference.contacts(quiet, CASE, Parameters(), as_of=as_of)
    told = with_warnings(plain, VISITS, caps, n_crowds=n_crowds)
    assert list(told.rows()) == list(asked(caps).rows())
    assert told.warnings == asked(caps).warnings


def test_nobody_is_not_everybody() -> None:
    nobody = Visits(*(np.empty(0, np.int64) for _ in range(4)))
    assert core.contacts(store_of(nobody), CASE, Parameters()).warnings == ()
