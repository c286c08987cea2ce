"""Expected refusals and the two languages they speak; imports nothing, so every room may use it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in Vietnamese and in English, without private data."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language`; any language but English falls back to Vietnamese."""
        return self.en if language.startswith("en") else self.vi

    def as_dict(self) -> dict[str, str]:
        """The wire form `{vi, en}`."""
        return {"vi": self.vi, "en": self.en}


class RefusalError(Exception):
    """Input that is refused: a stable code, what happened and what to do, and where.

    `code` is lower case with dots (`uptake.unknown_unit`) and is documented in docs/errors.md;
    `field` names the input field, `where` the place in a file ("sheet 'A', row 4, column C").
    """

    def __init__(
        self, code: str, words: Words, *, field: str | None = None, where: str | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.words = words
        self.field = field
        self.where = where

    def __str__(self) -> str:
        return f"{self.code}: {self.words.en}"
