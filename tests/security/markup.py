"""Reading what a page became: markup from stored words, formulas in tables, forms to send."""

import re
from html.parser import HTMLParser

from tests.factories.people import PASSWORD

HOLE = "vxhole"
LINKS = frozenset({"href", "src", "action", "formaction", "xlink:href", "data", "poster"})


def holes_of_page(text: str) -> list[str]:
    """What of the payload became markup."""
    reader = _Markup()
    reader.feed(text)
    return reader.holes


def holes_of_table(text: str) -> list[str]:
    """Cells that a spreadsheet would run."""
    cells = (
        cell.strip().strip('"') for line in text.splitlines() for cell in re.split("[,;\t]", line)
    )
    return [f"the cell {cell!r} is a formula" for cell in cells if re.match(r"[=+@-]\s*cmd", cell)]


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

    def filled(self, text: str) -> dict[str, str]:
        """Its fields: what stands in them, the text where one may write freely, the password."""
        free = dict.fromkeys(self.texts, text) | dict.fromkeys(self.passwords, PASSWORD)
        return {n: v or free.get(n, "") for n, v in self.values.items()}


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
        if tag in {"input", "textarea"} and said.get("type") not in {"file", "submit"}:
            here.values[said["name"]] = said.get("value", "")
            if tag == "textarea" or said.get("type", "text") in {"text", "search"}:
                here.texts.add(said["name"])
            if said.get("type") == "password":
                here.passwords.add(said["name"])
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
