"""A letter read from its text: the parts in their order, each by its own rules."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vungxanh.engines.letters import dating
from vungxanh.engines.letters.addressees import addressees_of
from vungxanh.engines.letters.attachments import attachments_of
from vungxanh.engines.letters.citations import find_citations
from vungxanh.engines.letters.contacts import find_contacts
from vungxanh.engines.letters.deadlines import find_as_of
from vungxanh.engines.letters.documents import document_of
from vungxanh.engines.letters.doubts import warnings_of
from vungxanh.engines.letters.figures import Around, find_facts, find_goals
from vungxanh.engines.letters.flow import paragraphs_of
from vungxanh.engines.letters.head import Head, NumberLine, read_head
from vungxanh.engines.letters.identity import (
    Attached,
    Identity,
    Surroundings,
    attached_in,
    identity_of,
)
from vungxanh.engines.letters.moments import LetterDay
from vungxanh.engines.letters.orders import Order, Timing, orders_of
from vungxanh.engines.letters.passages import Passage
from vungxanh.engines.letters.sections import OPENING, Section, asked_parts, sections_of
from vungxanh.engines.letters.sentences import sentences_of
from vungxanh.engines.letters.tables import TableFound, find_tables
from vungxanh.engines.letters.tail import Ending, read_ending
from vungxanh.engines.letters.tasks import deadlines_in, tasks_of
from vungxanh.engines.letters.trace import trace_of
from vungxanh.engines.letters.types import (
    CampaignTarget,
    Citation,
    Fact,
    LetterError,
    LetterTable,
    Named,
    Places,
    Reading,
)
from vungxanh.engines.letters.zones import Zones, zones_of
from vungxanh.refusals import Words

LONGEST: Final = 2_000_000  # characters; the longest plans with annexes have some 300,000


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the parts say before anything is put together."""

    text: str
    zones: Zones
    head: Head
    ending: Ending
    attached: Attached | None
    number: NumberLine | None
    identity: Identity
    found_tables: tuple[TableFound, ...]
    addressees: tuple[Named, ...]
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]

    @property
    def tables(self) -> tuple[LetterTable, ...]:
        """The tables as the reading gives them."""
        return tuple(found.letter for found in self.found_tables)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the body with its headings' orders, in order."""
        return tuple(passage for section in self.sections for passage in section.content)


def read(text: str, *, places: Places | None = None) -> Reading:
    """Everything a letter says, each item with its place in `Reading.text`.

    `places` tells which units exist on the letter's day; without it no unit gets a code. Raises
    `LetterError` `letters.empty` and `letters.too_long`; any other text gives a reading.
    """
    parts = _parts(_clean(text), places)
    known = dating.known_day(parts.head, parts.attached, _dates(parts))
    identity, tables = parts.identity, parts.tables
    items = _items(parts, known)
    tasks = tasks_of(items, _only_form(tables))
    known = dating.bounded(known, deadlines_in(tasks))
    if dating.needs_again(known):
        items = _items(parts, known)
        tasks = tasks_of(items, _only_form(tables))
    reading = _put_together(parts, known)
    facts, goals = _figures(parts, Around(known, identity.locality), items)
    reading = replace(reading, tasks=tasks, facts=facts, campaign_targets=goals)
    warnings = warnings_of(reading, parts.zones)
    steps = [step for found in parts.found_tables for step in found.steps]
    return replace(reading, warnings=warnings, trace=trace_of(reading, steps))


def printed_day(text: str) -> LetterDay:
    """What the letter itself prints of its own day, in its head or an annex; the rest is None.

    Raises as `read`.
    """
    clean = _clean(text)
    zones = zones_of(clean)
    return dating.known_day(read_head(clean, *zones.head), attached_in(clean, *zones.annex), ())


def _clean(text: str) -> str:
    """The text that spans point into: NFC, with line feeds only."""
    if len(text) > LONGEST:
        raise _too_long()
    clean = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if not any(letter.isalnum() for letter in clean):
        raise _empty()
    return clean


def _empty() -> LetterError:
    code = "letters.empty"
    return LetterError(
        code,
        Words(
            "Văn bản không có chữ nào để đọc: kiểm tra lại tệp, bản chụp thì cần nhận dạng chữ.",
            "The letter holds no words: check the file; a scan needs its letters recognised.",
        ),
    )


def _too_long() -> LetterError:
    code = "letters.too_long"
    return LetterError(
        code,
        Words(
            "Văn bản dài quá 2.000.000 ký tự: tách phụ lục ra tệp riêng rồi nộp lại.",
            "The letter is longer than 2,000,000 characters: bring its annexes as files of their"
            " own.",
        ),
    )


