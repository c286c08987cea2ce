"""The inside of `bench.point_search`: a process with Django over a database of its own."""

import gc
import statistics
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
from django.db import connection, transaction
from numpy.random import Generator

from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.search import found_points
from vungxanh.checkins.values.areas import communes_held
from vungxanh.checkins.values.asked import Asked
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.locations.actions import load_units
from vungxanh.locations.values import CURRENT_TREE, Level, UnitId, registry
from vungxanh.protocol.places import short_codes

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
SEED = 20260302
ONE_TURN = 200_000
N_RARE = 2_000
# What places call themselves, the first most often; and syllables of their names and streets.
SORTS = (
    *("Tạp hóa", "Quán cà phê", "Cửa hàng", "Công ty TNHH", "Quán ăn", "Nhà thuốc", "Chợ"),
    *("Trường tiểu học", "Trường mầm non", "Nhà nghỉ", "Khách sạn", "Chùa", "Trạm y tế"),
    *("UBND", "Siêu thị", "Phòng khám", "Xưởng may", "Nhà thờ", "Trường THPT", "Nhà máy"),
)
SYLLABLES = (
    *("Minh", "Anh", "Thanh", "Hồng", "Phúc", "Lộc", "Thọ", "An", "Bình", "Hòa", "Hưng", "Long"),
    *("Phát", "Tâm", "Đức", "Kim", "Ngọc", "Mai", "Lan", "Hoa", "Xuân", "Thu", "Hải", "Sơn"),
    *("Nam", "Bắc", "Đông", "Tây", "Trung", "Quang", "Vinh", "Thịnh", "Thành", "Công", "Tiến"),
)
STREETS = (
    *("Lê Lợi", "Trần Phú", "Nguyễn Huệ", "Hùng Vương", "Quang Trung", "Lý Thường Kiệt"),
    *("Trần Hưng Đạo", "Hai Bà Trưng", "Phan Bội Châu", "Nguyễn Trãi", "thôn Một", "ấp Ba"),
)
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE indexname IN
    ('point_found', 'point_by_unit', 'point_that_may_be_the_same', 'point_by_contact')
"""
COMMUNES = """
CREATE TEMP TABLE commune AS
SELECT row_number() OVER () - 1 AS n, id, '@' || replace(id, ':', '.') || ' @'
    || replace(parent_id, ':', '.') AS words
FROM locations_adminunit WHERE tree = %s AND level = 'commune'
"""
FILL = """
INSERT INTO checkins_point (code, kind, name, address, unit_id, same_key, words,
    usual_stay_minutes, contact_name, contact_phone, via, state, state_reason, registered_at,
    registered_by, decided_by, is_invented)
SELECT upper(lpad(to_hex((n * 2654435761) %% 68719476736), 9, '0')), kind, name, address, unit_id,
    left(lower(name), 200),
    (translate(lower(name || ' ' || address), %(marked)s, %(plain)s) || ' ' || words)::tsvector,
    60, '', '', 'officer', 'registered', '', %(at)s, 'system:bench', '', true
FROM (
    SELECT n, (%(kinds)s::text[])[1 + floor(%(n_kinds)s * random())] AS kind,
        (%(sorts)s::text[])[1 + floor(%(n_sorts)s * power(random(), 2))] || ' '
        || (%(syllables)s::text[])[1 + floor(%(n_syllables)s * random())] || ' '
        || (%(syllables)s::text[])[1 + floor(%(n_syllables)s * random())]
        || CASE WHEN n %% 20 = 0 THEN ' hiem' || translate((n / 20 %% %(n_rare)s)::text,
            '0123456789', 'bcdghklmnp') ELSE '' END AS name,
        1 + floor(300 * random()) || ' '
        || (%(streets)s::text[])[1 + floor(%(n_streets)s * random())] AS address,
        CASE WHEN n %% 2 = 0 THEN n * %(communes)s / %(all)s
            ELSE floor(%(communes)s * power(random(), 1.5)) END::int AS place
    FROM generate_series(%(first)s::bigint, %(last)s) AS made (n)
) AS made JOIN (SELECT n AS place, id AS unit_id, words FROM commune) AS at USING (place)
"""
MARKED = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
PLAIN = "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d"
SEEK = """
SELECT id FROM checkins_point WHERE name || ' ' || address ILIKE %s AND unit_id = ANY(%s)
ORDER BY id DESC LIMIT 51
"""
SEEK_ALL = """
SELECT id FROM checkins_point WHERE name || ' ' || address ILIKE %s ORDER BY id DESC LIMIT 51
"""
Thing = TypeVar("Thing")
Question = tuple[Viewer, Asked]


def prepare(points: int) -> dict[str, int]:
    """Units and points; nothing where they are there already."""
    if Point.objects.order_by("-pk").values_list("pk", flat=True).first() == points:
        return {"points": points}
    load_units(by=SYSTEM, at=AT)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE checkins_point RESTART IDENTITY CASCADE")
        cursor.execute(INDEXES)
        made = cursor.fetchall()
        for name, _ in made:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(COMMUNES, [CURRENT_TREE])
        for first in range(0, points, ONE_TURN):
            cursor.execute(FILL, _shares(points, first))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, again in made:
            cursor.execute(again)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE checkins_point")
    return {"points": points}


def _shares(points: int, first: int) -> dict[str, Any]:
    communes = sum(one.level is Level.COMMUNE for one in registry().units(CURRENT_TREE))
    shares: dict[str, Any] = {
        "first": first,
        "last": min(first + ONE_TURN, points) - 1,
        "all": points,
        "communes": communes,
        "marked": MARKED,
        "plain": PLAIN,
        "at": AT,
        "n_rare": N_RARE,
    }
    lists = {"kinds": list(Kind), "sorts": SORTS, "syllables": SYLLABLES, "streets": STREETS}
    for key, words in lists.items():
        shares |= {key: [str(one) for one in words], f"n_{key}": len(words)}
    return shares


def measure(n_asked: int) -> dict[str, dict[str, float]]:
    """p50, p95, p99 in milliseconds of each kind of question, and the peer's median of three."""
    gc.collect()  # as the server does once it has started
    gc.freeze()
    found = {}
    for key, make in _questions().items():
        chance = np.random.default_rng(SEED)
        asked = [make(chance) for _ in range(n_asked)]
        _timed(*asked[0])  # the units of both eras are read once for a process
        told = [_timed(*one) for one in asked]
        parts = statistics.quantiles([taken for taken, _ in told], n=100)
        found[key] = {"p50": parts[49], "p95": parts[94], "p99": parts[98]}
        found[key]["shown"] = statistics.mean(n for _, n in told)
        if asked[0][1].text and "code" not in key:
            found[key]["peer"] = statistics.median(_peer(*one) for one in asked[:3])
    return found


