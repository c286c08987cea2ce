"""Orders of the tables, with or without a time, a share of one's staff, a condition."""

import re

from tests.engines.letters.generator import deadlines
from tests.engines.letters.generator.dice import capital, small
from tests.engines.letters.generator.letter import Order, Reading, Time
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

TAGS = {"o": "once", "u": "until", "i": "immediate", "c": "continuous", "m": "many"}
NO_TIME = 0.5
CONDITION = re.compile(r"^Khi ([^,]+), ")
NOT_AFTER_HOAN_THANH = ("yêu cầu", "chỉ đạo", "bảo đảm", "phối hợp", "tăng cường")


def texts_for(scene: Scene, audience: str) -> list[str]:
    """The orders that this campaign may give to an audience: its own first, then common ones."""
    own, common = table("orders")[scene.campaign], table("orders")["any"]
    return _of(own, audience) or _of(common, audience)


def common_for(audience: str) -> list[str]:
    """The orders that every campaign may give to an audience."""
    return _of(table("orders")["any"], audience)


def _of(orders: dict[str, list[str]], audience: str) -> list[str]:
    return [text for key, texts in orders.items() if audience in key.split() for text in texts]


def order(scene: Scene, line: str) -> Order:
    """An order of a line of the tables, perhaps with one of the times it may bear."""
    tags, text = line.split("::")
    slots = {name: scene.fill(f"{{{name}}}") for name in ("staff", "share")}
    sentence = scene.fill(text, **slots)
    more: Reading = _target(text, slots) | _modality(sentence) | _condition(sentence)
    tag = scene.dice.one(tags.strip()) if tags.strip() else ""
    if not tag or scene.dice.maybe(NO_TIME):
        return Order(sentence, sentence, deadlines.NONE, more)
    return BEARERS[TAGS[tag]](scene, sentence, more)


def _target(text: str, slots: dict[str, str]) -> Reading:
    if "{share}" not in text:
        return {}
    value = int(slots["share"].rstrip("% "))
    return {"target": {"value": value, "unit": "%", "of": slots["staff"]}}


def _modality(sentence: str) -> Reading:
    return {"modality": "yêu cầu"} if sentence.startswith("Yêu cầu") else {}


def _condition(sentence: str) -> Reading:
    found = CONDITION.match(sentence)
    return {"condition": f"khi {found[1]}"} if found else {}


def _once(scene: Scene, sentence: str, more: Reading) -> Order:
    forms = table("deadlines")["once"]["before"]
    if small(sentence).startswith(NOT_AFTER_HOAN_THANH):
        forms = [form for form in forms if not form.startswith("Hoàn")]
    return _placed((sentence, deadlines.once(scene)), scene.dice.one(forms), more)


def _until(scene: Scene, sentence: str, more: Reading) -> Order:
    forms = table("deadlines")["until_at"]["forms"]
    return _placed((sentence, deadlines.until(scene)), scene.dice.one(forms), more)


def _placed(parts: tuple[str, Time], form: str, more: Reading) -> Order:
    sentence, due = parts
    text = form.format(l=small(sentence), w=due.words, W=capital(due.words))
    action = sentence if "Thời gian" in form else text
    first = form.startswith("{W}")
    return Order(capital(text), capital(action), due.reading, more, begins_with_time=first)


def _immediate(scene: Scene, sentence: str, more: Reading) -> Order:
    if "condition" in more:
        head, tail = sentence.split(", ", 1)
        text, words = f"{head}, ngay lập tức {tail}", "ngay lập tức"
    else:
        form, words = scene.dice.one(table("deadlines")["immediate"]["forms"]).split("|")
        words = scene.fill(words)
        form = form.replace("^", f"{capital(words)}, {{l}}")
        text = capital(scene.fill(form, l=small(sentence)))
    first = text.lower().startswith(words)
    reading: Reading = {"type": "immediate", "text": words}
    return Order(text, text, reading, more, begins_with_time=first)


def _continuous(scene: Scene, sentence: str, more: Reading) -> Order:
    due = deadlines.recurring(scene, "continuous")
    first = due.words == "thường xuyên" or scene.dice.maybe(0.4)
    text = f"{due.words} {small(sentence)}" if first else f"{small(sentence)} {due.words}"
    return Order(capital(text), capital(text), due.reading, more)


def _many(scene: Scene, sentence: str, more: Reading) -> Order:
    due = deadlines.many_times(scene)
    text = f"{sentence} {due.words}"
    target = deadlines.times_target(due)
    return Order(text, text, due.reading, more | ({"target": target} if target else {}))


BEARERS = {
    "once": _once,
    "until": _until,
    "immediate": _immediate,
    "continuous": _continuous,
    "many": _many,
}
