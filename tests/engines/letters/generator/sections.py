"""The body: who is to do what, under headings, in run-in sentences, in lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.engines.letters.generator import orders, reporting
from tests.engines.letters.generator.dice import capital, small
from tests.engines.letters.generator.letter import Block, Kind, Order, Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

MARKS = ["{n}.", "{n}.", "{n}.", "{n})", "{r}."]
FIXED_MARKS = {"quyết định": "Điều {n}.", "kế hoạch": "{n}."}
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
BULLETS = ["-", "-", "-", "+", "•", "a)"]
FORMS = {"heading": 3, "colon": 3, "run-in colon": 3, "run-in": 2, "ask": 3, "ask colon": 2}
VERBS = {"giao": "Giao", "đề nghị": "Đề nghị", "yêu cầu": "Yêu cầu"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Section:
    """One assignee with its orders, before it is written down."""

    number: str
    mark: str
    names: list[str]
    orders: list[Order]
    ask: str


@dataclass(frozen=True, slots=True)
class Work:
    """The orders written down, their readings, and what they refer to."""

    blocks: list[Block]
    tasks: list[Reading]
    cited: list[Reading]


def references(placed: Sequence[Order]) -> list[Reading]:
    """What orders refer to."""
    return [order.cited for order in placed if order.cited]


def sections(scene: Scene, audiences: Sequence[str]) -> Work:
    """Numbered sections, one for an audience."""
    mark = FIXED_MARKS.get(scene.doc_type) or scene.dice.one(MARKS)
    form = scene.dice.by_weight(FORMS)
    bullet = scene.dice.one([*BULLETS, ""] if scene.look.is_open else BULLETS)
    used: set[str] = set()
    blocks: list[Block] = []
    tasks: list[Reading] = []
    cited: list[Reading] = []
    for n, audience in enumerate(audiences, start=1):
        section = _section(scene, audience, (n, mark, used))
        own = _form_of(scene, form)
        blocks_here, section = written(scene, section, (own, bullet))
        blocks += blocks_here
        tasks += readings(section)
        cited += references(section.orders)
    return Work(blocks, tasks, cited)


def _form_of(scene: Scene, usual: str) -> str:
    if scene.doc_type == "quyết định":
        return scene.dice.one(["ask", "ask colon"])
    return scene.dice.by_weight(FORMS) if scene.dice.maybe(0.15) else usual


def _section(scene: Scene, audience: str, place: tuple[int, str, set[str]]) -> Section:
    n, mark, used = place
    names = addressed(scene, audience, may_differ=True)
    number = ROMAN[n - 1] if "{r}" in mark else str(n)
    number = f"Điều {n}" if mark.startswith("Điều") else number
    return Section(
        number=number,
        mark=mark.format(n=n, r=ROMAN[n - 1]),
        names=[capital(names[0]), *names[1:]],
        orders=draw_orders(scene, audience, used),
        ask=scene.ask,
    )


def addressed(scene: Scene, audience: str, *, may_differ: bool = False) -> list[str]:
    """The names of an audience; the body may name it otherwise than the head."""
    key = f"names {audience}"
    if key not in scene.slots or (may_differ and scene.dice.maybe(0.25)):
        names = scene.dice.one(table("audiences")[scene.level][audience])
        drawn = [scene.fill(name) for name in names]
        scene.slots.setdefault(key, drawn)
        return drawn
    return list(scene.slots[key])


def draw_orders(scene: Scene, audience: str, used: set[str]) -> list[Order]:
    """One to four orders that the letter has not given yet."""
    own = [line for line in orders.texts_for(scene, audience) if line not in used]
    common = [line for line in orders.common_for(audience) if line not in used]
    if scene.agency.get("peer"):
        common = [line for line in common if "{superior}" not in line]
    lines = scene.dice.some(own, low=1, high=3)
    lines += scene.dice.some(common, low=0, high=1)
    used |= set(lines)
    drawn = [orders.order(scene, line) for line in dict.fromkeys(lines)]
    if not drawn or scene.dice.maybe(0.28):
        drawn.append(reporting.report(scene, has_form=scene.dice.maybe(0.25)))
    return drawn


def joined(names: Sequence[str]) -> str:
    """Names of one heading, apart by semicolons where a comma stands within a name."""
    sign = "; " if any("," in name for name in names) else ", "
    return sign.join(names)


def written(scene: Scene, section: Section, look: tuple[str, str]) -> tuple[list[Block], Section]:
    """A section in one of its forms, and the section with its orders as they stand in the text."""
    form, bullet = look
    if form.startswith("run-in") or form == "ask":
        return _run_in(scene, section, form)
    heading, section = _heading(scene, section, form)
    blocks, placed = listed(scene, section.orders, bullet)
    return [Block(Kind.HEADING, heading), *blocks], replace(section, orders=placed)


def _heading(scene: Scene, section: Section, form: str) -> tuple[str, Section]:
    names = joined(section.names)
    if form != "ask colon":
        return f"{section.mark} {names}{':' if form == 'colon' else ''}", section
    ask = _own_ask(scene)
    section = replace(section, ask=ask, names=[small(section.names[0]), *section.names[1:]])
    return f"{section.mark} {VERBS[ask]} {joined(section.names)}:", section


def _own_ask(scene: Scene) -> str:
    if scene.agency.get("peer") and scene.doc_type == "công văn":
        return "đề nghị"
    return scene.dice.one(["giao", "yêu cầu", "đề nghị"])


def _run_in(scene: Scene, section: Section, form: str) -> tuple[list[Block], Section]:
    drawn = sorted(section.orders, key=lambda order: order.begins_with_time)
    if form == "ask":
        ask = _own_ask(scene)
        section = replace(section, ask=ask, names=[small(section.names[0]), *section.names[1:]])
    placed, text = run_on(scene, drawn, starts_small=form != "run-in colon")
    verb = f"{VERBS[section.ask]} " if form == "ask" else ""
    colon = ":" if form == "run-in colon" else ""
    line = f"{section.mark} {verb}{joined(section.names)}{colon} {text}."
    return [Block(Kind.PARAGRAPH, line)], replace(section, orders=placed)


def run_on(scene: Scene, drawn: Sequence[Order], *, starts_small: bool) -> tuple[list[Order], str]:
    """Orders in one paragraph, apart by semicolons or full stops."""
    placed: list[Order] = []
    text = ""
    for order in drawn:
        sign = _sign(scene, order, text) if text else ""
        is_small = starts_small if not text else sign != ". "
        order = cased(order, is_small=is_small)
        placed.append(order)
        text = f"{text}{sign}{order.text}"
    return placed, text


def _sign(scene: Scene, order: Order, text: str) -> str:
    """What stands before a further order; one with a time of its own may just follow."""
    if "Thời gian" in text or "Thời gian" in order.text:
        return ". "  # so that it speaks of one order only
    ways = ["; ", ". ", ". "]
    ways += [] if "đồng thời" in text.lower() else [". Đồng thời, ", "; đồng thời, "]
    may_follow = "deliver_to" in order.more and not order.begins_with_time
    is_dated = order.deadline["type"] in {"before", "by"}
    return scene.dice.one([*ways, *[", đồng thời "] * 4] if may_follow and is_dated else ways)


def cased(order: Order, *, is_small: bool) -> Order:
    """An order with a small or a capital first letter, as its place wants."""
    change = small if is_small else capital
    return replace(order, text=change(order.text), action=change(order.action))


def listed(scene: Scene, drawn: Sequence[Order], bullet: str) -> tuple[list[Block], list[Order]]:
    """Orders as items of a list, or of one paragraph; an item may hold two."""
    if not bullet:
        placed, text = run_on(scene, drawn, starts_small=False)
        return [Block(Kind.PARAGRAPH, f"{text}.")], placed
    ending = scene.dice.one([".", ".", ";"])
    groups = _groups(scene, drawn)
    blocks: list[Block] = []
    placed = []
    for n, group in enumerate(groups):
        orders_here, text = run_on(scene, group, starts_small=False)
        mark = f"{LETTERS[n]})" if bullet == "a)" else bullet
        stop = "." if n == len(groups) - 1 else ending
        blocks.append(Block(Kind.ITEM, f"{mark} {text}{stop}"))
        placed += orders_here
    return blocks, placed


def _groups(scene: Scene, drawn: Sequence[Order]) -> list[list[Order]]:
    groups: list[list[Order]] = []
    for order in drawn:
        if groups and len(groups[-1]) == 1 and scene.dice.maybe(0.2):
            groups[-1].append(order)
        else:
            groups.append([order])
    return groups


def readings(section: Section) -> list[Reading]:
    """The tasks of a section, with ids 1a, 1b, ... or 1."""
    several = len(section.orders) > 1
    number = section.number.removeprefix("Điều ")
    return [
        task(order, section, f"{number}{LETTERS[n]}" if several else number)
        for n, order in enumerate(section.orders)
    ]


def task(order: Order, section: Section, task_id: str) -> Reading:
    """One task of the expected reading."""
    return {
        "id": task_id,
        "section": section.number or None,
        "assignee": list(section.names),
        "action": order.action,
        "deadline": order.deadline,
        "target": None,
        "modality": section.ask,
        **order.more,
    }
