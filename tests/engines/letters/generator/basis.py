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
    sources = scene.dice.some(table("basis")["sources"][level], low=1, high=3)
    named = [_named(scene, source) for source in sources]
    form = scene.dice.one(table("basis")["lead"])
    if "{one}" in form:
        named = [_named(scene, sources[0], with_issuer=False)]
        text = scene.fill(form, of=named[0].issuer, one=named[0].words)
    else:
        text = scene.fill(form, list="; ".join(one.words for one in named))
    openings, readings = [text], [one.reading for one in named]
    if scene.dice.maybe(0.15):
        spoken, reading = _spoken(scene)
        openings, readings = [*openings, spoken], [*readings, reading]
    return openings, readings


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
    issuer = scene.fill(scene.dice.one(table("basis")["sources"][level]).split("|")[0])
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
