"""The inside of `bench.people_search`: a process with Django over a database of its own."""

import gc
import os
import re
import statistics
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from multiprocessing import get_context
from time import perf_counter
from typing import Any, TypeVar

import django
import numpy as np
from django.db import connection
from numpy.random import Generator
from psycopg import sql

from vungxanh.core.envelope import new_envelope
from vungxanh.core.enveloped import sealed
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.engines.persons import PersonAsked
from vungxanh.locations import queries as locations
from vungxanh.locations.actions import load_units
from vungxanh.locations.values import Level, UnitId
from vungxanh.people.models import PHONES, Person
from vungxanh.people.models.tokens import KEYS
from vungxanh.people.queries.finding import with_number
from vungxanh.people.queries.officers_lines import alike
from vungxanh.people.rules.tokens import findable

PROVINCE = UnitId("vn-2021:52")
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
SEED = 20260302
ONE_TURN = 25_000
# Invented shares, falling as everybody in the country knows them to fall; nobody in it is real.
FAMILIES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
    *("Dương", "Lý", "Đào", "Đoàn", "Vũ", "Trương", "Đinh", "Mai", "Cao", "Lâm", "Tạ", "Châu"),
)
MIDDLES = {
    "male": ("Văn", "Đình", "Minh", "Quốc", "Hữu", "Thanh", "Đức", "Ngọc", "Xuân", "Công", "Bá"),
    "female": (
        "Thị",
        "Ngọc",
        "Thu",
        "Thanh",
        "Mỹ",
        "Kim",
        "Thị Ngọc",
        "Thị Thu",
        "Thị Kim",
        "Bích",
    ),
}
GIVENS = {
    "male": (
        *("Hùng", "Dũng", "Tuấn", "Minh", "Hải", "Sơn", "Nam", "Long", "Bình", "An", "Cường"),
        *("Thành", "Đức", "Trung", "Hiếu", "Phúc", "Tài", "Thắng", "Quang", "Khoa", "Lâm", "Vinh"),
        *("Phong", "Hòa", "Tâm", "Nghĩa", "Toàn", "Khánh", "Đạt", "Huy", "Kiên", "Quân", "Việt"),
        *("Thịnh", "Lộc", "Phát", "Tân", "Tiến", "Hậu", "Nhân", "Mẫn", "Vỹ", "Thái", "Trí"),
    ),
    "female": (
        *("Hương", "Lan", "Hoa", "Hồng", "Thảo", "Trang", "Linh", "Mai", "Nga", "Hạnh", "Hà"),
        *("Thủy", "Phương", "Yến", "Loan", "Dung", "Nhung", "Tuyết", "Vân", "Hiền", "Liên", "Oanh"),
        *("Thúy", "Hằng", "Ngân", "Trinh", "Vy", "Châu", "Diễm", "Huệ", "Ánh", "Bích", "Kiều"),
        *("Nguyệt", "Quyên", "Thoa", "Xuân", "Cúc", "Đào", "Lệ", "Mỹ", "Như", "Trâm", "Uyên"),
    ),
}
SEXES = tuple(MIDDLES)
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND schemaname = 'public'
"""
CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f')
"""
NUMBERS = """
INSERT INTO people_phone (person_id, number, number_index, proved_at, said_at)
SELECT 1 + n %% %s, '\\x00', sha256(int8send(n)), %s, %s FROM generate_series(1, %s) AS made (n)
"""
EXECUTE = "EXECUTE look_up"
ONE_IS = """
UPDATE people_phone SET number_index = %s WHERE id = (SELECT max(id) FROM people_phone)
"""
Answered = TypeVar("Answered")
Sent = tuple[str, tuple[Any, ...]]
Names = tuple[str, str, str, str]


