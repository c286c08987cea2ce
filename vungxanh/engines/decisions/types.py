"""Frozen facts, rules and outcomes of decisions. No number of a decision stands here.

Words of questionnaires and standings (`SIGNS`, `STANDINGS`...) are fixed so that rules which name
anything else are refused, and so that facts lie packed in few bytes. New words go at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vungxanh.refusals import RefusalError, Words

Texts = Mapping[str, str]
"""One text by language: "vi" always; "en" and "zh" where they are written."""


class Colour(StrEnum):
    """What a card shows, from the best to the worst."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


COLOURS = tuple(Colour)
"""From the best to the worst; the place of a colour is its number in packed forms."""

SIGNS = (
    *("fever", "cough", "breathless", "pneumonia", "sore_throat", "fatigue"),
    *("vomiting", "diarrhoea", "skin_bleeding", "rash", "loss_of_taste"),
)
STANDINGS = ("case", "contact", "contact_2", "quarantined", "to_be_tested", "recovered")
CONDITIONS = (
    *("liver", "blood", "lung", "kidney", "heart", "hypertension"),
    *("hiv", "transplant", "diabetes", "cancer", "pregnancy"),
)
TESTS = ("", "none", "rapid_negative", "rapid_positive", "pcr_negative", "pcr_positive")
FORMS = ("", "general", "domestic", "entry", "daily")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person when one declaration is judged; None and "" are not known.

    `area_level` is that of the home commune on the day (1 to 4), `worst_place_level` the worst of
    the places visited in the look-back; `dose_days` and `recovered_days` are whole days since the
    last dose and the recovery, `test_hours` whole hours since the sample; `age` is in years.
    """

    signs: frozenset[str] = frozenset()
    standings: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    been: bool | None = None
    contact_case: bool | None = None
    contact_country: bool | None = None
    contact_ill: bool | None = None
    area_level: int | None = None
    worst_place_level: int | None = None
    doses: int | None = None
    dose_days: int | None = None
    recovered_days: int | None = None
    test: str = ""
    test_hours: int | None = None
    age: int | None = None
    form: str = ""


SETS: Mapping[str, tuple[str, ...]] = {
    "signs": SIGNS,
    "standings": STANDINGS,
    "conditions": CONDITIONS,
}
FLAGS = ("been", "contact_case", "contact_country", "contact_ill")
NUMBERS: Mapping[str, tuple[int, int]] = {
    "area_level": (1, 4),
    "worst_place_level": (1, 4),
    "doses": (0, 9),
    "dose_days": (0, 30_000),
    "recovered_days": (0, 30_000),
    "test_hours": (0, 30_000),
    "age": (0, 150),
}
"""Each number with its least and greatest value; what lies outside is brought to the edge."""
WORDS: Mapping[str, tuple[str, ...]] = {"test": TESTS, "form": FORMS}


class Op(StrEnum):
    """What an expression asks; the words of the written form."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    HAS = "has"
    ANY_OF = "any_of"
    IS = "is"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


Value = bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expr:
    """One node: `parts` for all, any and not; `fact` and `value` for the others.

    A comparison with what is not known is false, never an error; so `not` of it is true.
    """

    op: Op
    parts: tuple["Expr", ...] = ()
    fact: str = ""
    value: Value = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `when` holds the rule speaks: a colour, advice, work. From `valid_from`, until before
    `valid_until`; of one province, or of the country where `province` is None.

    `is_ill` says that whom it speaks of is ill, and somebody has to call.
    """

    id: str
    when: Expr
    colour: Colour | None
    advice: tuple[str, ...]
    work: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    province: str | None
    because: Texts = field(hash=False)
    is_ill: bool = False

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule is valid on that day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody has to do about an outcome, and within how many minutes."""

    title: Texts = field(hash=False)
    within_minutes: int = 120


@dataclass(frozen=True, slots=True)
class Example:
    """What the rules have to answer for these facts: a test, and what a page shows.

    `rules` are all that speak, in their order.
    """

    id: str
    title: Texts = field(hash=False)
    facts: Facts
    on: date
    province: str
    colour: Colour
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of rules with the texts that they name; nothing of it changes once in force."""

    version: int
    title: Texts = field(hash=False)
    source: str
    rules: tuple[Rule, ...]
    advice_texts: Mapping[str, Texts] = field(hash=False)
    work: Mapping[str, Work] = field(hash=False)
    holds_hours: Mapping[Colour, int] = field(hash=False)
    follow_up_days: Mapping[Colour, int] = field(hash=False)
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules say of somebody; `rules` are those that spoke, in their order."""

    colour: Colour
    advice: tuple[str, ...]
    work: tuple[str, ...]
    follow_up_days: int
    holds_hours: int
    rules: tuple[str, ...]
    is_ill: bool


FAULTS: Mapping[str, Words] = {
    "form": Words(
        "Bộ quy tắc không đọc được ở mục đã nêu. Xem mẫu trong hướng dẫn rồi sửa mục đó.",
        "The rules cannot be read at the place named. See the example in the guide and mend it.",
    ),
    "unknown_fact": Words(
        "Quy tắc hỏi một điều mà tờ khai không có. Chọn một điều trong danh sách của hướng dẫn.",
        "The rule asks for a fact that no declaration has. Choose one that the guide lists.",
    ),
    "unknown_word": Words(
        "Quy tắc so với một từ không có trong danh sách. Xem hướng dẫn rồi chọn từ đúng.",
        "The rule compares with a word that is not listed. See the guide and choose a listed one.",
    ),
    "unknown_advice": Words(
        "Quy tắc dẫn một lời dặn chưa có nội dung. Thêm lời dặn đó hoặc chọn lời dặn khác.",
        "The rule names advice without a text. Add that advice or choose another.",
    ),
    "unknown_work": Words(
        "Quy tắc dẫn một việc chưa được mô tả. Thêm việc đó hoặc chọn việc khác.",
        "The rule names work that is not described. Add that work or choose another.",
    ),
    "overlap": Words(
        "Hai quy tắc cùng tên có thời gian hiệu lực chồng nhau. Sửa ngày của một trong hai.",
        "Two rules of one name are valid at the same time. Change the days of one of them.",
    ),
    "never_valid": Words(
        "Quy tắc hết hiệu lực trước khi bắt đầu. Sửa ngày bắt đầu hoặc ngày kết thúc.",
        "The rule ends before it starts. Change its first or its last day.",
    ),
    "never_speaks": Words(
        "Điều kiện của quy tắc không bao giờ đúng. Sửa điều kiện hoặc bỏ quy tắc.",
        "The condition of the rule can never hold. Mend the condition or leave the rule out.",
    ),
    "too_deep": Words(
        "Điều kiện lồng quá sâu, quá dài hoặc chứa chính nó. Chia thành nhiều quy tắc.",
        "The condition is nested too deeply, too long or contains itself. Split the rule.",
    ),
    "twice": Words(
        "Một tên đứng hai lần. Đổi tên để mỗi mục có một tên riêng.",
        "A name stands twice. Rename one so that each has its own.",
    ),
    "example": Words(
        "Một ví dụ không ra kết quả đã ghi. Sửa quy tắc hoặc sửa ví dụ.",
        "An example does not give the outcome written. Mend the rules or the example.",
    ),
}


class RulesError(RefusalError):
    """Rules that the engine refuses; `fault` says what (a key of FAULTS), `where` which."""

    def __init__(self, fault: str, where: str) -> None:
        super().__init__("decisions.bad_rules", FAULTS[fault], where=where)
        self.fault = fault
