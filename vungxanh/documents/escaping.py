"""Words that a spreadsheet would take for a formula."""

from typing import Final

_BEGINNINGS: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may run a text that is opened or pasted into it.

    >>> looks_like_formula("=1+1"), looks_like_formula(" @SUM(A1)"), looks_like_formula("Quy Nhơn")
    (True, True, False)
    """
    return text.lstrip(" \n\N{NO-BREAK SPACE}").startswith(_BEGINNINGS)


def escaped(text: str) -> str:
    """The text for a CSV cell: an apostrophe keeps a spreadsheet from running it.

    >>> escaped("=1+1"), escaped("Quy Nhơn")
    ("'=1+1", 'Quy Nhơn')
    """
    return f"'{text}" if looks_like_formula(text) else text