def prepare(numbers: int, persons: int) -> dict[str, int]:
    """Units, persons with their tokens, numbers; nothing where they are there already."""
    if _count("people_phone") >= numbers:
        return {"persons": _count("people_person")}
    load_units(by=SYSTEM, at=AT)
    with _bare("people_searchtoken"), _bare("people_person"):
        _fill(persons)
    with _bare("people_phone"), connection.cursor() as cursor:
        cursor.execute(NUMBERS, [persons, AT, AT, numbers])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE people_person, people_searchtoken, people_phone")
    return {"persons": persons}


def measure(n_asked: int) -> dict[str, float]:
    """p50, p95, p99 of each kind of question in milliseconds; of names the database's share too."""
    viewer = Viewer("staff:bench", "", units=frozenset({PROVINCE}))
    gc.collect()  # as the server does once it has started
    gc.freeze()
    rng = np.random.default_rng(SEED + 1)
    return {**_phones(viewer, n_asked, rng), **_searches(viewer, n_asked, rng)}


def _phones(viewer: Viewer, n_asked: int, rng: Generator) -> dict[str, float]:
    """Half of the numbers are somebody's."""
    number = "+84912345678"
    with connection.cursor() as cursor:
        cursor.execute(ONE_IS, [PHONES.digest(number)])
    if not with_number(viewer, number):
        raise RuntimeError(number)
    strangers = [f"+8491{int(rng.integers(10**7)):07}" for _ in range(n_asked)]
    asked = [one for stranger in strangers for one in (number, stranger)]
    whole = _told("phone", [_timed(partial(with_number, viewer, one))[0] for one in asked])
    return {**whole, **_told("statement", _executed([_look_up(viewer, one) for one in asked]))}


def _look_up(viewer: Viewer, number: str) -> Sent:
    """The one statement of a look-up, and its values."""
    sent: list[Sent] = []

    def watched(execute: Callable[..., object], *given: Any) -> object:
        sent.append((given[0], tuple(given[1])))
        return execute(*given)

    with connection.execute_wrapper(watched):
        with_number(viewer, number)
    [found] = sent
    return found


def _executed(look_ups: list[Sent]) -> list[float]:
    """Milliseconds in which the server executed each, prepared once, by its own clock."""
    statement, values = look_ups[0]
    number = count(1)
    prepared = re.sub("%s", lambda _: f"${next(number)}", statement)
    explained = f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {EXECUTE} ({_places(values)})"
    taken = []
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE look_up AS {prepared}")
        for asked, given in look_ups:
            if asked != statement:
                raise RuntimeError(asked)
            cursor.execute(explained, given)
            taken.append(float(cursor.fetchone()[0][0]["Execution Time"]))
    return taken


def _places(values: tuple[Any, ...]) -> str:
    return ", ".join(["%s"] * len(values))


def _searches(viewer: Viewer, n_asked: int, rng: Generator) -> dict[str, float]:
    communes = [unit.id for unit in locations.descendants(PROVINCE, Level.COMMUNE)]
    ways: dict[str, Callable[[Names], tuple[PersonAsked, str]]] = {
        "name": lambda one: (PersonAsked(name=one[0]), ""),
        "year": lambda one: (PersonAsked(name=one[0], birth_year=int(one[1][:4])), ""),
        "commune": lambda one: (PersonAsked(name=one[0]), one[3]),
    }
    found: dict[str, float] = {}
    for key, way in ways.items():
        people = list(_people(n_asked, communes, rng))
        turns = [_asked(viewer, *way(one)) for one in people]
        found |= _told(key, [total for total, _, _ in turns])
        found[f"{key}_database"] = statistics.quantiles([one for _, one, _ in turns], n=20)[-1]
        found[f"{key}_shown"] = statistics.mean(n for _, _, n in turns)
    return found


