"""Versions of forms as officers' pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.declarations.values.forms import FormVersion
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import (
    Clause,
    Difference,
    Question,
    QuestionKind,
    Questionnaire,
    completeness,
    differences,
    missing,
    said,
)

DAYS = "{days}"


@dataclass(frozen=True, slots=True)
class ShownLanguage:
    """How whole a form is in a language."""

    code: str
    name: str
    n: int
    of: int
    missing: tuple[tuple[str, str], ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.n == self.of


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question of the preview."""

    id: str
    words: str
    hint: str
    answer: str
    options: tuple[str, ...]
    is_required: bool
    when: str


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of the preview."""

    title: str
    questions: tuple[ShownQuestion, ...]


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """One difference in words."""

    where: str
    what: str
    before: str
    after: str


def state_mark(state: FormState) -> Mark:
    """Where a version stands."""
    if state is FormState.PUBLISHED:
        return Mark("ok", _("đang dùng"))
    if state is FormState.DRAFT:
        return Mark("info", _("bản nháp"))
    return Mark("none", _("đã ngừng dùng"))


def language_name(code: str) -> str:
    """A language in the reader's words; its code where there are none."""
    names = {"vi": _("tiếng Việt"), "en": _("tiếng Anh"), "zh": _("tiếng Trung")}
    return names.get(code, code)


def shown_languages(form: Questionnaire) -> list[ShownLanguage]:
    """Every language of a form, with what has still to be translated."""
    return [
        ShownLanguage(code, language_name(code), n, of, missing(form, code))
        for code, (n, of) in completeness(form).items()
    ]


def title_of(version: FormVersion) -> str:
    """What a form is called, in the reader's language."""
    return said(version.form, version.form.title, reader_language())


def preview(form: Questionnaire, language: str) -> list[ShownPage]:
    """The pages of a form as people get them, in a language."""
    return [
        ShownPage(
            said(form, page.title, language),
            tuple(_question(form.questions[name], form, language) for name in page.questions),
        )
        for page in form.pages
    ]


def shown_differences(before: FormVersion, after: FormVersion) -> list[ShownDifference]:
    """What is otherwise in the later of two versions."""
    return [
        ShownDifference(
            _where(one, before, after), _what(one), _value(one.before), _value(one.after)
        )
        for one in differences(before.form, after.form)
    ]


def others(version: FormVersion, versions: Sequence[FormVersion]) -> list[FormVersion]:
    """The versions that one may be compared with: of the same form."""
    return [one for one in versions if one.form.id == version.form.id and one.id != version.id]


def _question(question: Question, form: Questionnaire, language: str) -> ShownQuestion:
    return ShownQuestion(
        id=question.id,
        words=said(form, question.text, language),
        hint=said(form, question.hint, language) if question.hint else "",
        answer=_kinds()[question.kind],
        options=tuple(said(form, one.text, language) for one in question.options),
        is_required=question.is_required,
        when=_when(question, form, language),
    )


def _when(question: Question, form: Questionnaire, language: str) -> str:
    """The condition in words: each question that it looks at, with the answers that count."""
    if question.when is None:
        return ""
    asked: dict[str, list[str]] = {}
    for clause in question.when.clauses:
        earlier = form.questions[clause.question]
        answer = _clause(clause, form, language)
        asked.setdefault(said(form, earlier.text, language), []).append(answer)
    return "; ".join(f"{words} – {', '.join(answers)}" for words, answers in asked.items())


def _clause(clause: Clause, form: Questionnaire, language: str) -> str:
    if clause.value is None:
        return _("đã trả lời")
    if isinstance(clause.value, bool):
        return _("Có") if clause.value else _("Không")
    options = form.questions[clause.question].options
    return next(said(form, one.text, language) for one in options if one.id == clause.value)


def _kinds() -> dict[QuestionKind, str]:
    return {
        QuestionKind.BOOLEAN: _("có hoặc không"),
        QuestionKind.CHOICE: _("chọn một"),
        QuestionKind.CHOICES: _("chọn nhiều"),
        QuestionKind.TEXT: _("chữ"),
        QuestionKind.DATE: _("ngày"),
        QuestionKind.YEAR: _("năm"),
        QuestionKind.INTEGER: _("số"),
        QuestionKind.PHONE: _("số điện thoại"),
        QuestionKind.PAPER: _("số giấy tờ"),
        QuestionKind.UNIT: _("xã, phường"),
        QuestionKind.COUNTRY: _("nước"),
        QuestionKind.INSURANCE: _("số thẻ BHYT"),
        QuestionKind.EMAIL: _("thư điện tử"),
    }


def _where(one: Difference, before: FormVersion, after: FormVersion) -> str:
    if not one.question:
        return _("Cả mẫu")
    asked = after.form.questions.get(one.question) or before.form.questions[one.question]
    form = after.form if one.question in after.form.questions else before.form
    return said(form, asked.text, reader_language())


def _what(one: Difference) -> str:
    if one.what == "question":
        return _("thêm câu hỏi") if one.before is None else _("bỏ câu hỏi")
    first, _dot, rest = one.what.partition(".")
    words = {
        "title": _("tên mẫu"),
        "intro": _("lời mở đầu"),
        "lookback_days": _("số ngày nhìn lại"),
        "languages": _("ngôn ngữ"),
        "source": _("nguồn"),
        "pages": _("trang"),
        "page": _("trang"),
        "text": _("câu hỏi"),
        "hint": _("gợi ý"),
        "kind": _("kiểu trả lời"),
        "is_required": _("bắt buộc"),
        "when": _("khi nào hỏi"),
        "most": _("nhiều nhất"),
        "earliest_days": _("ngày sớm nhất"),
        "latest_days": _("ngày muộn nhất"),
        "identity": _("hỏi về nhân thân"),
        "carries": _("giữ cho lần sau"),
        "options": _("lựa chọn"),
        "consents": _("điều phải đồng ý"),
    }.get(first, first)
    return f"{words} ({rest})" if rest else words


def _value(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    return str(value).replace(DAYS, "…")
