"""What a letter rests on: the documents it names."""

from dataclasses import dataclass
from datetime import timedelta

from tests.engines.letters.generator.days import written
from tests.engines.letters.generator.dice import capital
from tests.engines.letters.generator.letter import Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

SOURCE_LEVEL = {"party_district": "party"}


@dataclass(frozen=True, slots=True)
class Named:
    """A document named in a text: its words and its reading."""

    words: str
    reading: Reading
    issuer: str


def basis(scene: Scene) -> tuple[list[str], list[Reading]]:
    """Openings such as "Thực hiện Công văn số ...; Kế hoạch số ...", and their citations."""
    level = SOURCE_LEVEL.get(scene.level, scene.level)
    sources = scene.dice.some(_above(scene, level), low=1, high=3)
    named = [_named(scene, source) for source in sources]
    form = scene.dice.one(table("basis")["lead"])
    if "{one}" in form:
        named = [_named(scene, scene.dice.one(_orderers(scene, level)), with_issuer=False)]
        text = scene.fill(form, of=named[0].issuer, one=named[0].words)
    else:
        text = scene.fill(form, list=_listed(scene, [one.words for one in named]))
    openings, readings = [text], [one.reading for one in named]
    if scene.dice.maybe(0.15):
        spoken, reading = _spoken(scene)
        openings, readings = [*openings, spoken], [*readings, reading]
    return openings, readings


def _above(scene: Scene, level: str) -> list[str]:
    """The sources that are not the writer's own."""
    sources: list[str] = table("basis")["sources"][level]
    own = (str(scene.slots["self"]), f"Chủ tịch {scene.slots['short']}", scene.fill("{dp}"))
    return [source for source in sources if not scene.fill(source).startswith(own)]


def _orderers(scene: Scene, level: str) -> list[str]:
    """The sources that may direct the writer, not only advise it."""
    advisers = ("Sở", "Trung tâm", "Văn phòng")
    return [source for source in _above(scene, level) if not source.startswith(advisers)]


def _listed(scene: Scene, words: list[str]) -> str:
    if len(words) == 2 and scene.dice.maybe(0.4):
        return scene.dice.one([" và ", ", "]).join(words)
    return "; ".join(words)


def _named(scene: Scene, source: str, *, with_issuer: bool = True) -> Named:
    issuer, kind, symbol = (scene.fill(part) for part in source.split("|"))
    day = scene.day - timedelta(days=scene.dice.randint(3, 40))
    number = f"{scene.dice.randint(1, 4500 if kind in OFTEN else 60):02}/{symbol}"
    form = scene.dice.one(table("basis")["form"])
    form = form if with_issuer else form.replace(" của {of}", "")
    slots = _slots(scene, (kind, number), written(day, scene.dice))
    text = scene.fill(form, of=issuer, **slots)
    has_issuer = "{of}" in form or not with_issuer
    reading: Reading = {
        "number": number,
        "date": day.isoformat(),
        "issuer": issuer if has_issuer else None,
        "type": kind.lower(),
        "subject": slots["s"] if "{s}" in form else None,
        "role": "basis",
    }
    return Named(text, reading, issuer)


OFTEN = frozenset({"Công văn", "Văn bản", "Quyết định"})


def _slots(scene: Scene, what: tuple[str, str], day: str) -> dict[str, str]:
    kind, number = what
    about = scene.dice.one(table("basis")["about"])
    subject = scene.dice.one(table("basis")["subjects"])
    return {"type": kind, "number": number, "d": day, "about": about, "s": subject}


def _spoken(scene: Scene) -> tuple[str, Reading]:
    """A word given in a meeting: named without a number."""
    day = scene.day - timedelta(days=scene.dice.randint(1, 10))
    level = SOURCE_LEVEL.get(scene.level, scene.level)
    issuer = scene.fill(scene.dice.one(_orderers(scene, level)).split("|")[0])
    form = scene.dice.one(table("basis")["spoken"])
    text = scene.fill(form, of=issuer, d=written(day, scene.dice))
    kind = "ý kiến chỉ đạo" if "ý kiến" in form else "kết luận"
    reading: Reading = {"number": None, "date": day.isoformat(), "issuer": issuer}
    return text, reading | {"type": kind, "subject": None, "role": "basis"}


def previous(scene: Scene) -> tuple[str, Reading]:
    """A letter of the writer's own that came before."""
    day = scene.day - timedelta(days=scene.dice.randint(8, 45))
    unit = scene.dice.one(scene.agency["units"] or ["VP"])
    tail = f"-{unit}" if unit else ""
    number = f"{scene.dice.randint(20, 2500)}/{scene.agency['symbol']}{tail}"
    slots = _slots(scene, ("Công văn", number), written(day, scene.dice))
    text = capital(scene.line_of("basis", "previous", **slots))
    reading: Reading = {"number": number, "date": day.isoformat(), "issuer": scene.slots["self"]}
    return text, reading | {"type": "công văn", "subject": slots["s"], "role": "previous"}


def reference(scene: Scene) -> Named:
    """A guideline that an order is to follow."""
    issuer, kind, symbol = scene.dice.one(table("basis")["guidelines"]).split("|")
    day = scene.day - timedelta(days=scene.dice.randint(30, 58))
    number = f"{scene.dice.randint(200, 5200)}/{symbol}"
    words = f"{kind} số {number} ngày {written(day, scene.dice)} của {issuer}"
    reading: Reading = {"number": number, "date": day.isoformat(), "issuer": issuer}
    reading |= {"type": kind.lower(), "subject": None, "role": "reference"}
    return Named(words, reading, issuer)


def laws(scene: Scene) -> list[Named]:
    """The laws that a decision names first."""
    lines = table("basis")["laws"]
    found = []
    for line in lines[: scene.dice.randint(1, len(lines))]:
        name, day = line.split("|")
        words = f"Căn cứ Luật {name} ngày {int(day[8:])}/{int(day[5:7])}/{day[:4]}"
        reading: Reading = {"number": None, "date": day, "issuer": None, "type": "luật"}
        found.append(Named(words, reading | {"subject": name, "role": "basis"}, ""))
    return found
