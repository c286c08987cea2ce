"""Conditions of rules said in words, as officers read them; nothing is left out."""

from typing import Final

from vungxanh.engines.decisions import Expr, Op
from vungxanh.refusals import Words

FACT_WORDS: Final = {
    "signs": Words("dấu hiệu", "signs"),
    "standings": Words("diện theo dõi", "standing"),
    "conditions": Words("bệnh nền", "chronic illness"),
    "been": Words("đã đi nơi khác", "was elsewhere"),
    "contact_case": Words("tiếp xúc người bệnh, nghi bệnh", "contact with a patient or suspect"),
    "contact_country": Words("tiếp xúc người từ nơi có dịch", "contact from an affected place"),
    "contact_ill": Words("tiếp xúc người có dấu hiệu bệnh", "contact with somebody with signs"),
    "area_level": Words("cấp độ dịch nơi ở", "level of the home area"),
    "worst_place_level": Words("cấp độ dịch cao nhất nơi đã đến", "worst level of places visited"),
    "doses": Words("số liều vắc-xin", "doses of vaccine"),
    "dose_days": Words("số ngày từ liều cuối", "days since the last dose"),
    "recovered_days": Words("số ngày từ khi khỏi bệnh", "days since recovery"),
    "test": Words("xét nghiệm", "test"),
    "test_hours": Words("số giờ từ khi lấy mẫu", "hours since the sample"),
    "age": Words("tuổi", "age"),
    "form": Words("biểu mẫu", "form"),
}
WORD_WORDS: Final = {
    "fever": Words("sốt", "fever"),
    "cough": Words("ho", "cough"),
    "breathless": Words("khó thở", "breathlessness"),
    "pneumonia": Words("viêm phổi", "pneumonia"),
    "sore_throat": Words("đau họng", "sore throat"),
    "fatigue": Words("mệt mỏi", "fatigue"),
    "vomiting": Words("nôn", "vomiting"),
    "diarrhoea": Words("tiêu chảy", "diarrhoea"),
    "skin_bleeding": Words("xuất huyết dưới da", "bleeding under the skin"),
    "rash": Words("phát ban", "rash"),
    "loss_of_taste": Words("mất vị giác", "loss of taste"),
    "case": Words("ca bệnh (F0)", "case (F0)"),
    "contact": Words("tiếp xúc gần (F1)", "contact (F1)"),
    "contact_2": Words("tiếp xúc vòng 2 (F2)", "contact of a contact (F2)"),
    "quarantined": Words("đang cách ly", "in quarantine"),
    "to_be_tested": Words("cần xét nghiệm", "to be tested"),
    "recovered": Words("đã khỏi", "recovered"),
    "liver": Words("gan", "liver"),
    "blood": Words("máu", "blood"),
    "lung": Words("phổi", "lung"),
    "kidney": Words("thận", "kidney"),
    "heart": Words("tim mạch", "heart"),
    "hypertension": Words("huyết áp cao", "hypertension"),
    "hiv": Words("suy giảm miễn dịch", "immune deficiency"),
    "transplant": Words("ghép tạng", "transplant"),
    "diabetes": Words("đái tháo đường", "diabetes"),
    "cancer": Words("ung thư", "cancer"),
    "pregnancy": Words("thai kỳ", "pregnancy"),
    "none": Words("chưa xét nghiệm", "not tested"),
    "rapid_negative": Words("nhanh âm tính", "rapid negative"),
    "rapid_positive": Words("nhanh dương tính", "rapid positive"),
    "pcr_negative": Words("PCR âm tính", "PCR negative"),
    "pcr_positive": Words("PCR dương tính", "PCR positive"),
    "general": Words("toàn dân", "general"),
    "domestic": Words("di chuyển nội địa", "domestic movement"),
    "entry": Words("nhập cảnh", "entry"),
    "daily": Words("theo dõi hằng ngày", "daily health"),
}
_ALWAYS: Final = Words("mọi người khai báo", "everybody who declares")
_NEVER: Final = Words("không ai", "nobody")
_JOINTS: Final = {Op.ALL: Words(" và ", " and "), Op.ANY: Words(" hoặc ", " or ")}


def condition_words(expr: Expr) -> Words:
    """A condition as one line."""
    return Words(_said(expr, "vi"), _said(expr, "en"))


def fact_value_words(name: str, value: object) -> Words:
    """One fact of an example as a short text."""
    return Words(_fact(name, value, "vi"), _fact(name, value, "en"))


def _fact(name: str, value: object, lang: str) -> str:
    label = FACT_WORDS[name].in_language(lang)
    if isinstance(value, bool):
        yes = Words("có", "yes") if value else Words("không", "no")
        return f"{label}: {yes.in_language(lang)}"
    if isinstance(value, list):
        return f"{label}: {', '.join(_word(one, lang) for one in value)}"
    return f"{label}: {_word(value, lang)}"


def _said(expr: Expr, lang: str) -> str:
    if expr.op is Op.NOT:
        no = Words("không phải", "not").in_language(lang)
        return f"{no} ({_said(expr.parts[0], lang)})"
    if expr.op in _JOINTS:
        if not expr.parts:
            return (_ALWAYS if expr.op is Op.ALL else _NEVER).in_language(lang)
        return _JOINTS[expr.op].in_language(lang).join(_part(one, lang) for one in expr.parts)
    return _compared(expr, lang)


def _part(expr: Expr, lang: str) -> str:
    said = _said(expr, lang)
    return f"({said})" if expr.op in _JOINTS and len(expr.parts) > 1 else said


def _compared(expr: Expr, lang: str) -> str:
    label = FACT_WORDS[expr.fact].in_language(lang)
    if expr.op is Op.AT_LEAST:
        return Words(
            f"{label} từ {expr.value} trở lên", f"{label} {expr.value} or more"
        ).in_language(lang)
    if expr.op is Op.AT_MOST:
        return Words(
            f"{label} không quá {expr.value}", f"{label} {expr.value} or less"
        ).in_language(lang)
    if isinstance(expr.value, bool):
        return _fact(expr.fact, expr.value, lang)
    values = expr.value if isinstance(expr.value, tuple) else (expr.value,)
    joint = Words(" hoặc ", " or ").in_language(lang)
    return f"{label}: {joint.join(_word(one, lang) for one in values)}"


def _word(value: object, lang: str) -> str:
    found = WORD_WORDS.get(str(value))
    return found.in_language(lang) if found else str(value)