def _parts(text: str, places: Places | None) -> _Parts:
    zones = zones_of(text)
    addressees = addressees_of(text, *zones.address)
    head, ending = read_head(text, *zones.head), read_ending(text, *zones.tail)
    attached = attached_in(text, *zones.annex)
    number = head.number or (attached.number if attached else None)
    around = Surroundings(text[zones.body[0] : zones.body[1]], ending.signer)
    identity = identity_of(head, number, around=around, places=places)
    found = _tables(text, zones, identity=identity, places=places)
    paragraphs = paragraphs_of(text, zones.body, [table.letter.span for table in found])
    sections = (*addressees.orders, *sections_of(paragraphs, addressees.names))
    return _Parts(
        text=text,
        zones=zones,
        head=head,
        ending=ending,
        attached=attached,
        number=number,
        identity=identity,
        found_tables=found,
        addressees=addressees.names,
        sections=sections,
        citations=find_citations(paragraph.passage for paragraph in paragraphs),
    )


def _dates(parts: _Parts) -> tuple[tuple[date, str], ...]:
    """Days that the letter cannot be older than, with the words that say so."""
    cited = [
        (date.fromisoformat(c.date), f"viện dẫn {c.number} ngày {_shown(c.date)}")
        for c in parts.citations
        if c.date
    ]
    stated = [
        (date.fromisoformat(at.value[:10]), f"số liệu đến ngày {_shown(at.value)}")
        for passage in parts.passages
        for at in find_as_of(passage)
        if at.value
    ]
    return (*cited, *stated)


def _shown(iso: str) -> str:
    day = date.fromisoformat(iso[:10])
    return f"{day.day}/{day.month}/{day.year}"


def _tables(
    text: str, zones: Zones, *, identity: Identity, places: Places | None
) -> tuple[TableFound, ...]:
    """Tables of the body and of the annexes."""
    province = identity.province.code if identity.province else None
    stretches = (zones.body, zones.annex)
    return tuple(
        found
        for start, end in stretches
        for found in find_tables(text, start=start, end=end, places=places, province=province)
    )


def _only_form(tables: Sequence[LetterTable]) -> str | None:
    forms = [table.title for table in tables if table.is_blank_form]
    return forms[0] if len(forms) == 1 else None


def _items(parts: _Parts, known: LetterDay) -> tuple[Order | Timing, ...]:
    return tuple(item for section in parts.sections for item in orders_of(section, known))


def _figures(
    parts: _Parts, around: Around, items: Sequence[Order | Timing]
) -> tuple[tuple[Fact, ...], tuple[CampaignTarget, ...]]:
    """Facts stand outside the orders, goals in both."""
    ordered = [item.clause.span() for item in items]
    facts: list[Fact] = []
    goals: list[CampaignTarget] = []
    aims = {passage for section in parts.sections if section.is_aim for passage in section.content}
    for passage in parts.passages:
        facts += [f for f in find_facts(passage, around) if not _is_inside(f.span, ordered)]
        for sentence in sentences_of(passage):
            goals += find_goals(sentence, around, is_goal=passage in aims)
    return tuple(facts), tuple(goals)


def _is_inside(span: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] < end for start, end in stretches)


def _put_together(parts: _Parts, known: LetterDay) -> Reading:
    document = document_of(parts.head, parts.number, identity=parts.identity, known=known)
    if document.subject is None:
        document = replace(document, subject_inferred=_inferred_subject(parts.sections))
    if parts.head.number is None and parts.attached:
        document = replace(document, symbol_evidence="phụ lục “Kèm theo”")
    return Reading(
        text=parts.text,
        document=document,
        addressees=parts.addressees,
        citations=parts.citations,
        recipients=parts.ending.recipients,
        signer=parts.ending.signer,
        tables=parts.tables,
        attachments=attachments_of(parts.text, parts.zones),
        contacts=find_contacts(parts.passages),
    )


def _inferred_subject(sections: Sequence[Section]) -> str | None:
    """What the opening asks everybody to do, where the letter has no V/v."""
    for sentence in _opening(sections):
        heading = next(asked_parts(sentence), None)
        if heading:
            return dating.without_announcement(heading.rest.text)
    return None


def _opening(sections: Sequence[Section]) -> Iterator[Passage]:
    for section in sections:
        if section.label == OPENING:
            for passage in section.content:
                yield from sentences_of(passage)
