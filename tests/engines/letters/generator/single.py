"""Letters to one reader: the orders stand in sentences or a list, without sections."""

from tests.engines.letters.generator.dice import capital, small
from tests.engines.letters.generator.letter import Block, Kind, Order, Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.sections import (
    BULLETS,
    LETTERS,
    Section,
    addressed,
    cased,
    draw_orders,
    joined,
    listed,
    task,
)


def single(scene: Scene, words: str, audience: str) -> tuple[list[Block], list[Reading]]:
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
        return [lead, *blocks], _tasks(section, placed)
    return _sentences(scene, section, start)


def _sentences(scene: Scene, section: Section, start: str) -> tuple[list[Block], list[Reading]]:
    drawn = sorted(section.orders, key=lambda order: order.begins_with_time)
    placed = [cased(order, is_small=True) for order in drawn]
    again = scene.dice.one(["Đồng thời, ", "Ngoài ra, ", ""])
    asks = f"{again}{section.ask} {joined([small(section.names[0]), *section.names[1:]])}"
    starts = [start, *[capital(asks)] * (len(placed) - 1)]
    lines = [f"{begin} {order.text}." for begin, order in zip(starts, placed, strict=True)]
    if scene.dice.maybe(0.5):
        lines = [" ".join(lines)]
    return [Block(Kind.PARAGRAPH, line) for line in lines], _tasks(section, placed)


def _tasks(section: Section, placed: list[Order]) -> list[Reading]:
    several = len(placed) > 1
    return [
        task(order, section, f"1{LETTERS[n]}" if several else "1") for n, order in enumerate(placed)
    ]
