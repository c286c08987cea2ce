"""The inside of the benchmark of a trial: people who declared, a draft of rules, one trial."""

import json
import os
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from uuid import UUID

import django
from django.db import connection

from bench.triage import crowd, shipped
from vungxanh.core import clock
from vungxanh.core.envelope import new_envelope
from vungxanh.core.ids import new_id
from vungxanh.declarations.actions.trying import run_trial
from vungxanh.declarations.gateways.judging import OUTCOME_PLACE
from vungxanh.declarations.models import RuleSet
from vungxanh.engines.decisions import Colour, Facts, compiled, packed, to_data, written_facts
from vungxanh.locations.values import Level, registry

ONE_TURN = 20_000
N_FACTS = 5_000
RULE = "not-all-doses"
PERSON = (
    *("id", "origin", "key", "language", "has_phone", "created_at", "created_by", "kept_until"),
)
DECLARATION = (
    *("id", "person_id", "questionnaire_id", "way", "lang", "unit_id", "at", "received_at", "day"),
    *("by", "colour", "is_ill", "outcome", "until"),
)
Rows = list[tuple[object, ...]]


def main(n: int) -> dict[str, float]:
    """Seconds of one trial of a draft of the country over n people, and whom it would change."""
    _fill(n)
    draft, now = _draft(), clock.now()
    began = time.perf_counter()
    trial = run_trial(rules_id=draft, at=now)
    seconds = time.perf_counter() - began
    if trial is None:
        raise RuntimeError("no draft")
    looped, changed = _looped()
    share = changed / N_FACTS
    return {
        "seconds": seconds,
        "n": trial.n,
        "changed": trial.n_changed,
        "unread": trial.n_unread,
        "expected": share * n,
        "looped_us": looped,
    }


def _draft() -> int:
    """The shipped rules with one of them otherwise."""
    rules = shipped()
    changed = [replace(one, colour=Colour.YELLOW) if one.id == RULE else one for one in rules.rules]
    made = replace(rules, rules=tuple(changed), examples=(), version=2)
    row = RuleSet.objects.create(
        version=2, content=to_data(made), starts_on=clock.today(), at=clock.now(), by="staff:bench"
    )
    return row.pk


def _looped() -> tuple[float, int]:
    """Microseconds a person for two compiled functions on open facts; how many differ."""
    rules, today = shipped(), clock.today()
    other = replace(
        rules,
        rules=tuple(
            replace(one, colour=Colour.YELLOW) if one.id == RULE else one for one in rules.rules
        ),
    )
    before, after = compiled(rules, on=today), compiled(other, on=today)
    people = crowd(N_FACTS)
    began = time.perf_counter()
    changed = sum(before(one).colour != after(one).colour for one in people)
    return (time.perf_counter() - began) / len(people) * 1e6, changed


def _fill(n: int) -> None:
    """Seal in as many processes as there are cores, copy as the rows come."""
    turns = [(at, min(ONE_TURN, n - at)) for at in range(0, n, ONE_TURN)]
    spawn = get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=spawn, initializer=django.setup) as cores:
        for persons, declarations in cores.map(_sealed, turns):
            _copy("people_person", PERSON, persons)
            _copy("declarations_declaration", DECLARATION, declarations)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE people_person, declarations_declaration")


def _copy(table: str, columns: Iterable[str], rows: Rows) -> None:
    with connection.cursor() as cursor:
        command = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)


def _sealed(turn: tuple[int, int]) -> tuple[Rows, Rows]:
    first, n = turn
    now = clock.now()
    until, day = now + timedelta(days=7), now.astimezone(clock.TZ).date()
    texts = [_kept(facts) for facts in crowd(N_FACTS)]
    units = [one.id for one in registry().units("vn-2021") if one.level is Level.COMMUNE]
    persons: Rows = []
    declarations: Rows = []
    for number in range(first + 1, first + n + 1):
        envelope, key = new_envelope()
        outcome = envelope.seal(texts[number % N_FACTS], OUTCOME_PLACE)
        made: UUID = new_id()
        persons.append((number, "app", key, "vi", False, now, "bench", until.date()))
        unit = units[number % len(units)]
        declared = (made, number, 1, "self", "vi", unit, now, now, day)
        declarations.append((*declared, "", 0, False, outcome, until))
    return persons, declarations


def _kept(facts: Facts) -> str:
    """An outcome as long as those that are kept."""
    return json.dumps(
        {
            "facts": written_facts(facts),
            "packed": packed(facts),
            "colour": "green",
            "advice": ["five_k", "keep_proof"],
            "work": [],
            "rules": ["vaccinated", "everybody"],
            "follow_up_days": 0,
            "is_ill": False,
        }
    )
