"""Who acts: behind an address of mail, and for whom."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import PROVINCE, QUY_NHON, Colleague, employed
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries.acting import (
    ActsFor,
    acts_for,
    lacks_organisation,
    viewer_of_address,
)
from vungxanh.accounts.rules import ROLES, Role, capabilities
from vungxanh.core.viewer import PUBLIC, Viewer
from vungxanh.locations.values.kinds import KINDS

AT = datetime(2021, 6, 1, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
OPERATOR = Role("operator")
ONE = uuid4()
SCOPE = frozenset({f"organisation:{ONE}"})


def test_address_of_mail_stands_for_its_account_whatever_its_case(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    operator = employed("operator", OPERATOR, PROVINCE, organisation=ONE)
    with django_assert_num_queries(1):
        found = viewer_of_address(" Operator@TEST.example ", at=AT)
    assert found == operator.viewer
    assert found.scopes == SCOPE
    assert found.capabilities == capabilities(["operator"])


@pytest.mark.parametrize("email", ["", "nobody@test.example", "officer@test.example\0", "ơ@ơ"])
def test_address_of_nobody_stands_for_nobody(email: str, officer: Colleague) -> None:
    assert viewer_of_address(email, at=AT) is None


@pytest.mark.parametrize(
    ("change", "at", "stands"),
    [
        ({"is_active": False}, AT, False),
        ({"ends_at": LATER}, AT, True),
        ({"ends_at": LATER}, LATER, False),
    ],
)
def test_locked_or_ended_account_stands_for_nobody(
    change: dict[str, object], at: datetime, stands: bool, officer: Colleague
) -> None:
    Staff.objects.filter(pk=officer.staff.pk).update(**change)
    assert (viewer_of_address(officer.email, at=at) is not None) is stands


def somebody(*roles: str, scopes: frozenset[str] = frozenset()) -> Viewer:
    units = frozenset({QUY_NHON})
    return Viewer(id="staff:x", name="", roles=frozenset(roles), units=units, scopes=scopes)


@pytest.mark.parametrize(
    ("viewer", "units", "n_organisations"),
    [
        (somebody("operator", scopes=SCOPE), set(), 1),
        (somebody("operator"), set(), 0),
        (somebody("operator", "district_officer", scopes=SCOPE), {QUY_NHON}, 1),
        (somebody("district_officer"), {QUY_NHON}, 0),
        (somebody(scopes=SCOPE), set(), 1),
        (somebody(scopes=frozenset({"device:reports"})), {QUY_NHON}, 0),
        (PUBLIC, set(), 0),
    ],
    ids=["contact", "contact of none", "both", "officer", "key of one", "key of a unit", "public"],
)
def test_contact_acts_for_the_organisation_and_never_for_the_unit(
    viewer: Viewer, units: set[str], n_organisations: int
) -> None:
    named = frozenset({str(ONE)} if n_organisations else ())
    assert acts_for(viewer) == ActsFor(frozenset(units), named)


def test_contact_without_an_organisation_lacks_one() -> None:
    assert lacks_organisation(somebody("operator"))
    assert not lacks_organisation(somebody("operator", scopes=SCOPE))
    assert not lacks_organisation(somebody("district_officer"))


def test_roles_act_for_known_kinds_of_organisation() -> None:
    named = {role: spec.acts_for for role, spec in ROLES.items() if spec.acts_for}
    assert set(named) == {OPERATOR}
    assert named[OPERATOR] <= set(KINDS)
