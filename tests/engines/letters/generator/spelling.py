"""Other spellings of the same words, the same throughout a part of a letter and its reading."""

import re
from collections.abc import Sequence

from tests.engines.letters.generator.dice import Dice

Rule = tuple[re.Pattern[str], str]

TONES = {
    "òa": "oà",
    "óa": "oá",
    "ỏa": "oả",
    "õa": "oã",
    "ọa": "oạ",
    "òe": "oè",
    "óe": "oé",
    "ỏe": "oẻ",
    "õe": "oẽ",
    "ọe": "oẹ",
    "ùy": "uỳ",
    "úy": "uý",
    "ủy": "uỷ",
    "ũy": "uỹ",
    "ụy": "uỵ",
}
ALONE = r"(?<![\w/&-]){}(?![\w/&-])"
COVID = ["COVID-19", "COVID-19", "Covid 19", "COVID 19", "covid-19", "Covid -19"]
COUNCIL = ["Ủy ban nhân dân", "Ủy ban nhân dân", "Uỷ ban nhân dân", "ubnd"]
OFFICE = ["Sở TT&TT", "Sở TTTT", "Sở Thông tin & Truyền thông"]


def respelled(value: object, rules: Sequence[Rule]) -> object:
    """The same text, or tree of texts, with other spellings."""
    if isinstance(value, str):
        for pattern, other in rules:
            value = pattern.sub(other, value)
        return value
    if isinstance(value, dict):
        return {str(respelled(key, rules)): respelled(item, rules) for key, item in value.items()}
    if isinstance(value, list):
        return [respelled(item, rules) for item in value]
    return value


def tone_rules(dice: Dice) -> list[Rule]:
    """hòa or hoà: one manner in one letter."""
    return ALL_TONES if dice.maybe(0.35) else []


def _all_tones() -> list[Rule]:
    pairs = {**TONES, **{old.upper(): new.upper() for old, new in TONES.items()}}
    pairs |= {old.capitalize(): new.capitalize() for old, new in TONES.items()}
    return [(re.compile(rf"(?<![qQ]){old}\b"), new) for old, new in pairs.items()]


ALL_TONES = _all_tones()


def word_rules(dice: Dice) -> list[Rule]:
    """Covid-19, UBND, hằng: what one writer of one part of a letter uses."""
    rules: list[Rule] = []
    if dice.maybe(0.5):
        rules.append((re.compile(r"Covid-19"), dice.one(COVID)))
    if dice.maybe(0.2):
        rules.append((re.compile(ALONE.format("UBND")), dice.one(COUNCIL)))
    if dice.maybe(0.35):
        office = dice.one(OFFICE)
        rules.append((re.compile("Sở Thông tin và Truyền thông"), office))
    if dice.maybe(0.45):
        rules += [(re.compile(r"\bhằng (?=ngày|tuần)"), "hàng "), (re.compile(r"\bHằng "), "Hàng ")]
    if dice.maybe(0.15):
        rules += [(re.compile(r"\btỷ lệ"), "tỉ lệ"), (re.compile(r"\bTỷ lệ"), "Tỉ lệ")]
    if dice.maybe(0.2):
        rules.append((re.compile("Các sở, ban, ngành"), "Các Sở, Ban, ngành"))
    return rules