def _questions() -> dict[str, Callable[[Generator], Question]]:
    country = Viewer("staff:bench", "", units=frozenset({"vn-2025:vn"}))
    known = [one.id for one in registry().units(CURRENT_TREE) if one.level is Level.COMMUNE]
    provinces = [one.id for one in registry().units(CURRENT_TREE) if one.level is Level.PROVINCE]
    districts = [one.id for one in registry().units("vn-2021") if one.level is Level.DISTRICT]

    def of(units: list[UnitId]) -> Callable[[Generator], Viewer]:
        return lambda chance: Viewer("staff:b", "", units=frozenset({_one(chance, units)}))

    commune, province, district = of(known), of(provinces), of(districts)
    return {
        "a rare word, whole country": lambda c: (country, Asked(_rare(c))),
        "a rare word in a province": lambda c: (province(c), Asked(_rare(c))),
        "a common word, whole country": lambda c: (country, Asked(_one(c, SYLLABLES[:9]))),
        "a common word in a commune": lambda c: (commune(c), Asked(_one(c, SYLLABLES[:9]))),
        "a common word in a province": lambda c: (province(c), Asked(_one(c, SYLLABLES[:9]))),
        "two words in a former district": lambda c: (district(c), Asked(_pair(c))),
        "three words, whole country": lambda c: (country, Asked(f"{_pair(c)} {_pair(c)}")),
        "a beginning of a letter": lambda c: (country, Asked(_one(c, SYLLABLES)[:1])),
        "a beginning in a province": lambda c: (province(c), Asked(_pair(c)[:-2])),
        "a code": lambda c: (country, Asked(_code(c))),
        "a code's beginning in a province": lambda c: (province(c), Asked(_code(c)[:5])),
        "a list of a province": lambda c: (province(c), Asked()),
        "a list of a former district": lambda c: (district(c), Asked()),
        "a list of a kind and a state": lambda c: (
            country,
            Asked(kind=_one(c, list(Kind)), state=State.REGISTERED),
        ),
        "a list of a state nobody is in": lambda c: (province(c), Asked(state=State.SUSPENDED)),
    }


def _one(chance: Generator, found: Sequence[Thing]) -> Thing:
    return found[int(chance.integers(len(found)))]


def _rare(chance: Generator) -> str:
    return "hiem" + str(chance.integers(N_RARE)).translate(
        str.maketrans("0123456789", "bcdghklmnp")
    )


def _pair(chance: Generator) -> str:
    return f"{_one(chance, SYLLABLES)} {_one(chance, SYLLABLES)}"


def _code(chance: Generator) -> str:
    at = int(chance.integers(1, 20_000))
    code = Point.objects.filter(pk__gte=at).order_by("pk").values_list("code", flat=True)[0]
    return short_codes.shown(code).lower()


def _timed(viewer: Viewer, asked: Asked) -> tuple[float, int]:
    began = perf_counter()
    found = found_points(viewer, asked)
    return (perf_counter() - began) * 1000, len(found.rows)


def _peer(viewer: Viewer, asked: Asked) -> float:
    below = communes_held(viewer.units)
    text = f"%{asked.text}%"
    began = perf_counter()
    with connection.cursor() as cursor:
        if below is None:
            cursor.execute(SEEK_ALL, [text])
        else:
            cursor.execute(SEEK, [text, sorted(below)])
        cursor.fetchall()
    return (perf_counter() - began) * 1000
