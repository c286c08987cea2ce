"""Reading what a page became: markup from stored words, formulas in tables, forms to send."""

import re
from html.parser import HTMLParser
from io import BytesIO

import openpyxl

from tests.factories.people import PASSWORD

HOLE = "vxhole"
RUN = re.compile(r"[\t\r]*[=+@-]\s*cmd|[\t\r]+cmd")
LINKS = frozenset({"href", "src", "action", "formaction", "xlink:href", "data", "poster"})


def holes_of_page(text: str) -> list[str]:
    """What of the payload became markup."""
    reader = _Markup()
    reader.feed(text)
    return reader.holes


def holes_of_table(text: str) -> list[str]:
    """Cells of a CSV file that a spreadsheet would run."""
    cells = (
        cell.strip(" ").strip('"').strip(" ")
        for line in text.splitlines()
        for cell in re.split("[,;]", line)
    )
    return [f"the cell {one!r} is a formula" for one in cells if RUN.match(one)]


def holes_of_workbook(content: bytes) -> list[str]:
    """Cells of an XLSX file that are formulas, or that a CSV file made of it would run."""
    book = openpyxl.load_workbook(BytesIO(content))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return [
        f"the cell {cell.coordinate} {cell.value!r} is a formula"
        for cell in cells
        if cell.data_type == "f"
    ]


class _Markup(HTMLParser):
    """Reads a page as a browser would, as far as the payload goes."""

    def __init__(self) -> None:
        super().__init__()
        self.holes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, an attribute, a handler or a link of the payload."""
        if tag == HOLE:
            self.holes.append(f"<{tag}> became an element")
        for name, value in attrs:
            if name == HOLE or (name.startswith("on") and HOLE in (value or "")):
                self.holes.append(f"{name} became an attribute of <{tag}>")
            if name in LINKS and (value or "").strip().lower().startswith("javascript:"):
                self.holes.append(f"<{tag} {name}> runs a script")


class Form:
    """A form of a page, as a browser would send it."""

    def __init__(self, action: str) -> None:
        self.action = action
        self.values: dict[str, str] = {}
        self.texts: set[str] = set()
        self.passwords: set[str] = set()
        self.files: set[str] = set()

    def with_one(self, name: str, text: str) -> dict[str, str]:
        """Its fields as a browser sends them, with this text in one of them."""
        return self.filled("x") | {name: text}

    def filled(self, text: str) -> dict[str, str]:
        """Its fields: what stands in them, the text where one may write freely, the password."""
        free = dict.fromkeys(self.texts, text) | dict.fromkeys(self.passwords, PASSWORD)
        return {n: v or free.get(n, "") for n, v in self.values.items()}


def _note(form: Form, tag: str, said: dict[str, str]) -> None:
    """Keep what an input of a form is for."""
    name, kind = said["name"], said.get("type", "text")
    if kind == "file":
        form.files.add(name)
    elif kind != "submit":
        form.values[name] = said.get("value", "")
        if tag == "textarea" or kind in {"text", "search", "url", "email"}:
            form.texts.add(name)
        if kind == "password":
            form.passwords.add(name)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect forms that write, and their fields."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self.forms.append(Form(said.get("action", "")))
        if not self.forms or ("name" not in said and tag != "option"):
            return
        here = self.forms[-1]
        if tag in {"input", "textarea"}:
            _note(here, tag, said)
        if tag == "select":
            self.select = said["name"]
        if (
            tag == "option"
            and self.select
            and ("selected" in said or self.select not in here.values)
        ):
            here.values[self.select] = said.get("value", "")


def forms_of(text: str) -> list[Form]:
    """The forms of a page that write."""
    reader = _Forms()
    reader.feed(text)
    return reader.forms
