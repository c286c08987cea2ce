"""Who has to declare, how many did, and of how many, as far as anybody knows."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.declarations.test_figures import GIA_LAI, HA_NOI, NOW, QUY_NHON
from tests.factories.people import Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.actions.obliging import (
    NewObligation,
    ObligationError,
    add_obligation,
    end_obligation,
)
from vungxanh.declarations.models import Obligation
from vungxanh.declarations.queries.obligations import obligations_in, window
from vungxanh.declarations.values.states import Every

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def forms() -> Iterator[datetime]:
    """The package's forms are in use."""
    with frozen_at(NOW):
        load_forms(by=SYSTEM, at=NOW)
        yield NOW


@pytest.fixture
def officer() -> Colleague:
    """An officer of the province, who manages forms."""
    return employed("nghia-vu", Role("province_officer"), GIA_LAI)


def said(**other: Any) -> NewObligation:
    """Everybody of a ward declares every day."""
    usual: dict[str, Any] = {
        "words": "Người dân trong phường",
        "unit_id": QUY_NHON,
        "form": "daily",
        "every": Every.DAILY,
        "starts_on": TODAY - timedelta(days=3),
        "letter": "12/UBND ngày 27/2/2026",
    }
    return NewObligation(**(usual | other))


def test_an_obligation_tells_who_declared_and_that_no_base_is_known(officer: Colleague) -> None:
    add_obligation(new=said(), by=officer.viewer, at=NOW)
    found = obligations_in(officer.viewer.units, GIA_LAI, on=TODAY)
    assert [(one.n_declared, one.base, one.n_missing) for one in found] == [(0, None, None)]


def test_it_is_seen_in_its_area_alone(officer: Colleague) -> None:
    add_obligation(new=said(), by=officer.viewer, at=NOW)
    assert obligations_in(frozenset({HA_NOI}), "vn-2025:vn", on=TODAY) == []
    assert obligations_in(officer.viewer.units, HA_NOI, on=TODAY) == []


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"words": " "}, "declarations.obligation_words"),
        ({"letter": ""}, "declarations.obligation_words"),
        ({"ends_on": TODAY - timedelta(days=9)}, "declarations.obligation_days"),
        ({"form": "none"}, "declarations.obligation_form"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(
    officer: Colleague, other: dict[str, Any], code: str
) -> None:
    with pytest.raises(ObligationError) as refused:
        add_obligation(new=said(**other), by=officer.viewer, at=NOW)
    assert refused.value.code == code
    assert not Obligation.objects.exists()


def test_nobody_obliges_another_area(officer: Colleague) -> None:
    with pytest.raises(MissingError):
        add_obligation(new=said(unit_id=HA_NOI), by=officer.viewer, at=NOW)


def test_who_does_not_manage_forms_obliges_nobody() -> None:
    nurse = employed("tram", Role("health_station"), QUY_NHON)
    with pytest.raises(ForbiddenError):
        add_obligation(new=said(), by=nurse.viewer, at=NOW)


def test_it_ends_once(officer: Colleague) -> None:
    made = add_obligation(new=said(), by=officer.viewer, at=NOW)
    end_obligation(obligation_id=made, last_on=TODAY, by=officer.viewer, at=NOW)
    with pytest.raises(ObligationError) as refused:
        end_obligation(obligation_id=made, last_on=TODAY, by=officer.viewer, at=NOW)
    assert refused.value.code == "declarations.obligation_over"
    assert Obligation.objects.get().ends_on == TODAY


def test_it_cannot_end_before_it_starts(officer: Colleague) -> None:
    made = add_obligation(new=said(), by=officer.viewer, at=NOW)
    early = TODAY - timedelta(days=30)
    with pytest.raises(ObligationError) as refused:
        end_obligation(obligation_id=made, last_on=early, by=officer.viewer, at=NOW)
    assert refused.value.code == "declarations.obligation_days"


@pytest.mark.parametrize(
    ("every", "first"),
    [
        (Every.DAILY, date(2026, 3, 20)),
        (Every.WEEKLY, date(2026, 3, 14)),
        (Every.ONCE, date(2026, 3, 1)),
    ],
)
def test_a_declaration_counts_in_the_window_of_the_rhythm(every: Every, first: date) -> None:
    assert window(every, date(2026, 3, 1), date(2026, 3, 20)) == (first, date(2026, 3, 20))


def test_an_officer_adds_and_ends_one_on_the_pages(officer: Colleague) -> None:
    typed = {
        "words": "Người dân trong phường",
        "unit_id": QUY_NHON,
        "form": "daily",
        "every": "daily",
        "letter": "12/UBND ngày 27/2/2026",
        "starts_on": "2026-02-27",
        "ends_on": "",
    }
    address = f"/to-khai/so-lieu/nghia-vu/moi/?dia-ban={GIA_LAI}"
    assert officer.client.post(address, {**typed, "letter": ""}).status_code == 422
    assert officer.client.post(address, typed).status_code == 302
    page = officer.client.get(f"/to-khai/so-lieu/nghia-vu/?dia-ban={QUY_NHON}").content.decode()
    assert "12/UBND ngày 27/2/2026" in page
    assert "chưa rõ bao nhiêu người phải khai" in page
    made = Obligation.objects.get().pk
    ended = officer.client.post(
        f"/to-khai/so-lieu/nghia-vu/{made}/ket-thuc/", {"dia-ban": QUY_NHON}
    )
    assert ended.status_code == 302
    assert Obligation.objects.get().ended_by == officer.viewer.id
