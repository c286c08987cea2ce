"""The console's way around: no role loses a page, each page stands once, the nearest is lit."""

from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse

from vungxanh.accounts.rules import ROLES, Role, capabilities
from vungxanh.core.access import OPEN, is_met
from vungxanh.core.navigation import Entry, Part, Ways
from vungxanh.core.viewer import CAPABILITIES, PUBLIC, Viewer

WAYS = settings.NAVIGATION
EVERYTHING = frozenset(CAPABILITIES)


def holder(*held: str) -> Viewer:
    """Somebody with these capabilities."""
    return Viewer("staff:1", "Cán bộ", capabilities=frozenset(held))


def urls(parts: tuple[Part, ...]) -> list[str]:
    """The addresses that are shown, in order."""
    return [place.url for part in parts for place in part.places]


def lit(parts: tuple[Part, ...]) -> list[str]:
    """The addresses that are marked as where the viewer is."""
    return [place.url for part in parts for place in part.places if place.is_here]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_loses_a_page_that_it_may_open(role: Role) -> None:
    viewer = holder(*capabilities([role]))
    owed = [reverse(one.page) for one in WAYS.entries if is_met(one.needs, viewer)]
    assert sorted(urls(WAYS.open_to(viewer))) == sorted(owed)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_sees_an_empty_group(role: Role) -> None:
    shown = WAYS.open_to(holder(*capabilities([role])))
    assert all(part.places for part in shown)


def test_there_are_nineteen_roles_to_lead_around() -> None:
    assert len(ROLES) == 19


def test_every_page_of_the_menu_stands_in_it_once() -> None:
    counted = Counter(entry.page for entry in WAYS.entries)
    assert [page for page, n in counted.items() if n > 1] == []


def test_every_entry_names_a_group_that_exists() -> None:
    keys = {key for key, _ in WAYS.groups}
    assert {entry.group for entry in WAYS.entries} <= keys
    assert len(keys) == len(WAYS.groups)


def test_what_nobody_may_open_is_not_shown() -> None:
    shown = urls(WAYS.open_to(PUBLIC))
    assert reverse("uptake-areas") in shown
    assert reverse("audit-log") not in shown


def test_a_group_of_one_is_the_page_itself() -> None:
    work = next(part for part in WAYS.open_to(holder("duties.view")) if part.label == "Việc")
    assert not work.is_menu
    house = WAYS.open_to(holder("devices.manage"))[-1]
    assert not house.is_menu
    assert [place.label for place in house.places] == ["Thiết bị"]


def test_the_page_that_is_nearest_above_is_lit() -> None:
    ways = Ways(
        [("a", "A"), ("b", "B")],
        [Entry("duties-work", "Việc", OPEN, "a"), Entry("duties-board", "Bảng", OPEN, "b")],
    )
    assert lit(ways.open_to(PUBLIC, path="/viec/bang/")) == ["/viec/bang/"]
    assert lit(ways.open_to(PUBLIC, path="/viec/1/")) == ["/viec/"]
    assert [part.is_here for part in ways.open_to(PUBLIC, path="/viec/")] == [True, False]


@pytest.mark.parametrize(("page", "entry"), settings.SECTIONS.items())
def test_a_page_with_another_address_lights_its_section(page: str, entry: str) -> None:
    assert reverse(entry) in lit(WAYS.open_to(holder(*EVERYTHING), path="/", section=entry))
    assert page not in {one.page for one in WAYS.entries}


def test_groups_and_entries_keep_the_order_of_their_lists() -> None:
    shown = WAYS.open_to(holder(*EVERYTHING))
    order = [key for key, _ in WAYS.groups]
    ranked = sorted(WAYS.entries, key=lambda one: order.index(one.group))
    assert urls(shown) == [reverse(one.page) for one in ranked]
