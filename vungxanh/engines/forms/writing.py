"""The data of a questionnaire: what `read_questionnaire` reads as this one."""

from vungxanh.engines.forms.reading import usual_most
from vungxanh.engines.forms.types import Condition, Option, Page, Question, Questionnaire


def to_data(questionnaire: Questionnaire) -> dict[str, object]:
    """The data of a form, ready for JSON; what is as usual is left out."""
    return _said(
        {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "kind": questionnaire.kind,
            "languages": list(questionnaire.languages),
            "lookback_days": questionnaire.lookback_days,
            "source": questionnaire.source,
            "title": dict(questionnaire.title),
            "intro": dict(questionnaire.intro),
            "consents": list(questionnaire.consents) or None,
            "pages": [_page(one, questionnaire) for one in questionnaire.pages],
        }
    )


def condition_data(condition: Condition) -> dict[str, object]:
    """The data of a condition."""
    clauses: list[dict[str, object]] = [
        {"question": one.question, "answered": True}
        if one.value is None
        else {"question": one.question, "is": one.value}
        for one in condition.clauses
    ]
    return {"all" if condition.is_every else "any": clauses}


def _page(page: Page, questionnaire: Questionnaire) -> dict[str, object]:
    questions = [_question(questionnaire.questions[name]) for name in page.questions]
    return {"id": page.id, "title": dict(page.title), "questions": questions}


def _question(question: Question) -> dict[str, object]:
    usual = usual_most(question.kind, len(question.options))
    return _said(
        {
            "id": question.id,
            "kind": question.kind.value,
            "text": dict(question.text),
            "hint": dict(question.hint) if question.hint is not None else None,
            "is_required": question.is_required or None,
            "identity": question.identity or None,
            "carries": question.carries or None,
            "when": condition_data(question.when) if question.when is not None else None,
            "most": question.most if question.most != usual else None,
            "earliest_days": question.earliest_days,
            "latest_days": question.latest_days,
            "options": [_option(one) for one in question.options] or None,
        }
    )


def _option(option: Option) -> dict[str, object]:
    alone = option.is_exclusive or None
    return _said({"id": option.id, "text": dict(option.text), "is_exclusive": alone})


def _said(data: dict[str, object | None]) -> dict[str, object]:
    return {key: value for key, value in data.items() if value is not None}
