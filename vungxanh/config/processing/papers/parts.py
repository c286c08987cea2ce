"""What the papers share: head, sections, tables of words, the English summary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from vungxanh.accounts.values.purposes import CampaignBasis, PurposeSpec
from vungxanh.config.processing.values import DECREE, LAW, Configured, Stated, coded
from vungxanh.config.processing.words import BLANK, or_blank
from vungxanh.documents.content import (
    Align,
    Annex,
    Column,
    Letter,
    Letterhead,
    Paragraph,
    Recipient,
    Serial,
    Signature,
    SigningLine,
    Table,
    Text,
)
from vungxanh.documents.vietnamese import date as day_words

NO_AGENCY = "(chưa khai tên cơ quan)"
FILED = "Lưu: VT, hồ sơ bảo vệ dữ liệu cá nhân"


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the first page beside the content: who, on which day, which version."""

    stated: Stated
    unit_name: str
    today: date
    version: int

    @property
    def agency(self) -> str:
        """The controller, or a visible blank."""
        return or_blank(self.stated.controller, NO_AGENCY)


@dataclass(frozen=True, slots=True)
class Named:
    """Type and subject of a paper, whom it is addressed to, and who gets a copy."""

    kind: str
    subject: str
    symbol: str
    addressees: tuple[str, ...] = ()


def letter(
    cover: Cover, named: Named, *, body: Iterable[Paragraph], annexes: Iterable[Annex]
) -> Letter:
    """A named document with its annexes; number and day stay for the clerk."""
    stated = cover.stated
    symbol = f"{named.symbol}-{stated.symbol}" if stated.symbol else named.symbol
    copies = (*named.addressees, FILED)
    return Letter(
        letterhead=Letterhead(agency=cover.agency, parent=stated.parent),
        serial=Serial(symbol, year=cover.today.year),
        place=stated.place or cover.unit_name,
        kind=named.kind,
        subject=named.subject,
        addressees=named.addressees,
        body=tuple(body),
        signature=Signature(
            (SigningLine(or_blank(stated.post, "(chưa khai chức vụ)")),), stated.signer
        ),
        recipients=tuple(Recipient(who) for who in copies),
        annexes=tuple(annexes),
    )


def sections(found: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Paragraph]:
    """Numbered headings with their paragraphs."""
    for place, (head, texts) in enumerate(found, 1):
        yield Paragraph(f"{place}. {head}", strong=True)
        for text in texts:
            yield Paragraph(text)


def bases() -> Iterator[Paragraph]:
    """The laws that the paper answers to."""
    yield Paragraph(f"Căn cứ {LAW} ngày 26/6/2025;")
    yield Paragraph(f"Căn cứ {DECREE} ngày 31/12/2025;")


def words_table(
    heads: tuple[tuple[str, int], ...], rows: Iterable[tuple[str, ...]], caption: str = ""
) -> Table:
    """A table of words under heads with their widths in mm (0: what is left); numbered rows."""
    columns = (Column("TT", Align.CENTER, width_mm=10), *(_column(*head) for head in heads))
    return Table(
        columns=columns,
        rows=tuple(
            tuple(Text(text) for text in (str(place), *row)) for place, row in enumerate(rows, 1)
        ),
        caption=caption,
        numbered=False,
    )


def controller_lines(cover: Cover) -> Iterator[str]:
    """Who answers for it, as people stated it."""
    stated = cover.stated
    yield f"Tên cơ quan: {or_blank(stated.controller)}. Địa chỉ: {or_blank(stated.address)}."
    yield f"Liên hệ: {or_blank(stated.contact)}."
    yield (
        f"Người hoặc bộ phận bảo vệ dữ liệu cá nhân: {or_blank(stated.officer)}; "
        f"liên hệ: {or_blank(stated.officer_contact)}."
    )
    yield f"Bên xử lý dữ liệu (tổ chức được thuê): {or_blank(stated.processors)}."
    yield f"Ngày bắt đầu xử lý: {day_words(stated.began_on) if stated.began_on else BLANK.vi}."


def version_line(cover: Cover, found: Configured) -> str:
    """Which version this is, of which day, of which configuration."""
    return (
        f"Bản số {cover.version}, lập ngày {day_words(cover.today)} từ cấu hình đang chạy của "
        f"{found.software}; mã cấu hình {coded(found.digest)} (SHA-256 {found.digest})."
    )


def abroad_line(cover: Cover) -> str:
    """Transfers abroad as they were stated; where a host stands is never guessed."""
    return f"Chuyển dữ liệu ra nước ngoài: {or_blank(cover.stated.abroad, 'chưa khai báo')}."


def hosts_line(found: Configured) -> str:
    """The other machines, by name; the software does not know in which country they stand."""
    if not found.hosts:
        return "Hệ thống không gửi dữ liệu tới máy chủ nào khác."
    return (
        f"Các máy chủ khác mà hệ thống được cấu hình để gửi hoặc lưu dữ liệu: "
        f"{', '.join(found.hosts)}. Phần mềm không biết máy chủ đặt ở nước nào."
    )


def basis_words(purpose: PurposeSpec | CampaignBasis) -> str:
    """Article, law and its day."""
    basis = purpose.basis
    return f"{basis.article}, {basis.law}, ngày {day_words(basis.law_on)}"


def period(purpose: PurposeSpec | CampaignBasis) -> str:
    """First and last day."""
    until = day_words(purpose.ends_on) if purpose.ends_on else "chưa đặt ngày hết"
    return f"{day_words(purpose.starts_on)} – {until}"


def english_annex(cover: Cover, title: str, lines: Iterable[str]) -> Annex:
    """The summary in English, on a page of its own."""
    return Annex(
        label="Annex (English)",
        title=(title, "Summary"),
        tables=(),
        notes=tuple(lines),
        language="en",
        source=f"the running configuration on {day_words(cover.today, 'en')}",
    )


def summed_up(cover: Cover, found: Configured) -> Iterator[str]:
    """Key figures in English."""
    n_on = sum(one.is_on for one in found.measures)
    stated = cover.stated
    blank = BLANK.en
    contact = or_blank(stated.contact, blank)
    yield f"Controller: {or_blank(stated.controller, blank)}; contact: {contact}."
    yield f"Data protection officer: {or_blank(stated.officer, blank)}."
    yield (
        f"{len(found.holdings)} tables point at persons; they have "
        f"{sum(one.n_private for one in found.holdings)} personal or sensitive fields, of which "
        f"{sum(one.n_open for one in found.holdings)} of our own tables lie open."
    )
    purposes = "; ".join(one.words.en for one in found.purposes) or "none"
    yield f"Purposes in force ({len(found.purposes)}): {purposes}."
    ways = "; ".join(f"{one.way.en} ({', '.join(one.hosts) or 'file'})" for one in found.recipients)
    yield f"Recipients and processors by host: {ways or 'none is configured'}."
    yield f"Transfers abroad: {or_blank(stated.abroad, 'not declared')}."
    off = "; ".join(one.name.en for one in found.measures if not one.is_on)
    yield f"Measures: {n_on} of {len(found.measures)} are on. Not on: {off or 'none'}."
    yield f"Version {cover.version}; configuration code {coded(found.digest)}."


def _column(head: str, width_mm: int) -> Column:
    return Column(head, Align.LEFT, width_mm=width_mm)