def _asked(viewer: Viewer, asked: PersonAsked, commune: str) -> tuple[float, float, int]:
    """Milliseconds in all and in the database, and how many were shown."""
    spent: list[float] = []

    def watched(execute: Callable[..., object], *given: object) -> object:
        began = perf_counter()
        answer = execute(*given)
        spent.append((perf_counter() - began) * 1000)
        return answer

    with connection.execute_wrapper(watched):
        total, answer = _timed(partial(alike, viewer, asked, commune))
    return total, sum(spent), len(answer.lines)


def _timed(question: Callable[[], Answered]) -> tuple[float, Answered]:
    began = perf_counter()
    answer = question()
    return (perf_counter() - began) * 1000, answer


def _told(key: str, taken: list[float]) -> dict[str, float]:
    shares = statistics.quantiles(taken, n=100)
    return {f"{key}_p{share}": shares[share - 1] for share in (50, 95, 99)}


def _people(n: int, communes: list[UnitId], rng: Generator) -> Iterator[Names]:
    """So many invented people: name, birth, sex, commune."""
    for _ in range(n):
        sex = SEXES[int(rng.integers(2))]
        name = f"{_one(FAMILIES, rng)} {_one(MIDDLES[sex], rng)} {_one(GIVENS[sex], rng)}"
        birth = f"{int(rng.integers(1935, 2022))}-{int(rng.integers(1, 13)):02}-15"
        yield name, birth, sex, communes[int(rng.integers(len(communes)))]


def _one(things: tuple[str, ...], rng: Generator) -> str:
    """The first most often, by falling odds: a third of the rest at each step of the first few."""
    at = int(rng.geometric(4 / (len(things) + 4))) - 1
    return things[at] if at < len(things) else things[int(rng.integers(len(things)))]


def _fill(persons: int) -> None:
    """Seal in as many processes as there are cores, copy as the rows come."""
    communes = [unit.id for unit in locations.descendants(PROVINCE, Level.COMMUNE)]
    turns = [(at, min(ONE_TURN, persons - at), communes) for at in range(0, persons, ONE_TURN)]
    pool = ProcessPoolExecutor(
        os.cpu_count(), mp_context=get_context("spawn"), initializer=django.setup
    )
    with pool as cores:
        for rows, tokens in cores.map(_sealed, turns):
            _copy("people_person", PERSON_COLUMNS, rows)
            _copy("people_searchtoken", ("token", "person_id"), tokens)


PERSON_COLUMNS = (
    *("id", "origin", "key", "name", "birth", "sex", "language", "residence_id", "has_phone"),
    *("created_at", "created_by", "kept_until"),
)
Rows = list[tuple[object, ...]]


def _sealed(turn: tuple[int, int, list[UnitId]]) -> tuple[Rows, Rows]:
    """One stretch of the register: its rows and their tokens."""
    first, n, communes = turn
    rows: Rows = []
    tokens: Rows = []
    people = _people(n, communes, np.random.default_rng((SEED, first)))
    for pk, (name, birth, sex, commune) in enumerate(people, start=first + 1):
        envelope, key = new_envelope()
        texts = sealed(envelope, Person, name=name, birth=birth, sex=sex)
        kept = (key, texts["name"], texts["birth"], texts["sex"])
        rows.append((pk, "door", *kept, "vi", commune, False, AT, "bench", AT.date()))
        values = findable(name, int(birth[:4]))
        own = {token for sort, found in values.items() for token in KEYS[sort].tokens(found)}
        tokens += [(token, pk) for token in own]
    return rows, tokens


def _copy(table: str, columns: tuple[str, ...], rows: Rows) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copying:
        for row in rows:
            copying.write_row(row)


@contextmanager
def _bare(table: str) -> Iterator[None]:
    """Fill a table without its indexes and constraints, which are made again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS, [table])
        constraints = sorted(cursor.fetchall(), key=lambda one: str(one[1]), reverse=True)
        for name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE')
        cursor.execute(INDEXES, [table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for name, definition in constraints:
            if not definition.startswith("FOREIGN"):
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for _, definition in indexes:
            cursor.execute(definition)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])
