"""How the same letter is set: heads, wrapped lines, feet, bold marks."""

import re
import textwrap
from dataclasses import replace
from itertools import zip_longest

from tests.engines.letters.generator.annex import Annex
from tests.engines.letters.generator.dice import Dice
from tests.engines.letters.generator.head import Head
from tests.engines.letters.generator.letter import Block, Kind
from tests.engines.letters.generator.look import Look
from tests.engines.letters.generator.tail import Foot


def set_letter(dice: Dice, look: Look, parts: tuple[Head, list[Block], Foot, Annex | None]) -> str:
    """The text of a letter in a layout."""
    head, blocks, foot, annex = parts
    lines = _head(dice, look, head)
    lines += _addressees(look, head)
    lines += _body(look, blocks)
    lines += ["", *_foot(dice, look, foot)]
    if annex:
        lines += ["", "", *annex.lines]
    trail = " " if look.body == "spaced" else ""
    return "\n".join(f"{line}{trail}" if line.strip() else line for line in lines) + "\n"


def _bold(look: Look, text: str) -> str:
    return f"**{text}**" if look.body == "markdown" and text else text


def _head(dice: Dice, look: Look, head: Head) -> list[str]:
    if look.head == "none":
        return ["", ""]
    if look.head == "columns":
        return [*_two_columns(dice, head), "", *_title(look, head)]
    sides = _sides(look, head) if look.head != "no agency" else []
    mid = [head.number, "", head.place_date]
    if dice.maybe(0.4) and look.body != "markdown":
        mid = [f"{head.number}{' ' * dice.randint(4, 12)}{head.place_date}"]
    about = ["", *textwrap.wrap(head.about, dice.randint(38, 60))] if head.about else []
    if dice.maybe(0.25) and len(mid) > 1:
        mid, about = [head.number], [*about, "", head.place_date]
    urgency = ["", head.urgency] if head.urgency else []
    return [*sides, "", *mid, *urgency, *about, "", *_title(look, head)]


def _sides(look: Look, head: Head) -> list[str]:
    end = "  " if look.body == "markdown" else ""
    left, right = (f"{end}\n".join(lines) for lines in (head.left, head.right))
    gap = [] if look.body == "plain" else [""]
    return [*_bold(look, left).split("\n"), *gap, *_bold(look, right).split("\n")]


def _two_columns(dice: Dice, head: Head) -> list[str]:
    width = max(len(line) for line in head.left) + dice.randint(3, 8)
    width = max(width, len(head.number) + 4, 34)
    wrapped = textwrap.wrap(head.about, width - 4) if head.about else []
    left = [*head.left, *([""] if len(head.left) < len(head.right) else []), head.number, *wrapped]
    left += [head.urgency] if head.urgency else []
    n_before = max(len(head.left), len(head.right))
    right = [*head.right, *[""] * (n_before - len(head.right)), head.place_date]
    return _beside(dice, left, right, width=width)


def _beside(dice: Dice, left: list[str], right: list[str], *, width: int) -> list[str]:
    """Two columns on the same lines, apart by blanks, or as cells of a table by a tabulator."""
    pairs = list(zip_longest(left, right, fillvalue=""))
    if dice.maybe(0.12):
        return [f"{a}\t{b}".rstrip() for a, b in pairs]
    return [f"{a.ljust(width)}{b}".rstrip() for a, b in pairs]


def _title(look: Look, head: Head) -> list[str]:
    if not head.title:
        return []
    name, subject = head.title
    return [_bold(look, name), *textwrap.wrap(subject, min(look.width, 80)), ""]


def _addressees(look: Look, head: Head) -> list[str]:
    names = head.addressees
    if not names:
        return []
    if len(names) == 1:
        return [*_wrap(look, f"{head.greeting} {names[0]}."), ""]
    if look.width % 5 == 0 and not head.note:
        return [*_wrap(look, f"{head.greeting} {'; '.join(names)}."), ""]
    items = [f"- {name};" for name in names[:-1]] + [f"- {names[-1]}."]
    items[0] = f"- {names[0]} ({head.note});" if head.note else items[0]
    lines = [head.greeting, *(line for item in items for line in _wrap(look, item)), ""]
    return _spaced(lines) if look.body == "spaced" else lines


def _wrap(look: Look, text: str) -> list[str]:
    if look.body not in {"wrapped", "spaced"}:
        return [text]
    return textwrap.wrap(
        text,
        look.width,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        initial_indent=look.indent,
    )


def _spaced(lines: list[str]) -> list[str]:
    return [line for text in lines if text.strip() for line in (text, "")]


def _body(look: Look, blocks: list[Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += _block(look, block)
        if look.body in {"paragraphs", "markdown"}:
            lines.append("")
    lines = _paged(look, lines)
    return _spaced(lines) if look.body == "spaced" else lines


def _paged(look: Look, lines: list[str]) -> list[str]:
    """The number of the second page between two lines, as some PDF readers leave it."""
    if look.is_open or look.width % 6 or len(lines) < 24:
        return lines
    return [*lines[:22], "2", *lines[22:]]


def _block(look: Look, block: Block) -> list[str]:
    if block.kind is Kind.HEADING and look.width % 11 == 0:
        block = replace(block, text=block.text.upper())
    if look.body == "markdown" and block.kind is Kind.HEADING:
        return [f"### **{block.text}**" if look.width % 2 else f"**{block.text}**"]
    if look.body == "markdown":
        return [re.sub(r"(https://[\w./]*\w)", r"<\1>", block.text)]
    if block.kind is Kind.CENTRE:
        return [f"{' ' * 20}{block.text}" if look.indent else block.text]
    return _wrap(look, block.text)


def _foot(dice: Dice, look: Look, foot: Foot) -> list[str]:
    if look.foot == "columns":
        return _foot_columns(dice, foot)
    gap = [""] if look.body in {"paragraphs", "markdown", "spaced"} else []
    lines = [_bold(look, foot.title), *gap, *foot.copies, ""]
    signature = [_bold(look, line) for line in foot.signature]
    name = ["", "", _bold(look, foot.name)] if foot.name else []
    stamp = ["(Đã ký)"] if foot.name and dice.maybe(0.2) else []
    both = [*signature, *stamp, *name]
    return [*lines, *both] if dice.maybe(0.8) else [*both, "", *lines]


def _foot_columns(dice: Dice, foot: Foot) -> list[str]:
    width = dice.randint(44, 52)
    left = [foot.title]
    for line in foot.copies:
        left += textwrap.wrap(line, width - 3)
    blank = dice.randint(1, 4)
    right = [*foot.signature, *[""] * blank, *([foot.name] if foot.name else [])]
    return _beside(dice, left, right, width=width)
