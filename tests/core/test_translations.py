"""Vietnamese first, English second: nothing is left out of translation, nothing is left over."""

from pathlib import Path

import polib
import pytest

from tests.core import messages

ENGLISH = messages.PACKAGE / "core" / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(str(ENGLISH))


@pytest.fixture(scope="module")
def asked() -> dict[str, str]:
    return messages.message_ids()


@pytest.mark.parametrize(
    "path", messages.templates(), ids=lambda path: path.relative_to(messages.PACKAGE).as_posix()
)
def test_words_of_a_template_are_translatable(path: Path) -> None:
    assert messages.untranslated_words(path.read_text(encoding="utf-8")) == []


def test_a_bare_word_in_a_template_is_found() -> None:
    source = '<p title="Tên">{{ x }} chữ</p>{% include "a.html" with label="hai chữ" %}'
    assert messages.untranslated_words(source) == ["Tên", ". chữ", "hai chữ"]


@pytest.mark.slow
def test_every_string_has_its_english(english: polib.POFile, asked: dict[str, str]) -> None:
    known = {entry.msgid for entry in english if entry.translated()}
    assert {message: place for message, place in asked.items() if message not in known} == {}


@pytest.mark.slow
def test_no_translation_is_left_over(english: polib.POFile, asked: dict[str, str]) -> None:
    assert [entry.msgid for entry in english if entry.msgid not in asked or entry.obsolete] == []


def test_placeholders_are_the_same_in_english(english: polib.POFile) -> None:
    def slots(text: str) -> list[str]:
        return sorted(part.split(")")[0] for part in text.split("%(")[1:])

    single = [entry for entry in english if not entry.msgid_plural]
    assert [e.msgid for e in single if slots(e.msgid) != slots(e.msgstr)] == []
