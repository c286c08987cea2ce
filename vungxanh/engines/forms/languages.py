"""Texts of a form in a language, and how many of them there are."""

from collections.abc import Mapping

from vungxanh.engines.forms.types import FIRST_LANGUAGE, Questionnaire, Texts, texts_of

DAYS = "{days}"


def said(questionnaire: Questionnaire, texts: Texts, language: str) -> str:
    """A text as people read it: in the language or else in Vietnamese, its look-back filled in.

    A language of a country falls back to the language: zh-TW to zh.
    """
    text = texts.get(language) or texts.get(language.partition("-")[0]) or texts[FIRST_LANGUAGE]
    days = questionnaire.lookback_days
    return text if days is None else text.replace(DAYS, str(days))


def completeness(questionnaire: Questionnaire) -> Mapping[str, tuple[int, int]]:
    """Of each language of the form: how many texts are there, and how many are needed."""
    all_texts = [texts for _, texts in texts_of(questionnaire)]
    return {
        language: (sum(language in texts for texts in all_texts), len(all_texts))
        for language in questionnaire.languages
    }


def missing(questionnaire: Questionnaire, language: str) -> tuple[tuple[str, str], ...]:
    """What has no text in a language: the place, and the Vietnamese text to translate."""
    return tuple(
        (place, texts[FIRST_LANGUAGE])
        for place, texts in texts_of(questionnaire)
        if language not in texts
    )
