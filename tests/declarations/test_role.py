"""The role of intake keeps declarations, and is told of persons only what a judgement needs."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.declarations.declare_scene import ILL, agree, forms
from tests.declarations.test_intake import post, sent
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.models import Declaration, DeclarationCount
from vungxanh.people import actions
from vungxanh.people.models import Device
from vungxanh.people.values.devices import NewDevice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_intake_in_its_role_judges_and_keeps(
    places_of_both_eras: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    forms()
    made = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)
    agree(Device.objects.get(pk=made.id))
    options = connections.settings["default"].setdefault("OPTIONS", {})
    monkeypatch.setitem(options, "options", "-c role=vungxanh_intake")
    one = sent(now, ILL)
    first, again = post(made.token, [one]), post(made.token, [one])
    assert (first[0].body["stored"], again[0].body["duplicate"]) == (1, 1)
    assert Declaration.objects.get().is_ill
    assert DeclarationCount.objects.get().n_first == 1


@pytest.mark.parametrize("role", ["public", "vungxanh_backup"])
def test_nobody_else_asks_what_a_judgement_is_told(role: str, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.routine_privileges "
            "WHERE grantee ILIKE %s AND routine_name LIKE 'declarations\\_%%' "
            "AND routine_name <> 'declarations_first_id'",
            [role],
        )
        assert cursor.fetchone() == (0,)


def test_pages_change_no_declaration(db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("UPDATE declarations_declaration SET colour = 0")


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE vungxanh_web")
        cursor.execute(statement)
