"""The body of each type of document: why, what is reached, who does what, the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.engines.letters.generator import basis as bases
from tests.engines.letters.generator import closing, figures
from tests.engines.letters.generator.days import written
from tests.engines.letters.generator.dice import capital, small
from tests.engines.letters.generator.letter import Block, Kind, Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.sections import sections
from tests.engines.letters.generator.single import single
from tests.engines.letters.generator.tables import table

UNCOUNTED = {"tracing", "quarantine"}


@dataclass(slots=True)
class Body:
    """Blocks of the body, and all that is read from them."""

    blocks: list[Block] = field(default_factory=list)
    citations: list[Reading] = field(default_factory=list)
    facts: list[Reading] = field(default_factory=list)
    targets: list[Reading] = field(default_factory=list)
    tasks: list[Reading] = field(default_factory=list)

    def say(self, kind: Kind, text: str) -> None:
        """Add a block."""
        self.blocks.append(Block(kind, text))


def write_body(scene: Scene, audiences: Sequence[str]) -> Body:
    """The whole body of the scene's document."""
    body = Body()
    if scene.doc_type == "công văn" and len(audiences) == 1 and scene.dice.maybe(0.75):
        _why(scene, body)
        work = single(scene, _lead_words(scene, body), audiences[0])
    else:
        OPENINGS.get(scene.doc_type, _open_letter)(scene, body)
        work = sections(scene, audiences)
    body.blocks += work.blocks
    body.tasks += work.tasks
    body.citations += work.cited
    closing.close(scene, body.blocks, body.tasks)
    return body


def voice(scene: Scene) -> str:
    """Who speaks: the agency, or its chairman."""
    short = str(scene.slots["short"])
    is_chair = short.startswith("UBND") and scene.doc_type != "công văn"
    key = "chairman" if is_chair else "voice"
    return scene.line_of("bodies", key)


def _why(scene: Scene, body: Body) -> None:
    """What the letter rests on, what has been reached: one paragraph or two."""
    openings, body.citations = bases.basis(scene)
    opening = "; ".join([openings[0], *(small(text) for text in openings[1:])])
    found = figures.situation(scene)
    body.facts = found.facts
    form = scene.dice.one(["one", "two", "semicolon"])
    if form == "semicolon" and found.facts:
        body.say(Kind.PARAGRAPH, f"{opening}; {small(found.text)}")
    elif form == "two":
        body.say(Kind.PARAGRAPH, f"{opening}.")
        body.say(Kind.PARAGRAPH, found.text)
    else:
        body.say(Kind.PARAGRAPH, f"{opening}. {found.text}")
    if scene.dice.maybe(0.2):
        said, cited = bases.previous(scene)
        body.citations.append(cited)
        body.say(Kind.PARAGRAPH, f"{said}.")


def _lead_words(scene: Scene, body: Body) -> str:
    """The words before who asks: an aim, a goal."""
    aim = scene.fill(scene.dice.one(table("campaigns")[scene.campaign]["aims"]))
    if scene.campaign not in UNCOUNTED and scene.dice.maybe(0.45):
        text, targets = figures.goal(scene)
        body.targets += targets
        return scene.dice.one([f"Để {aim}, {text}, ", f"Nhằm {aim} và {text}, "])
    return scene.dice.one([f"Để {aim}, ", f"Nhằm {aim}, ", "", ""])


def _open_letter(scene: Scene, body: Body) -> None:
    _why(scene, body)
    _lead(scene, body)


def _lead(scene: Scene, body: Body) -> None:
    words = _lead_words(scene, body)
    form = scene.line_of("lines", "lead.many", self=voice(scene), ask=scene.ask)
    body.say(Kind.PARAGRAPH, f"{words}{form if words else capital(form)}:")


def _open_notice(scene: Scene, body: Body) -> None:
    day = scene.day - timedelta(days=scene.dice.randint(0, 2))
    text = scene.line_of("bodies", "thông báo.opening", d=written(day, scene.dice))
    body.say(Kind.PARAGRAPH, text)


def _open_plan(scene: Scene, body: Body) -> None:
    openings, body.citations = bases.basis(scene)
    own: dict[str, Any] = table("bodies")["kế hoạch"]
    voice_words = str(scene.slots["self"])
    subject = scene.slots["subject"]
    body.say(Kind.PARAGRAPH, f"{openings[0]}, {voice_words} ban hành Kế hoạch {subject} như sau:")
    body.citations = body.citations[: len(body.citations) - len(openings) + 1]
    body.say(Kind.HEADING, f"I. {scene.dice.one(own['purpose'])}")
    for aim in scene.dice.some(table("campaigns")[scene.campaign]["aims"], low=1, high=2):
        body.say(Kind.ITEM, f"- {capital(scene.fill(aim))}.")
    marks = iter(["II", "III"])
    if scene.campaign not in UNCOUNTED and scene.dice.maybe(0.75):
        text, body.targets = figures.goal(scene)
        text = capital(text)
        body.targets = [target | {"text": text} for target in body.targets]
        body.say(Kind.HEADING, f"{next(marks)}. {scene.dice.one(own['goals'])}")
        body.say(Kind.ITEM, f"- {text}.")
    body.say(Kind.HEADING, f"{next(marks)}. {scene.dice.one(own['work'])}")
    asked = scene.fill("{self} {ask} các cơ quan, đơn vị thực hiện các nhiệm vụ sau", ask=scene.ask)
    body.say(Kind.PARAGRAPH, f"{asked}:")


def _open_decision(scene: Scene, body: Body) -> None:
    own: dict[str, Any] = table("bodies")["quyết định"]
    body.say(Kind.CENTRE, f"CHỦ TỊCH {scene.agency['body']} {scene.fill('{area}').upper()}")
    laws = bases.laws(scene)
    openings, cited = bases.basis(scene)
    for words in [*(law.words for law in laws), openings[0]]:
        body.say(Kind.PARAGRAPH, f"{words};")
    body.citations = [law.reading for law in laws]
    body.citations += cited[: len(cited) - len(openings) + 1]
    body.say(Kind.PARAGRAPH, f"{scene.dice.one(own['asked'])},")
    body.say(Kind.CENTRE, "QUYẾT ĐỊNH:")


OPENINGS = {
    "thông báo": _open_notice,
    "kế hoạch": _open_plan,
    "quyết định": _open_decision,
}
