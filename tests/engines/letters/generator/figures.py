"""Counts, shares and ranks of the situation, and goals for the whole locality."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import NamedTuple

from tests.engines.letters.generator.days import an_hour, last_of_month, moment, written
from tests.engines.letters.generator.letter import Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

SIZES = {
    "province": (400_000, 2_600_000),
    "district": (60_000, 210_000),
    "commune": (3_000, 14_000),
    "ministry": (40_000_000, 90_000_000),
    "party": (400_000, 2_600_000),
    "party_district": (60_000, 210_000),
}
SMALL_CAMPAIGNS = {"tracing": 400, "teams": 4, "qr": 40, "quarantine": 200}
WHERE = {
    "province": ["toàn tỉnh", "tỉnh {p}", "trên địa bàn tỉnh"],
    "district": ["toàn {kind_d}", "trên địa bàn {d}"],
    "commune": ["toàn xã", "trên địa bàn xã"],
    "ministry": ["cả nước", "trên cả nước"],
}
WHERE |= {"party": WHERE["province"], "party_district": WHERE["district"]}
RANKED = {"province": (63, "tỉnh, thành phố"), "district": (11, "huyện, thành phố")}
METRICS = {"app": ("bluezone_installs", "bluezone_rate")}


@dataclass(frozen=True, slots=True)
class Figures:
    """Sentences with figures and what they state."""

    text: str
    facts: list[Reading]


def grouped(value: int) -> str:
    """A whole number as clerks write it in a text: 82.930, and 1026 or 1.026."""
    return f"{value:,}".replace(",", ".")


def in_millions(scene: Scene, value: int) -> str:
    """A large number in round words: hơn 16,5 triệu."""
    about = scene.line_of("lines", "situation.about")
    return f"{about} {decimal(value / 1_000_000, scene)} triệu"


def decimal(value: float, scene: Scene) -> str:
    """A share with two decimals or one, with the letter's sign."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text if scene.slots["decimal"] == "." else text.replace(".", ",")


def situation(scene: Scene) -> Figures:
    """What has been reached: a count, perhaps of a whole, a share, a rank."""
    words, as_of = _as_of(scene)
    kind = scene.dice.by_weight({"count": 4, "over": 3, "rate": 2, "none": 1.5})
    if kind == "none":
        return Figures(f"{scene.line_of('lines', 'situation.threat')}.", [])
    when = scene.line_of("lines", "situation.when", a=words)
    build = {"count": _count, "over": _count, "rate": _rate_alone}[kind]
    found = build(scene, when, kind)
    facts = [{**fact, "locality": locality(scene), "as_of": as_of} for fact in found.facts]
    source = scene.line_of("lines", "situation.source", bureau=_bureaus())
    text = f"{source} {found.text}".strip()
    tail = scene.dice.maybe(0.4)
    more = f" {scene.line_of('lines', 'situation.however')}." if tail else ""
    return Figures(f"{text[:1].upper()}{text[1:]}.{more}", facts)


def _bureaus() -> list[str]:
    bureaus: list[str] = table("lines")["situation"]["bureaus"]
    return bureaus


def _as_of(scene: Scene) -> tuple[str, str]:
    day = scene.day - timedelta(days=scene.dice.randint(1, 4))
    if scene.dice.maybe(0.7):
        return f"ngày {written(day, scene.dice)}", day.isoformat()
    words, at = an_hour(scene.dice)
    comma = scene.dice.one(["", "", ","])
    return f"{words}{comma} ngày {written(day, scene.dice)}", moment(day, at or time(0, 0))


def locality(scene: Scene) -> str:
    """The locality that a letter's figures speak of."""
    names = {"province": "tỉnh {p}", "district": "{d}", "commune": "{c}", "ministry": "cả nước"}
    names |= {"party": "tỉnh {p}", "party_district": "{d}"}
    return scene.fill(names[scene.level])


def _divisor(scene: Scene, unit: str) -> int:
    """How many times rarer the counted things are than people."""
    return 4 if unit.startswith("hộ") else SMALL_CAMPAIGNS.get(scene.campaign, 1)


