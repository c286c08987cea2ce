"""Tables whose points others register meanwhile: listed as suspected, never written twice."""

import json
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from tests.checkins.points.test_at_once import together
from tests.checkins.premises.test_point_tables import HALL, HEAD, PAGE, SHOP, brought
from tests.factories.people import Colleague
from tests.factories.points import QUY_NHON
from tests.factories.register import AT
from vungxanh.checkins.actions.registering import Asked, register_point
from vungxanh.checkins.imports import points as imports
from vungxanh.checkins.imports.points import Choice
from vungxanh.checkins.models import Point, PointCode, PointImport
from vungxanh.checkins.values.points import Whose, read_entry
from vungxanh.core.viewer import SYSTEM
from vungxanh.refusals import RefusalError

pytestmark = pytest.mark.usefixtures("places_of_both_eras")


def registered(*, is_another: bool = False) -> Point:
    """The shop of the table, registered by somebody else."""
    entry = read_entry({"kind": "market", "name": "CHO MAU", "unit": QUY_NHON}, [])
    asked = Asked(is_another=is_another)
    return register_point(entry=entry, whose=Whose(), by=SYSTEM, at=AT, asked=asked)


def accepted(kept: PointImport, who: Colleague, choice: Choice) -> str:
    row = imports.accept(import_id=kept.pk, choice=choice, by=who.viewer, at=AT)
    return row.state


def elsewhere(act: Callable[[], object]) -> None:
    """Done by another process, whole, before this one goes on."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(60)


def test_a_point_registered_after_the_preview_is_listed_and_nothing_is_written(
    officer: Colleague,
) -> None:
    kept = brought(HEAD + SHOP + HALL, officer)
    there = registered()
    assert accepted(kept, officer, Choice()) == "draft"
    kept.refresh_from_db()
    assert Point.objects.get().pk == there.pk
    assert (kept.n_new, kept.n_suspected) == (1, 1)
    assert json.loads(kept.plan)["suspected"][0][2] == there.code
    page = officer.client.get(f"{PAGE}{kept.pk}/").content.decode()
    assert "1 dòng đã có người khác đăng ký" in page
    assert accepted(kept, officer, Choice()) == "accepted"
    assert sorted(Point.objects.values_list("name", flat=True)) == ["CHO MAU", "Hội trường mẫu"]


def test_who_chose_to_keep_suspected_rows_is_not_asked_again(officer: Colleague) -> None:
    kept = brought(HEAD + SHOP, officer)
    registered()
    assert accepted(kept, officer, Choice(keep_suspected=True)) == "accepted"
    assert Point.objects.count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_point_registered_while_a_table_is_written_is_listed_and_the_rows_go_back(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = brought(HEAD + SHOP + HALL, officer)
    tellers: list[int] = []

    def teller(*said: Any) -> Callable[[int], None]:
        def tell(n: int) -> None:
            if n == 2 and not tellers:
                tellers.append(n)
                elsewhere(registered)

        return tell

    monkeypatch.setattr(imports, "_teller", teller)
    assert accepted(kept, officer, Choice()) == "draft"
    assert tellers == [2]
    kept.refresh_from_db()
    there = Point.objects.get()
    assert json.loads(kept.plan)["suspected"][0][2] == there.code
    assert PointCode.objects.exclude(point=there).count() == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_place_in_two_tables_and_a_form_at_once_is_one_point(
    officer: Colleague, province_officer: Colleague
) -> None:
    tables = [(who, brought(HEAD + SHOP, who)) for who in (officer, province_officer)]
    acts = [partial(accepted, kept, who, Choice()) for who, kept in tables]
    answers = together([*acts, lambda: registered().pk and "form"])
    assert Point.objects.count() == 1
    assert len(answers) == 3
    won = {"accepted", "form"} & set(map(str, answers))
    assert len(won) == 1
    lost = sorted(set(map(str, answers)) - won)
    assert set(lost) <= {"draft", "checkins.maybe_registered"}


def test_the_refusal_of_a_form_still_tells_of_a_table(officer: Colleague) -> None:
    accepted(brought(HEAD + SHOP, officer), officer, Choice())
    with pytest.raises(RefusalError, match="maybe_registered"):
        registered()
    registered(is_another=True)
    assert Point.objects.count() == 2
