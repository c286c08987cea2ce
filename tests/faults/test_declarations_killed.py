"""Killed under load: every declaration that was acknowledged is there once, queued and counted."""

import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import SystemRandom
from typing import Any

import pytest

from tests.checkins.intake.calls import id_at
from tests.declarations.declare_scene import WELL
from tests.faults.intake_outcome import OUTCOME, Record
from tests.faults.intake_phones import Body, Phones
from tests.faults.intake_site import Seed, Server, connect, kill_postgres, serving
from vungxanh.declarations.api.declarations import PATH

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
CHANCE = SystemRandom()
PAUSE_SECONDS = 0.4  # 64 connections of 256 phones stay below what a phone may send in a minute
IDENTITY = ("name", "birth_year", "gender", "nationality", "unit", "address", "phone")
CONTACTS = ("contact_case", "contact_country", "contact_ill")
KEPT = "SELECT id::text FROM declarations_declaration"
QUEUED = "SELECT declaration_id::text FROM declarations_pending"
COUNTED = "SELECT sum(n)::bigint, sum(n_ill)::bigint FROM declarations_declarationcount"


@dataclass
class Declaring(Phones):
    """Phones whose holders declare, some of them ill."""

    pause: float = PAUSE_SECONDS

    def fresh(self) -> Body:
        """A body of a few declarations."""
        one = tuple(declaration() for _ in range(CHANCE.randint(1, 5)))
        return Body(CHANCE.choice(self.seed.phones), one, PATH, "declarations")


def declaration() -> dict[str, Any]:
    """One, made now."""
    now = datetime.now(UTC)
    signs = ["fever"] if CHANCE.random() < 0.1 else ["none"]
    identity = {name: WELL[name] for name in IDENTITY}
    answers = identity | {"signs": signs} | dict.fromkeys(CONTACTS, False)
    if signs == ["fever"]:
        answers["signs_since"] = now.date().isoformat()
    return {
        "id": str(id_at(now)),
        "questionnaire": "daily",
        "version": 1,
        "answers": answers,
        "at": now.isoformat(),
    }


def listed(home: Path, statement: str) -> list[str]:
    """The first column."""
    with connect(home) as connection:
        return [str(one) for (one,) in connection.execute(statement)]


def nothing_was_lost(home: Path, phones: Phones, before: list[str]) -> None:
    """Acknowledged, kept, queued and counted are the same, once."""
    ids = listed(home, KEPT)
    assert phones.faults == []
    assert Counter(ids).most_common(1)[0][1] == 1
    assert set(ids) - set(before) == phones.acknowledged
    assert phones.n_stored >= 50
    assert set(listed(home, QUEUED)) <= set(ids)
    with connect(home) as connection:
        row = connection.execute(COUNTED).fetchone()
        ill = connection.execute("SELECT count(*) FROM declarations_declaration WHERE is_ill")
        assert row == (len(ids), *(ill.fetchone() or ()))


def kill_again_and_again(server: Server, phones: Phones, n_rounds: int) -> None:
    """Kill the server under load, start it anew, and see that it answers."""
    phones.wait_for(200)
    for _ in range(n_rounds):
        time.sleep(CHANCE.uniform(0.2, 1.2))
        server.end(signal.SIGKILL)
        server.start()
        phones.wait_for(200)


def line(name: str, phones: Phones, n_rounds: int) -> str:
    """What came of it."""
    answered = ", ".join(f"{status}: {n}" for status, n in sorted(phones.statuses.items()))
    return (
        f"{name}: {n_rounds} rounds; {len(phones.acknowledged)} declarations acknowledged, "
        f"0 missing, 0 doubled; answers {answered}; {phones.n_lost} connections lost"
    )


def test_server_is_killed_while_people_declare(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    server = Server(home)
    phones = Declaring(seed, [server.port])
    with serving(server):
        before = listed(home, KEPT)
        phones.send_during(lambda: kill_again_and_again(server, phones, n_rounds))
        nothing_was_lost(home, phones, before)
    record_property(OUTCOME, line("declaring, server killed (SIGKILL)", phones, n_rounds))


def test_postgresql_is_killed_while_people_declare(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    server = Server(home)
    phones = Declaring(seed, [server.port])

    def disturb() -> None:
        phones.wait_for(200)
        for _ in range(n_rounds):
            time.sleep(CHANCE.uniform(0.2, 1.2))
            kill_postgres(home)
            phones.wait_for(503)
            phones.wait_for(200)

    with serving(server):
        before = listed(home, KEPT)
        phones.send_during(disturb)
        nothing_was_lost(home, phones, before)
    record_property(OUTCOME, line("declaring, PostgreSQL killed", phones, n_rounds))
