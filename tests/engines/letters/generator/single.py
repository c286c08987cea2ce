"""Letters to one reader: the orders stand in sentences or a list, without sections."""

from tests.engines.letters.generator.dice import capital, small
from tests.engines.letters.generator.letter import Block, Kind, Order
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.sections import (
    BULLETS,
    LETTERS,
    Section,
    Work,
    addressed,
    cased,
    draw_orders,
    joined,
    listed,
    references,
    task,
)


def single(scene: Scene, words: str, audience: str) -> Work:
    """The orders of a letter to one kind of reader; `words` stand before who asks."""
    names = addressed(scene, audience)
    drawn = draw_orders(scene, audience, set())
    section = Section(number="", mark="", names=names, orders=drawn, ask=scene.ask)
    start = f"{words}{{self}} {scene.ask} {joined([small(names[0]), *names[1:]])}"
    start = capital(scene.fill(start))
    if len(drawn) > 2 or scene.dice.maybe(0.4):
        tail = scene.dice.one(["", " thực hiện các nội dung sau", " quan tâm thực hiện"])
        blocks, placed = listed(scene, drawn, scene.dice.one(BULLETS))
        lead = Block(Kind.PARAGRAPH, f"{start}{tail}:")
        return _work(section, [lead, *blocks], placed)
    return _sentences(scene, section, start)


def _sentences(scene: Scene, section: Section, start: str) -> Work:
    drawn = sorted(section.orders, key=lambda order: order.begins_with_time)
    placed = [cased(order, is_small=True) for order in drawn]
    again = scene.dice.one(["Đồng thời, ", "Ngoài ra, ", ""])
    asks = f"{again}{section.ask} {joined([small(section.names[0]), *section.names[1:]])}"
    starts = [start, *[capital(asks)] * (len(placed) - 1)]
    lines = [f"{begin} {order.text}." for begin, order in zip(starts, placed, strict=True)]
    if scene.dice.maybe(0.5):
        lines = [" ".join(lines)]
    return _work(section, [Block(Kind.PARAGRAPH, line) for line in lines], placed)


def _work(section: Section, blocks: list[Block], placed: list[Order]) -> Work:
    several = len(placed) > 1
    tasks = [
        task(order, section, f"1{LETTERS[n]}" if several else "1") for n, order in enumerate(placed)
    ]
    return Work(blocks, tasks, references(placed))
