"""Letters and named documents in print, after Decree 30/2020."""

from vungxanh.documents import vietnamese
from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.content import Letter
from vungxanh.documents.phrases import (
    DEAR,
    listed,
    plain,
    printed_head,
    printed_sign_off,
    stamp_lines,
)
from vungxanh.documents.printed import PrintedLetter, PrintedParagraph


def printed_letter(letter: Letter) -> PrintedLetter:
    """A letter in print."""
    lang, serial = letter.language, letter.serial
    return PrintedLetter(
        head=printed_head(letter.letterhead, lang),
        number=_number_line(letter),
        day=plain(vietnamese.day_line(letter.place, serial.dated, year=serial.year)),
        kind=plain(letter.kind).upper(),
        subject=_subject(letter),
        urgency=letter.urgency.value,
        dear=DEAR.in_language(lang) if letter.addressees else "",
        addressees=_addressees(letter.addressees),
        body=_body(letter),
        sign_off=printed_sign_off(letter.signature, letter.recipients, lang),
        stamp=stamp_lines(letter.stamp, lang),
        draft=plain(letter.draft),
        annexes=tuple(printed_annex(annex) for annex in letter.annexes),
    )


def _number_line(letter: Letter) -> str:
    label = "No.:" if vietnamese.is_english(letter.language) else "Số:"
    return plain(f"{label} {vietnamese.serial(letter.serial.number, letter.serial.symbol)}")


def _subject(letter: Letter) -> str:
    subject = plain(letter.subject)
    return subject if letter.kind or subject.startswith("V/v") else f"V/v {subject}"


def _addressees(addressees: tuple[str, ...]) -> tuple[str, ...]:
    named = [plain(name).rstrip(" .;") for name in addressees]
    if len(named) == 1:
        return (f"{named[0]}.",)
    return listed(named)


def _body(letter: Letter) -> tuple[PrintedParagraph, ...]:
    paragraphs = [PrintedParagraph(plain(part.text), part.strong) for part in letter.body]
    if paragraphs and not paragraphs[-1].text.endswith("./."):
        last = paragraphs.pop()
        paragraphs.append(PrintedParagraph(last.text.rstrip(" .") + "./.", last.strong))
    return tuple(paragraphs)