def _amounts(scene: Scene, unit: str) -> tuple[int, int, float]:
    low, high = SIZES[scene.level]
    divisor = _divisor(scene, unit)
    whole = max(40, scene.dice.randint(low, high) // divisor)
    part = round(whole * scene.dice.uniform(0.08, 0.48))
    return part, whole, round(100 * part / whole + 1e-9, 2)


def metrics(scene: Scene) -> tuple[str, str]:
    """The names of the campaign's count and rate."""
    name = table("campaigns")[scene.campaign]["metric"]
    return METRICS.get(scene.campaign, (f"{name}_count", f"{name}_rate"))


class Counted(NamedTuple):
    """What is counted, what has been done to it, of what whole."""

    unit: str
    done: str
    base: str


def counted(scene: Scene) -> Counted:
    """One of the campaign's things to count: người | cài đặt Bluezone | dân số."""
    line = scene.dice.one(table("campaigns")[scene.campaign]["count"])
    return Counted(*(scene.fill(part) for part in line.split("|")))


def _count(scene: Scene, when: str, kind: str) -> Figures:
    what = counted(scene)
    part, whole, share = _amounts(scene, what.unit)
    is_large = kind == "count" and whole > 5_000_000
    if is_large:
        part, share = round(part, -5), round(share)
    text = scene.line_of(
        "lines",
        f"situation.{kind}",
        when=when,
        where=_where(scene),
        N=in_millions(scene, part) if is_large else grouped(part),
        Y=grouped(whole),
        unit=what.unit,
        done=what.done,
    )
    base = None if kind == "over" else what.base
    share_text, share_facts = _share(scene, share, base)
    rank_text, rank_facts = _rank(scene)
    facts = [*_counts(scene, (part, whole, kind), what.unit), *share_facts, *rank_facts]
    return Figures(text + share_text + rank_text, facts)


def _counts(scene: Scene, amounts: tuple[int, int, str], unit: str) -> list[Reading]:
    part, whole, kind = amounts
    metric, _ = metrics(scene)
    fact: Reading = {"metric": metric, "value": part, "unit": unit, "denominator": None}
    if kind != "over":
        return [fact]
    of: Reading = {"metric": "denominator", "value": whole, "unit": unit, "denominator": None}
    return [fact | {"denominator": grouped(whole)}, of]


def _where(scene: Scene) -> str:
    kind = str(scene.units["district"]["type_word"])
    return scene.fill(scene.dice.one(WHERE[scene.level]), kind_d=kind)


def _share(scene: Scene, share: float, base: str | None) -> tuple[str, list[Reading]]:
    if scene.dice.maybe(0.2):
        return "", []
    forms: list[str] = table("lines")["situation"]["share"]
    form = scene.dice.one([forms[0], forms[0], forms[2]]) if base else forms[1]
    text = scene.fill(form, r=decimal(share, scene), base=base or "").removeprefix(",")
    _, metric = metrics(scene)
    fact: Reading = {"metric": metric, "value": share, "unit": "%", "denominator": base}
    return f",{text}", [fact]


def _rank(scene: Scene) -> tuple[str, list[Reading]]:
    if scene.level not in RANKED or scene.dice.maybe(0.65):
        return "", []
    n, peers = RANKED[scene.level]
    place = scene.dice.randint(2, n - 1)
    text = scene.line_of("lines", "situation.rank", k=str(place), K=str(n), peers=peers)
    fact = {"metric": "rank", "value": place, "unit": f"of {n}", "denominator": None}
    return (text if text.startswith(",") else f" {text}"), [fact]


def _rate_alone(scene: Scene, when: str, _: str) -> Figures:
    share = _amounts(scene, "")[2]
    rate = scene.fill(scene.dice.one(table("campaigns")[scene.campaign]["rate"]))
    text = scene.line_of(
        "lines",
        "situation.rate_alone",
        when=when,
        rate=rate,
        of_where=f"của {locality(scene)}",
        r=decimal(share, scene),
    )
    rank_text, rank_facts = _rank(scene)
    _, metric = metrics(scene)
    fact: Reading = {"metric": metric, "value": share, "unit": "%", "denominator": None}
    return Figures(text + rank_text, [fact, *rank_facts])


def goal(scene: Scene) -> tuple[str, list[Reading]]:
    """A goal for the whole locality: a share or a count, with or without base and day."""
    due_words, due = _due(scene)
    if scene.dice.maybe(0.25):
        return _goal_count(scene, due_words, due)
    form = scene.dice.one(table("lines")["goal"]["share"])
    value = scene.dice.one([50, 50, 60, 60, 70, 75, 80, 90])
    _, done, base = counted(scene)
    rate = scene.fill(scene.dice.one(table("campaigns")[scene.campaign]["rate"]))
    text = scene.fill(form, due=due_words, r=str(value), base=base, rate=rate, done=done)
    _, metric = metrics(scene)
    return text, [
        {
            "metric": metric,
            "value": value,
            "unit": "%",
            "denominator": base if "{base}" in form else None,
            "due": due if "{due}" in form else None,
            "scope": locality(scene),
            "text": text,
        }
    ]


def _goal_count(scene: Scene, due_words: str, due: str) -> tuple[str, list[Reading]]:
    _, high = SIZES[scene.level]
    unit, done, _ = counted(scene)
    step = max(10, high // _divisor(scene, unit) // 10)
    magnitude = 10 ** (len(str(step)) - 1)
    value = step // magnitude * magnitude * scene.dice.randint(5, 8)
    slots = {"due": due_words, "N": grouped(value), "unit": unit, "done": done}
    text = scene.line_of("lines", "goal.count", **slots)
    metric, _ = metrics(scene)
    reading: Reading = {"metric": metric, "value": value, "unit": unit, "denominator": None}
    return text, [reading | {"due": due, "scope": locality(scene), "text": text}]


def _due(scene: Scene) -> tuple[str, str]:
    day = scene.day + timedelta(days=scene.dice.randint(15, 50))
    if scene.dice.maybe(0.3):
        last = last_of_month(day)
        month = f"{last.month}/{last.year}"
        words = scene.dice.one([f"đến hết tháng {month}", f"đến cuối tháng {month}"])
        return words, last.isoformat()
    words = scene.dice.one(["đến ngày {}", "đến hết ngày {}", "đến ngày {}"])
    return words.format(written(day, scene.dice)), day.isoformat()
