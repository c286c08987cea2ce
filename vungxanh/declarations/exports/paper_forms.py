"""A version of a questionnaire as sheets of paper, in one of its languages."""

from collections.abc import Iterable
from datetime import datetime

from vungxanh.declarations.rules.paper import (
    ALONE,
    held_in_code,
    keys_of,
    numbers_of,
    shown_number,
)
from vungxanh.documents.formpapers import Asked, Box, FormPaper, Section, Serial, Space, write_form
from vungxanh.documents.posters.codes import drawing, modules
from vungxanh.engines.forms import Clause, Page, Question, QuestionKind, Questionnaire, Texts
from vungxanh.refusals import Words

PRINTED = ("vi", "en")
"""Languages whose letters the fonts of documents have."""
_CELLS = {
    QuestionKind.YEAR: 4,
    QuestionKind.PHONE: 12,
    QuestionKind.PAPER: 12,
    QuestionKind.COUNTRY: 20,
    QuestionKind.INSURANCE: 15,
    QuestionKind.INTEGER: 3,
}
NAME = "name"
_CELLS_OF_NAME = 30
_LONG_TEXT = 120
_YES, _NO = Words("Có", "Yes"), Words("Không", "No")
_NAME_LABEL = Words("Mẫu số", "Form no.")
_SERIAL = Words("Số tờ", "Sheet no.")
_ALT = Words("Mã QR của tờ khai này", "QR code of this sheet")
_HOW = (
    Words(
        "Viết chữ in hoa bằng bút mực đen, mỗi ô một chữ. Đánh dấu X vào ô vuông.",
        "Write in capitals with black ink, one letter in each cell. Mark boxes with an X.",
    ),
    Words(
        "Câu có dấu * phải trả lời. Viết nhầm: gạch ngang rồi viết lại bên cạnh.",
        "Questions with * must be answered. Mistakes: cross out and write beside it.",
    ),
)
_DAY = Words("ngày / tháng / năm", "day / month / year")
_ANSWER_IF = Words("Chỉ trả lời nếu", "Only if")
_OF = Words("câu {n}", "question {n}")
_IS = Words("câu {n} chọn {what}", "question {n} is {what}")
_SEVERAL = Words("chọn tất cả ý đúng", "mark all that apply")
_OR, _AND = Words(" hoặc ", " or "), Words(" và ", " and ")
_AGREE = Words("Đồng ý của người khai", "What the declarer agrees to")
_CONSENTS = (
    Words(
        "Tôi đồng ý để trạm y tế và cơ quan y tế địa phương dùng lời khai này để chống dịch.",
        "I agree that the health station and local health offices use this for epidemic control.",
    ),
    Words(
        "Tờ khai chỉ giữ khi còn cần cho việc đó. Tôi có thể hỏi, sửa hoặc rút lại đồng ý.",
        "It is kept only as long as that takes. I may ask for it, correct it, or take this back.",
    ),
)
_SIGNING = (
    Words("Người khai ký, ghi rõ họ tên", "Declarer's signature and name"),
    Words("Ngày khai", "Date"),
    Words("Cán bộ nhận ký", "Received by"),
)
_HAND_IN = Words(
    "Nộp cho trạm y tế xã, phường hoặc người trực điểm kiểm soát.",
    "Hand in at the commune's health station, or to the keeper of the point.",
)


def sheets(
    questionnaire: Questionnaire, *, numbers: Iterable[str], language: str, at: datetime
) -> bytes:
    """The PDF of one sheet for each number."""
    name = questionnaire.name
    made = tuple(
        Serial(shown_number(one), drawing(modules(held_in_code(one, form=name)))) for one in numbers
    )
    return write_form(paper(questionnaire, language=language, at=at), made)


