"""Loading and authorising in one step: what is not one's own does not exist."""

import pytest

from vungxanh.accounts.queries import authorised
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import PUBLIC, SYSTEM, Viewer
from vungxanh.locations.values import Unit, UnitId, registry

NEEDS = "directives.view"


def somebody(*units: str, opened: str = "", needs: str = NEEDS) -> Viewer:
    """A viewer of some units with one capability."""
    return Viewer(
        id="staff:x",
        name="",
        units=frozenset(units),
        opened=frozenset({opened} - {""}),
        capabilities=frozenset({needs}),
    )


def place(unit_id: str) -> Unit:
    """The unit itself stands for a thing of the unit."""
    return registry().unit(UnitId(unit_id))


def asked(viewer: Viewer, unit_id: str | None, *, acting: bool = False) -> Unit:
    """Load the thing of a unit."""
    found = None if unit_id is None else place(unit_id)
    return authorised(found, viewer=viewer, needs=NEEDS, unit=lambda one: one, acting=acting)


@pytest.mark.parametrize(
    ("held", "unit"),
    [
        ("vn-2021:540", "vn-2021:540"),
        ("vn-2021:52", "vn-2021:21586"),
        ("vn-2025:52", "vn-2021:540"),
        ("vn-2025:vn", "vn-2021:52"),
    ],
)
@pytest.mark.parametrize("acting", [False, True], ids=["read", "act"])
def test_a_thing_of_the_area_is_loaded_in_either_era(held: str, unit: str, acting: bool) -> None:
    assert asked(somebody(held), unit, acting=acting).id == unit


def test_a_thing_that_lies_partly_in_the_area_is_read_and_not_acted_upon() -> None:
    partly = somebody("vn-2025:21628")
    assert asked(partly, "vn-2021:21634").name == "Xã An Nghĩa"
    with pytest.raises(MissingError):
        asked(partly, "vn-2021:21634", acting=True)


@pytest.mark.parametrize(
    "viewer",
    [somebody("vn-2021:549"), somebody("vn-2021:540", needs="uptake.view"), PUBLIC, somebody()],
    ids=["another district", "without the capability", "public", "without a unit"],
)
@pytest.mark.parametrize("unit", ["vn-2021:540", None], ids=["there", "not there"])
def test_others_get_the_same_answer_as_for_what_does_not_exist(
    viewer: Viewer, unit: str | None
) -> None:
    with pytest.raises(MissingError) as refused:
        asked(viewer, unit)
    assert refused.value.code == "core.missing"


def test_breaking_the_glass_opens_for_reading_only() -> None:
    opened = somebody("vn-2021:549", opened="vn-2021:540")
    assert asked(opened, "vn-2021:21586").id == "vn-2021:21586"
    with pytest.raises(MissingError):
        asked(opened, "vn-2021:21586", acting=True)


def test_the_system_loads_everything() -> None:
    assert asked(SYSTEM, "vn-2021:540", acting=True).id == "vn-2021:540"
