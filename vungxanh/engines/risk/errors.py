"""How wrong a class of risk is, and the class that cannot be had without it.

A phone does not know where the other one is carried. So an error speaks of all measured positions
unless one is named, and always names the worst.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vungxanh.documents.vietnamese import MINUS
from vungxanh.engines.risk import refusals
from vungxanh.engines.risk.measured import (
    AUCS,
    BODY_POSITION_WORDS,
    RATES,
    TX_POWER_DBM,
    AucRow,
    BodyPosition,
    RatesRow,
)
from vungxanh.engines.risk.rules import Rule
from vungxanh.refusals import Words

_TX_POWER: Final = f"{MINUS if TX_POWER_DBM < 0 else ''}{abs(TX_POWER_DBM)}"


class RiskClass(StrEnum):
    """What a rule says of an exposure or of a day."""

    HIGH = "high"
    LOW = "low"
    BELOW = "below"


RISK_CLASS_WORDS: Final = {
    RiskClass.HIGH: Words("nguy cơ cao", "high risk"),
    RiskClass.LOW: Words("nguy cơ thấp", "low risk"),
    RiskClass.BELOW: Words("dưới ngưỡng", "below the thresholds"),
}


@dataclass(frozen=True, slots=True)
class FieldStudy:
    """A published measurement of whole rules in real places."""

    found: Words
    source: str


FIELD_STUDIES: Final = (
    FieldStudy(
        Words(
            "Trên tàu điện: cường độ sóng gần như không liên quan đến khoảng cách; luật của Thụy Sĩ"
            " và Đức không báo lần nào, luật của Ý báo đúng 50 % và báo nhầm 50 %.",
            "On a tram: signal strength has little to do with distance; the Swiss and German rules"
            " never warned, the Italian one was right for 50% and wrong for 50%.",
        ),
        "Leith, Farrell, PLOS ONE 2020, doi:10.1371/journal.pone.0239943",
    ),
    FieldStudy(
        Words(
            "Trên xe buýt: 60 cặp máy cách nhau không quá 2 m suốt 15 phút; luật của Thụy Sĩ không"
            " báo cặp nào, luật khác được thử báo 5 đến 8 %; đổi người ngồi cạnh làm lệch 10 dB.",
            "On a bus: 60 pairs of phones within 2 m for 15 minutes; the Swiss rule warned of none,"
            " another rule of 5 to 8%; other passengers beside them moved it by 10 dB.",
        ),
        "Leith, Farrell, PLOS ONE 2021, doi:10.1371/journal.pone.0250826",
    ),
)


@dataclass(frozen=True, slots=True)
class ClassError:
    """How far to trust a class: measured on single readings, then in the field.

    `auc` of the position asked for, or of all; `rates` at `rule.farthest_db`, the bound under
    which a reading counts at all, None where that bound was not measured; `worst` the position
    with the least AUC.
    """

    auc: AucRow
    rates: RatesRow | None
    worst: AucRow
    field_studies: tuple[FieldStudy, ...]

    @property
    def words(self) -> Words:
        """One sentence."""
        return Words(_in_vietnamese(self), _in_english(self))


@dataclass(frozen=True, slots=True)
class Assessed:
    """A class of risk with its error."""

    risk_class: RiskClass
    error: ClassError

    def __post_init__(self) -> None:
        """Refuse `risk.class_without_error`."""
        if not isinstance(self.error, ClassError):
            raise refusals.without_error()


def error_of(rule: Rule, position: BodyPosition | None = None) -> ClassError:
    """How wrong a class by `rule` is; `position` where both phones were carried, if known."""
    aucs = {row.position: row for row in AUCS}
    rates = {(row.position, row.bound_db): row for row in RATES}
    worst = min((row for row in AUCS if row.position), key=lambda row: row.auc.value)
    return ClassError(aucs[position], rates.get((position, rule.farthest_db)), worst, FIELD_STUDIES)


def _in_vietnamese(error: ClassError) -> str:
    auc, worst = error.auc.auc, error.worst
    where = BODY_POSITION_WORDS[error.auc.position].vi
    return (
        f"Bluetooth không đo được khoảng cách ({where}): lần nghe ở gần (đến 2 m) mạnh hơn lần nghe"
        f" ở xa với xác suất {_percent(auc.value)} % (khoảng tin cậy 95 %: {_percent(auc.low)} đến"
        f" {_percent(auc.high)} %; tung đồng xu là 50 %){_rates_in_vietnamese(error.rates)};"
        f" {BODY_POSITION_WORDS[worst.position].vi} thì chỉ {_percent(worst.auc.value)} %"
        f" ({_percent(worst.auc.low)} đến {_percent(worst.auc.high)} %), đo được kém hơn tung đồng"
        " xu."
    )


def _in_english(error: ClassError) -> str:
    auc, worst = error.auc.auc, error.worst
    where = BODY_POSITION_WORDS[error.auc.position].en
    return (
        f"Bluetooth does not measure distance ({where}): a reading from nearby (up to 2 m) is"
        f" stronger than one from afar with a chance of {_percent(auc.value)}% (95% interval"
        f" {_percent(auc.low)} to {_percent(auc.high)}%; a coin has 50%)"
        f"{_rates_in_english(error.rates)}; with {BODY_POSITION_WORDS[worst.position].en} it is"
        f" {_percent(worst.auc.value)}% ({_percent(worst.auc.low)} to {_percent(worst.auc.high)}%),"
        " measured worse than a coin."
    )


def _rates_in_vietnamese(rates: RatesRow | None) -> str:
    if rates is None:
        return ""
    found, cleared = rates.sensitivity, rates.specificity
    return (
        f"; ngưỡng {rates.bound_db} dB (coi máy phát {_TX_POWER} dBm) nhận ra"
        f" {_percent(found.value)} % lần nghe gần ({_percent(found.low)} đến"
        f" {_percent(found.high)} %) và loại được {_percent(cleared.value)} % lần nghe xa"
        f" ({_percent(cleared.low)} đến {_percent(cleared.high)} %)"
    )


def _rates_in_english(rates: RatesRow | None) -> str:
    if rates is None:
        return ""
    found, cleared = rates.sensitivity, rates.specificity
    return (
        f"; the bound of {rates.bound_db} dB (phones taken to send at {_TX_POWER} dBm) finds"
        f" {_percent(found.value)}% of near readings ({_percent(found.low)} to"
        f" {_percent(found.high)}%) and clears {_percent(cleared.value)}% of far ones"
        f" ({_percent(cleared.low)} to {_percent(cleared.high)}%)"
    )


def _percent(share: float) -> int:
    return int(100 * share + 0.5)