def paper(questionnaire: Questionnaire, *, language: str, at: datetime) -> FormPaper:
    """What stands on every sheet of a version."""
    said = _Said(questionnaire, language)
    return FormPaper(
        heading=said.text(questionnaire.title).upper(),
        name=questionnaire.name,
        name_label=said.words(_NAME_LABEL),
        serial_label=said.words(_SERIAL),
        alt=said.words(_ALT),
        how=(said.text(questionnaire.intro), *(said.words(one) for one in _HOW)),
        day_words=said.words(_DAY),
        sections=tuple(said.section(page) for page in questionnaire.pages),
        consent_heading=said.words(_AGREE),
        consents=tuple(said.words(one) for one in _CONSENTS),
        signing=tuple(said.words(one) for one in _SIGNING),
        hand_in=said.words(_HAND_IN),
        made_at=at,
        language=language,
    )


class _Said:
    """A questionnaire in one language, question by question."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._questionnaire, self._language = questionnaire, language
        self._numbers = numbers_of(questionnaire)

    def text(self, texts: Texts | None) -> str:
        found = (texts or {}).get(self._language) or (texts or {}).get("vi", "")
        return found.replace("{days}", str(self._questionnaire.lookback_days or ""))

    def words(self, words: Words) -> str:
        return words.in_language(self._language)

    def section(self, page: Page) -> Section:
        asked = (self._questionnaire.questions[name] for name in page.questions)
        return Section(self.text(page.title), tuple(self._asked(one) for one in asked))

    def _asked(self, question: Question) -> Asked:
        hint = self.text(question.hint)
        if question.kind is QuestionKind.CHOICES and not hint:
            hint = self.words(_SEVERAL)
        return Asked(
            number=str(self._numbers[question.id]),
            text=self.text(question.text),
            space=_space(question),
            hint=hint,
            when=self._when(question),
            boxes=self._boxes(question),
            n=_room_for(question),
            is_required=question.is_required,
        )

    def _boxes(self, question: Question) -> tuple[Box, ...]:
        if question.kind is QuestionKind.BOOLEAN:
            named = {"yes": self.words(_YES), "no": self.words(_NO)}
        else:
            named = {one.id: self.text(one.text) for one in question.options}
        keys = keys_of(question)
        alone = {key for key in keys if key == ALONE and question.kind is QuestionKind.CHOICES}
        return tuple(Box(key, named[option], key in alone) for key, option in keys.items())

    def _when(self, question: Question) -> str:
        if question.when is None:
            return ""
        joint = self.words(_AND if question.when.is_every else _OR)
        parts = list(dict.fromkeys(self._clauses(question.when.clauses)))
        return f"{self.words(_ANSWER_IF)} {joint.join(parts)}"

    def _clauses(self, clauses: Iterable[Clause]) -> Iterable[str]:
        """One phrase for each question asked about, naming what is to be ticked there."""
        by_question: dict[str, list[str]] = {}
        for clause in clauses:
            by_question.setdefault(clause.question, []).append(self._value(clause))
        for name, values in by_question.items():
            n, what = self._numbers[name], ", ".join(one for one in values if one)
            phrase = self.words(_IS).format(n=n, what=what) if what else ""
            yield phrase or self.words(_OF).format(n=n)

    def _value(self, clause: Clause) -> str:
        if clause.value is None:
            return ""
        option = clause.value
        if isinstance(option, bool):
            option = "yes" if option else "no"
        keys = keys_of(self._questionnaire.questions[clause.question])
        return next((key for key, named in keys.items() if named == option), "")


def _space(question: Question) -> Space:
    if question.kind in (QuestionKind.BOOLEAN, QuestionKind.CHOICE, QuestionKind.CHOICES):
        return Space.BOXES
    if question.kind is QuestionKind.DATE:
        return Space.DATE
    if question.id == NAME or question.kind in _CELLS:
        return Space.CELLS
    return Space.LINES


def _room_for(question: Question) -> int:
    if question.id == NAME:
        return _CELLS_OF_NAME
    if _space(question) is Space.CELLS:
        return _CELLS[question.kind]
    return 2 if question.kind is QuestionKind.TEXT and question.most > _LONG_TEXT else 1
