"""How one letter is set: drawn first, for what may be written depends on it."""

from dataclasses import dataclass

from tests.engines.letters.generator.dice import Dice

BODIES = {"paragraphs": 4, "plain": 2, "wrapped": 4, "spaced": 3, "markdown": 2}
HEADS = {"stacked": 5, "columns": 4}
FEET = {"stacked": 5, "columns": 3}


@dataclass(frozen=True, slots=True)
class Look:
    """How one letter is set."""

    head: str
    body: str
    foot: str
    width: int
    indent: str

    @property
    def name(self) -> str:
        """The layout's name."""
        return f"{self.head}/{self.body}/{self.foot}"

    @property
    def is_open(self) -> bool:
        """Whether a paragraph stands on one line, so that a heading stands out."""
        return self.body in {"paragraphs", "plain", "markdown"}


def draw_look(dice: Dice, head: str) -> Look:
    """Draw a layout; a letter without its head has none to set."""
    body = dice.by_weight(BODIES)
    is_marked = body == "markdown"
    kind = {"whole": "stacked" if is_marked else dice.by_weight(HEADS)}.get(head, head)
    foot = "stacked" if is_marked else dice.by_weight(FEET)
    indent = dice.one(["", "", "    ", "\t"]) if body in {"wrapped", "spaced"} else ""
    return Look(kind, body, foot, dice.randint(70, 95), indent)
