"""Roles are data: each says what it may do, to what it is limited and where it begins."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories.people import Colleague, employed
from vungxanh.accounts.rules import ROLES, Role, capabilities, first_page, needs_second_factor
from vungxanh.core.access import is_met
from vungxanh.core.viewer import CAPABILITIES
from vungxanh.locations.values import Level

LEVELS = {"any", *(str(level) for level in Level)}
WANTED = {
    "national_officer",
    "province_officer",
    "district_officer",
    "commune_officer",
    "tracer",
    "caller",
    "health_station",
    "inspector",
    "point_owner",
    "point_keeper",
    "workplace_manager",
    "school",
    "operator",
    "broadcaster",
    "laboratory",
    "volunteer",
    "duty_officer",
    "auditor",
    "admin",
}


def test_every_role_of_an_epidemic_is_there() -> None:
    assert set(ROLES) == WANTED


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_a_role_holds_known_capabilities_at_a_known_level(role: Role) -> None:
    spec = ROLES[role]
    assert spec.capabilities <= set(CAPABILITIES)
    assert spec.capabilities
    assert spec.level in LEVELS


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_a_role_may_open_its_first_page(role: Role) -> None:
    somebody = employed(f"first-{role}", role, "vn-2021:52")
    assert somebody.client.get(reverse(first_page([role])), follow=True).status_code == 200


def test_several_roles_add_up_and_an_unknown_one_adds_nothing() -> None:
    both = capabilities(["tracer", "auditor", "nobody"])
    assert both == capabilities(["tracer"]) | capabilities(["auditor"])


@pytest.mark.parametrize("role", ["volunteer", "laboratory", "point_keeper", "admin", "auditor"])
def test_who_needs_no_persons_sees_none(role: str) -> None:
    assert not {one for one in capabilities([role]) if one.startswith("persons.")}


@pytest.mark.parametrize("role", ["volunteer", "laboratory", "point_keeper", "operator"])
def test_who_neither_sees_persons_nor_decides_on_it_needs_a_password_only(role: str) -> None:
    assert not needs_second_factor([role])


@pytest.mark.parametrize("role", ["admin", "auditor", "national_officer"])
def test_who_decides_what_others_see_or_reads_the_log_needs_a_second_factor(role: str) -> None:
    assert needs_second_factor([role])


@pytest.mark.parametrize("role", ["tracer", "caller", "commune_officer", "health_station"])
def test_who_sees_persons_needs_a_second_factor(role: str) -> None:
    assert needs_second_factor([role])


def test_a_caller_is_limited_to_one_list_and_for_a_time() -> None:
    caller = ROLES[Role("caller")]
    assert (caller.limit, caller.ends) == ("list", True)


@pytest.mark.django_db
def test_after_signing_in_everybody_begins_on_the_page_of_the_role(auditor: Colleague) -> None:
    auditor.client.logout()
    said = {"email": auditor.email, "password": "con đò qua bến sông"}
    assert auditor.client.post("/dang-nhap/", said)["Location"] == reverse("audit-log")


@pytest.mark.usefixtures("places")
def test_the_first_page_shows_the_ways_that_are_open(officer: Colleague) -> None:
    page = officer.client.get(reverse("start")).content.decode()
    assert "Cán bộ huyện" in page
    assert "Quy Nhơn" in page
    ways = [
        reverse(entry.page)
        for entry in settings.NAVIGATION.entries
        if is_met(entry.needs, officer.viewer)
    ]
    assert len(ways) > 4
    assert [way for way in ways if f'href="{way}"' not in page] == []
    assert f'href="{reverse("audit-log")}"' not in page
