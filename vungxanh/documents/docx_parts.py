"""Annexes and letters as elements of a Word document, in the order of the page."""

from collections.abc import Iterator
from typing import Final

from vungxanh.documents.measure import HEAD_SHARE, LANDSCAPE_MM, NUMBER_SHARE, PORTRAIT_MM, text_em
from vungxanh.documents.printed import (
    Labelled,
    PrintedAnnex,
    PrintedColumn,
    PrintedHead,
    PrintedLetter,
    PrintedSignOff,
    PrintedTable,
)
from vungxanh.documents.word import (
    CENTERED,
    Element,
    Face,
    Setting,
    cell,
    paragraph,
    row,
    rule,
    run,
    table,
    words,
)

AGENCY_MM: Final = 76.0
INDENT_MM: Final = 12.7
SIGNING_SPACE_PT: Final = 66.0

_MM_PER_PT: Final = 25.4 / 72

Elements = Iterator[Element]


def annex_parts(annex: PrintedAnnex) -> Elements:
    """An annex from its head to its stamp."""
    room = LANDSCAPE_MM if annex.landscape else PORTRAIT_MM
    if annex.head is not None:
        yield _letterhead(annex.head, room=room)
        yield words("", Face(size_pt=8))
    yield from _annex_title(annex, room=room)
    yield _facts(annex.facts)
    for each in annex.tables:
        yield from _figures(each)
    for place, remark in enumerate(annex.remarks):
        yield _remark(remark, first=place == 0)
    if annex.sign_off is not None:
        yield from _sign_off(annex.sign_off, room=room)
    yield from _stamp(annex.stamp, annex.draft, room=room)


def letter_parts(letter: PrintedLetter) -> Elements:
    """A letter from its head to its stamp, without its annexes."""
    yield _letterhead(letter.head, letter, room=PORTRAIT_MM)
    yield from _named(letter)
    yield from _addressed(letter)
    yield from _body(letter)
    yield from _sign_off(letter.sign_off, room=PORTRAIT_MM)
    yield from _stamp(letter.stamp, letter.draft, room=PORTRAIT_MM)


def _letterhead(head: PrintedHead, letter: PrintedLetter | None = None, *, room: float) -> Element:
    right_mm = room - AGENCY_MM
    motto_mm = text_em(head.motto) * 13 * _MM_PER_PT
    left = [
        *([words(head.parent, Face(12), CENTERED)] if head.parent else []),
        words(head.agency, Face(12, bold=True), CENTERED),
        rule(AGENCY_MM / 3, room_mm=AGENCY_MM),
    ]
    right = [
        words(head.country, Face(12, bold=True), CENTERED),
        words(head.motto, Face(13, bold=True), CENTERED),
        rule(motto_mm, room_mm=right_mm),
    ]
    rows = [row(cell(*left, width_mm=AGENCY_MM), cell(*right, width_mm=right_mm))]
    if letter is not None:
        rows.append(_numbered_and_dated(letter, right_mm=right_mm))
    return table(*rows, widths_mm=(AGENCY_MM, right_mm))


def _numbered_and_dated(letter: PrintedLetter, *, right_mm: float) -> Element:
    left = [words(letter.number, Face(13), CENTERED)]
    if not letter.kind:
        setting = Setting(align="center", before_pt=4, left_mm=5, right_mm=5)
        left.append(words(letter.subject, Face(12), setting))
    if letter.urgency:
        boxed = Setting(align="center", before_pt=6)
        left.append(words(letter.urgency, Face(13, bold=True), boxed))
    day = words(letter.day, Face(13, italic=True), CENTERED)
    return row(cell(*left, width_mm=AGENCY_MM), cell(day, width_mm=right_mm))


def _annex_title(annex: PrintedAnnex, *, room: float) -> Elements:
    heading = Setting(align="center", outline=True)
    if annex.label:
        yield words(annex.label, Face(14, bold=True), Setting(align="center", after_pt=3))
    for line in annex.title:
        yield words(line, Face(14, bold=True), heading)
    for place, line in enumerate(annex.attached):
        before = 0 if place else 3
        yield words(line, Face(13, italic=True), Setting(align="center", before_pt=before))
    yield rule(room * 0.18, room_mm=room, before_pt=4)


def _facts(facts: tuple[Labelled, ...]) -> Element:
    runs = []
    for fact in facts:
        runs += [run(fact.label, Face(11.5, bold=True)), run(f" {fact.text} ", Face(11.5))]
    return paragraph(*runs, setting=Setting(before_pt=4, after_pt=5))


