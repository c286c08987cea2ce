"""Words of the pages on which people declare, in every language that a form may have."""

import json
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Final

Texts = Mapping[str, str]
FIRST: Final = "vi"
LANGUAGE_NAMES: Final[Texts] = {"vi": "Tiếng Việt", "en": "English", "zh": "中文"}


@lru_cache(maxsize=1)
def form_words() -> Mapping[str, Mapping[str, Texts]]:
    """Words by group and name, each in its languages."""
    return tomllib.loads(_published("form_words.toml"))


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Texts]:
    """Names of countries by their code of ISO 3166-1, as the Unicode CLDR has them."""
    told: dict[str, dict[str, str]] = json.loads(_published("countries.json"))
    return told


def text_of(texts: Texts | None, language: str) -> str:
    """A text in a language, Vietnamese where it lacks it."""
    return (texts or {}).get(language) or (texts or {}).get(FIRST, "")


def word(name: str, language: str, **values: object) -> str:
    """A word of the page, as "page.next"; empty where there is none."""
    group, _, key = name.partition(".")
    said = text_of(form_words().get(group, {}).get(key), language)
    for one, value in values.items():
        said = said.replace(f"{{{one}}}", str(value))
    return said


def fault_words(code: str, language: str) -> str:
    """What is wrong with an answer, and what to do."""
    return word(f"fault.{code}", language) or word("fault.form", language)


def _published(name: str) -> str:
    place = resources.files("vungxanh.declarations").joinpath(f"published/{name}")
    return place.read_text("utf-8")
