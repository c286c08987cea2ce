"""Annexes and tables in print.

PDF and DOCX lay out exactly these strings; XLSX and CSV take their heads and remarks from them and
their numbers from the cells themselves.
"""

from vungxanh.documents import vietnamese
from vungxanh.documents.content import (
    Annex,
    AsOf,
    AttachedTo,
    Cell,
    Change,
    Count,
    Day,
    Points,
    Share,
    Signature,
    Table,
    Text,
)
from vungxanh.documents.measure import Sizing, sizing
from vungxanh.documents.phrases import (
    AS_OF,
    EMPTY,
    NOTE,
    SELECTION,
    SORTED_BY,
    SOURCE,
    UNITS,
    plain,
    printed_head,
    printed_sign_off,
    stamp_lines,
)
from vungxanh.documents.printed import (
    Labelled,
    PrintedAnnex,
    PrintedColumn,
    PrintedSignOff,
    PrintedTable,
)


def printed_annex(annex: Annex) -> PrintedAnnex:
    """An annex in print."""
    lang = annex.language
    return PrintedAnnex(
        head=None if annex.letterhead is None else printed_head(annex.letterhead, lang),
        label=plain(annex.label),
        title=tuple(plain(line) for line in annex.title),
        attached=attached_lines(annex.attached_to, lang),
        facts=facts(annex),
        tables=tuple(printed_table(table, annex) for table in annex.tables),
        remarks=remarks(annex),
        sign_off=_optional_sign_off(annex),
        stamp=stamp_lines(annex.stamp, lang),
        draft=plain(annex.draft),
        landscape=annex.landscape,
        running=plain(annex.running),
    )


def printed_table(table: Table, annex: Annex) -> PrintedTable:
    """A table in print, with the widths that its figures need."""
    rows = tuple(_row(row, annex.language) for row in table.rows)
    total = None if table.total is None else _row(table.total, annex.language)
    numbers = numbering(table)
    heads = tuple(plain(column.head) for column in table.columns)
    fit = sizing(table, printed=(heads, numbers, *rows, *((total,) if total else ())), annex=annex)
    return PrintedTable(
        caption=plain(table.caption),
        columns=_columns(table, numbers, fit),
        numbered=table.numbered,
        rows=rows,
        total=total,
        font_pt=fit.font_pt,
        empty="" if rows else EMPTY.in_language(annex.language),
    )


def printed_cell(cell: Cell, lang: str) -> str:
    """A cell in print, followed by its mark."""
    words = _value(cell, lang)
    return f"{words} ({plain(cell.mark)})" if cell.mark else words


def numbering(table: Table) -> tuple[str, ...]:
    """The number row under the heads: "(1)", "(2)", "(5)=(3)/(4)"."""
    return tuple(
        f"({place})" + (f"={plain(column.formula)}" if column.formula else "")
        for place, column in enumerate(table.columns, 1)
    )


def facts(annex: Annex) -> tuple[Labelled, ...]:
    """As of when, in which units, sorted by what, which selection."""
    lang = annex.language
    stated = (
        (AS_OF, as_of_words(annex.as_of, lang)),
        (UNITS, annex.units),
        (SORTED_BY, annex.sorted_by),
        (SELECTION, annex.selection),
    )
    return tuple(
        Labelled(label.in_language(lang), _ended(plain(text))) for label, text in stated if text
    )


def remarks(annex: Annex) -> tuple[Labelled, ...]:
    """Notes, footnotes and source, in this order."""
    lang = annex.language
    notes = [
        Labelled("" if place else NOTE.in_language(lang), plain(note))
        for place, note in enumerate(annex.notes)
    ]
    marked = [Labelled("", plain(f"({note.mark}) {note.text}")) for note in annex.footnotes]
    source = [Labelled(SOURCE.in_language(lang), plain(annex.source))] if annex.source else []
    return (*notes, *marked, *source)


def as_of_words(as_of: AsOf | None, lang: str) -> str:
    """The day, or the moment, that figures describe."""
    if as_of is None:
        return ""
    day = vietnamese.date(as_of.on, lang)
    if vietnamese.is_english(lang):
        return day if as_of.at is None else f"{day}, {as_of.at:%H:%M}"
    return f"ngày {day}" if as_of.at is None else f"{as_of.at:%H:%M} ngày {day}"


def _value(cell: Cell, lang: str) -> str:
    match cell:
        case Text():
            return plain(cell.text)
        case Count():
            return vietnamese.count(cell.value, lang)
        case Share():
            return vietnamese.share(cell.percent, lang)
        case Points():
            return vietnamese.signed_share(cell.value, lang)
        case Day():
            return vietnamese.date(cell.on, lang)
        case Change():
            return vietnamese.signed_count(cell.value, lang)


def _row(row: tuple[Cell, ...], lang: str) -> tuple[str, ...]:
    return tuple(printed_cell(cell, lang) for cell in row)


def _columns(table: Table, numbers: tuple[str, ...], fit: Sizing) -> tuple[PrintedColumn, ...]:
    parts = zip(table.columns, numbers, fit.widths_mm, strict=True)
    return tuple(
        PrintedColumn(plain(column.head), number, column.align.value, width)
        for column, number, width in parts
    )


def attached_lines(attached: AttachedTo | None, lang: str) -> tuple[str, ...]:
    """The letter that an annex belongs to, in brackets and italics; blanks where not known."""
    if attached is None:
        return ()
    serial = attached.serial
    number = vietnamese.serial(serial.number, serial.symbol)
    if vietnamese.is_english(lang):
        day = vietnamese.date(serial.dated, lang) if serial.dated else vietnamese.BLANK_NUMBER
        first, last = f"(Attached to {attached.kind} No. {number} of {day}", attached.issuer
        return plain(first), plain(f"of {last})")
    day = vietnamese.day_words(serial.dated, year=serial.year)
    return (
        plain(f"(Kèm theo {attached.kind} số {number} {day}"),
        plain(f"của {attached.issuer})"),
    )


def _optional_sign_off(annex: Annex) -> PrintedSignOff | None:
    if annex.signature is None and not annex.recipients:
        return None
    return printed_sign_off(annex.signature or Signature(()), annex.recipients, annex.language)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
