"""A questionnaire from its data (plain mappings, from JSON); everything is checked here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from vungxanh.engines.forms import parts
from vungxanh.engines.forms.parts import NAME, OPTION, Object
from vungxanh.engines.forms.types import (
    BAD_VALUE,
    MISSING,
    MOST_SHOWN,
    OF_OPTIONS,
    REPEATED,
    UNKNOWN_REFERENCE,
    Clause,
    Condition,
    FormError,
    Option,
    Page,
    Question,
    QuestionKind,
    Questionnaire,
)

MOST_PAGES: Final = 20
MOST_OPTIONS: Final = 60
MOST_CLAUSES: Final = 20
MOST_CONSENTS: Final = 5
MOST_VERSION: Final = 9999
LARGEST: Final = 1_000_000
MOST_BY_KIND: Final[Mapping[QuestionKind, int]] = {
    QuestionKind.TEXT: 200,
    QuestionKind.INTEGER: 1000,
    QuestionKind.EMAIL: 254,  # RFC 5321: a path has 256 characters, two of them brackets
}
"""What `most` is where a form does not say; of several choices, every option."""

_FORM_KEYS: Final = frozenset(
    {"id", "version", "kind", "title", "intro", "pages", "lookback_days", "languages", "source"}
    | {"consents"}
)
_PAGE_KEYS: Final = frozenset({"id", "title", "questions"})
_QUESTION_KEYS: Final = frozenset(
    {"id", "kind", "text", "hint", "is_required", "when", "options", "most", "earliest_days"}
    | {"latest_days", "identity", "carries"}
)
_OPTION_KEYS: Final = frozenset({"id", "text", "is_exclusive"})
_CONDITION_KEYS: Final = frozenset({"any", "all"})
_CLAUSE_KEYS: Final = frozenset({"question", "is", "answered"})


def read_questionnaire(data: object) -> Questionnaire:
    """The questionnaire that `data` describe. Raises `FormError`, which names the place.

    Keys: `id`, `version`, `kind`, `title`, `intro`, `pages` (`id`, `title`, `questions`: `id`,
    `kind`, `text`, `hint`, `is_required`, `when`, `options`, `most`, `earliest_days`,
    `latest_days`, `identity`, `carries`), `lookback_days`, `languages`, `source`, `consents`.
    """
    form = parts.object_of(data, "form", _FORM_KEYS)
    reader = _Reader(parts.languages_of(parts.needed(form, "languages", "form")))
    return Questionnaire(
        id=parts.matching(form.get("id"), "id", NAME),
        version=parts.whole(form.get("version"), "version", (1, MOST_VERSION)),
        kind=parts.matching(form.get("kind"), "kind", NAME),
        title=parts.texts(form.get("title"), "title", reader.languages),
        intro=parts.texts(form.get("intro"), "intro", reader.languages),
        pages=reader.pages(form),
        questions=reader.questions,
        lookback_days=parts.days(form, "lookback_days", (1, parts.MOST_DAYS)),
        languages=reader.languages,
        source=parts.plain(form.get("source"), "source"),
        consents=_consents(form),
    )


def _consents(form: Object) -> tuple[str, ...]:
    written = parts.list_of(form.get("consents", []), "consents", MOST_CONSENTS)
    found = tuple(parts.matching(one, "consents", NAME) for one in written)
    if len(set(found)) != len(found):
        raise FormError(REPEATED, "consents")
    return found


@dataclass(slots=True)
class _Reader:
    """Reads the pages in their order; a condition may look at what was read before it."""

    languages: tuple[str, ...]
    questions: dict[str, Question] = field(default_factory=dict)

    def pages(self, form: Object) -> tuple[Page, ...]:
        """The pages, at least one; `questions` is filled on the way."""
        found: dict[str, Page] = {}
        for number, one in enumerate(parts.list_of(form.get("pages"), "pages", MOST_PAGES)):
            page = self._page(one, f"pages[{number}]")
            if page.id in found:
                raise FormError(REPEATED, f"pages[{number}].id")
            found[page.id] = page
        if not found:
            raise FormError(MISSING, "pages")
        return tuple(found.values())

    def _page(self, written: object, where: str) -> Page:
        data = parts.object_of(written, where, _PAGE_KEYS)
        place = f"{where}.questions"
        names = []
        for number, one in enumerate(parts.list_of(data.get("questions"), place, MOST_SHOWN)):
            question = self._question(one, f"{place}[{number}]")
            self.questions[question.id] = question
            names.append(question.id)
        if not names:
            raise FormError(MISSING, place)
        title = parts.texts(data.get("title"), f"{where}.title", self.languages)
        return Page(parts.matching(data.get("id"), f"{where}.id", NAME), title, tuple(names))

    def _question(self, written: object, where: str) -> Question:
        data = parts.object_of(written, where, _QUESTION_KEYS)
        name = parts.matching(data.get("id"), f"{where}.id", NAME)
        if name in self.questions:
            raise FormError(REPEATED, f"{where}.id")
        kind = _kind(parts.needed(data, "kind", where), f"{where}.kind")
        options = self._options(data, where)
        if (kind in OF_OPTIONS) != bool(options):
            raise FormError(BAD_VALUE if options else MISSING, f"{where}.options")
        earliest, latest = _bounds(data, where, kind)
        hint = data.get("hint")
        return Question(
            id=name,
            kind=kind,
            text=parts.texts(data.get("text"), f"{where}.text", self.languages),
            most=_most(data, where, (kind, len(options))),
            hint=None if hint is None else parts.texts(hint, f"{where}.hint", self.languages),
            is_required=parts.flag(data, "is_required", where),
            when=self._condition(data.get("when"), f"{where}.when"),
            options=options,
            earliest_days=earliest,
            latest_days=latest,
            identity=parts.flag(data, "identity", where),
            carries=parts.flag(data, "carries", where),
        )

    def _options(self, data: Object, where: str) -> tuple[Option, ...]:
        found: dict[str, Option] = {}
        written = parts.list_of(data.get("options", []), f"{where}.options", MOST_OPTIONS)
        for number, one in enumerate(written):
            place = f"{where}.options[{number}]"
            option = parts.object_of(one, place, _OPTION_KEYS)
            name = parts.matching(option.get("id"), f"{place}.id", OPTION)
            if name in found:
                raise FormError(REPEATED, f"{place}.id")
            text = parts.texts(option.get("text"), f"{place}.text", self.languages)
            found[name] = Option(name, text, parts.flag(option, "is_exclusive", place))
        return tuple(found.values())

    def _condition(self, written: object, where: str) -> Condition | None:
        if written is None:
            return None
        data = parts.object_of(written, where, _CONDITION_KEYS)
        if len(data) != 1:
            raise FormError(BAD_VALUE, where)
        (word, clauses), *_ = data.items()
        found = tuple(
            self._clause(one, f"{where}.{word}[{number}]")
            for number, one in enumerate(parts.list_of(clauses, f"{where}.{word}", MOST_CLAUSES))
        )
        if not found:
            raise FormError(MISSING, f"{where}.{word}")
        return Condition(found, is_every=word == "all")

    def _clause(self, written: object, where: str) -> Clause:
        data = parts.object_of(written, where, _CLAUSE_KEYS)
        name = parts.matching(data.get("question"), f"{where}.question", NAME)
        question = self.questions.get(name)
        if question is None or question.identity:  # identity may be known and not asked
            raise FormError(UNKNOWN_REFERENCE, f"{where}.question")
        if ("is" in data) == ("answered" in data):
            raise FormError(BAD_VALUE, where)
        if "answered" in data:
            if data["answered"] is not True:
                raise FormError(BAD_VALUE, f"{where}.answered")
            return Clause(question.id, None)
        return Clause(question.id, _expected(question, data["is"], f"{where}.is"))


def _expected(question: Question, written: object, where: str) -> bool | str:
    """The value of a clause: yes or no, or an option of its question."""
    if question.kind is QuestionKind.BOOLEAN and isinstance(written, bool):
        return written
    if isinstance(written, str) and any(one.id == written for one in question.options):
        return written
    raise FormError(UNKNOWN_REFERENCE, where)


def _kind(written: object, where: str) -> QuestionKind:
    if isinstance(written, str) and written in list(QuestionKind):
        return QuestionKind(written)
    raise FormError(BAD_VALUE, where)


def _bounds(data: Object, where: str, kind: QuestionKind) -> tuple[int | None, int | None]:
    earliest, latest = parts.days(data, "earliest_days"), parts.days(data, "latest_days")
    is_bound = earliest is not None or latest is not None
    if is_bound and kind is not QuestionKind.DATE:
        raise FormError(BAD_VALUE, f"{where}.earliest_days")
    if earliest is not None and latest is not None and earliest > latest:
        raise FormError(BAD_VALUE, f"{where}.earliest_days")
    return earliest, latest


def usual_most(kind: QuestionKind, n_options: int) -> int:
    """What `most` is where a form does not say."""
    return n_options if kind is QuestionKind.CHOICES else MOST_BY_KIND.get(kind, 1)


def _most(data: Object, where: str, of: tuple[QuestionKind, int]) -> int:
    usual = usual_most(*of)
    longest = {
        QuestionKind.CHOICES: usual,
        QuestionKind.INTEGER: LARGEST,
        QuestionKind.TEXT: parts.LONGEST_TEXT,
    }.get(of[0], usual)
    return parts.whole(data.get("most", usual), f"{where}.most", (1, longest))
