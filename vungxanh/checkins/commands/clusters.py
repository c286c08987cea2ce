"""`tracing clusters`: slots of place and time that several cases share, and who was there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from vungxanh.checkins.commands import cases, tables
from vungxanh.checkins.commands.questions import Source, opened, source_of
from vungxanh.checkins.commands.running import Watch, run
from vungxanh.checkins.gateways.visit_files import read_exposures
from vungxanh.documents.vietnamese import count
from vungxanh.engines.tracing import clusters as engine
from vungxanh.engines.tracing.cluster_types import (
    CLUSTER_COLUMNS,
    PRESENT_COLUMNS,
    ClusterParameters,
    Clusters,
)
from vungxanh.engines.tracing.types import Int64s
from vungxanh.refusals import Words

_COUNTING: Final = Words("Đếm người có mặt", "Counting who was there")


@dataclass(frozen=True, slots=True)
class Question:
    """Which slots the cases of a file share; `people` is a second file to write, if any."""

    source: Source
    cases: Path
    parameters: ClusterParameters
    as_of: int | None
    out: Path
    people: Path | None


class Answer(NamedTuple):
    """Clusters, the moment that was "now", and the rows of people written."""

    clusters: Clusters
    as_of: int
    n_people: int | None


def answer(said: dict[str, Any]) -> dict[str, object]:
    """Write the clusters; what there is to say about them, as one document."""
    question = _question(said)
    inputs = (*question.source.paths, question.cases)
    tables.check_out(question.out, inputs)
    if question.people:
        tables.check_out(question.people, (*inputs, question.out))
    found = run(lambda watch: _work(question, watch), said["lang"])
    written = {"people": str(question.people), "people_rows": found.n_people}
    return {
        "as_of": found.as_of,
        "clusters": len(found.clusters),
        "out": str(question.out),
        **(written if question.people else {}),
    }


def _work(question: Question, watch: Watch) -> Answer:
    windows = read_exposures(question.cases)
    store = opened(question.source, watch)
    found = engine.clusters(
        store,
        windows,
        question.parameters,
        as_of=question.as_of,
        progress=watch.step(_COUNTING),
    )
    as_of = store.latest if question.as_of is None else question.as_of
    answers = {question.out: _columns(found, CLUSTER_COLUMNS)}
    n_people = None
    if question.people:
        present = engine.present(store, windows, question.parameters, clusters=found, as_of=as_of)
        answers[question.people] = _columns(present, PRESENT_COLUMNS)
        n_people = len(present)
    tables.write(answers, watch)
    for warning in cases.unseen_in_store(store, windows.person_id):
        watch.say(warning)
    _say(found, question, watch)
    return Answer(found, as_of, n_people)


def _columns(table: object, names: tuple[str, ...]) -> dict[str, Int64s]:
    return {name: getattr(table, name) for name in names}


def _question(said: dict[str, Any]) -> Question:
    parameters = ClusterParameters(
        default_stay_s=said["default_stay"], slot_s=said["slot"], min_cases=said["min_cases"]
    )
    return Question(
        source_of(said),
        said["cases"],
        parameters,
        as_of=said["as_of"],
        out=said["out"],
        people=said["people"],
    )


def _say(found: Clusters, question: Question, watch: Watch) -> None:
    watch.say(Words(f"{count(len(found))} cụm", f"{count(len(found), 'en')} clusters"))
    for path in (question.out, question.people):
        if path:
            watch.say(Words(f"Đã ghi {path}", f"Written to {path}"))
