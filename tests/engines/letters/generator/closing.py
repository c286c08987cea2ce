"""The end of the body: a last order to all, thanks, the sign that nothing follows."""

from tests.engines.letters.generator import deadlines
from tests.engines.letters.generator.dice import capital
from tests.engines.letters.generator.letter import Block, Kind, Reading
from tests.engines.letters.generator.reporting import receiver
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

END = "./."


def close(scene: Scene, blocks: list[Block], tasks: list[Reading]) -> None:
    """Write the end below the tasks; a last order to all becomes a task."""
    own = table("bodies").get(scene.doc_type, {})
    kind = scene.dice.by_weight({"task": 5, "plain": 3, "nothing": 2})
    if scene.doc_type == "quyết định":
        n = sum(block.text.startswith("Điều") for block in blocks) + 1
        blocks.append(Block(Kind.PARAGRAPH, f"Điều {n}. {own['ending'][0]}{END}"))
        return
    if kind == "task":
        text, task = _last_order(scene, str(len({t["section"] for t in tasks}) + 1))
        tasks.append(task)
        blocks.append(Block(Kind.PARAGRAPH, f"{text}."))
    elif kind == "plain" and scene.doc_type == "công văn":
        blocks.append(Block(Kind.PARAGRAPH, f"{_plain(scene)}."))
    _farewell(scene, blocks, own.get("ending", []))


def _last_order(scene: Scene, task_id: str) -> tuple[str, Reading]:
    own = table("reports")["closing"]
    everyone = scene.dice.one(own["all"])
    ask = scene.ask if scene.ask != "giao" else "yêu cầu"
    sent_to = receiver(scene)
    due = deadlines.once(scene, late=True)
    order = scene.fill(scene.dice.one(own["order"]), to=sent_to, w=due.words)
    form = scene.dice.one(own["task"])
    text = scene.fill(form, Ask=capital(ask), all=everyone, r=order)
    reading: Reading = {"id": task_id, "section": "closing", "assignee": [everyone]}
    reading |= {"action": order, "deadline": due.reading, "target": None, "modality": ask}
    return text, reading | {"deliver_to": sent_to}


def _plain(scene: Scene) -> str:
    own = table("reports")["closing"]
    phone = f"0{scene.dice.randint(200, 299)}.3{scene.dice.randint(100000, 999999)}"
    everyone = scene.dice.one(own["all"])
    ask = capital(scene.ask if scene.ask != "giao" else "yêu cầu")
    return scene.fill(scene.dice.one(own["plain"]), all=everyone, phone=phone, Ask=ask)


def _farewell(scene: Scene, blocks: list[Block], endings: list[str]) -> None:
    if scene.doc_type == "công văn" and not scene.level.startswith("party"):
        thanks = scene.fill(scene.dice.one(table("reports")["closing"]["thanks"]))
        if scene.dice.maybe(0.75):
            blocks.append(Block(Kind.PARAGRAPH, f"{capital(thanks)}{END}"))
            return
    if endings:
        text = capital(scene.fill(scene.dice.one(endings)))
        blocks.append(Block(Kind.PARAGRAPH, f"{text}{END}"))
        return
    last = blocks.pop()
    blocks.append(Block(last.kind, f"{last.text.rstrip('.;')}{END}"))
