"""Two servers that are given the same scans at once keep each once, and tell both senders so.

One has everything, the other is of intake alone.
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from secrets import SystemRandom

import pytest

from tests.checkins.intake.calls import scan
from tests.factories import loops
from tests.faults.intake_outcome import OUTCOME, Record, stored
from tests.faults.intake_phones import Body, exchange
from tests.faults.intake_site import Seed, Server, serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
N_LINES = 16  # to each of the two
N_BODIES = 25  # of each round
N_SCANS = 40  # among which each body finds its own, so that bodies overlap in any order


CHANCE = SystemRandom()


def bodies(seed: Seed) -> list[Body]:
    """Bodies of one phone that share their scans."""
    now, phone = datetime.now(UTC), CHANCE.choice(seed.phones)
    scans = [scan(CHANCE.choice(seed.points), now) for _ in range(N_SCANS)]
    return [Body(phone, tuple(CHANCE.sample(scans, 20))) for _ in range(N_BODIES)]


async def answers(ports: list[int], sent: list[Body]) -> list[tuple[int, int, int]]:
    """Status, how many were stored and how many were known, of every body sent to both servers."""

    async def line(port: int, mine: list[Body]) -> list[tuple[int, int, int]]:
        streams = await asyncio.open_connection("127.0.0.1", port)
        told = [await exchange(streams, body) for body in mine]
        streams[1].close()
        return [(status, said["stored"], said["duplicate"]) for status, _, said in told]

    lines = [line(port, CHANCE.sample(sent, len(sent))) for port in ports for _ in range(N_LINES)]
    return [one for told in await asyncio.gather(*lines) for one in told]


def test_two_servers_take_the_same_repeated_scans(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    one, other = Server(home), Server(home, arguments=("--role", "intake"))
    statuses: Counter[int] = Counter()
    with serving(one, other):
        for _ in range(n_rounds):
            sent, before = bodies(seed), stored(home)
            told = loops.run(answers([one.port, other.port], sent))
            statuses.update(status for status, _, _ in told)
            ids = {identifier for body in sent for identifier in body.ids}
            assert sorted(set(stored(home)) - set(before)) == sorted(ids)
            assert len(stored(home)) == len(before) + len(ids)
            assert {n_stored + n_known for _, n_stored, n_known in told} == {20}
            assert sum(n_stored for _, n_stored, _ in told) == len(ids)
    assert statuses == {200: 2 * N_LINES * N_BODIES * n_rounds}
    record_property(
        OUTCOME, f"two servers, the same scans: {n_rounds} rounds; answers {dict(statuses)}"
    )


def test_a_program_of_intake_alone_tells_how_it_does_and_has_no_pages(
    home: Path, seed: Seed
) -> None:
    server = Server(home, arguments=("--role", "intake"))
    with serving(server):
        site = server.site
        (told,) = loops.run(answers([server.port], bodies(seed)[:1]))[:1]
        statuses = {path: site.ask("GET", path).status for path in ("/healthz", "/readyz", "/")}
        metrics = site.ask("GET", "/metrics")
    assert told[0] == 200
    assert statuses == {"/healthz": 200, "/readyz": 200, "/": 404}
    assert 'vungxanh_visits_total{outcome="stored"} 20.0' in metrics.said
    assert "vungxanh_visits_waiting 0.0" in metrics.said
