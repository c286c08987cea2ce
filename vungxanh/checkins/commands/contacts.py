"""`tracing contacts`: who met the cases, by the engine that was asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from vungxanh.checkins.commands import cases, memory, refusals, tables
from vungxanh.checkins.commands.questions import READING, Source, opened, source_of
from vungxanh.checkins.commands.running import Watch, run, run_here
from vungxanh.checkins.gateways import sql, stores
from vungxanh.checkins.gateways.visit_files import estimated_rows, read_visits, read_windows
from vungxanh.documents.vietnamese import count
from vungxanh.engines.tracing import COLUMNS, Contacts, Parameters, Visits, core, reference
from vungxanh.engines.tracing.caps import Caps, with_warnings, without_crowds
from vungxanh.engines.tracing.columns import latest_start
from vungxanh.engines.tracing.meeting import bytes_needed
from vungxanh.engines.tracing.unpacked import visits_of
from vungxanh.refusals import Words

_SEARCHING: Final = Words("Tìm người đã gặp", "Looking for contacts")


@dataclass(frozen=True, slots=True)
class Question:
    """Who met the cases of a file."""

    source: Source
    cases: Path
    parameters: Parameters
    generations: int
    as_of: int | None
    caps: Caps
    spark_master: str | None


class Answer(NamedTuple):
    """Contacts, and the moment that was "now"."""

    contacts: Contacts
    as_of: int


def answer(said: dict[str, Any]) -> dict[str, object]:
    """Write the contacts; what there is to say about them, as one document."""
    question, out = _question(said), said["out"]
    tables.check_out(out, (*question.source.paths, question.cases))
    engine = ENGINES[said["engine"]]

    def work(watch: Watch) -> Answer:
        found = engine(question, watch)
        columns = {name: getattr(found.contacts, name) for name in COLUMNS}
        tables.write({out: columns}, watch)
        _say(found.contacts, out, watch)
        return found

    # Spark listens to Ctrl-C itself, in the main thread.
    found = (run_here if said["engine"] == "spark" else run)(work, said["lang"])
    return {
        "engine": said["engine"],
        "as_of": found.as_of,
        "contacts": len(found.contacts),
        "generations": _by_generation(found.contacts),
        "warnings": [warning.as_dict() for warning in found.contacts.warnings],
        "out": str(out),
    }


def by_kernel(question: Question, watch: Watch) -> Answer:
    """The compiled engine, in this process."""
    windows, source = read_windows(question.cases), question.source
    store = opened(source, watch)
    memory.check(bytes_needed(len(store.persons)), source.memory)
    found = core.contacts(
        store,
        windows,
        question.parameters,
        generations=question.generations,
        as_of=question.as_of,
        caps=question.caps,
        meet=core.Embedded(threads=source.threads, progress=watch.step(_SEARCHING)),
    )
    unseen = cases.unseen_in_store(store, windows.person_id)
    return _warned(found, unseen, _now(question, store.latest))


def by_reference(question: Question, watch: Watch) -> Answer:
    """Everybody compared with everybody, in plain Python."""
    windows, parameters = read_windows(question.cases), question.parameters
    visits = _visits(question, watch, memory.PLAIN)
    now = _now(question, latest_start(visits))
    quiet, n_crowds = without_crowds(visits, question.caps.crowd)
    found = reference.contacts(
        quiet, windows, parameters, generations=question.generations, as_of=now
    )
    found = with_warnings(found, visits, question.caps, n_crowds=n_crowds)
    return _warned(found, cases.unseen_in_visits(visits, windows.person_id), now)


def by_sql(question: Question, watch: Watch) -> Answer:
    """The plain SQL text, on DuckDB."""
    windows, parameters, source = read_windows(question.cases), question.parameters, question.source
    visits = _visits(question, watch, memory.SQL)
    now = _now(question, latest_start(visits))
    quiet, n_crowds = without_crowds(visits, question.caps.crowd)
    with sql.DuckDb(memory=source.memory, threads=source.threads) as runner:
        runner.fill("visits", {name: getattr(quiet, name) for name in sql.TABLES["visits"]})
        found = sql.contacts(
            runner, windows, parameters, as_of=now, generations=question.generations
        )
    found = with_warnings(found, visits, question.caps, n_crowds=n_crowds)
    return _warned(found, cases.unseen_in_visits(visits, windows.person_id), now)


def by_spark(question: Question, watch: Watch) -> Answer:
    """The compiled engine on a cluster, over the shards of a store."""
    from vungxanh.checkins.gateways.spark import contacts_with_spark

    source = question.source
    if source.store is None:
        raise refusals.needs_store()
    windows = read_windows(question.cases)
    store = stores.opened(source.store, source.visits)
    found = contacts_with_spark(
        source.store,
        windows,
        question.parameters,
        generations=question.generations,
        as_of=question.as_of,
        master=question.spark_master,
        extra=source.visits,
        caps=question.caps,
    )
    unseen = cases.unseen_in_store(store, windows.person_id)
    return _warned(found, unseen, _now(question, store.latest))


ENGINES: Final[Mapping[str, Callable[[Question, Watch], Answer]]] = {
    "kernel": by_kernel,
    "sql": by_sql,
    "reference": by_reference,
    "spark": by_spark,
}


def _visits(question: Question, watch: Watch, bytes_each: int) -> Visits:
    """All visits as columns, for engines that know no store."""
    if question.caps.most:
        raise refusals.no_cap()
    source = question.source
    if source.store:
        visits = visits_of(opened(source, watch))
        memory.check(len(visits) * bytes_each, source.memory)
        return visits
    memory.check(estimated_rows(source.visits) * bytes_each, source.memory)
    return read_visits(source.visits, progress=watch.step(READING))


def _warned(contacts: Contacts, first: tuple[Words, ...], as_of: int) -> Answer:
    return Answer(replace(contacts, warnings=(*first, *contacts.warnings)), as_of)


def _now(question: Question, latest: int) -> int:
    return latest if question.as_of is None else question.as_of


def _question(said: dict[str, Any]) -> Question:
    parameters = Parameters(
        default_stay_s=said["default_stay"],
        min_overlap_s=said["min_overlap"],
        linger_s=said["linger"],
        latency_s=said["latency"],
    )
    return Question(
        source_of(said),
        said["cases"],
        parameters,
        generations=said["generations"],
        as_of=said["as_of"],
        caps=Caps(crowd=said["crowd"], most=said["cap"]),
        spark_master=said["spark_master"],
    )


def _by_generation(contacts: Contacts) -> list[dict[str, int]]:
    numbers, counts = np.unique(contacts.generation, return_counts=True)
    return [
        {"generation": number, "contacts": n}
        for number, n in zip(numbers.tolist(), counts.tolist(), strict=True)
    ]


def _say(contacts: Contacts, out: Path, watch: Watch) -> None:
    for warning in contacts.warnings:
        watch.say(warning)
    for row in _by_generation(contacts):
        number, n = row["generation"], row["contacts"]
        watch.say(
            Words(
                f"Vòng {number}: {count(n)} người", f"Generation {number}: {count(n, 'en')} people"
            )
        )
    if not len(contacts):
        watch.say(Words("Không ai đã gặp các ca này.", "Nobody met these cases."))
    watch.say(Words(f"Đã ghi {out}", f"Written to {out}"))
