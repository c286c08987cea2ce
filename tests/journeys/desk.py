"""An official's desk: the annex as a workbook or as copied cells, hands that count their acts."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from playwright.sync_api import Download, Page

from tests.factories.figures import ANNEX
from tests.factories.workbooks import workbook

HEADS = ("STT", "Địa phương", "Số Bluezoner có số điện thoại", "Dân số", "Tổng số smart phone")
Row = tuple[object, ...]


def annex(day: str, **counts: int) -> list[Row]:
    """The rows of the published annex under another day, with some districts' counts replaced.

    `counts` are by the district's code, `d549=22638`.
    """
    with ANNEX.open(encoding="utf-8") as lines:
        published = list(csv.DictReader(lines))
    return [
        (f"Số người dùng Bluezone đến ngày {day}",),
        HEADS,
        *(_row(number, line, counts) for number, line in enumerate(published, start=1)),
    ]


def _row(number: int, line: dict[str, str], counts: dict[str, int]) -> Row:
    count = counts.get("d" + line["unit"].split(":")[1], int(line["bluezone_with_phone"]))
    return number, line["name"], count, int(line["population"]), int(line["smartphones"])


def as_file(rows: list[Row], name: str) -> dict[str, object]:
    """What Playwright puts into a file field."""
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": media_type, "buffer": workbook(rows)}


def as_copied(rows: list[Row]) -> str:
    """Cells as Excel puts them on the clipboard."""
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def text_of(download: Download, into: Path) -> str:
    """The words of a downloaded PDF, one space between them."""
    path = into / download.suggested_filename
    download.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-")
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


@dataclass
class Hands:
    """Somebody at a page; `acts` are what they clicked, typed and pasted."""

    page: Page
    acts: list[str] = field(default_factory=list)

    def press(self, name: str) -> None:
        """Click a button."""
        self.acts.append(f"press {name}")
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str) -> None:
        """Click a link."""
        self.acts.append(f"follow {name}")
        self.page.get_by_role("link", name=name).first.click()

    def write(self, label: str, text: str) -> None:
        """Type into a field."""
        self.acts.append(f"write {label}")
        self.page.get_by_role("textbox", name=label).fill(text)

    def paste(self, label: str, text: str) -> None:
        """Paste what was copied elsewhere."""
        self.acts.append(f"paste into {label}")
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.get_by_label(label).focus()
        self.page.keyboard.press("Control+V")

    def fetch(self, name: str, into: Path) -> str:
        """Download the PDF behind a link and read it."""
        self.acts.append(f"fetch {name}")
        with self.page.expect_download() as expected:
            self.page.get_by_role("link", name=name).first.click()
        return text_of(expected.value, into)

    def tab_to(self, label: str, limit: int = 40) -> None:
        """Press Tab until the named control has the focus."""
        wanted = self.page.get_by_role("textbox", name=label).or_(
            self.page.get_by_role("button", name=label)
        )
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            if wanted.first.evaluate("(control) => control === document.activeElement"):
                return
        message = f"no Tab reaches {label}"
        raise AssertionError(message)