def _figures(figures: PrintedTable) -> Elements:
    if figures.caption:
        yield words(figures.caption, Face(13, bold=True), Setting(after_pt=4, with_next=True))
    body = [_body_row(cells, figures, Face(figures.font_pt)) for cells in figures.rows]
    if figures.empty:
        body.append(_empty_row(figures))
    if figures.total is not None:
        body.append(_body_row(figures.total, figures, Face(figures.font_pt, bold=True)))
    widths = tuple(column.width_mm for column in figures.columns)
    yield table(*_head_rows(figures), *body, widths_mm=widths, ruled=True)
    yield words("", Face(3))


def _head_rows(figures: PrintedTable) -> list[Element]:
    heads = Face(figures.font_pt * HEAD_SHARE, bold=True)
    numbers = Face(figures.font_pt * NUMBER_SHARE, italic=True)
    rows = [_head_row([column.head for column in figures.columns], figures, heads)]
    if figures.numbered:
        rows.append(_head_row([column.number for column in figures.columns], figures, numbers))
    return rows


def _head_row(texts: list[str], figures: PrintedTable, face: Face) -> Element:
    pairs = zip(texts, figures.columns, strict=True)
    cells = [_figure(text, column, face, align="center") for text, column in pairs]
    return row(*cells, head=True)


def _body_row(texts: tuple[str, ...], figures: PrintedTable, face: Face) -> Element:
    pairs = zip(texts, figures.columns, strict=True)
    return row(*(_figure(text, column, face, align=column.align) for text, column in pairs))


def _figure(text: str, column: PrintedColumn, face: Face, *, align: str) -> Element:
    return cell(words(text, face, Setting(align=align)), width_mm=column.width_mm, middle=True)


def _empty_row(figures: PrintedTable) -> Element:
    width = sum(column.width_mm for column in figures.columns)
    said = words(figures.empty, Face(figures.font_pt, italic=True), CENTERED)
    return row(cell(said, width_mm=width, span=len(figures.columns)))


def _remark(remark: Labelled, *, first: bool) -> Element:
    label = [run(f"{remark.label} ", Face(11, italic=True))] if remark.label else []
    setting = Setting(align="both", before_pt=3 if first else 0)
    return paragraph(*label, run(remark.text, Face(11)), setting=setting)


def _named(letter: PrintedLetter) -> Elements:
    if letter.kind:
        spaced = Setting(align="center", before_pt=14, outline=True)
        yield words(letter.kind, Face(14, bold=True), spaced)
        yield words(letter.subject, Face(14, bold=True), CENTERED)
        yield rule(PORTRAIT_MM * 0.18, room_mm=PORTRAIT_MM, before_pt=4)


def _addressed(letter: PrintedLetter) -> Elements:
    if not letter.dear:
        return
    alone = len(letter.addressees) == 1
    opening = f"{letter.dear} {letter.addressees[0]}" if alone else letter.dear
    yield words(opening, setting=Setting(before_pt=12, after_pt=3, left_mm=INDENT_MM))
    for line in letter.addressees if not alone else ():
        yield words(line, setting=Setting(left_mm=2 * INDENT_MM))
    yield words("", Face(size_pt=4))


def _body(letter: PrintedLetter) -> Elements:
    last = len(letter.body) - 1
    for place, part in enumerate(letter.body):
        setting = Setting(
            align="both", before_pt=6, first_line_mm=INDENT_MM, with_next=place == last
        )
        yield words(part.text, Face(bold=part.strong), setting)


def _sign_off(parts: PrintedSignOff, *, room: float) -> Elements:
    half = room / 2
    heading = [words(parts.heading, Face(12, bold=True, italic=True))] if parts.heading else []
    left = heading + [words(line, Face(11)) for line in parts.recipients]
    right = [words(line, Face(13, bold=True), CENTERED) for line in parts.lines]
    signed = Setting(align="center", before_pt=SIGNING_SPACE_PT)
    right.append(words(parts.name, Face(13, bold=True), signed))
    yield words("", Face(8), Setting(with_next=True))
    sides = row(cell(*left, width_mm=half), cell(*right, width_mm=half))
    yield table(sides, widths_mm=(half, half))
    yield words("", Face(3))


def _stamp(lines: tuple[str, ...], draft: str, *, room: float) -> Elements:
    if not lines and not draft:
        return
    left = [words(line, Face(9.5, grey=True)) for line in lines]
    right = words(draft, Face(9.5, italic=True, grey=True), Setting(align="right"))
    widths = (room * 0.735, room * 0.265) if draft else (room - 1, 1)
    sides = row(
        cell(*left, width_mm=widths[0], middle=True), cell(right, width_mm=widths[1], middle=True)
    )
    yield words("", Face(6), Setting(with_next=True))
    yield table(sides, widths_mm=widths)
    yield words("", Face(2))
