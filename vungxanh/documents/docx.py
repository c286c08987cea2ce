"""DOCX of a document: the same words, widths and margins as the PDF, for Word and LibreOffice.

The face is Times New Roman, as Decree 30/2020 asks; where it is not installed, faces of the same
measures (Tinos, Liberation Serif) take its place. No clock is read: equal content, equal bytes.
"""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Final

import docx
from docx.document import Document as Sheet
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from vungxanh.documents.about import about
from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.containers import with_fixed_times
from vungxanh.documents.content import Annex, Document
from vungxanh.documents.docx_parts import annex_parts, letter_parts
from vungxanh.documents.letters import printed_letter
from vungxanh.documents.printed import PrintedAnnex, PrintedLetter
from vungxanh.documents.word import (
    CENTERED,
    FACE,
    Element,
    Face,
    element,
    page_field,
    paragraph,
    words,
)

A4_MM: Final = (210, 297)


def write(document: Document) -> bytes:
    """The DOCX of a document; equal content gives equal bytes."""
    sheet = docx.Document()
    _set_face(sheet)
    _describe(sheet, document)
    if isinstance(document, Annex):
        printed = printed_annex(document)
        _fill_annex(sheet, printed)
    else:
        _fill_letter(sheet, printed_letter(document))
    file = io.BytesIO()
    sheet.save(file)
    return with_fixed_times(file.getvalue())


def _fill_letter(sheet: Sheet, letter: PrintedLetter) -> None:
    _fill(sheet, letter_parts(letter))
    for annex in letter.annexes:
        sheet.add_section(WD_SECTION.NEW_PAGE)
        _fill_annex(sheet, annex)


def _fill_annex(sheet: Sheet, annex: PrintedAnnex) -> None:
    _fill(sheet, annex_parts(annex), landscape=annex.landscape)
    if annex.running:
        _set_foot(sheet.sections[-1], annex.running)


def _set_foot(section: Section, running: str) -> None:
    """The running line at the foot of every page of the section, the first among them."""
    for foot in (section.first_page_footer, section.footer):
        foot.is_linked_to_previous = False
        line = foot._element
        for old in list(line):
            line.remove(old)
        line.append(words(running, Face(9.5, grey=True), CENTERED))


def _fill(sheet: Sheet, parts: Iterable[Element], *, landscape: bool = False) -> None:
    """Set up the last section and put the parts into it."""
    section = sheet.sections[-1]
    _set_paper(section, landscape=landscape)
    _number_pages(section)
    body = sheet.element.body
    for part in parts:
        body.insert(len(body) - 1, part)


def _set_paper(section: Section, *, landscape: bool) -> None:
    """A4 with the margins of Decree 30/2020, appendix I."""
    short, long = (Mm(side) for side in A4_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)


def _number_pages(section: Section) -> None:
    """Arabic numbers in the middle of the top margin, from 1 in each section, none on page 1."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    header = section.header._element
    for old in list(header):
        header.remove(old)
    header.append(paragraph(page_field(Face(13)), setting=CENTERED))
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.find(qn("w:pgMar")).addnext(element("pgNumType", start=1))


def _set_face(sheet: Sheet) -> None:
    font = sheet.styles["Normal"].font
    font.name, font.size = FACE, Pt(13)


def _describe(sheet: Sheet, document: Document) -> None:
    facts, core = about(document), sheet.core_properties
    core.title, core.author = facts.title[:255], facts.author[:255]
    core.keywords = ", ".join(facts.keywords)[:255]
    core.language = facts.lang
    core.comments = ""
    core.last_modified_by = ""
    core.revision = 1
    core.created = core.modified = facts.made_at.astimezone(dt.UTC).replace(tzinfo=None)
