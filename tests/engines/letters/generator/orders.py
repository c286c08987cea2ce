"""Orders of the tables, with or without a time, a share of one's staff, a condition."""

import re
from dataclasses import replace

from tests.engines.letters.generator import basis as bases
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
    cited = bases.reference(scene) if "{ref}" in text else None
    sentence = scene.fill(text, **slots, ref=cited.words if cited else "")
    more: Reading = _target(text, slots) | _modality(sentence) | _condition(sentence)
    tag = scene.dice.one(tags.strip()) if tags.strip() else ""
    if not tag or scene.dice.maybe(NO_TIME):
        found = Order(sentence, sentence, deadlines.NONE, more)
    else:
        found = BEARERS[TAGS[tag]](scene, sentence, more)
    return replace(found, cited=cited.reading) if cited else found


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
    own = table("deadlines")["once"]
    is_plain = not small(sentence).startswith(NOT_AFTER_HOAN_THANH)
    if is_plain and scene.dice.maybe(0.12):
        due = deadlines.once(scene, kinds=["by_through"])
        return _placed((sentence, due), scene.dice.one(own["through"]), more)
    forms = [form for form in own["before"] if is_plain or not form.startswith("Hoàn")]
    due = deadlines.once(scene)
    forms = [form for form in forms if "(" not in form or "(" not in due.words]
    return _placed((sentence, due), scene.dice.one(forms), more)


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
    is_talk = sentence.startswith(("Tuyên truyền", "Phát", "Tăng cường", "Đẩy mạnh", "Tiếp tục"))
    kind = "continuous_after" if is_talk else "continuous"
    due = deadlines.recurring(scene, kind)
    text = f"{small(sentence)} {due.words}" if is_talk else f"{due.words} {small(sentence)}"
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
