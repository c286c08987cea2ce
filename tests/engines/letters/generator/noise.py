"""What a scanner or a hurried hand does to a text, lightly enough to be read through."""

import re
import unicodedata
from dataclasses import replace

from tests.engines.letters.generator.dice import Dice
from tests.engines.letters.generator.letter import Block, Kind

DIGITS = {"0": "O", "1": "l"}
DATED = re.compile(r"\d+(?:[/h.]\d+)+")
KEEP = {"ngày", "ngay", "năm", "nam", "hằng", "hàng", "mỗi", "lần", "tháng", "trước"}
FORMS = {"NFC": 19, "NFD": 1, "mixed": 1}


def noised(dice: Dice, blocks: list[Block]) -> list[Block]:
    """Body blocks with a few accents lost, a digit or two misread, blanks doubled."""
    return [block if block.kind is Kind.CENTRE else _noised(dice, block) for block in blocks]


def _noised(dice: Dice, block: Block) -> Block:
    mark, sign, rest = block.text.partition(" ")
    words = [_word(dice, word) for word in rest.split(" ")]
    if len(words) > 4 and dice.maybe(0.5):
        words.insert(dice.randrange(1, len(words)), "")
    return replace(block, text=mark + sign + " ".join(words))


def _word(dice: Dice, word: str) -> str:
    if "//" in word or "@" in word:
        return word
    if DATED.search(word) and dice.maybe(0.2):
        places = [n for n, c in enumerate(word) if c in DIGITS and n > 0]
        n = dice.one(places) if places else -1
        return word if n < 0 else word[:n] + DIGITS[word[n]] + word[n + 1 :]
    if word.isalpha() and word.lower() not in KEEP and dice.maybe(0.025):
        return without_accents(word)
    return word


def without_accents(text: str) -> str:
    """The letters alone: đề nghị -> de nghi."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def in_form(dice: Dice, text: str, form: str) -> str:
    """The text composed, decomposed, or now this, now that."""
    if form == "mixed":
        return "\n".join(_in_either(dice, line) for line in text.split("\n"))
    return unicodedata.normalize("NFD", text) if form == "NFD" else text


def _in_either(dice: Dice, line: str) -> str:
    return unicodedata.normalize("NFD", line) if dice.maybe(0.3) else line
