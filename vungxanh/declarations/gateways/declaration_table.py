"""Declarations into their tables: asked for, judged and kept in one transaction, in one text.

`writing` says which statements it wants answered; a batch of intake runs it on its own connection,
a page on Django's. Declaration, place in the queue and count are kept by one statement.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection, transaction
from psycopg import AsyncConnection

from vungxanh.core.clock import TZ
from vungxanh.core.envelope import opened
from vungxanh.declarations.gateways.judging import ANSWERS_PLACE, Row, judged
from vungxanh.declarations.gateways.versions import FORMS, RULES, STATES, Versions
from vungxanh.declarations.values.declared import (
    AGREEING_WAYS,
    DUPLICATE,
    STORED,
    KnownPerson,
    Levels,
    Made,
    Refusal,
    Told,
)
from vungxanh.people.values.consents import Consenting, texts

Rows = Sequence[Sequence[Any]]
PERSONS: Final = "SELECT * FROM declarations_persons(%s::bigint[], %s)"
AGREED: Final = "SELECT * FROM declarations_agreed(%s::uuid[], %s, %s)"
LEVELS: Final = """
SELECT * FROM declarations_levels(%s::bigint[], %s::text[], %s::date[], %s::integer[], %s)
"""
KEEP: Final = """
WITH given AS (
    SELECT * FROM unnest(
        %s::uuid[], %s::bigint[], %s::smallint[], %s::text[], %s::text[], %s::text[],
        %s::timestamptz[], %s::date[], %s::uuid[], %s::text[], %s::bigint[], %b::bytea[],
        %s::smallint[], %s::boolean[], %s::integer[], %b::bytea[], %s::timestamptz[], %s::text[],
        %s::text[], %s::boolean[]
    ) AS one (
        id, person_id, questionnaire_id, way, lang, unit_id, at, day, device_id, by, point_id,
        answers, colour, is_ill, rules_id, outcome, until, form, work, is_first
    )
), new AS (
    INSERT INTO declarations_declaration (
        id, person_id, questionnaire_id, way, lang, unit_id, at, received_at, day, device_id, by,
        point_id, answers, colour, is_ill, rules_id, outcome, until
    )
    SELECT id, person_id, questionnaire_id, way, lang, unit_id, at, %s, day, device_id, by,
        point_id, answers, colour, is_ill, rules_id, outcome, until
    FROM given ORDER BY id ON CONFLICT DO NOTHING RETURNING id
), queued AS (
    INSERT INTO declarations_pending (declaration_id, person_id, received_at, work)
    SELECT id, person_id, %s, work::jsonb FROM given JOIN new USING (id)
), counted AS (
    INSERT INTO declarations_declarationcount AS kept (day, unit, form, way, n, n_ill, n_first)
    SELECT given.day, given.unit_id, given.form, given.way, count(*),
        count(*) FILTER (WHERE given.is_ill),
        count(*) FILTER (WHERE given.is_first AND NOT EXISTS (
            SELECT FROM declarations_declaration AS former
            JOIN declarations_questionnaire AS asked ON asked.id = former.questionnaire_id
            WHERE former.person_id = given.person_id AND former.day = given.day
                AND asked.code = given.form AND former.id >= %s
        ))
    FROM given JOIN new USING (id)
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (day, unit, form, way) DO UPDATE SET n = kept.n + excluded.n,
        n_ill = kept.n_ill + excluded.n_ill, n_first = kept.n_first + excluded.n_first
)
SELECT id FROM new
"""
THERE: Final = """
SELECT id, person_id, questionnaire_id, at, answers FROM declarations_declaration
WHERE id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """One statement that wants an answer."""

    sql: str
    values: Sequence[Any] = ()


Writing = Generator[Ask, Rows, list[Told]]


def writing(made: Sequence[Made], versions: Versions, *, at: datetime) -> Writing:
    """Judge and keep; what to tell of each, in order. `at` is when they were received."""
    yield from _learn(made, versions)
    ids = sorted({one.person_id for one in made})
    persons = {one[0]: KnownPerson(*one) for one in (yield Ask(PERSONS, [ids, at]))}
    agreed = yield from _agreed(made, at)
    levels = yield from _levels(made, persons, versions)
    results = [
        judged(
            one,
            persons.get(one.person_id),
            versions,
            has_agreed=one.way not in AGREEING_WAYS or one.device_id in agreed,
            levels=found,
            at=at,
        )
        for one, found in zip(made, levels, strict=True)
    ]
    new, there = yield from _kept(results, at)
    unseen = set(new)
    told = []
    for one in results:
        if isinstance(one, Row):
            told.append(_compared(one, unseen, there, persons=persons))
            unseen.discard(one.id)
        else:
            told.append(one)
    return told


def _learn(made: Sequence[Made], versions: Versions) -> Generator[Ask, Rows, None]:
    versions.note_states((yield Ask(STATES)))
    if forms := versions.missing_forms({one.questionnaire for one in made}):
        versions.note_forms((yield Ask(FORMS, [forms])))
    if rules := versions.missing_rules():
        versions.note_rules((yield Ask(RULES, [rules])))


def _agreed(made: Sequence[Made], at: datetime) -> Generator[Ask, Rows, set[UUID]]:
    """Devices whose holder agreed, of those that have to."""
    devices = sorted({one.device_id for one in made if one.way in AGREEING_WAYS and one.device_id})
    if not devices:
        return set()
    version = texts()[Consenting.DECLARATIONS].version
    today = at.astimezone(TZ).date()
    return {one[0] for one in (yield Ask(AGREED, [devices, version, today]))}


