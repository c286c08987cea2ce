"""What a file says of itself: title, author, language, key words and when it was made."""

import datetime as dt
from typing import Final

import msgspec

from vungxanh.documents.content import Annex, Document, Letter
from vungxanh.documents.phrases import plain
from vungxanh.documents.vietnamese import VIETNAM, is_english

_UNDATED: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Stands for a document that knows no day; the earliest that ZIP containers can hold."""


class About(msgspec.Struct, frozen=True):
    """Metadata of a file."""

    form: str
    title: str
    author: str
    keywords: tuple[str, ...]
    lang: str
    made_at: dt.datetime


def about(document: Document) -> About:
    """A document's metadata, from its content alone."""
    stamp = document.stamp
    keywords = (stamp.check_code, stamp.software) if stamp else ()
    return About(
        form="annex" if isinstance(document, Annex) else "letter",
        title=title(document),
        author="" if document.letterhead is None else plain(document.letterhead.agency),
        keywords=tuple(plain(word) for word in keywords if word),
        lang="en" if is_english(document.language) else "vi",
        made_at=_made_at(document),
    )


def title(document: Document) -> str:
    """A document's name in one line."""
    if isinstance(document, Letter):
        return plain(f"{document.kind} {document.subject}").strip()
    named = " ".join(document.title)
    return plain(f"{document.label}: {named}" if document.label else named)


def _made_at(document: Document) -> dt.datetime:
    if document.stamp is not None:
        return document.stamp.made_at
    day = _day(document)
    return dt.datetime.combine(day, dt.time(), VIETNAM) if day else _UNDATED


def _day(document: Document) -> dt.date | None:
    if isinstance(document, Letter):
        return document.serial.dated
    return None if document.as_of is None else document.as_of.on
