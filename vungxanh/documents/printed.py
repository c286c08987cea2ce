"""Printed strings: what PDF and DOCX lay out, ready and in order."""

import msgspec


class Printed(msgspec.Struct, frozen=True):
    """Printed strings of a part."""


class Labelled(Printed, frozen=True):
    """A short label and what follows it on the same line; the label may be empty."""

    label: str
    text: str

    @property
    def line(self) -> str:
        """Label and text as one line."""
        return f"{self.label} {self.text}" if self.label else self.text


class PrintedHead(Printed, frozen=True):
    """The two-column head of an official document."""

    parent: str
    agency: str
    country: str
    motto: str


class PrintedColumn(Printed, frozen=True):
    """Head, number row entry ("(5)=(3)/(4)"), alignment and width."""

    head: str
    number: str
    align: str
    width_mm: float


class PrintedTable(Printed, frozen=True):
    """A table of strings; `empty` stands in place of the rows when there are none."""

    caption: str
    columns: tuple[PrintedColumn, ...]
    numbered: bool
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None
    font_pt: float
    empty: str


class PrintedSignOff(Printed, frozen=True):
    """Recipients on the left, authority and name on the right."""

    heading: str
    recipients: tuple[str, ...]
    lines: tuple[str, ...]
    name: str


class PrintedAnnex(Printed, frozen=True):
    """An annex, or a table sheet that stands alone."""

    head: PrintedHead | None
    label: str
    title: tuple[str, ...]
    attached: tuple[str, ...]
    facts: tuple[Labelled, ...]
    tables: tuple[PrintedTable, ...]
    remarks: tuple[Labelled, ...]
    sign_off: PrintedSignOff | None
    stamp: tuple[str, ...]
    draft: str
    landscape: bool
    running: str


class PrintedParagraph(Printed, frozen=True):
    """A paragraph of the body."""

    text: str
    strong: bool


class PrintedLetter(Printed, frozen=True):
    """A letter with its annexes."""

    head: PrintedHead
    number: str
    day: str
    kind: str
    subject: str
    urgency: str
    dear: str
    addressees: tuple[str, ...]
    body: tuple[PrintedParagraph, ...]
    sign_off: PrintedSignOff
    stamp: tuple[str, ...]
    draft: str
    annexes: tuple[PrintedAnnex, ...]
