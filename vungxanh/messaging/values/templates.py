"""Templates as files bring them and as pages show them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vungxanh.messaging.rules import Channel, Grade
from vungxanh.messaging.rules.wording import is_well_formed, places
from vungxanh.refusals import RefusalError, Words

LANGUAGES = ("vi", "en")
MOST_SIGNS = 1000  # of one text


class BadTemplateError(RefusalError):
    """A wording that cannot be used; `place` says which one, "sms.vi"."""

    def __init__(self, code: str, words: Words, place: str) -> None:
        super().__init__(code, words, field=place)


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in one language; `subject` is a mail's."""

    text: str
    subject: str = ""


Wordings = Mapping[tuple[Channel, str], Wording]


@dataclass(frozen=True, slots=True)
class Template:
    """A template as its room publishes it: `examples` name every value with an invented one."""

    code: str
    version: int
    grade: Grade
    name: Words
    examples: Mapping[str, str]
    wordings: Wordings

    def __post_init__(self) -> None:
        must_fit(self.wordings, self.examples)


@dataclass(frozen=True, slots=True)
class Version:
    """One version that is or was in force, `published` where it came with a room."""

    code: str
    number: int
    grade: Grade
    starts_at: datetime
    made_by: str
    published: int | None
    wordings: Wordings


def read_templates(text: str) -> tuple[Template, ...]:
    """The templates of a TOML file; for a room's `message_templates`.

    Each is a table by its code: `version`, `grade`, `name` {vi, en}, `examples`, and for each
    channel {vi, en}; a mail's has `subject` beside it.
    """
    return tuple(_template(code, said) for code, said in tomllib.loads(text).items())


def must_fit(wordings: Wordings, examples: Mapping[str, str]) -> None:
    """Refuse wordings that ask for unknown values, lack a language or are too long."""
    for (channel, language), wording in wordings.items():
        _must_be_whole(wording, known=frozenset(examples), place=f"{channel}.{language}")
    channels = {channel for channel, _language in wordings}
    missing = [
        f"{channel}.{language}"
        for channel in sorted(channels)
        for language in LANGUAGES
        if (channel, language) not in wordings
    ]
    if missing or not wordings:
        raise _empty(missing[0] if missing else "text")


def _must_be_whole(wording: Wording, *, known: frozenset[str], place: str) -> None:
    whole = f"{wording.subject}\n{wording.text}"
    if not wording.text.strip():
        raise _empty(place)
    if len(wording.text) > MOST_SIGNS:
        words = Words(
            vi=f"Mẫu tin dài quá {MOST_SIGNS} ký tự. Viết ngắn lại.",
            en=f"The text has over {MOST_SIGNS} signs. Write less.",
        )
        raise BadTemplateError("messaging.template_too_long", words, place)
    strange = sorted(places(whole) - known)
    if strange or not is_well_formed(whole):
        shown = ", ".join(f"{{{name}}}" for name in sorted(known))
        words = Words(
            vi=f"Mẫu tin có chỗ điền không dùng được. Chỉ viết ngoặc nhọn cho: {shown or 'không'}.",
            en=f"The text has a place that nothing fills. Braces may only hold: {shown or 'none'}.",
        )
        raise BadTemplateError("messaging.unknown_place", words, place)


def _empty(place: str) -> BadTemplateError:
    words = Words(
        vi="Mẫu tin cần đủ tiếng Việt và tiếng Anh. Viết nốt phần còn trống.",
        en="A template needs Vietnamese and English. Write what is empty.",
    )
    return BadTemplateError("messaging.template_empty", words, place)


def _template(code: str, said: Mapping[str, Any]) -> Template:
    subject = said.get("subject", {})
    wordings = {
        (channel, language): Wording(
            text, str(subject.get(language, "")) if channel is Channel.MAIL else ""
        )
        for channel in Channel
        for language, text in said.get(channel.value, {}).items()
    }
    return Template(
        code=code,
        version=int(said["version"]),
        grade=Grade(said["grade"]),
        name=Words(vi=said["name"]["vi"], en=said["name"]["en"]),
        examples={str(name): str(value) for name, value in said.get("examples", {}).items()},
        wordings=wordings,
    )
