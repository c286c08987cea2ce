"""Whatever is killed under load: what was acknowledged is there, once, and nobody met an error."""

import signal
import time
from pathlib import Path
from secrets import SystemRandom

import pytest

from tests.faults.intake_outcome import OUTCOME, Record, nothing_was_lost, stored, told
from tests.faults.intake_phones import Phones
from tests.faults.intake_site import Seed, Server, kill_postgres, serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

CHANCE = SystemRandom()
Ended = tuple[Phones, list[float]]


def under_load() -> float:
    """Some time under load, as it falls."""
    return CHANCE.uniform(0.2, 1.2)


def ended_again_and_again(home: Path, seed: Seed, n_rounds: int, by: signal.Signals) -> Ended:
    """A server that phones send to all the while, ended by a signal and started anew each round."""
    server, seconds = Server(home), list[float]()
    phones = Phones(seed, [server.port])

    def disturb() -> None:
        phones.wait_for(200)
        for _ in range(n_rounds):
            time.sleep(under_load())
            began = time.monotonic()
            server.end(by)
            server.start()
            phones.wait_for(200)
            seconds.append(time.monotonic() - began)

    with serving(server):
        before = stored(home)
        phones.send_during(disturb)
        nothing_was_lost(home, phones, before)
    return phones, seconds


def test_the_server_is_killed(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    phones, seconds = ended_again_and_again(home, seed, n_rounds, signal.SIGKILL)
    assert phones.n_lost > 0
    record_property(OUTCOME, told("server killed (SIGKILL)", phones, seconds))


def test_the_server_is_stopped_and_writes_what_waits(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    phones, seconds = ended_again_and_again(home, seed, n_rounds, signal.SIGTERM)
    record_property(OUTCOME, told("server stopped (SIGTERM)", phones, seconds))


def test_postgresql_is_killed_and_comes_back_by_itself(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    server, seconds = Server(home), list[float]()
    phones = Phones(seed, [server.port])

    def disturb() -> None:
        phones.wait_for(200)
        for _ in range(n_rounds):
            time.sleep(under_load())
            kill_postgres(home)
            phones.wait_for(503)
            seconds.append(phones.wait_for(200))

    with serving(server):
        before = stored(home)
        phones.send_during(disturb)
        nothing_was_lost(home, phones, before)
    assert (phones.n_lost, phones.statuses[503] >= 10 * n_rounds) == (0, True)
    record_property(OUTCOME, told("PostgreSQL killed (SIGKILL to all)", phones, seconds))