def _levels(
    made: Sequence[Made], persons: dict[int, KnownPerson], versions: Versions
) -> Generator[Ask, Rows, list[Levels]]:
    """Levels of areas for each declaration, on its own day and as far back as its form looks."""
    if not made:
        return []
    days = [one.at.astimezone(TZ).date() for one in made]
    backs = [_looked_back(one, versions) for one in made]
    units = [_home(one, persons.get(one.person_id)) for one in made]
    first = _least_id(
        min(day - timedelta(days=back) for day, back in zip(days, backs, strict=True))
    )
    asked = [[one.person_id for one in made], units, days, backs, first]
    found = {n: Levels(home, places) for n, home, places in (yield Ask(LEVELS, asked))}
    return [found.get(n, Levels()) for n in range(1, len(made) + 1)]


def _looked_back(made: Made, versions: Versions) -> int:
    found = versions.form(made.questionnaire)
    return (found.form.lookback_days if found else None) or 0


def _home(made: Made, person: KnownPerson | None) -> str:
    """The commune of the register, or the one that is said."""
    said = made.answers.get("unit")
    known = person.unit_id if person else ""
    return known or (said if isinstance(said, str) else "")


def _kept(
    results: Sequence[Row | Told], at: datetime
) -> Generator[Ask, Rows, tuple[set[UUID], dict[UUID, Sequence[Any]]]]:
    """The identifiers that are new, and what lies there where not all are."""
    every = [one for one in results if isinstance(one, Row)]
    rows = sorted({one.id: one for one in reversed(every)}.values(), key=lambda one: one.id.bytes)
    if not rows:
        return set(), {}
    new = {one[0] for one in (yield Ask(KEEP, _columns(rows, at)))}
    if len(new) == len(every):
        return new, {}
    found = yield Ask(THERE, [[one.id for one in rows]])
    return new, {one[0]: one for one in found}


def _columns(rows: Sequence[Row], at: datetime) -> list[Any]:
    return [
        [one.id for one in rows],
        [one.person_id for one in rows],
        [one.form.id for one in rows],
        [str(one.made.way) for one in rows],
        [one.made.lang for one in rows],
        [one.unit_id for one in rows],
        [one.made.at for one in rows],
        [one.day for one in rows],
        [one.made.device_id for one in rows],
        [one.made.by for one in rows],
        [one.made.point for one in rows],
        [one.sealed_answers for one in rows],
        [int(one.colour) for one in rows],
        [one.outcome.is_ill for one in rows],
        [one.rules_id for one in rows],
        [one.sealed_outcome for one in rows],
        [one.until for one in rows],
        [one.form.form.id for one in rows],
        [one.work for one in rows],
        _are_first(rows),
        at,
        at,
        _least_id(min(one.day for one in rows)),
    ]


def _are_first(rows: Sequence[Row]) -> list[bool]:
    """Whether each is the first of its person, day and form within the batch."""
    seen: set[tuple[int, date, str]] = set()
    firsts = []
    for one in rows:
        key = (one.person_id, one.day, one.form.form.id)
        firsts.append(key not in seen)
        seen.add(key)
    return firsts


def _least_id(day: date) -> UUID:
    """Before every identifier of a day: older partitions are not looked into."""
    began = datetime.combine(day - timedelta(days=1), time(), UTC)
    return UUID(int=int(began.timestamp() * 1000) << 80)


def _compared(
    row: Row,
    unseen: set[UUID],
    there: dict[UUID, Sequence[Any]],
    *,
    persons: dict[int, KnownPerson],
) -> Told:
    """Stored, a repetition, or something else under an identifier that is taken."""
    if row.id in unseen:
        return row.told(STORED)
    kept = there.get(row.id)
    if kept is None or not _is_same(row, kept, persons[row.person_id]):
        return Told(row.id, str(Refusal.ID_REUSED if kept else Refusal.NOT_TAKEN))
    return row.told(DUPLICATE)


def _is_same(row: Row, kept: Sequence[Any], person: KnownPerson) -> bool:
    _, person_id, form_id, at, answers = kept
    if (person_id, form_id, at) != (row.person_id, row.form.id, row.made.at):
        return False
    return opened(person.key).open(bytes(answers), ANSWERS_PLACE) == row.answers


_remembered = Versions()


def write_now(made: Sequence[Made], *, at: datetime) -> list[Told]:
    """On Django's connection, inside the caller's transaction or one of its own."""
    if not made:
        return []
    with transaction.atomic():
        served = connection.connection
        asking = writing(made, _remembered, at=at)
        with connection.wrap_database_errors, psycopg.Cursor(served) as cursor:
            try:
                ask = next(asking)
                while True:
                    cursor.execute(ask.sql, ask.values or None, prepare=True)
                    ask = asking.send(cursor.fetchall())
            except StopIteration as done:
                told: list[Told] = done.value
                return told


class DeclarationTable:
    """The tables for a group commit of intake."""

    def __init__(self) -> None:
        self._versions = Versions()

    def key(self, row: Made) -> bytes:
        """The identifier."""
        return row.id.bytes

    async def write(self, connection: "AsyncConnection[Any]", rows: Sequence[Made]) -> list[Told]:
        """Judge and keep what is not there; durable when it returns."""
        async with connection.transaction():
            return await _run(connection, writing(rows, self._versions, at=datetime.now(UTC)))

    def refused(self, row: Made, error: psycopg.Error) -> Told:
        """A declaration that a constraint or a type turns away."""
        return Told(row.id, str(Refusal.NOT_TAKEN))


async def _run(connection: "AsyncConnection[Any]", asking: Writing) -> list[Told]:
    try:
        ask = next(asking)
        while True:
            cursor = await connection.execute(ask.sql, ask.values or None, prepare=True)
            ask = asking.send(await cursor.fetchall())
    except StopIteration as done:
        told: list[Told] = done.value
        return told
