"""No class without its error, and the errors kept are those that the measurements give."""

import inspect
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from itertools import product
from pkgutil import iter_modules
from typing import Any, get_type_hints

import pytest

from tests.engines.risk.measurements import BOUNDS_DB, auc_row, rates_row, rows
from vungxanh.engines import risk
from vungxanh.engines.risk import (
    CWA_1_15,
    DEPLOYED,
    SWISSCOVID_2020,
    Assessed,
    BodyPosition,
    RiskClass,
    RiskError,
    error_of,
)
from vungxanh.engines.risk.errors import FIELD_STUDIES
from vungxanh.engines.risk.measured import AUCS, RATES

POSITIONS = (None, *BodyPosition)
# Area under the curve as published with the measurements, to a thousandth.
PUBLISHED = {
    None: 0.710, BodyPosition.HAND_HAND: 0.872, BodyPosition.HAND_POCKET: 0.864,
    BodyPosition.BACKPACK_BACKPACK: 0.765, BodyPosition.POCKET_POCKET: 0.741,
    BodyPosition.HAND_BACKPACK: 0.680, BodyPosition.POCKET_BACKPACK: 0.449,
}  # fmt: skip


@pytest.mark.slow
def test_every_area_kept_is_the_one_measured() -> None:
    assert tuple(auc_row(position) for position in POSITIONS) == AUCS
    assert {row.position: row.auc.value for row in AUCS} == PUBLISHED
    assert sum(row.n_packets for row in AUCS if row.position) == len(rows()) == 41_242


@pytest.mark.slow
@pytest.mark.parametrize("position", POSITIONS)
def test_every_sensitivity_and_specificity_kept_is_the_one_measured(
    position: BodyPosition | None,
) -> None:
    kept = [row for row in RATES if row.position == position]
    assert kept == [rates_row(position, bound) for bound in BOUNDS_DB]


def test_every_rule_in_use_has_its_error_at_every_position() -> None:
    for rule, position in product(DEPLOYED.values(), POSITIONS):
        error = error_of(rule, position)
        assert error.rates is not None
        assert (error.auc.position, error.rates.position) == (position, position)
        assert error.rates.bound_db == rule.farthest_db
    assert {row.bound_db for row in RATES} == set(BOUNDS_DB)


def test_the_position_worse_than_chance_is_named_whatever_position_is_asked_for() -> None:
    worse = [row.position for row in AUCS if row.auc.value < 0.5]
    assert worse == [BodyPosition.POCKET_BACKPACK]
    for position in POSITIONS:
        error = error_of(CWA_1_15, position)
        assert error.worst.position is BodyPosition.POCKET_BACKPACK
        assert "một máy trong túi, một máy trong ba lô thì chỉ 45 % (24 đến 67 %)" in error.words.vi
        assert "45% (24 to 67%), measured worse than a coin" in error.words.en


def test_the_sentence_gives_area_interval_and_rates() -> None:
    words = error_of(CWA_1_15).words
    assert "chance of 71% (95% interval 57 to 82%" in words.en
    assert "79 dB" in words.en
    assert "xác suất 71 % (khoảng tin cậy 95 %: 57 đến 82 %" in words.vi


def test_a_bound_that_was_not_measured_gives_no_rates() -> None:
    error = error_of(replace(SWISSCOVID_2020, bounds_db=(51, 56)))
    assert error.rates is None
    assert "dB" not in error.words.en


def test_errors_name_the_studies_in_the_field() -> None:
    assert error_of(CWA_1_15).field_studies == FIELD_STUDIES
    assert [one.source[-7:] for one in FIELD_STUDIES] == ["0239943", "0250826"]


def test_a_class_cannot_be_built_without_its_error() -> None:
    build: Any = Assessed
    with pytest.raises(TypeError):
        build(RiskClass.HIGH)
    with pytest.raises(RiskError, match="class_without_error"):
        build(RiskClass.HIGH, None)
    with pytest.raises(RiskError, match="class_without_error"):
        replace(build(RiskClass.LOW, error_of(CWA_1_15)), error=None)


def test_no_function_and_no_result_gives_a_class_without_its_error() -> None:
    modules = [import_module(f"{risk.__name__}.{one.name}") for one in iter_modules(risk.__path__)]
    members = [member for module in modules for member in vars(module).values()]
    functions = [
        one
        for one in members
        if inspect.isfunction(one) and one.__module__.startswith(risk.__name__)
    ]
    results = {one for one in members if is_dataclass(one) and isinstance(one, type)}
    assert [one for one in functions if RiskClass in _types(get_type_hints(one)["return"])] == []
    holding = {one for one in results if _holds_class(one)}
    assert holding == {Assessed}
    assert len(functions) > 60


def _holds_class(result: type) -> bool:
    hints = get_type_hints(result)
    return any(RiskClass in _types(hints[one.name]) for one in fields(result))


def _types(hint: Any) -> set[Any]:
    """The type itself and all that it is made of."""
    return {hint}.union(*(_types(one) for one in getattr(hint, "__args__", ())))
