"""A questionnaire as versioned data, and why one or its answers are turned away. All is frozen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vungxanh.refusals import RefusalError, Words

Texts = Mapping[str, str]
"""One text by language; `vi` is always there."""
Answer = bool | str | int | tuple[str, ...]
Answers = Mapping[str, Answer]
"""Answers by question, of questions that are asked only; days are ISO dates, ids are text."""

FIRST_LANGUAGE = "vi"
MOST_SHOWN = 10
"""Questions on one page: a phone's page that is longer is not finished (One Health Pass, 2022)."""


class QuestionKind(StrEnum):
    """What an answer is; the word stands in a questionnaire's data."""

    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    DATE = "date"
    YEAR = "year"
    INTEGER = "integer"
    PHONE = "phone"
    PAPER = "paper"
    """A number of an identity paper: 9 or 12 digits, or a passport's."""
    UNIT = "unit"
    """The id of a commune of either era."""
    COUNTRY = "country"
    """Two letters of ISO 3166-1."""
    INSURANCE = "insurance"
    """A health insurance card."""
    EMAIL = "email"


OF_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; an exclusive one stands alone ("no sign at all")."""

    id: str
    text: Texts
    is_exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """That an earlier question is answered so; `value` None: that it is answered at all.

    Of several choices one is enough. What was not asked is not answered.
    """

    question: str
    value: bool | str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: one of its clauses holds, or every one."""

    clauses: tuple[Clause, ...]
    is_every: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `most`: characters of a text, size of a number, how many options may be chosen.

    Days lie between `earliest_days` and `latest_days` counted from the day of declaring (-21: three
    weeks before). `identity` is not asked where the register knows it; `carries` stays in "same as
    last time".
    """

    id: str
    kind: QuestionKind
    text: Texts
    most: int
    hint: Texts | None = None
    is_required: bool = False
    when: Condition | None = None
    options: tuple[Option, ...] = ()
    earliest_days: int | None = None
    latest_days: int | None = None
    identity: bool = False
    carries: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked on one page, in its order."""

    id: str
    title: Texts
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of one form. `{days}` in its texts stands for `lookback_days`.

    `questions` keeps the order of the pages; a condition looks at earlier questions only.
    `consents` are the purposes that are agreed to before anything is sent.
    """

    id: str
    version: int
    kind: str
    title: Texts
    intro: Texts
    pages: tuple[Page, ...]
    questions: Mapping[str, Question]
    lookback_days: int | None
    languages: tuple[str, ...]
    source: str
    consents: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`general@2`: what a declaration says it answers."""
        return f"{self.id}@{self.version}"


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Texts]]:
    """Every text of a questionnaire with the place where it stands."""
    yield "title", questionnaire.title
    yield "intro", questionnaire.intro
    for page in questionnaire.pages:
        yield f"pages.{page.id}.title", page.title
        for name in page.questions:
            yield from _texts_of(questionnaire.questions[name])


def _texts_of(question: Question) -> Iterator[tuple[str, Texts]]:
    yield f"{question.id}.text", question.text
    if question.hint is not None:
        yield f"{question.id}.hint", question.hint
    for option in question.options:
        yield f"{question.id}.{option.id}", option.text


class FormError(RefusalError):
    """Data that are no questionnaire; `code` says why, `where` names the place."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(code, _with_place(FORM_WORDS[code], where), where=where)


class AnswersError(RefusalError):
    """Answers that a questionnaire does not take: each fault names its question and its code."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        words = Words(
            "Có câu trả lời chưa đúng. Sửa các câu được nêu rồi gửi lại.",
            "Some answers cannot be taken. Mend the questions named and send again.",
        )
        super().__init__("forms.bad_answers", words)
        self.faults = faults


def _with_place(words: Words, where: str) -> Words:
    return Words(f"Mục “{where}”: {words.vi}", f"At “{where}”: {words.en}")


NOT_AN_OBJECT = "forms.not_an_object"
MISSING = "forms.missing"
UNKNOWN_KEY = "forms.unknown_key"
BAD_VALUE = "forms.bad_value"
REPEATED = "forms.repeated"
UNKNOWN_REFERENCE = "forms.unknown_reference"
TOO_MANY = "forms.too_many"
NOT_FHIR = "forms.not_fhir"
FORM_WORDS = {
    NOT_AN_OBJECT: Words(
        "cần một đối tượng JSON. Xem tờ khai mẫu rồi viết lại mục này.",
        "a JSON object is needed. See a form that is shipped and write this again.",
    ),
    MISSING: Words(
        "còn thiếu. Thêm mục này vào tờ khai.",
        "this is missing. Add it to the form.",
    ),
    UNKNOWN_KEY: Words(
        "tờ khai không có mục tên này. Kiểm tra chính tả hoặc bỏ mục này.",
        "a form has nothing of this name. Check the spelling or leave it out.",
    ),
    BAD_VALUE: Words(
        "giá trị không dùng được. Xem mẫu trong hướng dẫn rồi sửa mục này.",
        "the value cannot be used. See the example in the guide and mend it.",
    ),
    REPEATED: Words(
        "tên này đã dùng ở trên. Đặt tên khác.",
        "this name stands above already. Give another one.",
    ),
    UNKNOWN_REFERENCE: Words(
        "điều kiện chỉ được dùng câu hỏi đứng trước, không hỏi về nhân thân, và lựa chọn có thật "
        "của câu đó.",
        "a condition may use only an earlier question, none about identity, and its options.",
    ),
    TOO_MANY: Words(
        "quá nhiều. Một trang có nhiều nhất 10 câu hỏi; chia thành nhiều trang.",
        "this is too many. A page has at most 10 questions; make several pages.",
    ),
    NOT_FHIR: Words(
        "đây không phải tờ khai FHIR R4 mà hệ thống đọc được.",
        "this is not a FHIR R4 questionnaire that can be read here.",
    ),
}
