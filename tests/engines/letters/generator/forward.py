"""An order hidden among the addressees: to send the letter on to units of the area."""

from collections.abc import Sequence
from dataclasses import replace

from tests.engines.letters.generator import deadlines
from tests.engines.letters.generator.dice import capital
from tests.engines.letters.generator.head import Head
from tests.engines.letters.generator.letter import Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.sections import addressed, joined

SHARE = 0.25
TO_WHOM = [
    "gửi {this} đến các cơ quan, đơn vị đóng trên địa bàn",
    "sao gửi {this} đến các doanh nghiệp đóng trên địa bàn",
    "chuyển {this} đến các cơ quan Trung ương đóng trên địa bàn",
]


def forwarded(scene: Scene, head: Head, audiences: Sequence[str]) -> tuple[Head, list[Reading]]:
    """The head with such a note behind its first addressee, and the note's task."""
    below = [name for name in audiences[1:] if name in {"districts", "communes"}]
    if scene.doc_type != "công văn" or not below or not scene.dice.maybe(SHARE):
        return head, []
    names = addressed(scene, below[0])
    action = scene.fill(scene.dice.one(TO_WHOM))
    task: Reading = {"id": "0", "section": "addressees", "assignee": names, "action": action}
    task |= {"deadline": deadlines.NONE, "target": None, "modality": "giao", "indirect": True}
    verb = capital(scene.dice.one(["giao", "giao", "đề nghị"]))
    task["modality"] = verb.lower()
    return replace(head, note=f"{verb} {joined(names)} {action}"), [task]
