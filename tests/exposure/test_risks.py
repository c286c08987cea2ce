"""`exposure match --rule`: a risk is told with its reason and its error, or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exposure.files import BEGIN, GAEN, TEK, export, log, run
from vungxanh.engines.risk import DEPLOYED
from vungxanh.exposure.commands.verbs import RULES


def near(tmp_path: Path, *, has_aem: bool = True) -> Path:
    """Heard every five minutes for fifty minutes, closely."""
    sent = [(at, GAEN["intervals"][at // 2]) for at in range(1, 11)]
    rows = [(BEGIN + 300 * at, one["rpi"], one["aem"] if has_aem else "", -45) for at, one in sent]
    return log(tmp_path / "nghe.csv", rows)


def asked(tmp_path: Path, sightings: Path, *more: str) -> Any:
    keys = export(tmp_path / "khoa.zip")
    return run("match", "--scheme", "gaen", "--keys", keys, "--sightings", sightings, *more)


@pytest.mark.parametrize("rule", RULES)
def test_a_risk_comes_with_its_reason_and_its_error(tmp_path: Path, rule: str) -> None:
    ended = asked(tmp_path, near(tmp_path), "--rule", rule, "--json")
    (risk,) = json.loads(ended.stdout)["risks"]
    assert risk["key"] == TEK.hex()
    assert risk["class"] in {"high", "low", "below"}
    assert "95 %" in risk["error"]["vi"]
    assert risk["error"]["en"] in risk["message"]["en"]


def test_fifty_minutes_close_by_are_a_high_risk_by_the_swiss_rule(tmp_path: Path) -> None:
    ended = asked(tmp_path, near(tmp_path), "--rule", "swisscovid-2020")
    exposure, risk = ended.stdout.splitlines()
    assert exposure.startswith("Khóa")
    assert "SwissCovid" in risk
    assert "nguy cơ cao" in risk


def test_without_attenuation_no_risk_is_told(tmp_path: Path) -> None:
    sightings = near(tmp_path, has_aem=False)
    assert json.loads(asked(tmp_path, sightings, "--rule", "cwa-1", "--json").stdout)["risks"] == []
    assert "Không tính được nguy cơ" in asked(tmp_path, sightings, "--rule", "cwa-1").stdout


def test_without_a_rule_nothing_is_said_of_risk(tmp_path: Path) -> None:
    assert "risks" not in json.loads(asked(tmp_path, near(tmp_path), "--json").stdout)


def test_the_rules_to_choose_are_those_of_the_engine() -> None:
    assert sorted(DEPLOYED) == list(RULES)


def test_bluezone_has_no_rule(tmp_path: Path) -> None:
    keys, sightings = export(tmp_path / "khoa.zip"), near(tmp_path)
    ended = run(
        *(
            "match",
            "--scheme",
            "bluezone",
            "--keys",
            keys,
            "--sightings",
            sightings,
            "--rule",
            "cwa-1",
        )
    )
    assert ended.exit_code == 2
    assert "--rule" in ended.stderr
