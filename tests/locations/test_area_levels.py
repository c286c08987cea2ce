"""Levels of areas as dated facts: told or decided, taken back, read on a day."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories.people import Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.engines.arealevels import AreaLevelError
from vungxanh.locations.actions import area_levels as actions
from vungxanh.locations.models import AreaLevelCriteria
from vungxanh.locations.queries import area_levels as queries
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.area_levels import (
    CAPACITY,
    CASES,
    AreaLevelRefusedError,
    Decision,
    LevelInputs,
    vendored_criteria,
    written_criteria,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

AT = datetime(2021, 10, 25, 2, 0, tzinfo=UTC)
DAY = date(2021, 10, 25)
WARD = UnitId("vn-2021:21550")
OTHER = UnitId("vn-2021:21553")
CALM = LevelInputs(
    n_new_cases=1,
    population=20_000,
    population_source="Mẫu",
    n_adults=14_000,
    n_adults_dosed=12_000,
    has_capacity=True,
)
DECISION = Decision("Ban Chỉ đạo tỉnh (mẫu)", "01/QĐ-BCĐ")


@pytest.fixture(autouse=True)
def criteria(places: None) -> None:
    actions.load_criteria(by=SYSTEM, at=AT)


def test_level_is_told_from_inputs_and_kept_with_them() -> None:
    found = actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    assert (found.level, found.way, found.version) == (1, "computed", "qd-4800-byt-2021")
    assert queries.level_on(WARD, DAY) == found
    assert found.inputs == CALM


def test_level_holds_from_its_day_until_the_next() -> None:
    actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    later = date(2021, 11, 1)
    actions.decide_level(unit_id=WARD, on=later, level=3, decision=DECISION, by=SYSTEM, at=AT)
    days = (date(2021, 10, 24), DAY, date(2021, 10, 31), later, date(2021, 12, 1))
    found = [queries.level_on(WARD, day) for day in days]
    assert [one.level if one else None for one in found] == [None, 1, 1, 3, 3]


def test_level_of_one_commune_says_nothing_of_another() -> None:
    actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    assert queries.level_on(OTHER, DAY) is None
    assert queries.level_on("vn-2021:540", DAY) is None


def test_decision_stands_beside_what_the_rule_tells() -> None:
    found = actions.decide_level(
        unit_id=WARD, on=DAY, level=2, decision=DECISION, inputs=CALM, by=SYSTEM, at=AT
    )
    assert (found.level, found.computed, found.decision) == (2, 1, DECISION)


def test_later_record_of_the_same_day_stands() -> None:
    for level in (2, 4):
        actions.decide_level(unit_id=WARD, on=DAY, level=level, decision=DECISION, by=SYSTEM, at=AT)
    assert [one.level for one in queries.history(WARD)] == [4, 2]


def test_level_taken_back_lets_the_one_before_stand_and_stays_in_history() -> None:
    actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    wrong = actions.decide_level(unit_id=WARD, on=DAY, level=4, decision=DECISION, by=SYSTEM, at=AT)
    actions.withdraw_level(level_id=wrong.id, reason="ghi nhầm", by=SYSTEM, at=AT)
    standing = queries.level_on(WARD, DAY)
    assert standing is not None
    assert standing.level == 1
    assert [one.withdrawn_at for one in queries.history(WARD)].count(AT) == 1


@pytest.mark.parametrize(
    ("on", "inputs", "code"),
    [
        (DAY, LevelInputs(n_new_cases=9, population=20_000, has_capacity=True), "level_not_told"),
        (date(2022, 2, 1), CALM, "level_not_told"),
        (date(2020, 1, 1), CALM, "no_criteria"),
    ],
)
def test_level_is_not_told_without_inputs_table_or_criteria(
    on: date, inputs: LevelInputs, code: str
) -> None:
    with pytest.raises(AreaLevelRefusedError) as refused:
        actions.compute_level(unit_id=WARD, on=on, inputs=inputs, by=SYSTEM, at=AT)
    assert refused.value.code == f"locations.{code}"


@pytest.mark.parametrize(
    ("level", "decision", "code"),
    [(5, DECISION, "bad_level"), (2, Decision("Ban Chỉ đạo", " "), "decision_missing")],
)
def test_decision_needs_one_of_four_levels_and_a_number(
    level: int, decision: Decision, code: str
) -> None:
    with pytest.raises(AreaLevelRefusedError) as refused:
        actions.decide_level(unit_id=WARD, on=DAY, level=level, decision=decision, by=SYSTEM, at=AT)
    assert refused.value.code == f"locations.{code}"


def test_level_is_set_by_leaders_of_the_area_alone(officer: Person, outsider: Person) -> None:
    leader = employed("leader", Role("province_officer"), "vn-2021:24")
    with pytest.raises(ForbiddenError):
        actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=officer.viewer, at=AT)
    with pytest.raises(ForbiddenError):
        actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=outsider.viewer, at=AT)
    with pytest.raises(AreaLevelRefusedError) as refused:
        actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=leader.viewer, at=AT)
    assert refused.value.code == "locations.outside_area"


def test_taking_back_needs_a_level_that_stands_and_a_reason() -> None:
    found = actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    with pytest.raises(AreaLevelRefusedError) as no_reason:
        actions.withdraw_level(level_id=found.id, reason=" ", by=SYSTEM, at=AT)
    actions.withdraw_level(level_id=found.id, reason="nhầm", by=SYSTEM, at=AT)
    with pytest.raises(AreaLevelRefusedError) as twice:
        actions.withdraw_level(level_id=found.id, reason="nhầm", by=SYSTEM, at=AT)
    assert (no_reason.value.code, twice.value.code) == (
        "locations.level_reason_missing",
        "locations.unknown_level",
    )


def test_criteria_under_which_a_level_was_set_stay_as_they_are() -> None:
    actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    with pytest.raises(AreaLevelRefusedError) as refused:
        actions.set_criteria(written=written_criteria()[0], by=SYSTEM, at=AT)
    assert refused.value.code == "locations.criteria_in_use"


def test_criteria_that_cannot_be_read_are_not_kept() -> None:
    with pytest.raises(AreaLevelError):
        actions.set_criteria(written={"version": "x"}, by=SYSTEM, at=AT)
    assert len(queries.all_criteria()) == 2


def test_level_is_told_by_the_criteria_of_the_package_before_any_are_kept() -> None:
    AreaLevelCriteria.objects.all().delete()
    found = actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    assert found.level == 1
    assert [row.version for row in AreaLevelCriteria.objects.all()] == [found.version]


def test_loading_criteria_twice_changes_nothing() -> None:
    assert actions.load_criteria(by=SYSTEM, at=AT) == 0


def test_kept_criteria_follow_each_other_and_none_claims_to_be_checked() -> None:
    first, second = vendored_criteria()
    assert first.valid_to == second.valid_from
    assert not first.is_verified
    assert not second.levels
    assert queries.criteria_on(DAY).version == first.version


def test_inputs_are_rates_of_their_bases() -> None:
    answers = LevelInputs(n_new_cases=3, population=12_000, others=(("x", Decimal(2)),)).answers()
    assert (answers[CASES], answers[CAPACITY], answers["x"]) == (25, None, 2)


def test_list_says_each_level_in_words_with_its_day(outsider: Person) -> None:
    actions.compute_level(unit_id=WARD, on=DAY, inputs=CALM, by=SYSTEM, at=AT)
    actions.decide_level(unit_id=OTHER, on=DAY, level=4, decision=DECISION, by=SYSTEM, at=AT)
    answer = outsider.client.get("/don-vi/vn-2021:52/cap-do-cac-xa/?ngay=2021-10-26")
    page = answer.content.decode()
    assert answer.status_code == 200
    for shown in ("Cấp 1 – nguy cơ thấp (xanh)", "Cấp 4 – nguy cơ rất cao (đỏ)", "25/10/2021"):
        assert shown in page, shown
    assert "01/QĐ-BCĐ" in page


def test_list_of_a_day_without_levels_says_so(outsider: Person) -> None:
    page = outsider.client.get("/don-vi/vn-2021:52/cap-do-cac-xa/?ngay=2021-10-01")
    assert "Chưa đơn vị nào có cấp độ" in page.content.decode()


SAID = {
    "on": "25/10/2021",
    "n_new_cases": "30",
    "population": "20000",
    "n_adults": "14000",
    "n_adults_dosed": "12000",
    "has_capacity": "yes",
}
PAGE = f"/don-vi/{WARD}/cap-do/"


def test_leader_looks_keeps_and_takes_back_a_level() -> None:
    client = employed("leader", Role("province_officer"), "vn-2021:52").client
    looked = client.post(PAGE, {**SAID, "act": "look"}).content.decode()
    assert "quyết định cấp độ" in looked
    assert "Ngưỡng chưa đối chiếu văn bản gốc" in looked
    assert queries.level_on(WARD, DAY) is None
    assert client.post(PAGE, {**SAID, "act": "keep"}).status_code == 302
    kept = queries.level_on(WARD, DAY)
    assert kept is not None
    client.post(f"{PAGE}{kept.id}/rut/", {"reason": "nhầm"})
    assert queries.level_on(WARD, DAY) is None
    assert "đã rút" in client.get(PAGE).content.decode()


def test_decision_without_its_number_is_told_at_the_field() -> None:
    client = employed("leader", Role("province_officer"), "vn-2021:52").client
    answer = client.post(PAGE, {"on": "25/10/2021", "act": "decide", "level": "2", "body": "X"})
    assert answer.status_code == 422
    assert "số văn bản" in answer.content.decode()


def test_stranger_reads_but_sets_nothing(outsider: Person) -> None:
    assert "Ghi cấp độ" not in outsider.client.get(PAGE).content.decode()
    answer = outsider.client.post(PAGE, {**SAID, "act": "keep"})
    assert answer.status_code in {302, 403}
    assert queries.level_on(WARD, DAY) is None
