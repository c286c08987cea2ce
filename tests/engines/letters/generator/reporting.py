"""Orders to report: what, to whom, by when, on which form."""

from tests.engines.letters.generator import deadlines
from tests.engines.letters.generator.dice import capital
from tests.engines.letters.generator.letter import Order, Reading, Time
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

FAMILIES = {
    "once": 11,
    "daily_before": 3,
    "daily": 1,
    "periodic": 2,
    "periodic_before": 1,
    "unspecified": 2,
}
FORMS = ["biểu mẫu đính kèm", "biểu mẫu kèm theo", "mẫu đính kèm", "Biểu mẫu số 01"]


def report(scene: Scene, *, family: str | None = None, has_form: bool = False) -> Order:
    """An order to report, with the time of one family of wordings."""
    family = family or scene.dice.by_weight(FAMILIES)
    due = _time(scene, family)
    texts = [t for t in table("reports")[family] if "({w})" not in t or "(" not in due.words]
    text = scene.dice.one(texts)
    form = scene.dice.one(FORMS) if has_form and "{form}" in text else ""
    sent_to = receiver(scene)
    sentence = scene.fill(
        text,
        what=_what(scene),
        to=sent_to,
        form=f" (theo {form})" if form else "",
        w=due.words,
        W=capital(due.words),
    )
    more: Reading = {"deliver_to": sent_to}
    more |= {"form": form} if form else {}
    return Order(sentence, sentence, due.reading, more, begins_with_time=text.startswith("{W}"))


def receiver(scene: Scene) -> str:
    """Who receives reports: the writer, in full or short."""
    ways = ["{self}", "{short}"]
    if scene.agency["symbol"] == "UBND" and scene.level == "province":
        ways += ["UBND tỉnh (qua Sở Y tế)", "UBND tỉnh (qua Sở Thông tin và Truyền thông)"]
    return scene.fill(scene.dice.one(ways))


def _what(scene: Scene) -> list[str]:
    own = table("reports")["by_campaign"][scene.campaign]
    return [*table("reports")["what"], *own, *own]


def _time(scene: Scene, family: str) -> Time:
    if family == "once":
        return deadlines.once(scene)
    if family == "unspecified":
        return deadlines.unspecified(scene)
    return deadlines.recurring(scene, family)
