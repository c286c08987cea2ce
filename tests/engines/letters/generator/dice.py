"""Chance with a seed of its own, and the little grammar in which the tables are written."""

import random
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
Slots = Mapping[str, str | Sequence[str]]

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")


class Dice(random.Random):
    """A seeded source of choices: the same seed gives the same letter."""

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.randrange(len(options))]

    def maybe(self, share: float) -> bool:
        """True in this share of throws."""
        return self.random() < share

    def some(self, options: Sequence[T], *, low: int, high: int) -> list[T]:
        """A few different options in a chance order."""
        n = min(len(options), self.randint(low, high))
        return self.sample(list(options), n)

    def by_weight(self, weights: Mapping[str, float]) -> str:
        """One of the names, as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def fill(self, text: str, slots: Slots) -> str:
        """Settle every `[a|b]` and every `{name}`; a place may hold text with further places."""
        for _ in range(6):
            while CHOICE.search(text):
                text = CHOICE.sub(lambda m: self.one(m[1].split("|")), text, count=1)
            if not SLOT.search(text):
                break
            text = SLOT.sub(lambda m: self._filled(slots[m[1]]), text)
        return re.sub(r" +", " ", text).strip()

    def _filled(self, value: str | Sequence[str]) -> str:
        return value if isinstance(value, str) else self.one(value)


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """With a small first letter, unless it begins a name or an abbreviation."""
    return text if NAME.match(text) else text[:1].lower() + text[1:]


NAME = re.compile(
    r"\w[^\W\d_]*[A-ZĐ0-9]|(Sở|Bộ|Phòng|Tỉnh|Huyện|Hội|Đoàn|Đài|Trung tâm|Trạm|Trường|Liên đoàn"
    r"|Tập đoàn|Công an|Công chức|Ủy ban|Đảng|Viettel|Bluezone|Bluzone) |Báo [A-ZĐ]"
    r"|Ban (Quản|Chỉ|Thường|Tuyên|công|cán)"
)
